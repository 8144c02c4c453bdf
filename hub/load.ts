/**
 * Reads what commits need to be decided: their rows, what they refer to, and who holds the keys they ask for. A few queries, however many
 * the commits; each is read for as if it came first and as if everything before it were done, as nothing is known yet of what will be.
 */
import type { Op } from '../shared/commit.ts';
import { isId } from '../shared/sync/fits.ts';
import { holds, keyColumn, keyOf, uniqueRules } from '../shared/sync/invariants.ts';
import type { Scalar } from '../shared/sync/frames.ts';
import { rowKey, type Author, type HubRow, type Loaded } from '../shared/sync/world.ts';
import type { Client } from './db.ts';
import { readRows, typeOf } from './rows.ts';

type Values = Readonly<Record<string, Scalar>>;

export async function load(client: Client, ops: readonly Op[]): Promise<Loaded> {
  const rows = new Map<string, HubRow>();
  const known = ops.filter((op) => isKnown(op.table));
  const own = Map.groupBy(known, (op) => op.table);
  for (const [table, group] of own)
    await take(
      client,
      rows,
      table,
      group.map((op) => op.id),
    );
  const wanted = known.map((op) => ({ op, values: valuesAfter(op, rows) }));
  for (const [table, ids] of targets(wanted))
    await take(
      client,
      rows,
      table,
      [...ids].filter((id) => !rows.has(rowKey(table, id))),
    );
  await takeAbove(client, rows, wanted);
  await takeLeases(client, rows, wanted);
  for (const rule of uniqueRules) {
    // Whether a row will hold its key when its turn comes depends on the commits before.
    const any = { ...rule, holds: () => true };
    const keys = wanted.flatMap(({ op, values }) => (op.table === rule.table ? (keyOf(any, values) ?? []) : []));
    if (keys.length === 0) continue;
    const field = typeOf(rule.table).fields[rule.field];
    const cast = field?.kind === 'ip' ? 'inet[]' : field?.kind === 'mac' ? 'macaddr[]' : 'text[]';
    const holders = await readRows(
      client,
      rule.table,
      `${keyColumn(rule, 'postgres')} = ANY($1::${cast}) AND deleted_rv IS NULL AND ${rule.where}`,
      [keys],
    );
    for (const [id, row] of holders) rows.set(rowKey(rule.table, id), row);
  }
  return {
    rows,
    authors: await authorsOf(client, rows),
    referred: await referredOf(client, known),
    waiting: await waitingOf(client, wanted),
  };
}

const isKnown = (table: string): boolean => {
  try {
    return typeOf(table).table === table;
  } catch {
    return false;
  }
};

async function take(client: Client, rows: Map<string, HubRow>, table: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  for (const [id, row] of await readRows(client, table, 'id = ANY($1)', [ids])) rows.set(rowKey(table, id), row);
}

/** Slices that laptops have out, of the pools that are touched; with the subnet that says where a pool ends. */
async function takeLeases(
  client: Client,
  rows: Map<string, HubRow>,
  wanted: readonly { op: Op; values: Values }[],
): Promise<void> {
  const pools = new Set<string>();
  for (const { op, values } of wanted) {
    const pool = op.table === 'leases' ? values['pool'] : op.table === 'bindings' ? values['subnet_id'] : null;
    if (typeof pool === 'string') pools.add(pool);
  }
  if (pools.size === 0) return;
  const out = await readRows(client, 'leases', 'pool = ANY($1) AND returned_at IS NULL AND deleted_rv IS NULL', [
    [...pools],
  ]);
  for (const [id, row] of out) if (!rows.has(rowKey('leases', id))) rows.set(rowKey('leases', id), row);
  await take(
    client,
    rows,
    'subnets',
    [...pools].filter((pool) => isId(pool) && !rows.has(rowKey('subnets', pool))),
  );
}

/** Everything that the new place of a row lies in, where rows lie in rows of their own kind: a move must not make a loop. */
async function takeAbove(
  client: Client,
  rows: Map<string, HubRow>,
  wanted: readonly { op: Op; values: Values }[],
): Promise<void> {
  for (const [table, group] of Map.groupBy(wanted, ({ op }) => op.table))
    for (const [name, field] of Object.entries(typeOf(table).fields)) {
      const parents = group.flatMap(({ values }) => values[name] ?? []);
      if (field.kind !== 'ref' || field.table !== table || parents.length === 0) continue;
      const above = await client.query<{ id: string }>(
        `WITH RECURSIVE up(id) AS (SELECT unnest($1::uuid[]) UNION
           SELECT above."${name}" FROM app.${table} above JOIN up ON above.id = up.id WHERE above."${name}" IS NOT NULL)
         SELECT id FROM up`,
        [parents],
      );
      const missing = above.rows.filter(({ id }) => !rows.has(rowKey(table, id)));
      await take(
        client,
        rows,
        table,
        missing.map(({ id }) => id),
      );
    }
}

function valuesAfter(op: Op, rows: ReadonlyMap<string, HubRow>): Values {
  if ('values' in op) return op.values;
  const before = rows.get(rowKey(op.table, op.id))?.values ?? {};
  if (op.op !== 'patch') return before;
  return { ...before, ...Object.fromEntries(Object.entries(op.fields).map(([field, { after }]) => [field, after])) };
}

/** What an approval is about: named by table and id, as it may be any record. */
const approved = (op: Op): readonly [table: string, id: string][] =>
  op.table === 'approvals' && 'values' in op && isKnown(String(op.values['tbl'])) && isId(String(op.values['row_id']))
    ? [[String(op.values['tbl']), String(op.values['row_id'])]]
    : [];

function targets(wanted: readonly { op: Op; values: Values }[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { op, values } of wanted) {
    for (const [table, id] of approved(op)) found.set(table, (found.get(table) ?? new Set()).add(id));
    for (const [name, field] of Object.entries(typeOf(op.table).fields)) {
      const id = field.kind === 'ref' ? values[name] : null;
      if (field.kind !== 'ref' || typeof id !== 'string') continue;
      const ids = found.get(field.table) ?? new Set();
      found.set(field.table, ids.add(id));
    }
  }
  return found;
}

async function authorsOf(client: Client, rows: ReadonlyMap<string, HubRow>): Promise<Map<number, Author>> {
  const seqs = new Set<number>();
  for (const { rv, fv } of rows.values()) for (const seq of [rv, ...Object.values(fv)]) seqs.add(seq);
  if (seqs.size === 0) return new Map();
  const { rows: found } = await client.query<Author & { seq: number }>(
    'SELECT seq, incarnation, actor, est_at, unc_ms FROM sync.commit WHERE seq = ANY($1)',
    [[...seqs]],
  );
  return new Map(found.map((author) => [author.seq, author]));
}

/** Only removals ask; one query for each table that could hold them. The commit's own rows are judged in the world. */
async function referredOf(client: Client, ops: readonly Op[]): Promise<Set<string>> {
  const referred = new Set<string>();
  for (const [table, group] of Map.groupBy(
    ops.filter((op) => op.op === 'remove'),
    (op) => op.table,
  )) {
    const ids = group.map((op) => op.id);
    for (const { from, field, where } of holds.filter(({ to }) => to === table)) {
      const own = ops.flatMap((op) => (op.table === from ? [op.id] : []));
      const { rows } = await client.query<{ id: string }>(
        `SELECT DISTINCT "${field}" AS id FROM app.${from} WHERE "${field}" = ANY($1) AND deleted_rv IS NULL AND ${where} AND NOT (id = ANY($2))`,
        [ids, own],
      );
      for (const { id } of rows) referred.add(rowKey(table, id));
    }
  }
  return referred;
}

async function waitingOf(client: Client, wanted: readonly { op: Op; values: Values }[]): Promise<Map<string, string>> {
  const ids = new Set(wanted.map(({ op }) => op.id));
  for (const group of targets(wanted).values()) for (const id of group) ids.add(id);
  const { rows } = await client.query<{ tbl: string; row_id: string; conflict: string }>(
    'SELECT tbl, row_id, conflict FROM sync.waiting WHERE row_id = ANY($1)',
    [[...ids]],
  );
  return new Map(rows.map(({ tbl, row_id, conflict }) => [rowKey(tbl, row_id), conflict]));
}
