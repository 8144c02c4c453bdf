/** Where it was seen, and when: intervals by source, newest first, a page at a time. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { HostPage, Interval } from '../../../shared/features/discovery/history.ts';
import { dayOf, showMoment } from '../../../shared/day.ts';
import { showMac } from '../../../shared/mac.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { to } from '../../route.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { NONE } from '../../ui/text.tsx';
import { From, type Origin } from './parts.tsx';

const STEP = 50;

const originOfInterval = ({ source }: Interval): Origin =>
  source === 'sweep' ? 'sweep' : source === 'snmp_arp' || source === 'forwarding' ? 'snmp' : 'import';

export function Sightings({ address, page }: { address: string; page: HostPage }): ReactNode {
  const t = useText();
  const [most, setMost] = useState(STEP);
  const pages = useInfiniteQuery(
    rpc.discovery.history.sightings.infiniteOptions({
      input: (before: number | undefined) => ({ address, ...(before === undefined ? {} : { before }) }),
      initialPageParam: undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
      meta: { tables: ['_sweeps', '_device_reads'] },
    }),
  );
  const intervals = pages.data?.pages.flatMap((each) => each.intervals) ?? [];
  const more = (): void => {
    if (most < intervals.length) setMost(most + STEP);
    else void pages.fetchNextPage().then(() => setMost(most + STEP));
  };
  return (
    <section className="host-section host-sightings">
      <h3>{t('hosts.sightings')}</h3>
      {pages.error ? <Failed error={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.isPending ? <Loading /> : null}
      {pages.data && intervals.length === 0 ? <p className="field-hint">{t('hosts.sightings_none')}</p> : null}
      {intervals.length === 0 ? null : (
        <table className="plain-table" aria-label={t('hosts.sightings')}>
          <thead>
            <tr>
              <th>{t('hosts.from_to')}</th>
              <th>{t('discovery.ip')}</th>
              <th>{t('discovery.mac')}</th>
              <th>{t('discovery.name')}</th>
              <th>{t('hosts.by')}</th>
              <th className="right">{t('hosts.times')}</th>
            </tr>
          </thead>
          <tbody>
            {intervals.slice(0, most).map((each) => (
              <Row
                key={`${each.source} ${each.device} ${each.ip} ${each.mac} ${each.port} ${each.last_at}`}
                interval={each}
                page={page}
              />
            ))}
          </tbody>
        </table>
      )}
      {most < intervals.length || pages.hasNextPage ? (
        <Button className="sweeps-more" loading={pages.isFetchingNextPage} onClick={more}>
          {t('hosts.more')}
        </Button>
      ) : null}
    </section>
  );
}

function Row({ interval, page }: { interval: Interval; page: HostPage }): ReactNode {
  const t = useText();
  const { ip, mac, source, device, port, first_at, last_at, times, sweep_id } = interval;
  const sameDay = dayOf(first_at) === dayOf(last_at);
  const time = showMoment(last_at);
  return (
    <tr>
      <td className="mono">
        {times === 1
          ? time
          : t('hosts.span_of', { first: showMoment(first_at), last: sameDay ? time.slice(11) : time })}
      </td>
      <td className="mono">{ip === null ? NONE : ip === page.ip ? ip : <a href={to('hosts', ip)}>{ip}</a>}</td>
      <td className="mono">
        {mac === null ? NONE : mac === page.mac ? showMac(mac) : <a href={to('hosts', showMac(mac))}>{showMac(mac)}</a>}
        {interval.random ? <span className="cell-sub"> {t('discovery.random')}</span> : null}
      </td>
      <td>{interval.name ?? NONE}</td>
      <td>
        <From origin={originOfInterval(interval)} />{' '}
        {sweep_id === null ? (
          [t(`sweeps.source.${source}`), device, port].filter(Boolean).join(' · ')
        ) : (
          <a href={to('discovery', sweep_id)}>{t(`sweeps.source.${source}`)}</a>
        )}
      </td>
      <td className="right">{times}</td>
    </tr>
  );
}
