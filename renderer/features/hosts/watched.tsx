/** Whether it is watched, and how available it was in the last 24 hours. Nothing where it is not watched. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { showPercent } from '../../../shared/features/watch/latency.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { to } from '../../route.ts';

export function Watched({ ip }: { ip: string | null }): ReactNode {
  const t = useText();
  const watched = useQuery(rpc.watch.list.queryOptions({ meta: { tables: ['watched_devices'] } }));
  const device = watched.data?.devices.find((each) => each.ip === ip) ?? null;
  const days = useQuery({
    ...rpc.watch.days.queryOptions({ meta: { tables: ['watched_devices'] } }),
    enabled: device !== null,
  });
  if (device === null) return null;
  const day = days.data?.find(({ id }) => id === device.id);
  return (
    <section className="host-section">
      <h3>{t('hosts.watched')}</h3>
      <p>
        <a href={to('watch')}>{device.name}</a>{' '}
        {day && day.seen > 0
          ? t('hosts.available', { percent: showPercent((100 * day.up) / day.seen), minutes: day.seen })
          : t('hosts.available_none')}
      </p>
    </section>
  );
}
