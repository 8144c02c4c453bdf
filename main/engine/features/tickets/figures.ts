/**
 * What a period of repairs amounts to (R-45; F-11 takes its numbers from here). Counted from the tickets reported in the period, from
 * their work log, and on the unit's calendar; the same tickets are what the bars and numbers open as lists.
 */
import type { Calendar } from '../../../../shared/calendar.ts';
import { workingBetween } from '../../../../shared/calendar/hours.ts';
import { DAY_MS, momentOf } from '../../../../shared/day.ts';
import type { Ticket } from '../../../../shared/features/tickets.ts';
import { tickets } from '../../../../shared/features/tickets.ts';
import { faultCategories } from '../../../../shared/features/tickets/faults.ts';
import type { FigureGroup, TicketFigures } from '../../../../shared/features/tickets/figures.ts';
import { readParts } from '../../../../shared/features/tickets/parts.ts';
import { readCalendar } from '../../calendar.ts';
import type { ReadDb } from '../../db.ts';
import { iterateRecords } from '../../list.ts';
import { buildingOf, modelOf, switchOf, type NameOf } from './figure-keys.ts';
import { logOf, type TicketLog } from './log.ts';

const HOUR_MS = 3_600_000;
/** One decimal, as figures stand in a report. */
const round = (n: number): number => Math.round(n * 10) / 10;
const percent = (part: number, whole: number): number | null => (whole === 0 ? null : round((part / whole) * 100));
const mean = (list: readonly number[]): number | null =>
  list.length === 0 ? null : round(list.reduce((sum, n) => sum + n, 0) / list.length);
function median(list: readonly number[]): number | null {
  const sorted = list.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[middle - 1], sorted[middle]];
  if (high === undefined) return null;
  return round(sorted.length % 2 === 1 || low === undefined ? high : (low + high) / 2);
}

/** A finished ticket is late by what its clock said when it stopped; reopened ones are not finished. */
const isLate = ({ finished_at, due_at }: Ticket): boolean => finished_at !== null && finished_at > due_at;
const isOpenAt = ({ reported_at, finished_at, closed_at, state }: Ticket, at: number): boolean =>
  reported_at <= at && (finished_at ?? Infinity) > at && !(state === 'cancelled' && (closed_at ?? 0) <= at);

export interface FigureOptions {
  /** A place: only what lies in it. */
  readonly area?: string | null;
  /** The present; what is not due yet is not overdue, though the period may reach further. */
  readonly now: number;
}

/** The tickets behind the figures: those reported in the period, those of them done, and all that were open at its end. */
function setsOf(db: ReadDb, from: string, to: string, { area, now }: FigureOptions) {
  const [first, last] = [momentOf(from), momentOf(to) + DAY_MS - 1];
  const end = Math.min(last, now);
  const here = area ? [{ field: 'location_id', op: 'equals', value: area } as const] : [];
  const upToEnd = [
    ...iterateRecords(db, tickets, {
      filter: [...here, { field: 'reported_at', op: 'between', value: [null, last] }],
      sort: [],
    }),
  ];
  const all = upToEnd.filter(({ reported_at }) => reported_at >= first);
  const counted = all.filter(({ state }) => state !== 'cancelled');
  const done = counted.filter(({ finished_at }) => finished_at !== null);
  const open = upToEnd.filter((ticket) => isOpenAt(ticket, end));
  const log = logOf(
    db,
    [...new Set([...counted, ...open])].map(({ id }) => id),
  );
  const overdue = open.filter(({ due_at, state }) => due_at < end && state !== 'paused');
  const paused = open.filter(({ id }) => log.isPausedAt(id, end));
  return { first, end, all, counted, done, open, log, late: done.filter(isLate), overdue, paused };
}

/** The numbers of the tickets that a figure counts and no filter of the list can name. */
export function ticketsBehind(
  db: ReadDb,
  figure: 'late' | 'on_time' | 'backlog' | 'overdue' | 'paused',
  from: string,
  to: string,
  options: FigureOptions,
): string[] {
  const { late, done, open, overdue, paused } = setsOf(db, from, to, options);
  const sets = { late, on_time: done.filter((ticket) => !isLate(ticket)), backlog: open, overdue, paused };
  return sets[figure].map(({ number }) => number);
}

/** Figures of the days `from` to `to`, both included (`YYYY-MM-DD`). */
export function ticketFigures(db: ReadDb, from: string, to: string, options: FigureOptions): TicketFigures {
  const { first, end, all, counted, done, open, log, overdue, paused, late: tooLate } = setsOf(db, from, to, options);
  const calendar = readCalendar(db);
  const hours = hoursOn(calendar);
  const late = tooLate.length;
  const said = (word: Ticket['satisfaction']): number =>
    done.filter(({ satisfaction }) => satisfaction === word).length;
  const satisfaction = { good: said('good'), fair: said('fair'), bad: said('bad'), silent: said(null) };
  const answered = done.length - satisfaction.silent;
  const took = done.map((ticket) => hours(ticket.reported_at, ticket.finished_at));
  const grouped = (keyOf: NameOf): FigureGroup[] => groupsOf(counted, keyOf, hours);
  return {
    from,
    to,
    reported: counted.length,
    cancelled: all.length - counted.length,
    finished: done.length,
    on_time: done.length - late,
    late,
    overdue: overdue.length,
    on_time_percent: percent(done.length - late, done.length),
    response_hours: mean(counted.flatMap((each) => some(each.accepted_at, hours(each.reported_at, each.accepted_at)))),
    arrival_hours: mean(counted.flatMap((each) => some(each.arrived_at, hours(each.reported_at, each.arrived_at)))),
    mean_hours: mean(took),
    median_hours: median(took),
    mean_work_hours: mean(
      done.map(
        (each) => hours(each.reported_at, each.finished_at) - pausedHours(log, each.id, each.finished_at ?? 0, hours),
      ),
    ),
    reopened: counted.filter(({ id }) => log.of(id).some(({ kind }) => kind === 'reopen')).length,
    escalated: counted.filter(({ escalated_at }) => escalated_at !== null).length,
    not_network: counted.filter(({ result }) => result === 'not_network').length,
    satisfaction,
    satisfied_percent: percent(satisfaction.good + satisfaction.fair, answered),
    cost: counted.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
    backlog: open.length,
    paused: paused.length,
    by_category: faultCategories
      .map((key) =>
        groupOf(
          key,
          key,
          counted.filter(({ category }) => category === key),
          hours,
        ),
      )
      .filter(({ count }) => count > 0)
      .toSorted(largestFirst)
      .map((group) => ({ ...group, key: group.key as (typeof faultCategories)[number] })),
    by_building: grouped(buildingOf(db)),
    by_model: grouped(modelOf(db)).filter(({ key }) => key !== null),
    by_switch: grouped(switchOf(db)).filter(({ key }) => key !== null),
    by_cause: tickets.fields.cause.options
      .map((key) => ({ key, count: done.filter(({ cause }) => cause === key).length }))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => b.count - a.count),
    by_technician: techniciansOf(done, open, end),
    parts: partsOf(counted),
    pauses: log.pausesBetween(first, end, hours),
  };
}

type Hours = (from: number, to: number | null) => number;
/** Working hours between two moments; what was stamped in the wrong order took no time. */
const hoursOn =
  (calendar: Calendar): Hours =>
  (from, to) =>
    Math.max(0, workingBetween(calendar, from, to ?? from)) / HOUR_MS;
const some = (at: number | null, value: number): number[] => (at === null ? [] : [value]);

const pausedHours = (log: TicketLog, id: string, until: number, hours: Hours): number =>
  log.pauses(id).reduce((sum, { from, to }) => sum + hours(from, Math.min(to, until)), 0);

const largestFirst = (a: { count: number; name: string }, b: { count: number; name: string }): number =>
  b.count - a.count || a.name.localeCompare(b.name, 'zh');

function groupOf(key: string | null, name: string, own: readonly Ticket[], hours: Hours): FigureGroup {
  const done = own.filter(({ finished_at }) => finished_at !== null);
  return {
    key,
    name,
    count: own.length,
    late: done.filter(isLate).length,
    median_hours: median(done.map(({ reported_at, finished_at }) => hours(reported_at, finished_at))),
  };
}

function groupsOf(counted: readonly Ticket[], keyOf: NameOf, hours: Hours): FigureGroup[] {
  const keyed = counted.map((ticket) => ({ ...keyOf(ticket), ticket }));
  const groups = Map.groupBy(keyed, ({ key }) => key);
  return [...groups]
    .map(([key, own]) =>
      groupOf(
        key,
        own[0]?.name ?? '',
        own.map(({ ticket }) => ticket),
        hours,
      ),
    )
    .toSorted(largestFirst);
}

/** Without the machine: one person may have worked at two. */
const nameOf = (assignee: string | null): string => assignee?.split('@')[0] ?? '';

function techniciansOf(done: readonly Ticket[], open: readonly Ticket[], end: number): TicketFigures['by_technician'] {
  const names = new Set([...done, ...open].map(({ assignee }) => nameOf(assignee)));
  return [...names]
    .map((name) => {
      const own = ({ assignee }: Ticket): boolean => nameOf(assignee) === name;
      const mine = open.filter(own);
      return {
        name,
        finished: done.filter(own).length,
        late: done.filter((each) => own(each) && isLate(each)).length,
        open: mine.length,
        overdue: mine.filter(({ due_at, state }) => due_at < end && state !== 'paused').length,
      };
    })
    .toSorted((a, b) => b.open + b.finished - (a.open + a.finished) || a.name.localeCompare(b.name, 'zh'));
}

function partsOf(counted: readonly Ticket[]): TicketFigures['parts'] {
  const lines = counted.flatMap(({ part_lines }) => readParts(part_lines));
  return [...Map.groupBy(lines, ({ name, spec }) => JSON.stringify([name, spec])).values()]
    .map((same) => ({
      name: same[0]?.name ?? '',
      spec: same[0]?.spec ?? '',
      quantity: same.reduce((sum, { quantity }) => sum + quantity, 0),
    }))
    .toSorted((a, b) => b.quantity - a.quantity || a.name.localeCompare(b.name, 'zh'));
}
