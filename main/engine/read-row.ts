/** One live record by id, for queries. */
import type { Fields, RecordType, Row } from '../../shared/record.ts';
import { refuse } from '../../shared/refusal.ts';
import { decode } from './codec.ts';
import type { ReadDb } from './db.ts';

/** Null when the record does not exist or was removed. */
export function findRow<F extends Fields>(db: ReadDb, type: RecordType<F>, id: string): Row<F> | null {
  const raw = db.get(`SELECT * FROM ${type.table} WHERE id = ? AND deleted_at IS NULL`, id);
  return raw ? decode(type, raw) : null;
}

/** Refuses with `not_found` when the record does not exist or was removed. */
export function readRow<F extends Fields>(db: ReadDb, type: RecordType<F>, id: string): Row<F> {
  const row = findRow(db, type, id);
  if (!row) throw refuse('not_found');
  return row;
}
