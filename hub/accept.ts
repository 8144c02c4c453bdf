/**
 * Takes in one commit: its number, merge, rules, rows, feed line, conflict records and receipt in one PostgreSQL transaction.
 * The power may go at any point: either all of it is there or nothing, and the laptop asks again with the same key.
 */
import type { Op } from '../shared/commit.ts';
import { inadmissible } from '../shared/sync/admit.ts';
import { decide, type Clash, type Decision, type Incoming } from '../shared/sync/decide.ts';
import { estimate, type Estimate } from '../shared/sync/estimate.ts';
import { commitText, nextChain, opsOf, type Hello, type Result, type WireCommit } from '../shared/sync/frames.ts';
import { splitKey, World, type Author, type HubRow } from '../shared/sync/world.ts';
import { sha256 } from './codec.ts';
import { conflictId, conflictRow } from './conflicts.ts';
import { sqlState, transaction, type Client } from './db.ts';
import { fork, incarnationOf, replayed } from './incarnations.ts';
import { load } from './load.ts';
import { writeRows } from './rows.ts';

export interface Round {
  readonly device: string;
  readonly hello: Hello;
  readonly now: number;
}
/** How a commit came here, and how what it says about time and versions is to be read. */
export interface Source {
  readonly device: string;
  /** Whose the incarnation is from now on; null while its own laptop has not come. */
  readonly owner: string | null;
  readonly offeredBy: string | null;
  readonly now: number;
  readonly when: Estimate;
  /** Row versions above this are of a past that was lost: its author has not seen them. Null: as they are. */
  readonly seen: number | null;
}
type Unfit = 'bad_value' | 'rule' | null;

/** Returns the RESULT text, new or as it was given before. Throws CLIENT_FORK and GAP as failures. */
export async function accept(client: Client, round: Round, commit: WireCommit): Promise<string> {
  try {
    return await transaction(client, () => take(client, round, commit, null));
  } catch (error) {
    // Data that PostgreSQL will not take (class 22), or a rule it keeps that this program does not know (class 23), would
    // come back for ever: it is recorded as such, and the laptop's next commits go on.
    const state = sqlState(error);
    if (!/^2[23]/.test(state)) throw error;
    return transaction(client, () => take(client, round, commit, state.startsWith('22') ? 'bad_value' : 'rule'));
  }
}

async function take(client: Client, round: Round, commit: WireCommit, unfit: Unfit): Promise<string> {
  // Before the incarnation, as everybody who writes: two laptops never wait for each other.
  await client.query('SELECT 1 FROM sync.head FOR UPDATE');
  const { device, hello, now } = round;
  const last = await incarnationOf(client, commit.incarnation, device);
  if (last.device !== null && last.device !== device) throw fork(commit);
  const known = await replayed(client, last, commit);
  if (known !== null) return known;
  const when = estimate(commit.clock, hello.clock, now);
  const seen = commit.mut_no <= last.old_upto ? last.old_seq : null;
  return settle(client, { device, owner: device, offeredBy: null, now, when, seen }, commit, unfit);
}

/** Decides the next commit of an incarnation and writes all of it. Inside the caller's transaction; returns the RESULT text. */
export async function settle(client: Client, source: Source, commit: WireCommit, unfit: Unfit = null): Promise<string> {
  const { rows } = await client.query<{ epoch: string; seq: number; chain: string }>(
    'SELECT epoch, seq, chain FROM sync.head FOR UPDATE',
  );
  const head = rows[0];
  if (!head) throw new Error('sync.head is empty');
  const ops = (opsOf(commit.bodies, commit.schema) ?? []).map((op) => unseen(op, source.seen));
  const incoming: Incoming = {
    ...source.when,
    seq: head.seq + 1,
    incarnation: commit.incarnation,
    command: commit.command,
    ops,
  };
  const refused = ops.length === 0 ? 'unknown_op' : inadmissible(incoming);
  const world = new World(await load(client, refused ? [] : ops));
  const decision: Decision = refused || unfit ? refusedDecision(refused ?? unfit ?? '', ops) : decide(incoming, world);

  const conflicts = decision.clashes.map(({ within, ...clash }, index) => ({
    id: conflictId(commit, index),
    clash: within === undefined ? clash : { ...clash, parent: conflictId(commit, within) },
  }));
  const result: Result = {
    incarnation: commit.incarnation,
    mut_no: commit.mut_no,
    seq: incoming.seq,
    outcome: decision.outcome,
    code: decision.code,
    held: conflicts.flatMap(({ id, clash }) =>
      clash.noted ? [] : clash.ops.map((op) => ({ op, conflict: id, fields: partOf(clash, ops) })),
    ),
    stored: decision.stored,
    ...source.when,
  };
  const text = JSON.stringify(result);
  await writeCommit(client, source, commit, { head, incoming, text });
  await writeChanges(client, world, await conflictRows(client, conflicts, incoming, commit, source.now));
  await noteWaiting(client, conflicts, world, ops);
  return text;
}

/** Without the row versions that its author cannot have seen here. */
const unseen = (op: Op, seen: number | null): Op =>
  seen !== null && 'base' in op && op.base !== null && op.base > seen ? { ...op, base: seen } : op;

const refusedDecision = (code: string, ops: readonly Op[]): Decision => {
  const first = ops[0];
  if (code !== 'rule' || !first) return { outcome: 'rejected', code, clashes: [], stored: [] };
  return {
    outcome: 'held',
    code: null,
    clashes: [{ kind: 'rule', table: first.table, id: first.id, ops: ops.map((_, i) => i), fields: [] }],
    stored: [],
  };
};

/** The fields of a patch that were held, when the rest of it was done. */
function partOf(clash: Clash, ops: readonly Op[]): string[] | null {
  const op = ops[clash.ops[0] ?? -1];
  if (clash.kind !== 'field' || clash.ops.length > 1 || op?.op !== 'patch') return null;
  return clash.fields.length < Object.keys(op.fields).length ? clash.fields.map(({ field }) => field) : null;
}

interface Receipt {
  readonly head: { readonly epoch: string; readonly chain: string };
  readonly incoming: Incoming;
  readonly text: string;
}

async function writeCommit(
  client: Client,
  { device, owner, offeredBy, now }: Source,
  commit: WireCommit,
  { head, incoming, text }: Receipt,
): Promise<void> {
  const chain = nextChain(sha256, head.chain, commit.sha256);
  const body = commitText(commit);
  await client.query(
    `WITH moved AS (UPDATE sync.head SET seq = $1, chain = $12),
       last AS (INSERT INTO sync.incarnation (id, device, last_mut_no, last_sha256) VALUES ($4, $16, $5, $11)
         ON CONFLICT (id) DO UPDATE SET device = excluded.device, last_mut_no = excluded.last_mut_no, last_sha256 = excluded.last_sha256)
     INSERT INTO sync.commit (seq, epoch, device, incarnation, mut_no, actor, command, recv_at, est_at, unc_ms, sha256, chain, body, body_bytes, result, offered_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $17)`,
    [
      incoming.seq,
      head.epoch,
      device,
      commit.incarnation,
      commit.mut_no,
      commit.actor,
      commit.command,
      new Date(now),
      new Date(incoming.est_at),
      incoming.unc_ms,
      commit.sha256,
      chain,
      body,
      Buffer.byteLength(body),
      text,
      owner,
      offeredBy,
    ],
  );
}

type Conflict = { readonly id: string; readonly clash: Clash };

async function conflictRows(
  client: Client,
  conflicts: readonly Conflict[],
  incoming: Incoming,
  commit: WireCommit,
  now: number,
): Promise<[string, HubRow][]> {
  const seqs = conflicts.flatMap(({ clash }) => clash.theirs ?? []);
  const found = seqs.length
    ? await client.query<Author & { seq: number }>(
        'SELECT seq, incarnation, actor, est_at, unc_ms FROM sync.commit WHERE seq = ANY($1)',
        [seqs],
      )
    : { rows: [] };
  const authors = new Map(found.rows.map((author) => [author.seq, author]));
  return conflicts.map(({ id, clash }) => [id, conflictRow(clash, incoming, commit, authors.get(clash.theirs ?? 0), now)]);
}

async function writeChanges(client: Client, world: World, conflicts: readonly [string, HubRow][]): Promise<void> {
  const byTable = new Map<string, [string, HubRow][]>();
  for (const [key, row] of world.changes) {
    const [table, id] = splitKey(key);
    byTable.set(table, [...(byTable.get(table) ?? []), [id, row]]);
  }
  if (conflicts.length > 0) byTable.set('conflicts', [...(byTable.get('conflicts') ?? []), ...conflicts]);
  const feed: { tbl: string; id: string; rv: number; ord: number }[] = [];
  for (const [table, rows] of byTable) {
    await writeRows(client, table, rows);
    for (const [id, row] of rows) feed.push({ tbl: table, id, rv: row.rv, ord: feed.length });
  }
  if (feed.length === 0) return;
  await client.query(
    `INSERT INTO sync.feed (tbl, row_id, rv, ord) SELECT tbl, id, rv, ord FROM json_to_recordset($1) AS new(tbl text, id uuid, rv bigint, ord int)
     ON CONFLICT (tbl, row_id) DO UPDATE SET rv = excluded.rv, ord = excluded.ord`,
    [JSON.stringify(feed)],
  );
}

/** Rows whose insertion waits: what builds on them waits with them. A row that came to be waits no longer. */
async function noteWaiting(
  client: Client,
  conflicts: readonly Conflict[],
  world: World,
  ops: readonly Op[],
): Promise<void> {
  const waiting = conflicts.flatMap(({ id, clash }) =>
    clash.noted
      ? []
      : clash.ops.flatMap((index) =>
          ops[index]?.op === 'insert' || ops[index]?.op === 'append'
            ? [{ tbl: ops[index].table, id: ops[index].id, conflict: id }]
            : [],
        ),
  );
  if (waiting.length > 0)
    await client.query(
      `INSERT INTO sync.waiting (tbl, row_id, conflict) SELECT tbl, id, conflict FROM json_to_recordset($1) AS new(tbl text, id uuid, conflict uuid)
       ON CONFLICT (tbl, row_id) DO UPDATE SET conflict = excluded.conflict`,
      [JSON.stringify(waiting)],
    );
  const born = ops.flatMap((op) => (op.op === 'insert' && world.live(op.table, op.id) ? [op.id] : []));
  if (born.length > 0) await client.query('DELETE FROM sync.waiting WHERE row_id = ANY($1)', [born]);
}
