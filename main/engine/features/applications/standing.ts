/** Whether somebody may be given an address on paper: a signed application that waits to be opened, or a letter in force. */
import { applications } from '../../../../shared/features/applications.ts';
import { letterToday } from '../../../../shared/features/letters.ts';
import type { RowOf } from '../../../../shared/record.ts';
import { decode } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';

export type Application = RowOf<typeof applications>;

/** The oldest signed application for a line of this person that waits to be opened. */
export function signedFor(db: ReadDb, personId: string): Application | null {
  const raw = db.get(
    "SELECT * FROM applications WHERE person_id = ? AND kind = 'binding' AND state = 'signed' AND deleted_at IS NULL ORDER BY signed_on, id LIMIT 1",
    personId,
  );
  return raw ? decode(applications, raw) : null;
}

/** Neither an application that was signed nor a letter in force: opening goes on, and is kept on record with its reason. */
export function lacksPaper(db: ReadDb, personId: string, today: string): boolean {
  const person = db.get<{ letter: string; letter_until: string | null }>(
    'SELECT letter, letter_until FROM people WHERE id = ?',
    personId,
  );
  return person !== undefined && letterToday(person, today) !== 'signed' && signedFor(db, personId) === null;
}
