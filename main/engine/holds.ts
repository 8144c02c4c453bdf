/** What keeps a record from being removed, by the declaration that the central store asks as well. */
import { holds } from '../../shared/sync/invariants.ts';
import type { ReadDb } from './db.ts';

/** Live rows that still need this one, by their table. */
export const holdersOf = (
  db: ReadDb,
  { table }: { readonly table: string },
  id: string,
): { table: string; id: string }[] =>
  holds
    .filter(({ to }) => to === table)
    .flatMap(({ from, field, where }) =>
      db
        .all<{ id: string }>(`SELECT id FROM ${from} WHERE ${field} = ? AND deleted_at IS NULL AND ${where}`, id)
        .map((row) => ({ table: from, id: row.id })),
    );
