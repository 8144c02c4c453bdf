/** How long a ticket still has, in working hours on the unit's calendar: a word, a shape and a colour. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { calendarOf, type Calendar } from '../../../shared/calendar.ts';
import { daysFor, standardRules, type SlaChoice } from '../../../shared/features/sla-rules.ts';
import type { Ticket } from '../../../shared/features/tickets.ts';
import { countdown, type Countdown, type Urgency } from '../../../shared/sla.ts';
import { optionLabel, useText, type Text } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { State, type Tone } from '../../ui/state.tsx';

/** How the unit counts; null until it is known. */
export const useRules = (): SlaChoice | null =>
  useQuery(rpc.tickets.rules.queryOptions({ meta: { tables: ['sla_rules'] } })).data ?? null;

/** The calendar of the unit's deadlines; the shipped one until the unit's own days are there. */
export function useCalendar(): Calendar {
  const rules = useRules();
  const { data } = useQuery(rpc.calendar.state.queryOptions({ meta: { tables: ['calendar_days'] } }));
  return useMemo(() => calendarOf(daysFor(rules ?? standardRules, data?.days ?? [])), [data, rules]);
}

const TICK_MS = 30_000;
/** The engine's time (tests and wrong laptop clocks differ from the page's), moved on twice a minute. */
export function useEngineNow(): number {
  const { data, dataUpdatedAt } = useQuery(rpc.system.state.queryOptions());
  const [pageNow, setPageNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setPageNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return data ? data.now + Math.max(0, pageNow - dataUpdatedAt) : pageNow;
}

type ClockFields = Pick<Ticket, 'state' | 'due_at' | 'paused_at' | 'finished_at' | 'pause_reason'>;
/** Null for a ticket whose clock says nothing: cancelled. */
export function countdownOf(calendar: Calendar, ticket: ClockFields, now: number): Countdown | null {
  if (ticket.state === 'cancelled') return null;
  const stopped = ticket.state === 'paused' ? ticket.paused_at : ticket.finished_at;
  return countdown(calendar, { due_at: ticket.due_at, stopped_at: stopped }, ticket.state, now);
}

const tones: Record<Urgency, Tone> = {
  fine: 'off',
  soon: 'warn',
  late: 'bad',
  paused: 'warn',
  met: 'good',
  missed: 'bad',
};
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** A working day of the calendar: 08:00-12:00 and 13:30-17:30. */
const DAY_HOURS = 8;
/** One decimal, and none when the number is whole. */
const short = (n: number): number => Math.round(n * 10) / 10;

/** Working time in words: minutes below one hour, hours below one working day, working days from there. */
export function workingTime(t: Text, ms: number): string {
  const size = Math.abs(ms);
  const hours = short(size / HOUR_MS);
  if (size < HOUR_MS) return t('tickets.minutes', { n: Math.ceil(size / MINUTE_MS) });
  return hours < DAY_HOURS ? t('tickets.hours', { n: hours }) : t('tickets.days', { n: short(hours / DAY_HOURS) });
}

/** A paused ticket says what it waits for; one that became late over night has no working time to count yet. */
export function countdownText(t: Text, { urgency, left }: Countdown, reason: string | null): string {
  const time = workingTime(t, left);
  if (urgency === 'paused' && reason)
    return t('tickets.left.waiting', { reason: optionLabel(t, 'tickets', 'pause_reason', reason), time });
  return urgency === 'late' && left > -MINUTE_MS ? t('tickets.left.overdue') : t(`tickets.left.${urgency}`, { time });
}

/** With a warning beside it when the deadline crosses a year whose notice is not known. */
export function TimeLeft({
  ticket,
  calendar,
  now,
}: {
  ticket: ClockFields;
  calendar: Calendar;
  now: number;
}): ReactNode {
  const t = useText();
  const clock = countdownOf(calendar, ticket, now);
  if (!clock) return null;
  return (
    <span className="time-left">
      <State tone={tones[clock.urgency]}>{countdownText(t, clock, ticket.pause_reason)}</State>
      {clock.estimated.map((year) => (
        <span key={year} className="field-hint">
          {t('calendar.estimated', { year })}
        </span>
      ))}
    </span>
  );
}
