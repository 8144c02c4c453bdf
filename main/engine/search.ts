/** The search index: what one box finds by. Kept in step by the engine after each write of a searchable record. */
import { pinyin } from 'pinyin-pro';
import { bare, gramQuery, grams } from '../../shared/grams.ts';
import { records } from '../../shared/records.ts';
import type { Field, RecordType } from '../../shared/record.ts';
import type { ReadDb, Raw } from './db.ts';
import { titleOf } from './titles.ts';

const CJK = /[\u3400-\u9fff]/u;
const searchable = new Map<string, [string, Field][]>(
  records.map((type) => [type.table, Object.entries(type.fields as RecordType['fields']).filter(([, field]) => field.search)]),
);
/** Tables whose rows carry another row's name in their index text, with the column that points to it. */
const dependants = new Map<string, { table: string; column: string }[]>();
for (const [table, fields] of searchable)
  for (const [column, field] of fields)
    if (field.kind === 'ref') dependants.set(field.table, [...(dependants.get(field.table) ?? []), { table, column }]);

const sounds = new Map<string, string>();
/** Full pinyin and initials of a Chinese name, each as one word; surnames in their own reading (单 = shan, 仇 = qiu). */
function soundOf(name: string): string {
  const known = sounds.get(name);
  if (known !== undefined) return known;
  const readings = [pinyin(name, { toneType: 'none', type: 'array', surname: 'head', nonZh: 'removed', v: true })];
  const plain = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'removed', v: true });
  if (plain[0] !== readings[0]?.[0]) readings.push(plain);
  const words = readings.flatMap((reading) => [reading.join(''), reading.map((word) => word[0] ?? '').join('')]);
  const sound = [...new Set(words)].join(' ');
  if (sounds.size > 50_000) sounds.clear();
  sounds.set(name, sound);
  return sound;
}

interface Texts {
  body: string;
  keys: string;
}

function textsOf(db: ReadDb, fields: [string, Field][], raw: Raw): Texts {
  const body: string[] = [];
  const keys: string[] = [];
  for (const [name, field] of fields) {
    const value = raw[name];
    if (typeof value !== 'string' || value === '') continue;
    if (field.search === 'key') keys.push(field.kind === 'ip' ? value : bare(value));
    const words = field.kind === 'ref' ? (titleOf(db, field.table, value)?.title ?? '') : value;
    if (field.search !== 'key') body.push(grams(words));
    if (field.search === 'name' && CJK.test(words)) body.push(soundOf(words));
  }
  return { body: body.join(' '), keys: keys.join(' ') };
}

/** Brings the index entry of a row up to date; a removed row loses its entry. */
export function indexRow(db: ReadDb, table: string, id: string): void {
  const fields = searchable.get(table);
  if (!fields || fields.length === 0) return;
  const raw = db.get(`SELECT * FROM ${table} WHERE id = ?`, id);
  const known = db.get<{ rowid: number }>('SELECT rowid FROM _search WHERE row_id = ?', id);
  if (known) {
    db.prepare('DELETE FROM _fts WHERE rowid = ?').run(known.rowid);
    db.prepare('DELETE FROM _keys WHERE rowid = ?').run(known.rowid);
  }
  if (!raw || raw['deleted_at'] !== null) {
    if (known) db.prepare('DELETE FROM _search WHERE rowid = ?').run(known.rowid);
    return;
  }
  const rowid = known?.rowid ?? Number(db.prepare('INSERT INTO _search (tbl, row_id) VALUES (?, ?)').run(table, id).lastInsertRowid);
  const { body, keys } = textsOf(db, fields, raw);
  db.prepare('INSERT INTO _fts (rowid, kind, body) VALUES (?, ?, ?)').run(rowid, kindToken(table), body);
  if (keys) db.prepare('INSERT INTO _keys (rowid, kind, body) VALUES (?, ?, ?)').run(rowid, kindToken(table), keys);
}

/** Indexes the rows that show the name of this row in their own text (a renamed room and the assets in it). */
export function indexDependants(db: ReadDb, table: string, id: string): void {
  for (const { table: other, column } of dependants.get(table) ?? [])
    for (const { id: otherId } of db.all<{ id: string }>(`SELECT id FROM ${other} WHERE ${column} = ?`, id)) indexRow(db, other, otherId);
}

/** Tables whose name change must reach others. */
export const hasDependants = (table: string): boolean => dependants.has(table);

const kindToken = (table: string): string => `kind_${table.replaceAll('_', '')}`;

interface Found {
  readonly table: string;
  readonly id: string;
}

/** Persons first: a technician asks for people, then places, then things. */
const ORDER = ['people', 'locations', 'assets', 'bindings', 'subnets', 'tickets', 'handovers', 'documents'];

/**
 * Ids of rows that match what was typed, best tables first. A fragment of a tag, serial, IP or MAC matches anywhere in it when
 * it has three or more characters; names match by any characters, by pinyin and by initials from their start.
 */
export function findRows(db: ReadDb, typed: string, limit: number, tables: readonly string[] = ORDER): Found[] {
  const text = typed.normalize('NFKC').trim();
  const found = new Map<string, Found>();
  for (const table of tables) {
    if (found.size >= limit) break;
    for (const rowid of matching(db, text, table, limit - found.size)) {
      const row = db.get<Found>('SELECT tbl AS "table", row_id AS id FROM _search WHERE rowid = ?', rowid);
      if (row) found.set(row.id, row);
    }
  }
  return [...found.values()].slice(0, limit);
}

function matching(db: ReadDb, text: string, table: string, limit: number): number[] {
  const kind = kindToken(table);
  const rowids: number[] = [];
  const take = (sql: string, query: string): void => {
    for (const { rowid } of db.all<{ rowid: number }>(sql, query, limit)) rowids.push(rowid);
  };
  const key = keyOf(text);
  if (key !== null) take('SELECT rowid FROM _keys WHERE _keys MATCH ? LIMIT ?', `kind:"${kind}" AND body:"${key}"`);
  const query = gramQuery(text);
  if (query !== null && rowids.length < limit) take('SELECT rowid FROM _fts WHERE _fts MATCH ? LIMIT ?', `kind:${kind} AND body:(${query})`);
  return rowids;
}

/** A fragment for the key index: IPs keep their dots, everything else is compared without separators. Null when too short for it. */
function keyOf(text: string): string | null {
  const key = /^[\d.]+$/.test(text) ? text : bare(text);
  return key.length >= 3 && !CJK.test(key) ? key.replaceAll('"', '') : null;
}

/** A subquery of row ids for a list's free-text filter, with its parameters; null when nothing was typed. */
export function textFilter(text: string, table: string): { sql: string; params: string[] } | null {
  const trimmed = text.normalize('NFKC').trim();
  const query = gramQuery(trimmed);
  const key = keyOf(trimmed);
  if (query === null && key === null) return null;
  const kind = kindToken(table);
  const parts: string[] = [];
  const params: string[] = [];
  if (query !== null) {
    parts.push('SELECT rowid FROM _fts WHERE _fts MATCH ?');
    params.push(`kind:${kind} AND body:(${query})`);
  }
  if (key !== null) {
    parts.push('SELECT rowid FROM _keys WHERE _keys MATCH ?');
    params.push(`kind:"${kind}" AND body:"${key}"`);
  }
  return { sql: `SELECT row_id FROM _search WHERE rowid IN (${parts.join(' UNION ')})`, params };
}
