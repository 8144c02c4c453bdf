/**
 * A page as a laptop with areas gets it. Rows outside its part come as `gone`, without a value; commits come without the operations on such
 * rows, or, when nothing else is in them, as a bare link of the chain. What hangs on a row that just moved is told with it.
 */
import type { Op } from '../shared/commit.ts';
import { conflicts, type ClashField } from '../shared/features/sync.ts';
import { records } from '../shared/records.ts';
import { wholeUpTo, type Page, type PageCommit, type PageRow } from '../shared/sync/frames.ts';
import { uniqueRules } from '../shared/sync/invariants.ts';
import { opsOf } from '../shared/sync/ops.ts';
import { hangsOn, scopeOf, sees, seesOp, type Look, type Part } from '../shared/sync/scope.ts';
import type { Client } from './db.ts';
import { isLarge } from './rights.ts';
import { readPageRows } from './rows.ts';
import { Finder } from './scope-find.ts';

export async function pageOf(client: Client, page: Page, part: Part): Promise<Page> {
  const rows = [...page.rows, ...(await movedWith(client, page))];
  const finder = new Finder();
  // A page that was kept may hold a subnet as it was before it moved, and the addresses in it do not come again for that (`isLarge`).
  for (const { table, id, values } of rows) if (table !== 'subnets') finder.note(table, id, values);
  const look: Look = { part, find: finder.find, unknown: false };
  const commits = page.commits.map((commit) => ({ commit, ops: opsIn(commit) }));
  return finder.answer(client, () => {
    const seen = rows.map(({ table, values }) => sees(table, values, look));
    // Of a row that was made on this very page by somebody else the laptop has nothing to forget.
    const born = new Set(
      commits.flatMap(({ commit, ops }) =>
        part.own.has(commit.incarnation) ? [] : ops.flatMap((op) => ('values' in op ? [op.id] : [])),
      ),
    );
    return {
      ...page,
      rows: rows.flatMap((row, index) =>
        seen[index] ? [row.table === conflicts.table ? discreet(row, look) : row] : born.has(row.id) ? [] : [gone(row)],
      ),
      commits: commits.map(({ commit, ops }) => (part.own.has(commit.incarnation) ? commit : told(commit, ops, look))),
    };
  });
}

/** Whether a file hangs on anything of this part: its bytes are found by their hash, which whoever had it once still knows. */
export async function seesFile(client: Client, part: Part, sha256: string): Promise<boolean> {
  const { rows } = await client.query<Record<'tbl' | 'row_id', string>>(
    'SELECT DISTINCT tbl, row_id FROM app.attachments WHERE sha256 = $1 AND deleted_rv IS NULL',
    [sha256],
  );
  const finder = new Finder();
  const look: Look = { part, find: finder.find, unknown: false };
  return finder.answer(client, () => rows.map((row) => sees('attachments', row, look)).includes(true));
}

const gone = ({ table, id, rv }: PageRow): PageRow => ({ table, id, rv, deleted_at: null, gone: true, values: {} });

/**
 * A conflict with a record outside this part tells its author what is contested, with whom and since when, and nothing else of that record.
 * Elsewhere the store's value is of the record itself, which may have left this part since.
 */
function discreet(row: PageRow, look: Look): PageRow {
  const { kind, rule, tbl, row_id, holder_id } = row.values;
  const table = String(tbl);
  const other = look.find(table, 'id', String(kind === 'unique' ? holder_id : row_id));
  if (other ? sees(table, other, look) : kind !== 'unique') return row;
  const key = uniqueRules.find(({ name }) => name === rule)?.field;
  const fields = (JSON.parse(String(row.values['fields'])) as ClashField[]).flatMap((each) =>
    kind !== 'unique' ? [{ ...each, theirs: null }] : each.field === key ? [each] : [],
  );
  return { ...row, values: { ...row.values, fields: JSON.stringify(fields) } };
}

const opsIn = ({ bodies, schema }: PageCommit): Op[] => opsOf(bodies ?? [], schema) ?? [];

function told(commit: PageCommit, ops: readonly Op[], look: Look): PageCommit {
  const kept = ops.flatMap((op, index) => (seesOp(op, look) ? [index] : []));
  if (kept.length === (commit.bodies ?? []).length) return commit;
  if (kept.length === 0) return bare(commit);
  const place = new Map(kept.map((index, position) => [index, position]));
  const moved = <T extends { op: number }>(lines: readonly T[]): T[] =>
    lines.flatMap((line) => {
      const op = place.get(line.op);
      return op === undefined ? [] : [{ ...line, op }];
    });
  const { result } = commit;
  return {
    ...commit,
    hidden: true,
    bodies: kept.map((index) => commit.bodies?.[index] ?? ''),
    result: { ...result, held: moved(result.held), stored: moved(result.stored) },
  };
}

/** What the chain needs, and nothing of what was done, by whom, or when. */
const bare = (commit: PageCommit): PageCommit => ({
  ...commit,
  hidden: true,
  batch: '',
  actor: '',
  command: '',
  reason: null,
  clock: { wall_ms: 0, boot_id: '', mono_ms: 0 },
  signature: null,
  bodies: [],
  est_at: 0,
  unc_ms: 0,
  result: {
    incarnation: commit.incarnation,
    mut_no: commit.mut_no,
    seq: commit.seq,
    outcome: 'applied',
    code: null,
    held: [],
    stored: [],
  },
});

/** Tables whose rows point at any other by its name. */
const named = records.flatMap(({ table, fields }) => ('tbl' in fields && 'row_id' in fields ? [table] : []));

/** Rows that did not change and yet come into sight or go out of it, with a row of this page that changed its place. */
async function movedWith(client: Client, page: Page): Promise<PageRow[]> {
  const here = new Set(page.rows.map(({ id }) => id));
  const found = new Map<string, PageRow>();
  let level = await movedOn(client, page);
  while (level.size > 0) {
    const next = new Map<string, string[]>();
    for (const [to, ids] of level) {
      const links = [
        ...hangsOn.filter((link) => link.to === to),
        ...named.map((from) => ({ from, field: 'row_id', to })),
      ];
      for (const { from, field } of links) {
        const cast = field === 'row_id' ? 'text[]' : 'uuid[]';
        const { rows } = await client.query<{ id: string }>(
          `SELECT id FROM app.${from} WHERE "${field}" = ANY($1::${cast}) AND rv <= $2`,
          [ids, page.to.rv],
        );
        const fresh = rows.map(({ id }) => id).filter((id) => !here.has(id) && !found.has(id));
        for (const row of await readPageRows(client, from, fresh)) found.set(row.id, row);
        if (fresh.length > 0) next.set(from, [...(next.get(from) ?? []), ...fresh]);
      }
    }
    level = next;
  }
  return [...found.values()];
}

/**
 * By table, the rows of the page that have another place or parent since the laptop last looked. What is too much for a page is left out: the
 * laptop hears of it by the token of its rights.
 */
async function movedOn(client: Client, page: Page): Promise<Map<string, string[]>> {
  const moved = new Map<string, string[]>();
  for (const [table, rows] of Map.groupBy(page.rows, (row) => row.table)) {
    const fields = (scopeOf[table]?.fields ?? []).filter((field) => field.endsWith('_id') && field !== 'row_id');
    if (fields.length === 0 || table === 'locations') continue;
    const newer = fields.map((field) => `(s.fv->>'${field}')::bigint > $2`).join(' OR ');
    const { rows: found } = await client.query<{ id: string }>(
      `SELECT s.id FROM app.${table} s WHERE s.id = ANY($1) AND (${newer})${table === 'subnets' ? ` AND NOT ${isLarge}` : ''}`,
      [rows.map(({ id }) => id), wholeUpTo(page.from)],
    );
    if (found.length > 0)
      moved.set(
        table,
        found.map(({ id }) => id),
      );
  }
  return moved;
}
