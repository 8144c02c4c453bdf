/** The search index: what one box finds by. Kept in step by the engine after each write of a searchable record. */
import { pinyin } from 'pinyin-pro';
import { bare, gramQuery, grams } from '../../shared/grams.ts';
import { cleanText } from '../../shared/untrusted.ts';
import { records } from '../../shared/records.ts';
import type { Field, RecordType } from '../../shared/record.ts';
import type { Bind, ReadDb, Raw } from './db.ts';
import { titleOf } from './titles.ts';

const CJK = /[\u3400-\u9fff]/u;
const searchable = new Map<string, [string, Field][]>(
  records.map((type) => [
    type.table,
    Object.entries(type.fields as RecordType['fields']).filter(([, field]) => field.search),
  ]),
);
/** Tables whose rows carry another row's name in their index text, with the column that points to it. */
const dependants = new Map<string, { table: string; column: string }[]>();
for (const [table, fields] of searchable)
  for (const [column, field] of fields)
    if (field.kind === 'ref') dependants.set(field.table, [...(dependants.get(field.table) ?? []), { table, column }]);

const sounds = new Map<string, string>();
/** Full pinyin, initials, and surname plus initials of a Chinese name, each as one word; surnames in their own reading (单 = shan). */
export function soundOf(name: string): string {
  const known = sounds.get(name);
  if (known !== undefined) return known;
  const readings = [pinyin(name, { toneType: 'none', type: 'array', surname: 'head', nonZh: 'removed', v: true })];
  const plain = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'removed', v: true });
  if (plain[0] !== readings[0]?.[0]) readings.push(plain);
  const words = readings.flatMap((reading) => {
    const initials = reading.map((word) => word[0] ?? '').join('');
    return [reading.join(''), initials, (reading[0] ?? '') + initials.slice(1)];
  });
  const sound = [...new Set(words)].join(' ');
  if (sounds.size > 50_000) sounds.clear();
  sounds.set(name, sound);
  return sound;
}

interface Texts {
  /** What the record itself is called: found before what it only mentions. */
  name: string;
  body: string;
  keys: string;
}

function textsOf(db: ReadDb, fields: [string, Field][], raw: Raw): Texts {
  const own: string[] = [];
  const body: string[] = [];
  const keys: string[] = [];
  for (const [name, field] of fields) {
    const value = raw[name];
    if (typeof value !== 'string' || value === '') continue;
    if (field.search === 'key') keys.push(field.kind === 'ip' ? value : bare(value));
    const words = field.kind === 'ref' ? (titleOf(db, field.table, value)?.title ?? '') : value;
    const into = name === 'name' ? own : body;
    if (field.search !== 'key') into.push(grams(words));
    if (field.search === 'name' && CJK.test(words)) into.push(soundOf(words));
  }
  return { name: own.join(' '), body: body.join(' '), keys: keys.join(' ') };
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
  const rowid = known?.rowid ?? nextRowid(db, table);
  if (!known) db.prepare('INSERT INTO _search (rowid, tbl, row_id) VALUES (?, ?, ?)').run(rowid, table, id);
  const { name, body, keys } = textsOf(db, fields, raw);
  db.prepare('INSERT INTO _fts (rowid, name, body) VALUES (?, ?, ?)').run(rowid, name, body);
  if (keys) db.prepare('INSERT INTO _keys (rowid, body) VALUES (?, ?)').run(rowid, keys);
}

/**
 * Indexes the rows that show the name of this row in their own text (a renamed room and the assets in it). Those without an entry are
 * removed, or noted to be indexed anyway.
 */
export function indexDependants(db: ReadDb, table: string, id: string): void {
  for (const { table: other, column } of dependants.get(table) ?? [])
    for (const { id: otherId } of db.all<{ id: string }>(
      `SELECT t.id FROM ${other} t JOIN _search s ON s.row_id = t.id WHERE t.${column} = ?`,
      id,
    ))
      indexRow(db, other, otherId);
}

/** Whether rows of this table are found, or show in what is found. */
export const isSearched = (table: string): boolean => (searchable.get(table)?.length ?? 0) > 0 || dependants.has(table);

/** Tables whose name change must reach others. */
export const hasDependants = (table: string): boolean => dependants.has(table);

/**
 * Each table owns a range of the index's row numbers, so that "the first dozen people" is a seek and not a filter over every
 * asset: 1-2 ms instead of 12 on 100,000 assets. Persons first: a technician asks for people, then places, then things.
 * The numbers are in the file: they never change, new tables get new ones.
 */
const RANK: Record<string, number> = {
  people: 1,
  locations: 2,
  assets: 3,
  bindings: 4,
  subnets: 5,
  tickets: 6,
  handovers: 7,
  documents: 8,
  outlets: 23,
  panels: 24,
  cables: 25,
  reports: 28,
  applications: 20,
  range_requests: 22,
  tools: 26,
  envelopes: 27,
  knowledge_articles: 19,
};
const RANGE = 2 ** 40;
const rangeOf = (table: string): readonly [number, number] => {
  const rank = RANK[table];
  if (rank === undefined) throw new Error(`searchable table "${table}" has no rank in the search index`);
  return [rank * RANGE, (rank + 1) * RANGE - 1];
};
const nextRowid = (db: ReadDb, table: string): number => {
  const [first, last] = rangeOf(table);
  return (
    (db.value<number | null>('SELECT max(rowid) FROM _search WHERE rowid BETWEEN ? AND ?', first, last) ?? first) + 1
  );
};

/** Every table that has entries. */
export const searchedTables = (): string[] => Object.keys(RANK);

interface Found {
  readonly table: string;
  readonly id: string;
}

/** So that a room's own entry is not crowded out by the people who sit in it. */
const PER_TABLE = 12;
/** More hits than the search box shows. */
const ENOUGH = 2 * PER_TABLE;

/**
 * Ids of rows that match what was typed, best tables first, at most a dozen of each. A fragment of a tag, serial, IP or MAC matches anywhere in it when
 * it has three or more characters; names match by any characters, by pinyin and by initials from their start.
 */
export function findRows(db: ReadDb, typed: string, tables: readonly string[] = Object.keys(RANK)): Found[] {
  const text = cleanText(typed.normalize('NFKC')).trim();
  const wanted = new Set(tables);
  const found = new Map<string, Found>();
  const key = keyOf(text);
  const query = gramQuery(text);
  const rowids = key === null ? [] : firstOfEach(db, '_keys', `"${key}"`);
  if (query !== null) {
    const called = firstOfEach(db, '_fts', `{name} : (${query})`);
    rowids.push(...called);
    // Enough is called so: what only mentions it would be cut off again.
    if (called.length < ENOUGH) rowids.push(...firstOfEach(db, '_fts', query));
  }
  for (const rowid of rowids) {
    const row = db.get<Found>('SELECT tbl AS "table", row_id AS id FROM _search WHERE rowid = ?', rowid);
    if (row && wanted.has(row.table)) found.set(row.id, row);
  }
  return [...found.values()].toSorted((a, b) => (RANK[a.table] ?? 0) - (RANK[b.table] ?? 0));
}

/**
 * The first dozen matches of each table, by skipping from one table's range to the next. Asking "between" for each table
 * instead would walk every posting of a table that has no match (7 ms each on 100,000 assets, measured).
 */
function firstOfEach(db: ReadDb, index: '_fts' | '_keys', match: string): number[] {
  const sql = `SELECT rowid FROM ${index} WHERE ${index} MATCH ? AND rowid >= ? LIMIT ?`;
  const rowids: number[] = [];
  for (let from = RANGE, more = true; more;) {
    const page = db.all<{ rowid: number }>(sql, match, from, PER_TABLE + 1);
    const table = Math.floor((page.at(-1)?.rowid ?? 0) / RANGE);
    rowids.push(...page.map(({ rowid }) => rowid));
    more = page.length > PER_TABLE;
    // A full page of one table: that table has had its share. Otherwise go on where the page ended.
    from = Math.floor((page[0]?.rowid ?? 0) / RANGE) === table ? (table + 1) * RANGE : (page.at(-1)?.rowid ?? 0) + 1;
  }
  return rowids;
}

/** A fragment for the key index: IPs keep their dots, everything else is compared without separators. Null when too short for it. */
function keyOf(text: string): string | null {
  const key = /^[\d.]+$/.test(text) ? text : bare(text);
  return key.length >= 3 && !CJK.test(key) ? key.replaceAll('"', '') : null;
}

/** A subquery of row ids for a list's free-text filter, with its parameters; null when nothing was typed. */
export function textFilter(text: string, table: string): { sql: string; params: Bind[] } | null {
  const trimmed = cleanText(text.normalize('NFKC')).trim();
  const query = gramQuery(trimmed);
  const key = keyOf(trimmed);
  if (query === null && key === null) return null;
  const [first, last] = rangeOf(table);
  const parts: string[] = [];
  const params: Bind[] = [];
  const add = (index: string, match: string): void => {
    parts.push(`SELECT rowid FROM ${index} WHERE ${index} MATCH ? AND rowid BETWEEN ? AND ?`);
    params.push(match, first, last);
  };
  if (query !== null) add('_fts', query);
  if (key !== null) add('_keys', `"${key}"`);
  return { sql: `SELECT row_id FROM _search WHERE rowid IN (${parts.join(' UNION ')})`, params };
}
