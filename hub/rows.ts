/** Rows of the typed tables: read as values, written many at once. Only accept.ts writes. */
import type { Field, RecordType } from '../shared/record.ts';
import { recordOf } from '../shared/records.ts';
import type { PageRow, Scalar } from '../shared/sync/frames.ts';
import type { HubRow } from '../shared/sync/world.ts';
import { copyInto, type Cell } from './copy.ts';
import type { Client } from './db.ts';

const pgTypes: Record<Field['kind'], string> = {
  text: 'text',
  note: 'text',
  choice: 'text',
  json: 'text',
  day: 'date',
  instant: 'timestamptz',
  int: 'bigint',
  money: 'bigint',
  flag: 'boolean',
  mac: 'macaddr',
  ip: 'inet',
  ref: 'uuid',
};
/** The PostgreSQL type of a declared field; the schema test compares it with the real column. */
export const pgTypeOf = (field: Field): string => pgTypes[field.kind];

export function typeOf(table: string): RecordType {
  const type = recordOf(table);
  if (!type) throw new Error(`no record type "${table}"`);
  return type;
}

type Raw = Record<string, unknown> & { id: string; rv: number; fv: Record<string, number>; deleted_at: number | null };

const valuesOf = (type: RecordType, raw: Raw): Record<string, Scalar> =>
  Object.fromEntries(Object.keys(type.fields).map((name) => [name, (raw[name] ?? null) as Scalar]));

/** Live and removed rows of a table that match; `where` is one of this program's own texts. */
export async function readRows(
  client: Client,
  table: string,
  where: string,
  params: readonly unknown[],
): Promise<Map<string, HubRow>> {
  const type = typeOf(table);
  const { rows } = await client.query<Raw>(`SELECT * FROM app.${table} WHERE ${where}`, [...params]);
  return new Map(
    rows.map((raw) => [raw.id, { values: valuesOf(type, raw), rv: raw.rv, fv: raw.fv, deletedAt: raw.deleted_at }]),
  );
}

/** The same as they travel. */
export async function readPageRows(client: Client, table: string, ids: readonly string[]): Promise<PageRow[]> {
  const found = await readRows(client, table, 'id = ANY($1)', [ids]);
  return [...found].map(([id, row]) => asTravelling(table, id, row));
}

/** Rows of a table after an id, in the order of ids; at most `most` of them. */
export async function readPageRowsAfter(
  client: Client,
  table: string,
  after: string | null,
  most: number,
): Promise<PageRow[]> {
  const found = await readRows(client, table, '($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2', [after, most]);
  return [...found].map(([id, row]) => asTravelling(table, id, row));
}

const asTravelling = (table: string, id: string, row: HubRow): PageRow => ({
  table,
  id,
  rv: row.rv,
  deleted_at: row.deletedAt,
  values: Object.fromEntries(Object.entries(row.values).filter(([, value]) => value !== null)),
});

const upserts = new Map<string, string>();
function upsertSql(type: RecordType): string {
  let sql = upserts.get(type.table);
  if (sql === undefined) {
    const declared = Object.entries(type.fields).map(([name, field]) => [`"${name}"`, pgTypes[field.kind]] as const);
    const columns = [
      ['id', 'uuid'],
      ...declared,
      ['rv', 'bigint'],
      ['fv', 'jsonb'],
      ['deleted_rv', 'bigint'],
      ['deleted_at', 'timestamptz'],
    ];
    const names = columns.map(([name]) => name).join(', ');
    const sets = columns.slice(1).map(([name]) => `${name} = excluded.${name}`);
    sql = `INSERT INTO app.${type.table} (${names})
      SELECT ${names} FROM json_to_recordset($1) AS new(${columns.map((column) => column.join(' ')).join(', ')})
      ON CONFLICT (id) DO UPDATE SET ${sets.join(', ')}`;
    upserts.set(type.table, sql);
  }
  return sql;
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** From this many rows on COPY is worth its extra turn. */
export const MANY = 100;

/** Writes whole rows in the order given; `isNew` tells those that the table does not have. */
export async function writeRows(
  client: Client,
  table: string,
  rows: readonly (readonly [id: string, row: HubRow])[],
  isNew: (id: string) => boolean,
): Promise<void> {
  const type = typeOf(table);
  const fresh = rows.filter(([id]) => isNew(id));
  if (fresh.length < MANY) return upsertRows(client, type, rows);
  // Rows that were there first: one of them may give back the key that a new one takes.
  const changed = rows.filter(([id]) => !isNew(id));
  if (changed.length > 0) await upsertRows(client, type, changed);
  const names = Object.keys(type.fields);
  const instants = instantsOf(type);
  const columns = ['id', ...names.map((name) => `"${name}"`), 'rv', 'fv', 'deleted_rv', 'deleted_at'];
  const cells = function* (): Generator<Cell[]> {
    for (const [id, { values, rv, fv, deletedAt }] of fresh) {
      const line: Cell[] = [id];
      for (const name of names) {
        const value = values[name] ?? null;
        line.push(instants.has(name) ? iso(value as number | null) : value);
      }
      line.push(rv, JSON.stringify(fv), deletedAt === null ? null : rv, iso(deletedAt));
      yield line;
    }
  };
  await copyInto(client, `app.${table}`, columns, cells());
}

const instantsOf = (type: RecordType): ReadonlySet<string> =>
  new Set(Object.keys(type.fields).filter((name) => type.fields[name]?.kind === 'instant'));

async function upsertRows(
  client: Client,
  type: RecordType,
  rows: readonly (readonly [id: string, row: HubRow])[],
): Promise<void> {
  const instants = instantsOf(type);
  const lines = rows.map(([id, row]) => {
    const line: Record<string, unknown> = { id, rv: row.rv, fv: row.fv };
    for (const [name, value] of Object.entries(row.values))
      // What is not said is null.
      if (value !== null) line[name] = instants.has(name) ? iso(value as number) : value;
    if (row.deletedAt !== null) Object.assign(line, { deleted_rv: row.rv, deleted_at: iso(row.deletedAt) });
    return line;
  });
  await client.query(upsertSql(type), [JSON.stringify(lines)]);
}
