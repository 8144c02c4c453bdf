/** One way to list any record type: filters, sort and a window, built only from declared field names. */
import type { FilterClause, ParsedListQuery } from '../../shared/list.ts';
import type { Field, Fields, RecordType, Row } from '../../shared/record.ts';
import { refuse } from '../../shared/refusal.ts';
import { parseMac } from '../../shared/mac.ts';
import { decode, toColumn } from './codec.ts';
import type { Bind, ReadDb } from './db.ts';
import { textFilter } from './search.ts';
import { refText } from './titles.ts';

/** A condition a feature adds to every query of its list. */
export interface Scope {
  readonly where: string;
  readonly params: readonly Bind[];
}

/** Column of the other table that a reference sorts and filters by. */
const NAME_OF: Record<string, string> = {
  people: 'name',
  locations: 'name',
  assets: 'name',
  subnets: 'cidr',
  address_ranges: 'first_ip',
  range_requests: 'number',
  bindings: 'ip',
  tickets: 'number',
  documents: 'number',
  reports: 'number',
  handovers: 'number',
  applications: 'number',
  letter_texts: 'title',
  knowledge_articles: 'title',
  handover_items: 'label',
  tools: 'name',
  envelopes: 'number',
  switch_ports: 'name',
  outlets: 'label',
  panels: 'code',
  cables: 'label',
};

interface Where {
  readonly sql: string;
  readonly params: Bind[];
}

/** The WHERE clause of a query over live rows. Unknown fields are refused. */
export function whereOf(type: RecordType, query: Pick<ParsedListQuery, 'text' | 'filter'>, scope?: Scope): Where {
  const parts = [`${type.table}.deleted_at IS NULL`];
  const params: Bind[] = [];
  if (scope) {
    parts.push(`(${scope.where})`);
    params.push(...scope.params);
  }
  if (query.text) {
    const found = textFilter(query.text, type.table);
    if (found) {
      parts.push(`${type.table}.id IN (${found.sql})`);
      params.push(...found.params);
    }
  }
  for (const clause of query.filter) {
    const part = clauseOf(type, clause);
    parts.push(part.sql);
    params.push(...part.params);
  }
  return { sql: parts.join(' AND '), params };
}

function fieldOf(type: RecordType, name: string): Field {
  const field = type.fields[name];
  if (!field) throw refuse('unknown_field', { field: name });
  return field;
}

/** UNION, not UNION ALL: sync can lay two moves over each other that make a loop until the store has held one of them. */
const SUBTREE = `IN (WITH RECURSIVE down(id) AS (SELECT ? UNION SELECT l.id FROM locations l JOIN down ON l.parent_id = down.id) SELECT id FROM down)`;
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

function clauseOf(type: RecordType, clause: FilterClause): Where {
  const field = fieldOf(type, clause.field);
  const column = `${type.table}.${clause.field}`;
  switch (clause.op) {
    case 'empty':
      return { sql: `(${column} IS NULL OR ${column} = '')`, params: [] };
    case 'not_empty':
      return { sql: `(${column} IS NOT NULL AND ${column} <> '')`, params: [] };
    case 'equals':
      // A place stands for everything in it: a building's list holds its rooms' assets.
      if (field.kind === 'ref' && field.table === 'locations')
        return { sql: `${column} ${SUBTREE}`, params: [toColumn(clause.value)] };
      return { sql: `${column} = ?`, params: [toColumn(clause.value)] };
    case 'in':
      return {
        sql: `${column} IN (${clause.value.map(() => '?').join(', ')})`,
        params: clause.value.map((value) => toColumn(value)),
      };
    case 'between': {
      const [low, high] = clause.value;
      const ends = [low !== null ? `${column} >= ?` : null, high !== null ? `${column} <= ?` : null].filter(
        (end) => end !== null,
      );
      return {
        sql: ends.length > 0 ? `(${ends.join(' AND ')})` : '1',
        params: [low, high].filter((end) => end !== null),
      };
    }
    case 'contains': {
      const typed =
        field.kind === 'mac'
          ? (parseMac(clause.value) ?? clause.value.replace(/[^0-9a-f]/gi, '').toUpperCase())
          : clause.value.trim();
      const like = `%${escapeLike(typed)}%`;
      if (field.kind !== 'ref') return { sql: `${column} LIKE ? ESCAPE '\\'`, params: [like] };
      const name = NAME_OF[field.table] ?? 'id';
      return { sql: `${column} IN (SELECT id FROM ${field.table} WHERE ${name} LIKE ? ESCAPE '\\')`, params: [like] };
    }
  }
}

function orderOf(type: RecordType, query: Pick<ParsedListQuery, 'sort'>): string {
  const parts = query.sort.map(({ field: name, dir }) => {
    const field = fieldOf(type, name);
    const column = `${type.table}.${name}`;
    const direction = dir === 'desc' ? 'DESC' : 'ASC';
    if (field.kind === 'ref')
      return `(SELECT ${NAME_OF[field.table] ?? 'id'} FROM ${field.table} WHERE id = ${column}) ${direction}`;
    // Addresses sort as numbers: each octet in turn.
    if (field.kind === 'ip') return `ip_order(${column}) ${direction}`;
    return `${column} ${direction}`;
  });
  return [...parts, `${type.table}.id ASC`].join(', ');
}

/** A window of a register with the number of all matches and a title for every reference in it. */
export function listRecords<F extends Fields>(
  db: ReadDb,
  type: RecordType<F>,
  query: ParsedListQuery,
  scope?: Scope,
): { rows: Row<F>[]; total: number; refs: Record<string, string> } {
  const plain = type as unknown as RecordType;
  const where = whereOf(plain, query, scope);
  const total = db.value<number>(`SELECT count(*) FROM ${type.table} WHERE ${where.sql}`, ...where.params) ?? 0;
  const raws = db.all(
    `SELECT ${type.table}.* FROM ${type.table} WHERE ${where.sql} ORDER BY ${orderOf(plain, query)} LIMIT ? OFFSET ?`,
    ...where.params,
    query.limit,
    query.offset,
  );
  const rows = raws.map((raw) => decode(type, raw));
  return { rows, total, refs: refsOf(db, plain, rows) };
}

/** The ids of every row that a query matches, in order: what an export walks through without holding a cursor open. */
export function idsOf(
  db: ReadDb,
  type: { readonly table: string },
  query: Pick<ParsedListQuery, 'text' | 'filter' | 'sort'>,
  scope?: Scope,
): string[] {
  const plain = type as unknown as RecordType;
  const where = whereOf(plain, query, scope);
  const sql = `SELECT ${type.table}.id FROM ${type.table} WHERE ${where.sql} ORDER BY ${orderOf(plain, query)}`;
  return db.all<{ id: string }>(sql, ...where.params).map(({ id }) => id);
}

/** Every row that a query matches, in order, one at a time: for exports of any size. */
export function* iterateRecords<F extends Fields>(
  db: ReadDb,
  type: RecordType<F>,
  query: Pick<ParsedListQuery, 'text' | 'filter' | 'sort'>,
): Generator<Row<F>> {
  const plain = type as unknown as RecordType;
  const where = whereOf(plain, query);
  const sql = `SELECT ${type.table}.* FROM ${type.table} WHERE ${where.sql} ORDER BY ${orderOf(plain, query)}`;
  for (const raw of db.iterate(sql, ...where.params)) yield decode(type, raw);
}

/** Titles of everything these rows refer to. */
export function refsOf(db: ReadDb, type: RecordType, rows: readonly Record<string, unknown>[]): Record<string, string> {
  const refs: Record<string, string> = {};
  for (const [name, field] of Object.entries(type.fields)) {
    if (field.kind !== 'ref') continue;
    for (const row of rows) {
      const id = row[name];
      if (typeof id === 'string' && refs[id] === undefined) refs[id] = refText(db, field.table, id);
    }
  }
  return refs;
}
