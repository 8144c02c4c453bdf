/**
 * Takes commits in: number, merge, rules, rows, feed lines, conflict records and receipts of many commits in one PostgreSQL transaction,
 * decided one after another as if each had come alone. The power may go at any point: either all of them are there or none, and the
 * laptop asks again with the same keys.
 */
import { setImmediate } from 'node:timers/promises';
import type { Op } from '../shared/commit.ts';
import { inadmissible } from '../shared/sync/admit.ts';
import { decide, type Clash, type Decision, type Incoming } from '../shared/sync/decide.ts';
import { bounded, estimate, type Estimate } from '../shared/sync/estimate.ts';
import type { Hello, Result, WireCommit } from '../shared/sync/frames.ts';
import { checkOps, opsOf } from '../shared/sync/ops.ts';
import { World } from '../shared/sync/world.ts';
import { authoriserOf, type Authorise } from './authorise.ts';
import { conflictId, conflictRow } from './conflicts.ts';
import { sqlState, transaction, type Client } from './db.ts';
import { failpoint } from './failpoint.ts';
import { Failure } from './failure.ts';
import { knownCommits, Numbering } from './incarnations.ts';
import type { Doubt } from './keys.ts';
import { load } from './load.ts';
import { Receipts, type Head } from './receipts.ts';
import { unfitBy, type Unfit } from './unfit.ts';

export interface Round {
  readonly device: string;
  readonly hello: Hello;
  readonly now: number;
  /** Those of its commits that cannot be its own (keys.ts). */
  readonly doubted?: ReadonlyMap<WireCommit, Doubt>;
}
/** How a commit came here, and how what it says about time and versions is to be read. */
export interface Source {
  readonly device: string;
  /** Whose the incarnation is from now on; null while its own laptop has not come. */
  readonly owner: string | null;
  readonly offeredBy: string | null;
  readonly now: number;
  readonly when: Estimate;
  /** Since when its conflicts wait; from now on when left out. */
  readonly raised?: number | undefined;
  /** Row versions above this are of a past that was lost: its author has not seen them. Null: as they are. */
  readonly seen: number | null;
}
/** A commit that is the next of its incarnation. */
export interface Task {
  readonly source: Source;
  readonly commit: WireCommit;
  /** It cannot be of the laptop that sent it, or the operator discarded it. */
  readonly refuse?: Doubt | 'discarded' | undefined;
  readonly reading?: Reading | undefined;
}

/** Operations of one transaction: as many as are written well below a second, so that another laptop's round waits no longer. */
const MOST_OPS = 4000;

/**
 * Takes a request's commits in their order; `told` gets each RESULT text, new or as it was given before, as soon as it is durable.
 * Throws CLIENT_FORK and GAP as failures: what came before stays done.
 */
export async function accept(
  client: Client,
  round: Round,
  commits: readonly WireCommit[],
  told: (result: string) => void,
): Promise<void> {
  const parts = partsOf(commits);
  for (const [index, part] of parts.entries()) {
    const { results, failure } = await acceptPart(client, round, part, () => readAhead(parts[index + 1] ?? []));
    failpoint('F15');
    for (const result of results) told(result);
    if (failure) throw failure;
  }
}

interface Reading {
  readonly ops: readonly Op[];
  /** Why it can never be done; its rows are not even read then. */
  readonly refused: string | null;
}
interface Part {
  readonly commit: WireCommit;
  /** Read once, before its turn if there was time. */
  reading?: Reading;
}

function partsOf(commits: readonly WireCommit[]): Part[][] {
  const parts: Part[][] = [];
  let room = 0;
  for (const commit of commits) {
    room -= commit.bodies.length;
    const last = parts.at(-1);
    if (last && room >= 0) last.push({ commit });
    else {
      parts.push([{ commit }]);
      room = MOST_OPS - commit.bodies.length;
    }
  }
  return parts;
}

/** While PostgreSQL writes, what comes next is read here; in between its answers are let in. */
async function readAhead(part: readonly Part[]): Promise<void> {
  for (const each of part) {
    each.reading ??= read(each.commit);
    await setImmediate();
  }
}

function read(commit: WireCommit): Reading {
  const ops = opsOf(commit.bodies, commit.schema) ?? [];
  return {
    ops,
    refused: ops.length === 0 ? 'unknown_op' : inadmissible({ command: commit.command, actor: commit.actor, ops }),
  };
}

interface Taken {
  readonly results: readonly string[];
  /** Why the commit after them was not taken. */
  readonly failure: Failure | null;
}

/**
 * Data that PostgreSQL will not take (classes 22 and 54), or a rule it keeps that this program does not know (class 23), would come back for
 * ever: the commit that brings it is found by taking each alone, it is recorded as such, and the others are done.
 */
async function acceptPart(
  client: Client,
  round: Round,
  part: readonly Part[],
  meanwhile?: () => Promise<void>,
): Promise<Taken> {
  for (const each of part) {
    each.reading ??= read(each.commit);
    if (each.reading.refused === 'unknown_op') checkOps(each.commit.bodies);
  }
  try {
    return await transaction(client, () => take(client, round, part, null, meanwhile));
  } catch (error) {
    const unfit = unfitBy(error);
    // Class 21: one incarnation in two spellings.
    if (unfit === null && (part.length === 1 || !sqlState(error).startsWith('21'))) throw error;
    if (part.length === 1) return transaction(client, () => take(client, round, part, unfit));
    const results: string[] = [];
    for (const each of part) {
      const alone = await acceptPart(client, round, [each]);
      results.push(...alone.results);
      if (alone.failure) return { results, failure: alone.failure };
    }
    return { results, failure: null };
  }
}

async function take(
  client: Client,
  { device, hello, now, doubted }: Round,
  part: readonly Part[],
  unfit: Unfit,
  meanwhile?: () => Promise<void>,
): Promise<Taken> {
  // Before the incarnations, as everybody who writes: two laptops never wait for each other.
  const head = await lockHead(client);
  const commits = part.map(({ commit }) => commit);
  const numbering = await Numbering.of(client, commits, device);
  const known = await knownCommits(client, numbering, commits);
  const tasks: Task[] = [];
  const answers: (string | number)[] = [];
  let failure: Failure | null = null;
  for (const { commit, reading } of part) {
    const place = numbering.place(commit, known);
    if (place instanceof Failure) {
      failure = place;
      break;
    }
    if (place.is === 'new') {
      const sure = estimate(commit.clock, hello.clock, now);
      const when = bounded({ ...sure, unc_ms: sure.unc_ms + hello.unc_ms });
      const source: Source = { device, owner: device, offeredBy: null, now, when, seen: place.seen };
      tasks.push({ source, commit, reading, refuse: doubted?.get(commit) });
      answers.push(numbering.taken(commit, tasks.length - 1));
    } else answers.push(place.answer);
  }
  const texts = await settle(client, head, tasks, unfit, meanwhile);
  failpoint('F14');
  return { results: answers.map((answer) => (typeof answer === 'string' ? answer : (texts[answer] ?? ''))), failure };
}

/** The head, held until the transaction ends: one writer at a time. */
export async function lockHead(client: Client): Promise<Head> {
  const { rows } = await client.query<Head>('SELECT epoch, seq, chain FROM sync.head FOR UPDATE');
  if (!rows[0]) throw new Error('sync.head is empty');
  return rows[0];
}

/**
 * Decides commits in this order, each finding what those before it left, and writes all of it. Inside the caller's transaction, which
 * holds the head; returns the RESULT texts. `meanwhile` is done while PostgreSQL writes.
 */
export async function settle(
  client: Client,
  head: Head,
  tasks: readonly Task[],
  unfit: Unfit = null,
  meanwhile?: () => Promise<void>,
): Promise<string[]> {
  if (tasks.length === 0) return [];
  const asked = tasks.map(askedOf);
  const loaded = await load(
    client,
    // Of a commit that is done for whatever it says nothing is read: what it names may be no name at all.
    asked.flatMap(({ refused, ops }) => (refused || unfit ? [] : ops)),
  );
  const world = new World(loaded);
  const receipts = new Receipts(head, (key) => loaded.rows.has(key));
  const authorise = await authoriserOf(client, world, asked);
  const texts = asked.map((each) => settleOne(each, world, receipts, authorise, unfit));
  await Promise.all([receipts.write(client), meanwhile?.()]);
  return texts;
}

type Asked = Task & Reading;
function askedOf({ source, commit, refuse, reading = read(commit) }: Task): Asked {
  const ops = reading.ops.map((op) => unseen(op, source.seen));
  return { source, commit, ops, refused: refuse ?? reading.refused };
}

function settleOne(
  { source, commit, ops, refused }: Asked,
  world: World,
  receipts: Receipts,
  authorise: Authorise,
  unfit: Unfit,
): string {
  const incoming: Incoming = {
    ...source.when,
    seq: receipts.nextSeq,
    incarnation: commit.incarnation,
    actor: commit.actor,
    command: commit.command,
    ops,
    denied: refused ? undefined : authorise({ source, commit, ops }),
  };
  const decision: Decision = refused || unfit ? refusedDecision(refused ?? unfit ?? '', ops) : decide(incoming, world);
  world.sign(incoming.seq, { ...source.when, incarnation: commit.incarnation, actor: commit.actor });

  const conflicts = decision.clashes.map(({ within, ...clash }, index) => ({
    id: conflictId(commit, index),
    clash: within === undefined ? clash : { ...clash, parent: conflictId(commit, within) },
  }));
  const raised = source.raised ?? source.now;
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
    ...(conflicts.length > 0 ? { raised_at: Math.trunc(raised) } : {}),
  };
  const text = JSON.stringify(result);
  const records = conflicts.map(({ id, clash }) => {
    const theirs = clash.theirs === undefined ? undefined : world.author(clash.theirs);
    return [id, conflictRow(clash, incoming, commit, theirs, raised)] as const;
  });
  receipts.note({ source, commit, incoming, text }, world.changes, records);
  for (const [id, row] of records) world.add('conflicts', id, row);
  noteWaiting(conflicts, world, receipts, ops);
  world.next();
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

/** Rows whose insertion waits: what builds on them waits with them. A row that came to be waits no longer. */
function noteWaiting(
  conflicts: readonly { readonly id: string; readonly clash: Clash }[],
  world: World,
  receipts: Receipts,
  ops: readonly Op[],
): void {
  for (const { id, clash } of conflicts)
    for (const index of clash.noted ? [] : clash.ops) {
      const op = ops[index];
      if (op?.op !== 'insert' && op?.op !== 'append') continue;
      world.wait(op.table, op.id, id);
      receipts.wait(op.table, op.id, id);
    }
  const born = new Set(ops.flatMap((op) => (op.op === 'insert' && world.live(op.table, op.id) ? [op.id] : [])));
  if (born.size === 0) return;
  world.arrive(born);
  receipts.arrive(born);
}
