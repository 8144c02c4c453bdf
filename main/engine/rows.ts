/** Single-row writes of synced tables. Used by the door and by sync's page application, by nobody else (house law). */
import { recordOf } from '../../shared/records.ts';
import type { RecordType } from '../../shared/record.ts';
import { toColumn, type Stored } from './codec.ts';
import type { Raw, ReadDb } from './db.ts';

/** The declaration of a table that must exist; an unknown name is a bug, not a refusal. */
export function typeOf(table: string): RecordType {
  const type = recordOf(table);
  if (!type) throw new Error(`no record type "${table}"`);
  return type;
}

const insertSql = new Map<string, string>();
function insertStatement(type: RecordType): string {
  let sql = insertSql.get(type.table);
  if (sql === undefined) {
    const names = ['id', 'rv', 'deleted_at', 'extra', ...Object.keys(type.fields)];
    sql = `INSERT OR REPLACE INTO ${type.table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
    insertSql.set(type.table, sql);
  }
  return sql;
}

const shadowSql = new Map<string, string>();
/**
 * Before a row that the hub has confirmed is changed here, its confirmed image is kept once: sync lays the hub's news under the
 * own changes that are still on their way (sync.md 2.1). Rows the hub does not know have none.
 */
function keepShadow(db: ReadDb, type: RecordType, id: string): void {
  let sql = shadowSql.get(type.table);
  if (sql === undefined) {
    const pairs = ['id', 'rv', 'deleted_at', 'extra', ...Object.keys(type.fields)].map((name) => `'${name}', ${name}`);
    // A function takes at most 127 arguments; a table of more columns than half of that would need two objects.
    sql = `INSERT OR IGNORE INTO _shadow (tbl, row_id, row) SELECT '${type.table}', id, json_object(${pairs.join(', ')}) FROM ${type.table} WHERE id = ? AND rv IS NOT NULL`;
    shadowSql.set(type.table, sql);
  }
  db.prepare(sql).run(id);
}

export interface RowState {
  readonly rv: number | null;
  /** Moment of removal, null for a live row. */
  readonly deletedAt: number | null;
  /** Columns of a newer version of Lanbook, as JSON: kept, not understood. */
  readonly extra?: string | null;
}

/** Writes a whole row; a row of that id is replaced. */
export function putRow(
  db: ReadDb,
  type: RecordType,
  id: string,
  values: Record<string, Stored>,
  state: RowState,
): void {
  const columns = Object.keys(type.fields).map((name) => toColumn(values[name]));
  db.prepare(insertStatement(type)).run(id, state.rv, state.deletedAt, state.extra ?? null, ...columns);
}

const additionSql = new Map<string, string>();
/** Adds a row of an id that is not there yet; false, and nothing written, when it is. */
export function addRow(
  db: ReadDb,
  type: RecordType,
  id: string,
  values: Readonly<Record<string, Stored>>,
  state: RowState,
): boolean {
  let sql = additionSql.get(type.table);
  if (sql === undefined) {
    sql = `${insertStatement(type).replace('OR REPLACE ', '')} ON CONFLICT (id) DO NOTHING`;
    additionSql.set(type.table, sql);
  }
  const columns = Object.keys(type.fields).map((name) => toColumn(values[name]));
  return db.prepare(sql).run(id, state.rv, state.deletedAt, state.extra ?? null, ...columns).changes > 0;
}

/** Writes some columns of a row. `changes` holds declared field names only. */
export function setColumns(db: ReadDb, type: RecordType, id: string, changes: Record<string, Stored>): void {
  const names = Object.keys(changes);
  if (names.length === 0) return;
  keepShadow(db, type, id);
  const sql = `UPDATE ${type.table} SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`;
  db.prepare(sql).run(...names.map((name) => toColumn(changes[name])), id);
}

/** Marks a row as removed (moment) or live again (null). */
export function setDeleted(db: ReadDb, type: RecordType, id: string, deletedAt: number | null): void {
  keepShadow(db, type, id);
  db.prepare(`UPDATE ${type.table} SET deleted_at = ? WHERE id = ?`).run(deletedAt, id);
}

/** The stored row whether live or removed; undefined when there is none. */
export const rawRow = (db: ReadDb, type: RecordType, id: string): Raw | undefined =>
  db.get(`SELECT * FROM ${type.table} WHERE id = ?`, id);
