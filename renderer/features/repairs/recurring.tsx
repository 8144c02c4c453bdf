/** Faults that came back in the month: where, how often, which tickets, and whether an article tells what helps. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { to } from '../../route.ts';
import { Failed } from '../../ui/blank.tsx';
import type { Period } from './period.ts';

export function Recurring({ period }: { period: Period }): ReactNode {
  const t = useText();
  const { data, error } = useQuery(
    rpc.tickets.recurring.queryOptions({ input: period, meta: { tables: ['tickets', 'knowledge_articles'] } }),
  );
  if (error) return <Failed error={error} />;
  if (!data) return null;
  if (data.length === 0) return <p className="field-hint">{t('figures.noneCameBack')}</p>;
  return (
    <ul className="recurring">
      {data.map((fault) => (
        <li key={`${fault.table} ${fault.id} ${fault.category}`}>
          <strong>{fault.name}</strong>
          <span>{optionLabel(t, 'tickets', 'category', fault.category)}</span>
          <span className="recurring-count">{t('figures.times', { n: fault.count })}</span>
          <span className="recurring-tickets">
            {fault.tickets.map((ticket) => (
              <a key={ticket.id} href={to('tickets', ticket.id)} title={ticket.symptom}>
                {showMoment(ticket.reported_at).slice(5, 10)}
              </a>
            ))}
          </span>
          {fault.article ? (
            <a href={to('tickets', 'knowledge', fault.article.id)}>{fault.article.title}</a>
          ) : (
            <a href={`#/tickets/knowledge/new?ticket=${fault.tickets.at(-1)?.id ?? ''}`}>{t('knowledge.fromTicket')}</a>
          )}
        </li>
      ))}
    </ul>
  );
}
