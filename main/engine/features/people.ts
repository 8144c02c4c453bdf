/** People: who may hold addresses and assets. */
import { needsSponsor, people } from '../../../shared/features/people.ts';
import type { DraftOf, PatchOf, RowOf } from '../../../shared/record.ts';
import { refuse } from '../../../shared/refusal.ts';
import { decode } from '../codec.ts';
import type { ReadDb } from '../db.ts';
import type { WriteDb } from '../door.ts';
import { historyOf } from '../history.ts';
import { holdersOf } from '../holds.ts';
import { listRecords } from '../list.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { refText } from '../titles.ts';

/** A live person by id, or null. */
export function personById(db: ReadDb, id: string): RowOf<typeof people> | null {
  const raw = db.get('SELECT * FROM people WHERE id = ? AND deleted_at IS NULL', id);
  return raw ? decode(people, raw) : null;
}

type Person = RowOf<typeof people>;
/** Whoever is here for a time has somebody who answers for them, and a last day. */
function checkTerm(person: Pick<Person, 'name' | 'identity' | 'sponsor_id' | 'valid_until' | 'outside_unit'>): void {
  if (!needsSponsor(person.identity)) return;
  if (!person.sponsor_id || !person.valid_until) throw refuse('sponsor_needed');
  if (person.identity === 'outside' && !person.outside_unit) throw refuse('outside_unit_needed', { name: person.name });
}

export function registerPerson(tx: WriteDb, draft: DraftOf<typeof people>): Person {
  const { sponsor_id = null, valid_until = null, outside_unit = null } = draft;
  checkTerm({ ...draft, sponsor_id, valid_until, outside_unit });
  return tx.insert(people, draft);
}

/** Rows from before the rule are asked only when what it is about changes. */
const aboutTerm = ['identity', 'sponsor_id', 'valid_until', 'outside_unit'] as const;
function updatePerson(tx: WriteDb, id: string, changes: PatchOf<typeof people>): Person {
  if (changes.sponsor_id === id) throw refuse('sponsor_self');
  if (aboutTerm.some((field) => changes[field] !== undefined)) checkTerm({ ...tx.need(people, id), ...changes });
  return tx.patch(people, id, changes);
}

export const peopleRouter = os.people.router({
  list: os.people.list.handler(({ input, context }) => listRecords(context.engine.db, people, input)),
  get: os.people.get.handler(({ input, context }) => readRow(context.engine.db, people, input.id)),
  create: os.people.create.handler(({ input, context }) =>
    context.engine.command('people.create', (tx) => registerPerson(tx, input)),
  ),
  update: os.people.update.handler(({ input, context }) =>
    context.engine.command('people.update', (tx) => updatePerson(tx, input.id, input.changes)),
  ),
  remove: os.people.remove.handler(({ input, context }) =>
    context.engine.command('people.remove', (tx) => {
      const person = tx.need(people, input.id);
      const [held] = holdersOf(tx, people, input.id);
      if (held) throw refuse('person_holds_address', { name: person.name, ip: refText(tx, held.table, held.id) });
      tx.remove(people, input.id);
      return { id: input.id };
    }),
  ),
  history: os.people.history.handler(({ input, context }) => historyOf(context.engine.db, input.id)),
});
