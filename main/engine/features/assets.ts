/** Assets: the commands that keep the register's law, and its queries. */
import { assets, type assetCategories } from '../../../shared/features/assets.ts';
import { showMac } from '../../../shared/mac.ts';
import type { DraftOf, PatchOf, RowOf } from '../../../shared/record.ts';
import { refuse } from '../../../shared/refusal.ts';
import { decode } from '../codec.ts';
import type { ReadDb } from '../db.ts';
import type { WriteDb } from '../door.ts';
import { historyOf } from '../history.ts';
import { holdersOf } from '../holds.ts';
import { listRecords, refsOf } from '../list.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { refText } from '../titles.ts';
import { mergeAssets, pointedBy, twinsOf } from './assets/merge.ts';

type Asset = RowOf<typeof assets>;

/** Tags are unique among live assets, `zc-001` and `ZC-001` alike. Refuses naming the holder. */
export function checkTag(tx: WriteDb, tag: string | null | undefined, self: string | null): void {
  if (!tag) return;
  const held = tx.get<{ id: string; name: string; tag: string }>(
    'SELECT id, name, tag FROM assets WHERE tag = ? COLLATE NOCASE AND deleted_at IS NULL AND id IS NOT ?',
    tag.trim(),
    self,
  );
  if (held) throw refuse('tag_in_use', { tag: held.tag, holder: held.name });
}

/** One machine, one serial, one card, one address: what a person types twice is refused, naming the holder. An import reports it by row. */
export function checkOnce(
  tx: WriteDb,
  values: Pick<PatchOf<typeof assets>, 'serial' | 'mac' | 'ip'>,
  self: string | null,
): void {
  for (const field of ['serial', 'mac', 'ip'] as const) {
    const value = values[field];
    if (!value) continue;
    const held = tx.get<{ id: string }>(
      `SELECT id FROM assets WHERE ${field} = ? AND deleted_at IS NULL AND status <> 'scrapped' AND id IS NOT ?`,
      value,
      self,
    );
    if (!held) continue;
    const shown = field === 'mac' ? showMac(value) : value;
    throw refuse(`asset_${field}_in_use`, { [field]: shown, holder: refText(tx, 'assets', held.id) });
  }
}

/** Live assets with this tag (in any case) or exactly this serial, at most three: how an import recognises what it brings. */
export const assetsBy = (db: ReadDb, field: 'tag' | 'serial', value: string): Asset[] =>
  db
    .all(
      `SELECT * FROM assets WHERE ${field} = ?${field === 'tag' ? ' COLLATE NOCASE' : ''} AND deleted_at IS NULL LIMIT 3`,
      value,
    )
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

/** The assets with these network cards on record, by card. */
export function assetsWithMacs(db: ReadDb, macs: Iterable<string>): Map<string, { id: string; title: string }> {
  const rows = db.all<{ id: string; mac: string; tag: string | null; name: string }>(
    `SELECT a.id, a.mac, a.tag, a.name FROM json_each(?) wanted JOIN assets a ON a.mac = wanted.value
     WHERE a.deleted_at IS NULL ORDER BY a.id DESC`,
    JSON.stringify([...new Set(macs)]),
  );
  // the newest first, so that of two the one registered first stays
  return new Map(rows.map(({ id, mac, tag, name }) => [mac, { id, title: [tag, name].filter(Boolean).join(' · ') }]));
}

/** Assets of these categories that can be found on the network: with an address or a network card on record. */
export const reachableAssets = (
  db: ReadDb,
  categories: readonly (typeof assetCategories)[number][],
): { id: string; name: string; ip: string | null; mac: string | null }[] =>
  db.all(
    `SELECT id, name, ip, mac FROM assets WHERE category IN (${categories.map(() => '?').join(', ')})
       AND (ip IS NOT NULL OR mac IS NOT NULL) AND status <> 'scrapped' AND deleted_at IS NULL ORDER BY id`,
    ...categories,
  );

/** What the register calls a switch. */
export const registeredSwitches = (db: ReadDb): ReturnType<typeof reachableAssets> => reachableAssets(db, ['switch']);

/** Assets with this address or network card on record. */
export const assetsAt = (
  db: ReadDb,
  { ip, mac }: { ip: string; mac: string },
): { id: string; location_id: string | null }[] =>
  db.all(
    `SELECT id, location_id FROM assets WHERE ip = ? AND deleted_at IS NULL
     UNION SELECT id, location_id FROM assets WHERE mac = ? AND deleted_at IS NULL LIMIT 5`,
    ip,
    mac,
  );

export const assetsRouter = os.assets.router({
  list: os.assets.list.handler(({ input, context }) => listRecords(context.engine.db, assets, input)),
  get: os.assets.get.handler(({ input, context }) => {
    const asset = readRow(context.engine.db, assets, input.id);
    return { asset, refs: refsOf(context.engine.db, assets, [asset]) };
  }),
  create: os.assets.create.handler(({ input, context }) =>
    context.engine.command('assets.create', (tx) => {
      checkOnce(tx, input, null);
      return createAsset(tx, input);
    }),
  ),
  update: os.assets.update.handler(({ input, context }) =>
    context.engine.command('assets.update', (tx) => {
      checkOnce(tx, input.changes, input.id);
      return updateAsset(tx, input.id, input.changes);
    }),
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
        const [bound] = holdersOf(tx, assets, input.id);
        if (bound) throw refuse('asset_bound', { ip: refText(tx, bound.table, bound.id) });
        tx.remove(assets, input.id);
        return { id: input.id };
      },
      input.reason,
    ),
  ),
  twins: os.assets.twins.handler(({ context: { engine } }) => twinsOf(engine.db)),
  pair: os.assets.pair.handler(({ input, context: { engine } }) => {
    const [first, second] = input.ids.map((id) => readRow(engine.db, assets, id)) as [Asset, Asset];
    return {
      rows: [first, second],
      pointed: [pointedBy(engine.db, first.id), pointedBy(engine.db, second.id)],
      refs: refsOf(engine.db, assets, [first, second]),
    };
  }),
  merge: os.assets.merge.handler(({ input, context: { engine } }) => {
    const { result, batch } = engine.commit('assets.merge', (tx) =>
      mergeAssets(tx, input.keep, input.drop, input.take),
    );
    return { asset: result, batch };
  }),
  history: os.assets.history.handler(({ input, context }) => historyOf(context.engine.db, input.id)),
});
