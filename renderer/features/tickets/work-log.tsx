/** The work log of a ticket, newest first. */
import type { ReactNode } from 'react';
import type { ticketEvents } from '../../../shared/features/tickets.ts';
import type { RowOf } from '../../../shared/record.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { Empty } from '../../ui/blank.tsx';
import { OptionState } from '../../ui/state.tsx';
import { Moment } from '../../ui/text.tsx';

export function WorkLog({ events }: { events: readonly RowOf<typeof ticketEvents>[] }): ReactNode {
  const t = useText();
  if (events.length === 0) return <Empty title={t('tickets.noLog')} />;
  return (
    <ol className="history">
      {events.toReversed().map((event) => (
        <li key={event.id}>
          <div className="history-head">
            <span className="history-what">{optionLabel(t, 'ticket_events', 'kind', event.kind)}</span>
            <span>{event.actor}</span>
            <Moment at={event.at} />
            {event.reason ? <OptionState table="tickets" field="pause_reason" code={event.reason} /> : null}
          </div>
          {event.remark === null ? null : <p>{event.remark}</p>}
        </li>
      ))}
    </ol>
  );
}
