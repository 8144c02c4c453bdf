/** The month on one line above the board: how many came, how many in time, how long, what waits. Leads to the figures. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { to } from '../../route.ts';
import { NONE } from '../../ui/text.tsx';
import { monthOf } from '../repairs/period.ts';

export function MonthStrip(): ReactNode {
  const t = useText();
  const today = useQuery(rpc.system.state.queryOptions()).data?.today;
  const { data } = useQuery(
    rpc.tickets.figures.queryOptions({
      input: monthOf(today ?? '2026-01-01'),
      enabled: today !== undefined,
      meta: { tables: ['tickets', 'ticket_events', 'calendar_days'] },
    }),
  );
  if (!data) return null;
  const { reported, on_time_percent, median_hours, backlog, overdue } = data;
  return (
    <a className="month-strip" href={to('tickets', 'figures')}>
      {t('tickets.strip', {
        reported,
        onTime: on_time_percent === null ? NONE : `${on_time_percent}%`,
        median: median_hours === null ? NONE : t('figures.hours', { n: median_hours }),
        backlog,
        overdue,
      })}
    </a>
  );
}
