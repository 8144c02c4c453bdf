/**
 * A pad of telephone notes as tickets: rows pasted from a sheet or typed one a line, `who, where, what` with a time in front and
 * a number behind where they were noted. Only the symptom must be there, and somebody or some place; whatever cannot be read is said
 * at its row.
 */
import { z } from 'zod';
import { addDays, daysBetween, isDay, momentOf } from '../../day.ts';

/** A page of a pad; more comes by the register's own import. */
export const MOST_NOTES = 100;

export interface NoteLine {
  readonly line: number;
  readonly reported_at: number | null;
  readonly reporter: string | null;
  readonly place: string | null;
  readonly phone: string | null;
  readonly symptom: string | null;
}

export const noteVerdicts = ['ready', 'known', 'no_symptom', 'future', 'unread'] as const;
export type NoteVerdict = (typeof noteVerdicts)[number];

export const noteRow = z.object({
  line: z.int(),
  verdict: z.enum(noteVerdicts),
  reported_at: z.number().nullable(),
  reporter: z.string().nullable(),
  place: z.string().nullable(),
  phone: z.string().nullable(),
  symptom: z.string().nullable(),
  category: z.string().nullable(),
  person_id: z.string().nullable(),
  /** Several are called so, and neither place nor department tells who is meant. */
  namesakes: z.boolean(),
  location_id: z.string().nullable(),
});
export type NoteRow = z.infer<typeof noteRow>;

const HEADER = /^(时间|日期|报修人|姓名|time|date|name)/i;
const TIME = /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?\s*(?:(\d{1,2})[:：](\d{2}))?$|^(\d{1,2})[:：](\d{2})$/;
/** `昨天 14:20`: days back from today. */
const SPOKEN = /^(今天|昨天|前天|today|yesterday)\s*(\d{1,2}[:：]\d{2})?$/i;
const backOf = (word: string): number => (word === '前天' ? 2 : /^(昨天|yesterday)$/i.test(word) ? 1 : 0);
const PHONE = /^\+?[\d][\d\s-]{4,16}\d$/;
const two = (n: string | undefined): string => (n ?? '').padStart(2, '0');

/** A day without a year that is still to come was last year's, when that is not long ago: `12-31` noted on January 2nd. */
const LATELY = 31;
function dayIn(year: string | undefined, monthDay: string, today: string): string {
  if (year !== undefined) return `${year}-${monthDay}`;
  const thisYear = `${today.slice(0, 4)}-${monthDay}`;
  const before = `${Number(today.slice(0, 4)) - 1}-${monthDay}`;
  return thisYear > today && isDay(before) && daysBetween(before, today) <= LATELY ? before : thisYear;
}

/** `09-28 10:20`, `2026-9-28`, `10:20` (of today); null when it is no time. */
function momentIn(cell: string, today: string): number | null {
  const spoken = SPOKEN.exec(cell);
  if (spoken) return momentIn(`${addDays(today, -backOf(spoken[1] ?? ''))} ${spoken[2] ?? ''}`.trim(), today);
  const found = TIME.exec(cell);
  if (!found) return null;
  const [, year, month, date, hour, minute, onlyHour, onlyMinute] = found;
  const day = onlyHour === undefined ? dayIn(year, `${two(month)}-${two(date)}`, today) : today;
  const [hours, minutes] = [Number(hour ?? onlyHour ?? 0), Number(minute ?? onlyMinute ?? 0)];
  return isDay(day) && hours < 24 && minutes < 60 ? momentOf(day, hours * 60 + minutes) : null;
}

/** Between words of a line without commas; day and hour stay together. */
const BETWEEN = /(?<!^(?:[\d/.年月日-]+|今天|昨天|前天|today|yesterday))\s+|\s+(?!\d{1,2}:\d{2})/i;

/** Cells by tab, else by comma or bar, else by spaces: what is a time and what a telephone number is told by its shape, the others by their order. */
export function readNotes(text: string, today: string): NoteLine[] {
  return text
    .normalize('NFKC')
    .split(/\r?\n/)
    .map((written, index) => ({ written: written.trim(), line: index + 1 }))
    .filter(({ written }) => written !== '')
    .filter(({ written }, index) => index > 0 || !HEADER.test(written))
    .slice(0, MOST_NOTES)
    .map(({ written, line }) => {
      const cells = written
        .split(written.includes('\t') ? '\t' : /[,;|、]/.test(written) ? /[,;|、]/ : BETWEEN)
        .map((cell) => cell.trim())
        .filter((cell) => cell !== '');
      const times = cells.map((cell) => momentIn(cell, today));
      // 10:99 is neither a time nor a name
      if (cells.some((cell, i) => times[i] === null && TIME.test(cell)))
        return { line, reported_at: null, phone: null, reporter: null, place: null, symptom: written };
      const reported_at = times.find((at) => at !== null) ?? null;
      const rest = cells.filter((_, i) => times[i] === null);
      const phone = rest.find((cell) => PHONE.test(cell)) ?? null;
      const words = rest.filter((cell) => cell !== phone);
      // Who, where, what; with two words who (or where) and what.
      const [reporter = null, place = null, ...more] = words;
      return words.length > 2
        ? { line, reported_at, phone, reporter, place, symptom: more.join('，') }
        : { line, reported_at, phone, reporter, place: null, symptom: place };
    });
}
