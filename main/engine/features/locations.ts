/** Places: one tree without loops; nothing is removed while it holds something. */
import { locations, type LocationNode } from '../../../shared/features/locations.ts';
import { refuse } from '../../../shared/refusal.ts';
import type { ReadDb } from '../db.ts';
import type { WriteDb } from '../door.ts';
import { historyOf } from '../history.ts';
import { listRecords } from '../list.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';

/** Refuses a parent that lies below the place itself. */
export function checkParent(tx: WriteDb, id: string, parent: string | null | undefined): void {
  const self = tx.need(locations, id);
  for (let at = parent ?? null; at !== null; at = tx.need(locations, at).parent_id)
    if (at === id) throw refuse('location_loop', { name: self.name });
}

const HOLDS = `
  SELECT (SELECT count(*) FROM locations WHERE parent_id = ? AND deleted_at IS NULL)
       + (SELECT count(*) FROM assets WHERE location_id = ? AND deleted_at IS NULL)
       + (SELECT count(*) FROM people WHERE location_id = ? AND deleted_at IS NULL)
       + (SELECT count(*) FROM subnets WHERE location_id = ? AND deleted_at IS NULL)
       + (SELECT count(*) FROM bindings WHERE location_id = ? AND state <> 'released' AND deleted_at IS NULL)`;

/** The whole tree, parents before children, siblings by position then name. */
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
  const walk = (parent: string | null, above: string): void => {
    for (const { position: _position, ...row } of children.get(parent) ?? []) {
      const path = above ? `${above} / ${row.name}` : row.name;
      tree.push({ ...row, path });
      walk(row.id, path);
    }
  };
  walk(null, '');
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
      const n = tx.value<number>(HOLDS, ...Array<string>(5).fill(input.id)) ?? 0;
      if (n > 0) throw refuse('location_in_use', { name: place.name, n });
      tx.remove(locations, input.id);
      return { id: input.id };
    }),
  ),
  history: os.locations.history.handler(({ input, context }) => historyOf(context.engine.db, input.id)),
});
