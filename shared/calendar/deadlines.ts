/** The deadlines of the rules a technician works under (domain.md §5.3-5.5), each a pure function of the calendar and a date. */
import { addDays, daysBetween } from '../day.ts';
import { addWorkdays, workdayOnOrAfter, workdayOnOrBefore, type Calendar } from '../calendar.ts';

/**
 * Repair: the start day is not counted; the last day is the 2nd working day after it (R-40, Civil Code 201 and 203). A report after
 * hours or on a day off starts on its own calendar day.
 */
export const REPAIR_WORKDAYS = 2;
export const repairDueDay = (calendar: Calendar, reported: string, days = REPAIR_WORKDAYS): string =>
  addWorkdays(calendar, reported, days);

const REPORT_DAY = 5;
/** The report of last month is handed in by the 5th; when that is no working day it is brought forward, or moved on. */
export function reportDueDay(calendar: Calendar, month: string, rule: 'earlier' | 'later' = 'earlier'): string {
  const fifth = `${month}-${String(REPORT_DAY).padStart(2, '0')}`;
  return rule === 'earlier' ? workdayOnOrBefore(calendar, fifth) : workdayOnOrAfter(calendar, fifth);
}

/** A change of the user register is submitted within 3 natural days: amber from day 2, red after day 3. */
export const REGISTER_DAYS = 3;
const REGISTER_AMBER = 2;
export const registerDueDay = (changed: string): string => addDays(changed, REGISTER_DAYS);
export function registerClock(changed: string, today: string): 'fresh' | 'soon' | 'late' {
  const passed = daysBetween(changed, today);
  if (passed > REGISTER_DAYS) return 'late';
  return passed >= REGISTER_AMBER ? 'soon' : 'fresh';
}

/** A handover takes 7 natural days after its start day; a last day off moves to the next working day. */
export const HANDOVER_DAYS = 7;
export const handoverDueDay = (calendar: Calendar, started: string): string =>
  workdayOnOrAfter(calendar, addDays(started, HANDOVER_DAYS));
/** Days on which both sides are reminded. */
const FIRST_REMINDER = 3;
const SECOND_REMINDER = 6;
export const handoverReminders = (started: string): readonly string[] => [
  addDays(started, FIRST_REMINDER),
  addDays(started, SECOND_REMINDER),
];
export interface HandoverClock {
  /** 0 on the start day, which is not counted; below zero before it. */
  readonly day: number;
  /** Days past the due day; 0 as long as there is time. */
  readonly late: number;
  readonly remind: 'none' | 'first' | 'second' | 'late';
}
/** A reminder stays until the next one: nobody opens the notebook on exactly the third day. */
export function handoverClock(started: string, due: string, today: string): HandoverClock {
  const day = daysBetween(started, today);
  const late = Math.max(0, daysBetween(due, today));
  const remind = late > 0 ? 'late' : day >= SECOND_REMINDER ? 'second' : day >= FIRST_REMINDER ? 'first' : 'none';
  return { day, late, remind };
}
