/** Takes back one batch. What somebody changed since stays as it is and is counted: an undo never overwrites silently. */
import type { Op } from '../../shared/commit.ts';
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
  let undone = 0;
  for (const { ord, body } of lines) if (undoOp(tx, JSON.parse(body) as Op, ord, batch)) undone += 1;
  if (undone === 0) throw refuse('nothing_to_undo');
  return { undone, kept: lines.length - undone };
}

function undoOp(tx: WriteDb, op: Op, ord: number, batch: string): boolean {
  const type = typeOf(op.table);
  const row = rawRow(tx, type, op.id);
  if (!row) return false;
  const live = row['deleted_at'] === null;
  switch (op.op) {
    case 'append':
      return false;
    case 'insert': {
      const later = tx.value<number>(
        'SELECT count(*) FROM _ops o JOIN _commits c ON c.ord = o.commit_ord WHERE o.row_id = ? AND o.ord > ? AND c.batch <> ?',
        op.id,
        ord,
        batch,
      );
      if (!live || later !== 0) return false;
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
