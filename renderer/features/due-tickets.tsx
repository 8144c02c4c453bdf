/** The tickets that wait for somebody, soonest due first, each with the time it still has. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { optionLabel, useText } from '../i18n.ts';
import { rpc } from '../query.ts';
import { to } from '../route.ts';
import { Failed } from '../ui/blank.tsx';
import { OptionState } from '../ui/state.tsx';
import { TimeLeft, useCalendar, useEngineNow } from './tickets/clock.tsx';

/** The morning page is no list: what does not fit is one press away. */
const SHOWN = 12;

/** What runs out comes before what is done or stands still; each part stays in the order of its deadlines. */
const stands = (state: string): number => (state === 'paused' || state === 'to_confirm' ? 1 : 0);
const waitingFirst = (a: { state: string }, b: { state: string }): number => stands(a.state) - stands(b.state);

export function DueTickets(): ReactNode {
  const t = useText();
  const calendar = useCalendar();
  const now = useEngineNow();
  const { data, error } = useQuery(
    rpc.tickets.board.queryOptions({ meta: { tables: ['tickets', 'people', 'locations', 'calendar_days'] } }),
  );
  if (error) return <Failed error={error} />;
  if (data?.cards.length === 0) return <p className="field-hint">{t('today.noTickets')}</p>;
  return (
    <>
      <ul className="due">
        {data?.cards
          .toSorted(waitingFirst)
          .slice(0, SHOWN)
          .map((ticket) => (
            <li key={ticket.id}>
              <a href={to('tickets', ticket.id)} className="due-row">
                <TimeLeft ticket={ticket} calendar={calendar} now={now} />
                <span className="due-what">
                  {ticket.symptom}
                  <span className="due-where">
                    {[
                      optionLabel(t, 'tickets', 'category', ticket.category),
                      data.refs[ticket.location_id ?? ''],
                      data.refs[ticket.person_id ?? ''] ?? ticket.reporter,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
                <OptionState table="tickets" field="state" code={ticket.state} />
              </a>
            </li>
          ))}
      </ul>
      {data && data.cards.length > SHOWN ? (
        <a className="due-more" href={to('tickets', 'board')}>
          {t('today.allTickets', { n: data.cards.length })}
        </a>
      ) : null}
    </>
  );
}
