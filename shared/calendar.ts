/**
 * The Chinese working calendar as a value: weekends, public holidays, make-up working days, and what the unit added. Pure; the
 * days come in, so that every laptop and the hub count alike.
 */
import { addDays, daysBetween, weekday } from './day.ts';
import { shippedYears } from './calendar/holidays.ts';

export type DayKind = 'off' | 'work';
/** A day that differs from the plain week: from a State Council notice, or the unit's own (which wins). */
export interface MarkedDay {
  readonly day: string;
  readonly kind: DayKind;
  readonly name: string | null;
  readonly source: 'notice' | 'unit';
}
export interface Calendar {
  readonly marks: ReadonlyMap<string, MarkedDay>;
  /** Years whose notice is known. All others run on plain weekends and are reported as estimated. */
  readonly known: ReadonlySet<number>;
}

export const yearOf = (day: string): number => Number(day.slice(0, 4));

/** Every day from `first` to `last`, both included. */
export function daysFromTo(first: string, last: string): string[] {
  return Array.from({ length: Math.max(0, daysBetween(first, last) + 1) }, (_, i) => addDays(first, i));
}

const shipped: readonly MarkedDay[] = shippedYears.flatMap(({ off, work }) => [
  ...off.flatMap(([first, last, name]) =>
    daysFromTo(first, last).map((day): MarkedDay => ({ day, kind: 'off', name, source: 'notice' })),
  ),
  ...work.map(([day, name]): MarkedDay => ({ day, kind: 'work', name, source: 'notice' })),
]);

/**
 * The calendar of a unit. An imported notice replaces the shipped one of its year; the unit's own days lie over both. Of two
 * entries for the same day (two laptops imported it) the last given counts.
 */
export function calendarOf(overlay: readonly MarkedDay[] = []): Calendar {
  const imported = new Set(overlay.filter(({ source }) => source === 'notice').map(({ day }) => yearOf(day)));
  const kept = shipped.filter(({ day }) => !imported.has(yearOf(day)));
  const unit = overlay.filter(({ source }) => source === 'unit');
  const notices = overlay.filter(({ source }) => source === 'notice');
  return {
    marks: new Map([...kept, ...notices, ...unit].map((mark) => [mark.day, mark])),
    known: new Set([...shippedYears.map(({ year }) => year), ...imported]),
  };
}

export const isWorkday = (calendar: Calendar, day: string): boolean => {
  const mark = calendar.marks.get(day);
  return mark ? mark.kind === 'work' : weekday(day) <= 5;
};

/** A calendar without any working day within ten years is a mistake of whoever entered it, not something to wait for. */
const FAR_DAYS = 3660;

function firstWorkday(calendar: Calendar, from: string, step: 1 | -1): string {
  for (let i = 0; i < FAR_DAYS; i += 1) {
    const day = addDays(from, i * step);
    if (isWorkday(calendar, day)) return day;
  }
  throw new Error(`no working day near ${from}`);
}
/** The day itself when it is worked, else the next one that is (顺延). */
export const workdayOnOrAfter = (calendar: Calendar, day: string): string => firstWorkday(calendar, day, 1);
/** The day itself when it is worked, else the last one before it (提前). */
export const workdayOnOrBefore = (calendar: Calendar, day: string): string => firstWorkday(calendar, day, -1);

/** The `n`th working day after `day`; `day` itself is not counted, whether worked or not. For 0 it is `day`. */
export function addWorkdays(calendar: Calendar, day: string, n: number): string {
  let at = day;
  for (let i = 0; i < n; i += 1) at = workdayOnOrAfter(calendar, addDays(at, 1));
  return at;
}

/** Working days from `first` to `last`, both included. */
export const countWorkdays = (calendar: Calendar, first: string, last: string): number =>
  daysFromTo(first, last).filter((day) => isWorkday(calendar, day)).length;

/** Years between two days whose notice is not known: a deadline over them is estimated by weekends, and must say so. */
export function estimatedYears(calendar: Calendar, from: string, to: string): number[] {
  const years = Array.from({ length: Math.max(0, yearOf(to) - yearOf(from) + 1) }, (_, i) => yearOf(from) + i);
  return years.filter((year) => !calendar.known.has(year));
}
