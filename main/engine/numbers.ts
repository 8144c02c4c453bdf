/** Human numbers: `CODE-YYYYMM-machine-serial` (`BX-202609-L03-0017`), so that two offline laptops never give out the same one. */
import type { ReadDb } from './db.ts';
import { readSetting, writeSetting } from './settings.ts';

/** The next number of a code in the month of `today` (`YYYY-MM-DD`). Inside a command; never reused, also after an undo. */
export function nextNumber(db: ReadDb, code: string, machine: string, today: string): string {
  const month = today.slice(0, 7).replace('-', '');
  const key = `serial.${code}.${month}.${machine}`;
  const serial = (readSetting<number>(db, key) ?? 0) + 1;
  writeSetting(db, key, serial);
  return `${code}-${month}-${machine}-${String(serial).padStart(4, '0')}`;
}
