/** The watch: every device with its last minute and its last day. Routes: `watch`, `watch/new?ip=…`, `watch/ID`, `watch/ID/edit`. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { LiveDevice } from '../../../shared/features/watch.ts';
import { showMoment } from '../../../shared/day.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { Detail } from './detail.tsx';
import { DeviceForm } from './device-form.tsx';
import { WatchRow } from './row.tsx';
import { byTrouble, holds, type Device } from './rows.ts';
import { HatchDefs } from './spark.tsx';
import { Suggest } from './suggest.tsx';
import { useTicket } from './ticket.ts';
import { countOf, useWatch } from './watch-store.ts';
import './watch.css';
import { WriteButton } from '../sync/write-button.tsx';

/** The bar of a day moves by the quarter hour, and a minute is its smallest part. */
const DAY_EVERY_MS = 60_000;
const heads = ['state', 'device', 'ip', 'spark', 'last', 'range', 'loss', 'day', 'availability'] as const;
const right = new Set(['last', 'range', 'loss', 'availability']);

export function WatchScreen({ rest, query }: ScreenProps): ReactNode {
  const t = useText();
  const say = useSay();
  const openTicket = useTicket();
  const [first, second] = rest;
  const [typed, setTyped] = useState('');
  const [suggesting, setSuggesting] = useState(false);
  const list = useQuery(
    rpc.watch.list.queryOptions({ meta: { tables: ['watched_devices', '_watch', 'assets', 'locations'] } }),
  );
  const days = useQuery(
    rpc.watch.days.queryOptions({ meta: { tables: ['watched_devices', '_watch'] }, refetchInterval: DAY_EVERY_MS }),
  );
  const dayOf = useMemo(() => new Map(days.data?.map((day) => [day.id, day])), [days.data]);
  // Only the states: an answer moves no row.
  const states = useWatch(({ devices }) => [...devices].map(([id, { state }]) => `${id} ${state}`).join());
  const all = list.data?.devices;
  const refs = list.data?.refs;
  const rows = useMemo(() => {
    const stateOf = new Map(states.split(',').map((each) => each.split(' ') as [string, LiveDevice['state']]));
    const wanted = (all ?? []).filter((each) => holds(each, refs?.[each.location_id ?? ''] ?? '', typed));
    return byTrouble(wanted, (id) => stateOf.get(id) ?? 'off');
  }, [all, refs, typed, states]);

  const act = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      say.failed(error);
    }
  };
  // The same functions every time, so that rows are not drawn again for their sake.
  const onTurn = useCallback(
    (id: string, on: boolean): void =>
      void (on ? client.watch.start({ ids: [id] }) : client.watch.stop({ ids: [id] })).catch(say.failed),
    [say],
  );
  const onTicket = useCallback(
    (device: Device, since: number): void =>
      openTicket(device, t('watch.symptom_watch', { name: device.name, ip: device.ip, time: showMoment(since) })),
    [openTicket, t],
  );
  const watching = useWatch(({ devices }) => devices.size);
  const add = (
    <>
      <Button onClick={() => setSuggesting(true)}>{t('watch.suggest')}</Button>
      <WriteButton onClick={() => go('watch/new')}>{t('watch.new')}</WriteButton>
    </>
  );
  const empty = all?.length === 0;
  const opened = all?.find(({ id }) => id === first) ?? null;
  return (
    <Page
      actions={
        empty ? null : (
          <>
            <Button
              onClick={() =>
                void act(async () => {
                  await client.watch.log();
                  say.done(t('watch.logged'));
                })
              }
            >
              {t('watch.log')}
            </Button>
            {watching > 0 ? (
              <Button onClick={() => void act(() => client.watch.stop({}))}>{t('watch.stop_all')}</Button>
            ) : null}
            {watching < (all?.length ?? 0) ? (
              <Button type="primary" onClick={() => void act(() => client.watch.start({}))}>
                {t('watch.start_all')}
              </Button>
            ) : null}
          </>
        )
      }
    >
      <HatchDefs />
      <Banner goOn={() => void act(() => client.watch.start({ here: true }))} />
      {list.error ? <Failed error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isPending ? <Loading /> : null}
      {empty ? (
        <Empty title={t('watch.empty')} hint={t('watch.empty_hint')}>
          {add}
        </Empty>
      ) : null}
      {all && all.length > 0 ? (
        <>
          <div className="grid-bar">
            <Input
              className="grid-search"
              allowClear
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              placeholder={t('watch.filter')}
              aria-label={t('watch.filter')}
            />
            <Summary total={all.length} />
            <span className="grid-space" />
            {add}
          </div>
          <div className="grid-scroll" role="table" aria-label={t('watch.title')} aria-rowcount={rows.length}>
            <div className="watch-head" role="row">
              {heads.map((head) => (
                <div
                  key={head}
                  className={right.has(head) ? 'cell right' : 'cell'}
                  role="columnheader"
                  title={head === 'spark' ? t('watch.scale') : undefined}
                >
                  {head === 'ip' ? 'IP' : t(`watch.${head}`)}
                </div>
              ))}
              <div className="cell" role="columnheader" aria-label={t('common.more')} />
            </div>
            {rows.map((device) => (
              <WatchRow
                key={device.id}
                device={device}
                place={refs?.[device.location_id ?? ''] ?? ''}
                day={dayOf.get(device.id)}
                chosen={device.id === first}
                onTurn={onTurn}
                onTicket={onTicket}
              />
            ))}
            {rows.length === 0 ? <Empty title={t('watch.none_found')} /> : null}
          </div>
          <p className="watch-legend">{t('watch.legend')}</p>
        </>
      ) : null}
      {suggesting ? <Suggest onClose={() => setSuggesting(false)} /> : null}
      {first === 'new' ? (
        <DeviceForm key={JSON.stringify(query)} query={query} refs={{}} onClose={() => go('watch')} />
      ) : null}
      {opened && second === 'edit' ? (
        <DeviceForm row={opened} refs={refs ?? {}} query={{}} onClose={() => go(`watch/${opened.id}`)} />
      ) : null}
      {opened ? (
        <Detail key={opened.id} device={opened} refs={refs ?? {}} day={dayOf.get(opened.id)} onTurn={onTurn} />
      ) : null}
    </Page>
  );
}

function Summary({ total }: { total: number }): ReactNode {
  const t = useText();
  const on = useWatch(({ devices }) => devices.size);
  const up = useWatch(({ devices }) => countOf(devices, 'up'));
  const down = useWatch(({ devices }) => countOf(devices, 'down'));
  return (
    <span className="grid-count">
      {on === 0 ? t('watch.summary_off', { n: total }) : t('watch.summary', { on, up, down })}
    </span>
  );
}

/** What is wrong with this side of the line, before anything is said of the other. */
function Banner({ goOn }: { goOn: () => void }): ReactNode {
  const t = useText();
  const network = useWatch((state) => state.network);
  const here = useWatch((state) => state.here);
  const pingMissing = useWatch((state) => state.ping_missing);
  const count = useWatch(({ devices }) => devices.size);
  const allDown = useWatch(
    ({ devices }) => devices.size > 1 && [...devices.values()].every(({ state }) => state === 'down'),
  );
  if (count === 0) return null;
  const notice = (text: string, action?: ReactNode): ReactNode => (
    <Alert className="watch-banner" type="warning" showIcon role="status" title={text} action={action} />
  );
  if (network === 'gone') return notice(t('watch.gone'));
  if (network === 'elsewhere')
    return notice(
      t('watch.elsewhere', { here: here.join(' ') }),
      <Button size="small" onClick={goOn}>
        {t('watch.go_on_here')}
      </Button>,
    );
  if (allDown) return notice(t('watch.all_down'));
  return pingMissing ? notice(t('watch.ping_missing')) : null;
}
