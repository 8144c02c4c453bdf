/** One watched device: its numbers, its hours, and when it was away. Beside the list, which stays in use. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import { watchedDevices, DEFAULT_INTERVAL_S, type Outage, type WatchDay } from '../../../shared/features/watch.ts';
import { latencyOf, showMs, showPercent } from '../../../shared/features/watch/latency.ts';
import { clockTime } from '../../../shared/features/watch/say.ts';
import { showMoment } from '../../../shared/day.ts';
import { useText, type Text } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Failed } from '../../ui/blank.tsx';
import { Details } from '../../ui/details.tsx';
import { useSay } from '../../ui/say.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { State } from '../../ui/state.tsx';
import { useUndoable } from '../ipam/undo.tsx';
import { HoursChart } from './hours-chart.tsx';
import { shownState, toneOf, type Device } from './rows.ts';
import { DayBar, Spark } from './spark.tsx';
import { useWatch } from './watch-store.ts';

const CHART_EVERY_MS = 60_000;
const groups = [{ fields: ['ip', 'kind', 'asset_id', 'location_id', 'remark'] }] as const;

interface DetailProps {
  readonly device: Device;
  readonly refs: Readonly<Record<string, string>>;
  readonly day: WatchDay | undefined;
  readonly onTurn: (id: string, on: boolean) => void;
}
export function Detail({ device, refs, day, onTurn }: DetailProps): ReactNode {
  const t = useText();
  const say = useSay();
  const { done } = useUndoable();
  const [hours, setHours] = useState(24);
  const live = useWatch(({ devices }) => devices.get(device.id));
  const ready = useWatch(({ network }) => network === 'ready');
  const state = shownState(live, ready);
  const probes = live?.probes ?? [];
  const { last, min, avg, max, loss_percent } = latencyOf(probes);
  const chart = useQuery(
    rpc.watch.hours.queryOptions({
      input: { id: device.id, hours },
      refetchInterval: CHART_EVERY_MS,
      meta: { tables: ['_watch'] },
    }),
  );
  const outages = useQuery(
    rpc.watch.outages.queryOptions({ input: { id: device.id, limit: 50 }, meta: { tables: ['_watch_outages'] } }),
  );
  const remove = async (): Promise<void> => {
    try {
      const { batch } = await client.watch.remove({ id: device.id });
      go('watch');
      done(t('watch.removed', { name: device.name }), batch);
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <Sheet
      open
      mask={false}
      title={device.name}
      onClose={() => go('watch')}
      actions={
        <>
          <Button size="small" onClick={() => onTurn(device.id, state === 'off')}>
            {t(state === 'off' ? 'watch.start' : 'watch.stop')}
          </Button>
          <Button size="small" onClick={() => go(`watch/${device.id}/edit`)}>
            {t('common.edit')}
          </Button>
          <Button size="small" danger onClick={() => void remove()}>
            {t('watch.remove')}
          </Button>
        </>
      }
    >
      <div className="watch-now">
        <State tone={toneOf[state]}>{t(`watch.state.${state}`)}</State>
        {live?.since ? <span className="cell-sub">{t('watch.since', { time: withSeconds(live.since) })}</span> : null}
        <span className="cell-sub">{t('watch.interval', { n: device.interval_s ?? DEFAULT_INTERVAL_S })}</span>
        <Spark probes={probes} />
      </div>
      <dl className="watch-numbers">
        {(
          [
            ['watch.last', showMs(last)],
            ['watch.range', avg === null ? '—' : `${showMs(min)} / ${showMs(avg)} / ${showMs(max)}`],
            ['watch.loss', showPercent(loss_percent)],
            ['watch.availability', day && day.seen > 0 ? showPercent((100 * day.up) / day.seen) : '—'],
          ] as const
        ).map(([label, value]) => (
          <div key={label}>
            <dt>{t(label)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <DayBar day={day} />
      <section className="details">
        <h3 className="watch-chart-head">
          {t('watch.chart')}
          <Segmented<number>
            size="small"
            value={hours}
            onChange={setHours}
            options={[
              { value: 24, label: t('watch.hours24') },
              { value: 168, label: t('watch.hours168') },
            ]}
          />
        </h3>
        {chart.error ? <Failed error={chart.error} /> : null}
        {chart.data?.hours.length === 0 ? <p className="field-hint">{t('watch.chart_none')}</p> : null}
        {chart.data && chart.data.hours.length > 0 ? (
          <>
            <HoursChart {...chart.data} />
            <p className="field-hint">{t('watch.chart_legend')}</p>
          </>
        ) : null}
      </section>
      <section className="details">
        <h3>{t('watch.outages')}</h3>
        {outages.data?.length === 0 ? <p className="field-hint">{t('watch.outages_none')}</p> : null}
        <ul className="watch-outages">
          {outages.data?.map((outage) => (
            <li key={outage.id}>{sayOutage(outage, t)}</li>
          ))}
        </ul>
      </section>
      <Details record={watchedDevices} row={device} refs={refs} groups={groups} />
    </Sheet>
  );
}

const withSeconds = (ms: number): string => `${showMoment(ms).slice(0, 10)} ${clockTime(ms)}`;
function length(ms: number, t: Text): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 120) return t('watch.seconds', { n: seconds });
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? t('watch.minutes', { n: minutes }) : t('watch.hours', { n: Math.round(minutes / 6) / 10 });
}
function sayOutage({ began_at, ended_at, ending }: Outage, t: Text): string {
  const from = withSeconds(began_at);
  if (ended_at === null) return t('watch.outage_now', { from });
  const to = clockTime(ended_at);
  if (ending === 'unknown') return t('watch.outage_unknown', { from, to });
  return t('watch.outage', { from, to, length: length(ended_at - began_at, t) });
}
