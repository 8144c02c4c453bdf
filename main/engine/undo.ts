/** Takes back one batch. What somebody changed since, or refers to, stays as it is and is counted: an undo never overwrites silently. */
import type { Op } from '../../shared/commit.ts';
import { records } from '../../shared/records.ts';
import type { RecordType } from '../../shared/record.ts';
import { refuse } from '../../shared/refusal.ts';
import type { WriteDb } from './door.ts';
import { rawRow, typeOf } from './rows.ts';
import type { Stored } from './codec.ts';

/** Returns how many operations were taken back and how many had to stay. Refuses a batch that is unknown or has no effect left. */
export function undoBatch(tx: WriteDb, batch: string): { undone: number; kept: number } {
  const lines = tx.all<{ ord: number; body: string }>(
    'SELECT o.ord, o.body FROM _ops o JOIN _commits c ON c.ord = o.commit_ord WHERE c.batch = ? ORDER BY o.ord DESC',
    batch,
  );
  const referred = new Referred(tx);
  let undone = 0;
  let inUse = 0;
  for (const { ord, body } of lines) {
    const op = JSON.parse(body) as Op;
    if (undoOp(tx, op, ord, batch, referred)) undone += 1;
    else if (op.op === 'insert' && rawRow(tx, typeOf(op.table), op.id)?.['deleted_at'] === null) inUse += 1;
  }
  if (undone === 0) throw refuse(inUse > 0 ? 'undo_in_use' : 'nothing_to_undo');
  return { undone, kept: lines.length - undone };
}

/** What refers to a table: the pieces of a document do not count, they go out of sight with it. */
const referrers = (table: string): (readonly [string, string])[] =>
  (records as readonly RecordType[])
    .filter(({ appendOnly }) => !appendOnly)
    .flatMap((type) =>
      Object.entries(type.fields).flatMap(([name, field]) =>
        field.kind === 'ref' && field.table === table ? [[type.table, name] as const] : [],
      ),
    );

/**
 * Does a live row point to this one? What an undo removes must not leave somebody else's row pointing to nothing (a person who was
 * given an address since). Not every such column has an index, so the ids that anything points to are read once per table; only
 * for those is the exact question asked.
 */
class Referred {
  readonly #tx: WriteDb;
  readonly #known = new Map<string, { ids: Set<string>; columns: (readonly [string, string])[] }>();

  constructor(tx: WriteDb) {
    this.#tx = tx;
  }
  has(table: string, id: string): boolean {
    let known = this.#known.get(table);
    if (!known) {
      const columns = referrers(table);
      // Removed rows too: this very undo may bring them back.
      const ids = columns.flatMap(([from, column]) =>
        this.#tx.all<{ id: string }>(`SELECT DISTINCT ${column} AS id FROM ${from} WHERE ${column} IS NOT NULL`),
      );
      this.#known.set(table, (known = { ids: new Set(ids.map((row) => row.id)), columns }));
    }
    if (!known.ids.has(id)) return false;
    return known.columns.some(
      ([from, column]) =>
        this.#tx.value(`SELECT 1 FROM ${from} WHERE ${column} = ? AND deleted_at IS NULL LIMIT 1`, id) !== undefined,
    );
  }
}

function undoOp(tx: WriteDb, op: Op, ord: number, batch: string, referred: Referred): boolean {
  const type = typeOf(op.table);
  const row = rawRow(tx, type, op.id);
  if (!row) return false;
  const live = row['deleted_at'] === null;
  switch (op.op) {
    case 'append':
      return false;
    case 'insert': {
      if (!live || referred.has(op.table, op.id)) return false;
      const later = tx.value(
        'SELECT 1 FROM _ops o JOIN _commits c ON c.ord = o.commit_ord WHERE o.row_id = ? AND o.ord > ? AND c.batch <> ? LIMIT 1',
        op.id,
        ord,
        batch,
      );
      if (later !== undefined) return false;
      tx.remove(type, op.id);
      return true;
    }
    case 'remove':
      if (live) return false;
      tx.restore(type, op.id);
      return true;
    case 'restore':
      if (!live) return false;
      tx.remove(type, op.id);
      return true;
    case 'patch': {
      if (!live) return false;
      const current = tx.need(type, op.id) as Record<string, Stored>;
      const back: Record<string, Stored> = {};
      for (const [field, { before, after }] of Object.entries(op.fields))
        if (current[field] === after) back[field] = before;
      if (Object.keys(back).length === 0) return false;
      tx.patch(type, op.id, back);
      return Object.keys(back).length === Object.keys(op.fields).length;
    }
  }
}
