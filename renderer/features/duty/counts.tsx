/** What was really done on the day, counted beside what was written; each number opens the list behind it. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { dayOf, DAY_MS, momentOf } from '../../../shared/day.ts';
import type { FilterClause } from '../../../shared/list.ts';
import type { MessageKey } from '../../../shared/messages.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { changeView } from '../../ui/table/view.ts';

interface Counted {
  readonly sweeps: number;
  readonly opened: number;
  readonly closed: number;
  readonly bindings: number;
}
export function DayCounts({ day, counts }: { day: string; counts: Counted }): ReactNode {
  const t = useText();
  const from = momentOf(day);
  const within = (field: 'reported_at' | 'closed_at'): FilterClause => ({
    field,
    op: 'between',
    value: [from, from + DAY_MS - 1],
  });
  const showTickets = (field: 'reported_at' | 'closed_at') => (): void => {
    changeView('tickets', { filter: [within(field)], text: '' });
    go('tickets');
  };
  const { data: outages } = useQuery(
    rpc.watch.outages.queryOptions({ input: { limit: 500 }, meta: { tables: ['_watch_outages'] } }),
  );
  const away = outages?.filter(({ began_at, device_id }) => device_id !== null && dayOf(began_at) === day).length;
  const line = (label: MessageKey, count: number | undefined, open: () => void): ReactNode => (
    <li>
      <button type="button" className="fact" onClick={open}>
        <span>{t(label)}</span>
        <span className="fact-number">{count ?? '·'}</span>
      </button>
    </li>
  );
  return (
    <aside className="duty-side card" aria-label={t('duty.counts')}>
      <h3>{t('duty.counts')}</h3>
      <ul className="facts">
        {line('duty.count.opened', counts.opened, showTickets('reported_at'))}
        {line('duty.count.closed', counts.closed, showTickets('closed_at'))}
        {line('duty.count.bindings', counts.bindings, () => go('addresses'))}
        {line('duty.count.sweeps', counts.sweeps, () => go('discovery'))}
        {line('duty.count.outages', away, () => go('watch'))}
      </ul>
    </aside>
  );
}
