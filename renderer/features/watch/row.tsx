/** One watched device. An answer draws four cells again and no button: 64 rows a second must not be felt. */
import { PauseOutlined, CaretRightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { memo, type ReactNode } from 'react';
import type { WatchDay } from '../../../shared/features/watch.ts';
import { latencyOf, showMs, showPercent } from '../../../shared/features/watch/latency.ts';
import { clockTime } from '../../../shared/features/watch/say.ts';
import { showMoment } from '../../../shared/day.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { to } from '../../route.ts';
import { State } from '../../ui/state.tsx';
import { NONE } from '../../ui/text.tsx';
import { shownState, toneOf, type Device } from './rows.ts';
import { DayBar, Spark } from './spark.tsx';
import { useWatch } from './watch-store.ts';

const NO_PROBES: readonly (number | null)[] = [];

interface RowProps {
  readonly device: Device;
  readonly place: string;
  readonly day: WatchDay | undefined;
  readonly chosen: boolean;
  readonly onTurn: (id: string, on: boolean) => void;
  readonly onTicket: (device: Device, since: number) => void;
}
export const WatchRow = memo(function WatchRow({ device, place, day, chosen, onTurn, onTicket }: RowProps): ReactNode {
  const t = useText();
  const shown = useWatch(({ devices, network }) => shownState(devices.get(device.id), network === 'ready'));
  const since = useWatch(({ devices }) => devices.get(device.id)?.since ?? null);
  const kind = optionLabel(t, 'watched_devices', 'kind', device.kind);
  return (
    <div className={`watch-row watch-${shown}${chosen ? ' opened' : ''}`} role="row">
      <div className="cell" role="cell">
        <State tone={toneOf[shown]}>{t(`watch.state.${shown}`)}</State>
      </div>
      <div className="cell watch-name" role="cell">
        <a href={to('watch', device.id)}>{device.name}</a>
        <span className="cell-sub">
          {shown === 'down' && since !== null
            ? t('watch.since', { time: `${showMoment(since).slice(5, 10)} ${clockTime(since)}` })
            : [place.split(' / ').at(-1), kind].filter(Boolean).join(' · ')}
        </span>
      </div>
      <div className="cell mono" role="cell">
        {device.ip}
      </div>
      <Answers id={device.id} />
      <div className="cell" role="cell">
        <DayBar day={day} />
      </div>
      <div className="cell right" role="cell">
        {day && day.seen > 0 ? showPercent((100 * day.up) / day.seen) : NONE}
      </div>
      <div className="cell right watch-acts" role="cell">
        {shown === 'down' ? (
          <Button size="small" onClick={() => onTicket(device, since ?? 0)}>
            {t('watch.ticket')}
          </Button>
        ) : null}
        <Button
          size="small"
          type="text"
          icon={shown === 'off' ? <CaretRightOutlined /> : <PauseOutlined />}
          aria-label={`${t(shown === 'off' ? 'watch.start' : 'watch.stop')} ${device.name}`}
          title={t(shown === 'off' ? 'watch.start' : 'watch.stop')}
          onClick={() => onTurn(device.id, shown === 'off')}
        />
      </div>
    </div>
  );
});

const Answers = memo(function Answers({ id }: { id: string }): ReactNode {
  const probes = useWatch(({ devices }) => devices.get(id)?.probes ?? NO_PROBES);
  const { last, min, avg, max, loss_percent } = latencyOf(probes);
  return (
    <>
      <div className="cell" role="cell">
        <Spark probes={probes} />
      </div>
      <div className="cell right" role="cell">
        {probes.length === 0 ? NONE : last === null ? <span className="watch-lost">×</span> : showMs(last)}
      </div>
      <div className="cell right" role="cell">
        {avg === null ? NONE : `${showMs(min)} / ${showMs(avg)} / ${showMs(max)}`}
      </div>
      <div className="cell right" role="cell">
        {showPercent(loss_percent)}
      </div>
    </>
  );
});
