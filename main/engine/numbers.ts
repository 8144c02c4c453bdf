/** Human numbers: `CODE-YYYYMM-machine-serial` (`BX-202609-L03-0017`), so that two offline laptops never give out the same one. */
import { dayOf } from '../../shared/day.ts';
import type { ReadDb } from './db.ts';
import { readSetting, writeSetting } from './settings.ts';

const monthOf = (day: string): string => day.slice(0, 7).replace('-', '');
/** Below this, numbers of a month may have been given out by a notebook that was lost; for every code, also one that has no serial yet. */
const startKey = (month: string): string => `serial.start.${month}`;

/** The next number of a code in the month of `today` (`YYYY-MM-DD`). Inside a command; never reused, also after an undo. */
export function nextNumber(db: ReadDb, code: string, machine: string, today: string): string {
  const month = monthOf(today);
  const key = `serial.${code}.${month}.${machine}`;
  const last = Math.max(readSetting<number>(db, key) ?? 0, readSetting<number>(db, startKey(month)) ?? 0);
  writeSetting(db, key, last + 1);
  return `${code}-${month}-${machine}-${String(last + 1).padStart(4, '0')}`;
}

type Serials = readonly { readonly key: string; readonly value: number }[];

/** What was given out so far. */
export const serialsOf = (db: ReadDb): Serials =>
  db
    .all<{ key: string; value: string }>("SELECT key, value FROM _settings WHERE key GLOB 'serial.*'")
    .map(({ key, value }) => ({ key, value: Number(value) }));

/** A number that was given out stays given out, though its record is gone. */
export function keepSerials(db: ReadDb, serials: Serials): void {
  for (const { key, value } of serials) if (value > (readSetting<number>(db, key) ?? 0)) writeSetting(db, key, value);
}

const DAY_MS = 86_400_000;
/** More numbers than one machine gives out of one form in a day: five repair slips an hour, around the clock. */
const SKIPPED_A_DAY = 120;

/**
 * Goes on where a notebook that cannot be read any more may have been, from the moment its copy was made to now: ahead by more
 * numbers than were given out, of every code in every month between.
 */
export function skipSerials(db: ReadDb, from: number, to: number): void {
  const skip = SKIPPED_A_DAY * (1 + Math.max(0, Math.ceil((to - from) / DAY_MS)));
  for (const { key, value } of serialsOf(db)) writeSetting(db, key, value + skip);
  const months = new Set([monthOf(dayOf(to))]);
  for (let at = from; at < to; at += DAY_MS) months.add(monthOf(dayOf(at)));
  for (const month of months)
    writeSetting(db, startKey(month), Math.max(skip, readSetting<number>(db, startKey(month)) ?? 0));
}
