/**
 * Local calendar dates (`YYYY-MM-DD`) in the zone of every Lanbook unit, Asia/Shanghai (UTC+8, no daylight saving since 1991;
 * IANA tz database). A date is fields on a calendar, never a moment: it cannot shift with a zone.
 */
import { z } from 'zod';

export const ZONE_OFFSET_MS = 8 * 3_600_000;
export const DAY_MS = 86_400_000;

const toEpochDay = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);

/** The local date of a moment (ms UTC). */
export const dayOf = (ms: number): string => new Date(ms + ZONE_OFFSET_MS).toISOString().slice(0, 10);
/** The moment (ms UTC) of a local date and time of day in minutes. */
export const momentOf = (day: string, minutes = 0): number =>
  toEpochDay(day) * DAY_MS + minutes * 60_000 - ZONE_OFFSET_MS;
export const addDays = (day: string, n: number): string =>
  new Date((toEpochDay(day) + n) * DAY_MS).toISOString().slice(0, 10);
/** The same day so many months later; the last of a shorter month. */
export function addMonths(day: string, n: number): string {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + n;
  const first = `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`;
  const last = addDays(`${addDays(first, 31).slice(0, 8)}01`, -1);
  const same = `${first.slice(0, 8)}${day.slice(8)}`;
  return same < last ? same : last;
}
/** Whole days from `a` to `b`. */
export const daysBetween = (a: string, b: string): number => toEpochDay(b) - toEpochDay(a);
/** 1 = Monday … 7 = Sunday. */
export const weekday = (day: string): number => ((((toEpochDay(day) + 3) % 7) + 7) % 7) + 1;
/** `YYYY-MM-DD HH:mm` local, for screens and files. */
export const showMoment = (ms: number): string =>
  new Date(ms + ZONE_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');

/** With seconds, where two moments of one minute stand beside each other. */
export const showInstant = (ms: number): string =>
  new Date(ms + ZONE_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');

export const isDay = (written: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(written) &&
  !Number.isNaN(Date.parse(`${written}T00:00:00Z`)) &&
  new Date(`${written}T00:00:00Z`).toISOString().startsWith(written);

export const dayText = z.string().refine(isDay, { message: 'day' });
