/** Pasted telephone notes, judged against the registers, and those that are whole opened as tickets in one commit. */
import { guessCategory } from '../../../../shared/features/tickets/faults.ts';
import { tickets } from '../../../../shared/features/tickets.ts';
import { readNotes, type NoteLine, type NoteRow, type NoteVerdict } from '../../../../shared/features/tickets/notes.ts';
import type { Engine } from '../../engine.ts';
import { findRows } from '../../search.ts';
import type { ReadDb } from '../../db.ts';

/** The one person called so; of namesakes the one whose place or department was noted. */
function personOf(db: ReadDb, { reporter, place }: NoteLine): { id: string | null; namesakes: boolean } {
  if (reporter === null) return { id: null, namesakes: false };
  const same = db.all<{ id: string; department: string | null; room: string | null }>(
    `SELECT p.id, p.department, l.name AS room FROM people p LEFT JOIN locations l ON l.id = p.location_id
     WHERE p.name = ? AND p.deleted_at IS NULL AND p.status = 'active' LIMIT 20`,
    reporter,
  );
  const meant =
    same.length < 2
      ? same
      : same.filter(({ department, room }) => place !== null && [department, room].includes(place));
  return { id: meant.length === 1 ? (meant[0]?.id ?? null) : null, namesakes: same.length > 1 && meant.length !== 1 };
}

/** A room is seldom written as it is registered: `B101` of `B101 教室`. Null where it could be several. */
function placeOf(db: ReadDb, name: string | null): string | null {
  if (name === null) return null;
  const same = db.all<{ id: string }>('SELECT id FROM locations WHERE name = ? AND deleted_at IS NULL LIMIT 2', name);
  const found = same.length > 0 ? same : findRows(db, name, ['locations']);
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

const isLong = (field: 'reporter' | 'symptom', text: string | null): boolean =>
  (text?.length ?? 0) > (tickets.fields[field].max ?? Infinity);

function verdictOf(db: ReadDb, note: NoteLine, now: number): NoteVerdict {
  if (note.reporter === null && note.place === null) return 'unread';
  if (isLong('reporter', note.reporter) || isLong('symptom', note.symptom)) return 'unread';
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
    const { id: person_id, namesakes } = personOf(db, note);
    // Two words: the first may be a place as well as a person.
    const location_id = placeOf(db, note.place ?? (person_id === null ? note.reporter : null));
    return {
      ...note,
      verdict: verdictOf(db, note, now),
      category: note.symptom === null ? null : guessCategory(note.symptom),
      person_id,
      namesakes,
      location_id,
    };
  });
}
