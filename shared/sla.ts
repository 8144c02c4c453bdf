/**
 * The clock of a repair ticket: one pure function of (policy, calendar, events), so that it replays the same on every laptop
 * and on the hub, in whatever order the events arrived.
 *
 * - It starts at the report. Due is 17:30 of the 2nd working day after the report's own day. A report of an urgent fault on a day
 *   off runs by natural hours instead (domain.md §5.3): two days are 48 of them.
 * - By the unit's other rule it starts when somebody takes the ticket, and ends after 2 x 8 working hours; until then as if taken at once.
 * - A pause (waiting for parts, for the user, for a vendor) stops it; so does finishing, for as long as the ticket stays finished.
 *   When it runs again, due moves by the time that passed meanwhile, in the clock's own measure: working time, or natural hours.
 *   So exactly as much is left after a pause as was left before it, and a pause over a night or a holiday gives nothing.
 * - Once due has passed the ticket is late and stays late: stopping the clock afterwards moves nothing.
 */
import { dayOf } from './day.ts';
import { estimatedYears, isWorkday, type Calendar } from './calendar.ts';
import { repairDueDay, REPAIR_WORKDAYS } from './calendar/deadlines.ts';
import { addWorking, closeOf, workingBetween } from './calendar/hours.ts';

export interface Policy {
  readonly rule: 'close_of_day' | 'working_hours';
  readonly workdays: number;
  /** For an urgent ticket reported on a day off; null counts working days for it too. */
  readonly urgentHours: number | null;
}
export const standardPolicy: Policy = { rule: 'close_of_day', workdays: REPAIR_WORKDAYS, urgentHours: 48 };
/** Of one working day (shared/calendar/hours.ts). */
const DAY_HOURS = 8;

export interface ClockStart {
  readonly reported_at: number;
  readonly priority: string;
}
/** Any event of the work log; only those that stop or start the clock count. */
export interface ClockEvent {
  readonly kind: string;
  readonly at: number;
}
export interface Clock {
  readonly due_at: number;
  readonly due_on: string;
  /** Since when it stands still; null while it runs. */
  readonly stopped_at: number | null;
}

const STOPS = new Set(['pause', 'finish', 'close', 'advise', 'cancel']);
const STARTS = new Set(['resume', 'reopen', 'work', 'arrive', 'accept']);
/** Entries that somebody makes without having taken the ticket. */
const BEFORE_TAKING = new Set(['open', 'note', 'cancel']);

/** How time passes for a ticket. */
interface Ruler {
  between(a: number, b: number): number;
  add(at: number, ms: number): number;
}
const natural: Ruler = { between: (a, b) => b - a, add: (at, ms) => at + ms };
const working = (calendar: Calendar): Ruler => ({
  between: (a, b) => workingBetween(calendar, a, b),
  add: (at, ms) => addWorking(calendar, at, ms),
});

const HOUR_MS = 3_600_000;
const runsNaturally = (
  policy: Policy,
  calendar: Calendar,
  { priority, reported_at }: ClockStart,
): policy is Policy & { urgentHours: number } =>
  policy.urgentHours !== null && priority === 'urgent' && !isWorkday(calendar, dayOf(reported_at));

function firstDue(policy: Policy, calendar: Calendar, reported: number, events: readonly ClockEvent[]): number {
  if (policy.rule === 'close_of_day') return closeOf(repairDueDay(calendar, dayOf(reported), policy.workdays));
  const taken = events.filter(({ kind }) => !BEFORE_TAKING.has(kind)).map(({ at }) => at);
  const from = taken.length === 0 ? reported : Math.max(reported, Math.min(...taken));
  return addWorking(calendar, from, policy.workdays * DAY_HOURS * HOUR_MS);
}

/** Replays the log. Events of equal time keep their given order; a second pause while paused changes nothing. */
export function replay(policy: Policy, calendar: Calendar, start: ClockStart, events: readonly ClockEvent[]): Clock {
  const byHours = runsNaturally(policy, calendar, start);
  const ruler = byHours ? natural : working(calendar);
  let due = byHours
    ? start.reported_at + policy.urgentHours * HOUR_MS
    : firstDue(policy, calendar, start.reported_at, events);
  let stopped: number | null = null;
  for (const { kind, at } of events.toSorted((a, b) => a.at - b.at)) {
    if (stopped === null && STOPS.has(kind)) stopped = at;
    else if (stopped !== null && STARTS.has(kind)) {
      if (stopped < due) due = ruler.add(due, ruler.between(stopped, at));
      stopped = null;
    }
  }
  return { due_at: due, due_on: dayOf(due), stopped_at: stopped };
}

export type Urgency = 'fine' | 'soon' | 'late' | 'paused' | 'met' | 'missed';
export interface Countdown {
  readonly urgency: Urgency;
  /** Working time (ms) left; negative when late. Of a stopped clock: what was left when it stopped. */
  readonly left: number;
  /** Years without a notice between now and due: the deadline is an estimate. */
  readonly estimated: readonly number[];
}
/** Half a working day before due the card turns orange; so does all of its last day. */
const SOON_MS = 4 * HOUR_MS;

/** How a ticket stands at a moment. `state` tells whether a stopped clock means paused or done. */
export function countdown(calendar: Calendar, clock: Omit<Clock, 'due_on'>, state: string, now: number): Countdown {
  const at = clock.stopped_at ?? now;
  const left = workingBetween(calendar, at, clock.due_at);
  const estimated = estimatedYears(calendar, dayOf(Math.min(at, clock.due_at)), dayOf(clock.due_at));
  const late = at > clock.due_at;
  return {
    urgency: urgencyOf(late, left, dayOf(at) === dayOf(clock.due_at), clock.stopped_at !== null, state),
    left,
    estimated,
  };
}

function urgencyOf(late: boolean, left: number, lastDay: boolean, stopped: boolean, state: string): Urgency {
  if (stopped && state !== 'paused') return late ? 'missed' : 'met';
  if (late) return 'late';
  if (stopped) return 'paused';
  return lastDay || left <= SOON_MS ? 'soon' : 'fine';
}
