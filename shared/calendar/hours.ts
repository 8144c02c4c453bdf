/**
 * Working time: the minutes that count on a working day. 08:00-12:00 and 13:30-17:30 make the 8 hours and the 17:30 close of
 * domain.md §5.3. All moments are ms UTC.
 */
import { addDays, dayOf, momentOf } from '../day.ts';
import { isWorkday, type Calendar } from '../calendar.ts';

/** Minutes since local midnight. */
const SESSIONS = [
  [8 * 60, 12 * 60],
  [13 * 60 + 30, 17 * 60 + 30],
] as const;
const CLOSE_MINUTE = 17 * 60 + 30;
/** 17:30 of a day. */
export const closeOf = (day: string): number => momentOf(day, CLOSE_MINUTE);

const spansOf = (calendar: Calendar, day: string): (readonly [number, number])[] =>
  isWorkday(calendar, day) ? SESSIONS.map(([from, to]) => [momentOf(day, from), momentOf(day, to)] as const) : [];

/** Working time (ms) from `a` to `b`; negative when `b` is before `a`. */
export function workingBetween(calendar: Calendar, a: number, b: number): number {
  if (b < a) return -workingBetween(calendar, b, a);
  let sum = 0;
  for (let day = dayOf(a); day <= dayOf(b); day = addDays(day, 1))
    for (const [from, to] of spansOf(calendar, day)) sum += Math.max(0, Math.min(b, to) - Math.max(a, from));
  return sum;
}

/** The earliest moment at which `ms` of working time have passed since `at`. For 0 it is `at` itself. */
export function addWorking(calendar: Calendar, at: number, ms: number): number {
  if (ms <= 0) return at;
  let left = ms;
  for (let day = dayOf(at); ; day = addDays(day, 1))
    for (const [from, to] of spansOf(calendar, day)) {
      const start = Math.max(at, from);
      if (start >= to) continue;
      if (to - start >= left) return start + left;
      left -= to - start;
    }
}
