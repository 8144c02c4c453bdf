/** People: who may hold addresses and assets. */
import { people } from '../../../shared/features/people.ts';
import type { RowOf } from '../../../shared/record.ts';
import { refuse } from '../../../shared/refusal.ts';
import { decode } from '../codec.ts';
import type { ReadDb } from '../db.ts';
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

export const peopleRouter = os.people.router({
  list: os.people.list.handler(({ input, context }) => listRecords(context.engine.db, people, input)),
  get: os.people.get.handler(({ input, context }) => readRow(context.engine.db, people, input.id)),
  create: os.people.create.handler(({ input, context }) =>
    context.engine.command('people.create', (tx) => tx.insert(people, input)),
  ),
  update: os.people.update.handler(({ input, context }) =>
    context.engine.command('people.update', (tx) => tx.patch(people, input.id, input.changes)),
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
