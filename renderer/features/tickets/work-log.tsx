/** The work log of a ticket, newest first. */
import type { ReactNode } from 'react';
import { workingBetween } from '../../../shared/calendar/hours.ts';
import type { ticketEvents } from '../../../shared/features/tickets.ts';
import type { RowOf } from '../../../shared/record.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { Empty } from '../../ui/blank.tsx';
import { OptionState } from '../../ui/state.tsx';
import { Moment } from '../../ui/text.tsx';
import { useCalendar, workingTime } from './clock.tsx';

export function WorkLog({ events }: { events: readonly RowOf<typeof ticketEvents>[] }): ReactNode {
  const t = useText();
  const calendar = useCalendar();
  /** Working time a pause took, told where it ended. */
  const stood = (index: number): string | null => {
    const [before, event] = [events[index - 1], events[index]];
    const since = events.slice(0, index).findLast(({ kind }) => kind !== 'note');
    if (!before || !event || event.kind === 'note' || since?.kind !== 'pause') return null;
    return t('tickets.stood', { time: workingTime(t, workingBetween(calendar, since.at, event.at)) });
  };
  if (events.length === 0) return <Empty title={t('tickets.noLog')} />;
  return (
    <ol className="history">
      {events
        .map((event, index) => ({ event, paused: stood(index) }))
        .toReversed()
        .map(({ event, paused }) => (
          <li key={event.id}>
            <div className="history-head">
              <span className="history-what">{optionLabel(t, 'ticket_events', 'kind', event.kind)}</span>
              <span>{event.actor}</span>
              <Moment at={event.at} />
              {paused === null ? null : <span className="field-hint">{paused}</span>}
              {event.reason ? <OptionState table="tickets" field="pause_reason" code={event.reason} /> : null}
            </div>
            {event.remark === null ? null : <p>{event.remark}</p>}
          </li>
        ))}
    </ol>
  );
}
