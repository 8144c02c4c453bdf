/** Pasted telephone notes, judged against the registers, and those that are whole opened as tickets in one commit. */
import { guessCategory } from '../../../../shared/features/tickets/faults.ts';
import { readNotes, type NoteLine, type NoteRow, type NoteVerdict } from '../../../../shared/features/tickets/notes.ts';
import type { Engine } from '../../engine.ts';
import { findRows } from '../../search.ts';
import type { ReadDb } from '../../db.ts';

/** The one record called so; null for none, and for namesakes: those are told apart by a person. */
function only(db: ReadDb, table: 'people' | 'locations', name: string | null): string | null {
  if (name === null) return null;
  const same = db.all<{ id: string }>(`SELECT id FROM ${table} WHERE name = ? AND deleted_at IS NULL LIMIT 2`, name);
  if (same.length > 0) return same.length === 1 ? (same[0]?.id ?? null) : null;
  if (table === 'people') return null;
  // A room is seldom written as it is registered: `B101` of `B101 教室`.
  const found = findRows(db, name, ['locations']);
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

function verdictOf(db: ReadDb, note: NoteLine, now: number): NoteVerdict {
  if (note.reporter === null && note.place === null) return 'unread';
  if (note.symptom === null) return 'no_symptom';
  if ((note.reported_at ?? 0) > now) return 'future';
  const known = db.value(
    `SELECT 1 FROM tickets WHERE symptom = ? AND reported_at = ? AND deleted_at IS NULL LIMIT 1`,
    note.symptom,
    note.reported_at ?? -1,
  );
  return known === undefined ? 'ready' : 'known';
}

export function judgeNotes(engine: Engine, text: string): NoteRow[] {
  const { db } = engine;
  const now = engine.clock.now();
  return readNotes(text, engine.today()).map((note) => {
    const person_id = only(db, 'people', note.reporter);
    // Two words: the first may be a place as well as a person.
    const location_id = only(db, 'locations', note.place ?? (person_id === null ? note.reporter : null));
    return {
      ...note,
      verdict: verdictOf(db, note, now),
      category: note.symptom === null ? null : guessCategory(note.symptom),
      person_id,
      location_id,
    };
  });
}
