/** Places: one tree without loops; nothing is removed while it holds something. */
import { locations, type LocationNode } from '../../../shared/features/locations.ts';
import { refuse } from '../../../shared/refusal.ts';
import type { ReadDb } from '../db.ts';
import { historyOf } from '../history.ts';
import { holdersOf } from '../holds.ts';
import { listRecords } from '../list.ts';
import { checkParent } from '../places.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';

/**
 * The whole tree, parents before children, siblings by position then name. Of places that lie in each other (two laptops moved
 * them, and the store has not held one move yet) the first hangs at the root: nobody's rooms disappear.
 */
export function locationTree(db: ReadDb): LocationNode[] {
  const rows = db.all<Omit<LocationNode, 'path'> & { position: number | null }>(
    `SELECT l.id, l.parent_id, l.kind, l.name, l.position, count(a.id) AS assets
     FROM locations l LEFT JOIN assets a ON a.location_id = l.id AND a.deleted_at IS NULL
     WHERE l.deleted_at IS NULL GROUP BY l.id ORDER BY l.position IS NULL, l.position, l.name`,
  );
  const known = new Set(rows.map(({ id }) => id));
  const children = Map.groupBy(rows, ({ parent_id }) =>
    parent_id !== null && known.has(parent_id) ? parent_id : null,
  );
  const tree: LocationNode[] = [];
  const hung = new Set<string>();
  const hang = ({ position: _position, ...row }: (typeof rows)[number], above: string): void => {
    if (hung.has(row.id)) return;
    hung.add(row.id);
    const path = above ? `${above} / ${row.name}` : row.name;
    tree.push({ ...row, path });
    for (const child of children.get(row.id) ?? []) hang(child, path);
  };
  for (const row of children.get(null) ?? []) hang(row, '');
  for (const row of rows) hang({ ...row, parent_id: null }, '');
  return tree;
}

export const locationsRouter = os.locations.router({
  list: os.locations.list.handler(({ input, context }) => listRecords(context.engine.db, locations, input)),
  tree: os.locations.tree.handler(({ context }) => locationTree(context.engine.db)),
  get: os.locations.get.handler(({ input, context }) => readRow(context.engine.db, locations, input.id)),
  create: os.locations.create.handler(({ input, context }) =>
    context.engine.command('locations.create', (tx) => {
      if (input.parent_id) tx.need(locations, input.parent_id);
      return tx.insert(locations, input);
    }),
  ),
  update: os.locations.update.handler(({ input, context }) =>
    context.engine.command('locations.update', (tx) => {
      checkParent(tx, input.id, input.changes.parent_id);
      return tx.patch(locations, input.id, input.changes);
    }),
  ),
  remove: os.locations.remove.handler(({ input, context }) =>
    context.engine.command('locations.remove', (tx) => {
      const place = tx.need(locations, input.id);
      const n = holdersOf(tx, locations, input.id).length;
      if (n > 0) throw refuse('location_in_use', { name: place.name, n });
      tx.remove(locations, input.id);
      return { id: input.id };
    }),
  ),
  history: os.locations.history.handler(({ input, context }) => historyOf(context.engine.db, input.id)),
});
