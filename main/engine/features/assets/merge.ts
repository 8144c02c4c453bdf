/** Two records that turned out to be one device: what points to the one is pointed to the other, and the one goes, saying where to. */
import { assets } from '../../../../shared/features/assets.ts';
import { MAX_OPS } from '../../../../shared/commit.ts';
import { records } from '../../../../shared/records.ts';
import type { PatchOf, RecordType, RowOf } from '../../../../shared/record.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';

type Asset = RowOf<typeof assets>;

/** Columns by which other records point to an asset, out of the declarations: whatever feature comes later is among them. */
const pointers = (records as unknown as readonly RecordType[])
  .filter(({ appendOnly, table }) => !appendOnly && table !== 'conflicts')
  .flatMap((type) => [
    ...Object.entries(type.fields).flatMap(([name, field]) =>
      field.kind === 'ref' && field.table === 'assets' && name !== 'merged_into_id'
        ? [{ type, column: name, where: '' }]
        : [],
    ),
    // Records that hang on any other name it by table and id.
    ...(type.fields['tbl'] && type.fields['row_id'] ? [{ type, column: 'row_id', where: " AND tbl = 'assets'" }] : []),
  ]);

/** How many live records of each table point to an asset. */
export function pointedBy(db: ReadDb, id: string): { table: string; n: number }[] {
  const counts = new Map<string, number>();
  for (const { type, column, where } of pointers) {
    const n = db.value<number>(
      `SELECT count(*) FROM ${type.table} WHERE ${column} = ? AND deleted_at IS NULL${where}`,
      id,
    );
    if (n) counts.set(type.table, (counts.get(type.table) ?? 0) + n);
  }
  return [...counts].map(([table, n]) => ({ table, n }));
}

/**
 * One commit, done whole or not at all: what points to `drop` points to `keep`; `drop` goes with the note where to; the fields named
 * in `take` get the values of `drop`. Values are given after the removal, so that a tag is never on both; nobody else can have it, as `drop` had.
 */
export function mergeAssets(tx: WriteDb, keepId: string, dropId: string, take: readonly string[]): Asset {
  if (keepId === dropId) throw refuse('merge_same');
  tx.need(assets, keepId);
  const drop = tx.need(assets, dropId);
  for (const { type, column, where } of pointers) {
    const sql = `SELECT id FROM ${type.table} WHERE ${column} = ? AND deleted_at IS NULL${where}`;
    for (const { id } of tx.all<{ id: string }>(sql, dropId)) tx.patch(type, id, { [column]: keepId });
  }
  tx.patch(assets, dropId, { merged_into_id: keepId });
  tx.remove(assets, dropId);
  const taken = Object.fromEntries(
    take
      .filter((name) => name in assets.fields && name !== 'merged_into_id')
      .map((name) => [name, drop[name as keyof Asset]]),
  ) as PatchOf<typeof assets>;
  const kept = tx.patch(assets, keepId, taken);
  // A commit of more operations would go to the store in parts.
  if (tx.ops.length > MAX_OPS) throw refuse('merge_too_large', { n: tx.ops.length });
  return kept;
}

/** Where a removed asset went, over as many merges as there were; null when it was not merged, or its heir is gone too. */
export function heirOf(db: ReadDb, id: string): string | null {
  const seen = new Set<string>();
  for (let at: string | null = id; at !== null && !seen.has(at);) {
    seen.add(at);
    const row: { deleted_at: number | null; merged_into_id: string | null } | undefined = db.get(
      'SELECT deleted_at, merged_into_id FROM assets WHERE id = ?',
      at,
    );
    if (!row) return null;
    if (row.deleted_at === null) return at === id ? null : at;
    at = row.merged_into_id;
  }
  return null;
}

/** Pairs of live assets whose tags are one but for the case of their letters, at most 50. */
export const twinsOf = (db: ReadDb): { ids: [string, string]; tags: [string, string] }[] =>
  db
    .all<{ one: string; other: string; one_tag: string; other_tag: string }>(
      // One pass over the register: a join of it with itself would ask for every tag among all others.
      `SELECT a.id AS one, b.id AS other, a.tag AS one_tag, b.tag AS other_tag
       FROM (SELECT min(id) AS first, max(id) AS last FROM assets WHERE deleted_at IS NULL AND tag IS NOT NULL
             GROUP BY lower(tag) HAVING count(*) > 1 LIMIT 50)
       JOIN assets a ON a.id = first JOIN assets b ON b.id = last ORDER BY a.tag`,
    )
    .map(({ one, other, one_tag, other_tag }) => ({ ids: [one, other], tags: [one_tag, other_tag] }));
