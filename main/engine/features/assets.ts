/** Assets: the commands that keep the register's law, and its queries. */
import { assets } from '../../../shared/features/assets.ts';
import type { DraftOf, PatchOf, RowOf } from '../../../shared/record.ts';
import { refuse } from '../../../shared/refusal.ts';
import { decode } from '../codec.ts';
import type { ReadDb } from '../db.ts';
import type { WriteDb } from '../door.ts';
import { historyOf } from '../history.ts';
import { listRecords, refsOf } from '../list.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';

type Asset = RowOf<typeof assets>;

/** Tags are unique among live assets. Refuses naming the holder. */
export function checkTag(tx: WriteDb, tag: string | null | undefined, self: string | null): void {
  if (!tag) return;
  const held = tx.get<{ id: string; name: string; tag: string }>(
    'SELECT id, name, tag FROM assets WHERE tag = ? AND deleted_at IS NULL AND id IS NOT ?',
    tag.trim(),
    self,
  );
  if (held) throw refuse('tag_in_use', { tag: held.tag, holder: held.name });
}

/** Live assets with exactly this tag or serial, at most three: how an import recognises what it brings. */
export const assetsBy = (db: ReadDb, field: 'tag' | 'serial', value: string): Asset[] =>
  db
    .all(`SELECT * FROM assets WHERE ${field} = ? AND deleted_at IS NULL LIMIT 3`, value)
    .map((raw) => decode(assets, raw));
/** Every tag and serial in use: tells an import of 50,000 new rows at once that none of them is known. */
export function assetKeys(db: ReadDb): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { tag, serial } of db.all<{ tag: string | null; serial: string | null }>(
    'SELECT tag, serial FROM assets WHERE deleted_at IS NULL',
  )) {
    if (tag !== null) keys.add(tag);
    if (serial !== null) keys.add(serial);
  }
  return keys;
}
/** A live asset by its id, or null. */
export function assetById(db: ReadDb, id: string): Asset | null {
  const raw = db.get('SELECT * FROM assets WHERE id = ? AND deleted_at IS NULL', id);
  return raw ? decode(assets, raw) : null;
}

/** Adds an asset. Also used by import and by registering a found host. */
export function createAsset(tx: WriteDb, draft: DraftOf<typeof assets>): Asset {
  checkTag(tx, draft.tag, null);
  return tx.insert(assets, draft);
}

/** Changes an asset. */
export function updateAsset(tx: WriteDb, id: string, changes: PatchOf<typeof assets>): Asset {
  checkTag(tx, changes.tag, id);
  return tx.patch(assets, id, changes);
}

/** The asset that has this network card on record. */
export const assetWithMac = (db: ReadDb, mac: string): string | null =>
  db.value<string>('SELECT id FROM assets WHERE mac = ? AND deleted_at IS NULL', mac) ?? null;

export const assetsRouter = os.assets.router({
  list: os.assets.list.handler(({ input, context }) => listRecords(context.engine.db, assets, input)),
  get: os.assets.get.handler(({ input, context }) => {
    const asset = readRow(context.engine.db, assets, input.id);
    return { asset, refs: refsOf(context.engine.db, assets, [asset]) };
  }),
  create: os.assets.create.handler(({ input, context }) =>
    context.engine.command('assets.create', (tx) => createAsset(tx, input)),
  ),
  update: os.assets.update.handler(({ input, context }) =>
    context.engine.command('assets.update', (tx) => updateAsset(tx, input.id, input.changes)),
  ),
  setStatus: os.assets.setStatus.handler(({ input, context }) =>
    context.engine.command(
      'assets.setStatus',
      (tx) => tx.patch(assets, input.id, { status: input.status }),
      input.reason,
    ),
  ),
  remove: os.assets.remove.handler(({ input, context }) =>
    context.engine.command(
      'assets.remove',
      (tx) => {
        const bound = tx.get<{ ip: string }>(
          "SELECT ip FROM bindings WHERE asset_id = ? AND state <> 'released' AND deleted_at IS NULL",
          input.id,
        );
        if (bound) throw refuse('asset_bound', { ip: bound.ip });
        tx.remove(assets, input.id);
        return { id: input.id };
      },
      input.reason,
    ),
  ),
  history: os.assets.history.handler(({ input, context }) => historyOf(context.engine.db, input.id)),
});
