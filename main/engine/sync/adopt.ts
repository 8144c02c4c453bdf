/**
 * After this laptop was upgraded: columns and tables that it kept for their newer version become its own, and what its store never told it,
 * because it would not have understood, is fetched (sync.md 2.12).
 */
import { SCHEMA } from '../../../shared/commit.ts';
import { recordOf, records } from '../../../shared/records.ts';
import type { RecordType } from '../../../shared/record.ts';
import { START, type PageRow, type Scalar } from '../../../shared/sync/frames.ts';
import { toColumn } from '../codec.ts';
import type { ReadDb } from '../db.ts';
import { putRow, rawRow } from '../rows.ts';
import { isSearched } from '../search.ts';
import { noteToIndex } from '../search-later.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { imageOf } from './rebase.ts';
import { changeState, readState } from './state.ts';

/** The record schema this file was last opened with; files from before it was noted are of the first. */
const KEY = 'schema';

/** At every opening of a file, after its migrations. Does nothing unless the version is a newer one than the last time. */
export function adoptSchema(db: ReadDb): void {
  const before = readSetting<number>(db, KEY) ?? 1;
  if (before >= SCHEMA && readSetting<number>(db, KEY) !== null) return;
  db.raw
    .transaction(() => {
      for (const type of records) adoptColumns(db, type);
      adoptRows(db);
      const state = readState(db);
      // A store that was not newer had nothing to leave out.
      if (state && (state.hubSchema ?? SCHEMA) > before) fetchAnew(db);
      writeSetting(db, KEY, SCHEMA);
    })
    .immediate();
}

/** From here on everything is fetched once more; what is on screen stays until it is replaced, own changes stay over it. */
export function fetchAnew(db: ReadDb): void {
  const state = readState(db);
  if (!state) return;
  db.prepare('DELETE FROM _resync_seen').run();
  const common = state.resync?.common ?? null;
  changeState(db, { cursor: START, chain: state.origin, resync: { common, pulled: false } });
}

type Values = Record<string, Scalar>;

/** What of `extra` this version knows now, and what it still does not. */
function parted(type: RecordType, extra: string): { known: Values; rest: string | null } {
  const all = Object.entries(JSON.parse(extra) as Values);
  const rest = all.filter(([name]) => !type.fields[name]);
  return {
    known: Object.fromEntries(all.filter(([name]) => type.fields[name])),
    rest: rest.length > 0 ? JSON.stringify(Object.fromEntries(rest)) : null,
  };
}

function adoptColumns(db: ReadDb, type: RecordType): void {
  const { table } = type;
  const touched: string[] = [];
  for (const { id, extra } of db.all<{ id: string; extra: string }>(
    `SELECT id, extra FROM ${table} WHERE extra IS NOT NULL`,
  )) {
    const { known, rest } = parted(type, extra);
    const names = Object.keys(known);
    if (names.length === 0) continue;
    db.prepare(`UPDATE ${table} SET extra = ?${names.map((name) => `, ${name} = ?`).join('')} WHERE id = ?`).run(
      rest,
      ...names.map((name) => toColumn(known[name])),
      id,
    );
    touched.push(id);
  }
  if (touched.length > 0 && isSearched(table)) noteToIndex(db, table, touched);
  for (const { id, row } of db.all<{ id: string; row: string }>(
    'SELECT row_id AS id, row FROM _shadow WHERE tbl = ?',
    table,
  )) {
    const image = JSON.parse(row) as Values;
    if (typeof image['extra'] !== 'string') continue;
    const { known, rest } = parted(type, image['extra']);
    const text = JSON.stringify({ ...image, ...known, extra: rest });
    db.prepare('UPDATE _shadow SET row = ? WHERE tbl = ? AND row_id = ?').run(text, table, id);
  }
}

function adoptRows(db: ReadDb): void {
  const touched = new Map<string, string[]>();
  for (const { row } of db.all<{ row: string }>('SELECT row FROM _foreign')) {
    const found = JSON.parse(row) as PageRow;
    const type = recordOf(found.table);
    if (!type) continue;
    if (!rawRow(db, type, found.id)) {
      const image = imageOf(type, found);
      putRow(db, type, found.id, found.values, image);
      touched.set(type.table, [...(touched.get(type.table) ?? []), found.id]);
    }
    db.prepare('DELETE FROM _foreign WHERE tbl = ? AND row_id = ?').run(found.table, found.id);
  }
  for (const [table, ids] of touched) if (isSearched(table)) noteToIndex(db, table, ids);
}

/** Keeps a row of a table that only a newer version knows. Inside the transaction of its page. */
export function keepForeign(db: ReadDb, row: PageRow): void {
  if (row.gone) db.prepare('DELETE FROM _foreign WHERE tbl = ? AND row_id = ?').run(row.table, row.id);
  else
    db.prepare('INSERT OR REPLACE INTO _foreign (tbl, row_id, row) VALUES (?, ?, ?)').run(
      row.table,
      row.id,
      JSON.stringify(row),
    );
}
