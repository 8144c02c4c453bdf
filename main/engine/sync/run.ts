/**
 * A sync run as a story in named phases: take, send, settle, pull, apply (with own changes rebased over each page), done. No
 * transaction is open while the network is waited for, and every step leaves the notebook whole: the power may go at any of them.
 */
import { SCHEMA } from '../../../shared/commit.ts';
import type { SyncEvent, SyncPhase, SyncSummary } from '../../../shared/features/sync.ts';
import { isRefusal, refuse } from '../../../shared/refusal.ts';
import {
  head,
  page,
  PROTO,
  result,
  splitTexts,
  START,
  wholeUpTo,
  type Hello,
  type Result,
} from '../../../shared/sync/frames.ts';
import { encodeFrame, encodeMessage, parseJson, WireError, type Frame } from '../../../shared/sync/wire.ts';
import { sampleOf } from '../clock.ts';
import { diskRefusal } from '../disk-errors.ts';
import type { Engine } from '../engine.ts';
import { failpoint } from '../failpoint.ts';
import { applyPage, applyResults } from './apply.ts';
import { hearScope, sweepFile } from './area.ts';
import { codec } from './codec.ts';
import { leaveIncarnation } from './fork.ts';
import { firstByImage } from './image.ts';
import { signPending } from './device-key.ts';
import { handOver } from './handover.ts';
import type { Hub } from './hub.ts';
import { takeBatch } from './outbox.ts';
import { declareOldPast, noteReceipt, rejoin } from './rejoin.ts';
import { hubOf } from './session.ts';
import { hearSchema, helpOlder, learnSchema } from './versions.ts';
import { changeState, isAway, isByStick, live, logQuietRound, readState, writeLog } from './state.ts';
import { sendableCount, sortWaiting } from './waiting.ts';

/** As many as one request may hold; halved when the hub says it was too much. */
const MAX_COMMITS = 500;

interface Tally extends SyncSummary {
  readonly codes: Set<string>;
}
export const newTally = (): Tally => ({
  sent: 0,
  applied: 0,
  held: 0,
  rejected: 0,
  received: 0,
  seq: 0,
  codes: new Set(),
});

/** Syncs until nothing is left to send or to fetch. Refuses when not enrolled, already running, or when the hub or the line fails. */
export async function* runSync(engine: Engine, signal?: AbortSignal): AsyncGenerator<SyncEvent> {
  const state = readState(engine.db);
  if (!state) throw refuse('not_enrolled');
  if (isByStick(state)) throw refuse('stick_only');
  const now = live(engine);
  if (now.running) throw refuse('sync_running');
  now.running = true;
  engine.changed(['sync']);
  const tally = newTally();
  try {
    for await (const event of story(engine, hubOf(engine, state), tally, signal)) {
      now.progress = event;
      yield event;
    }
    changeState(engine.db, { lastAt: Math.trunc(engine.clock.now()), lastError: null });
    sweepFile(engine);
    now.online = true;
    const { codes, ...summary } = tally;
    if (summary.sent + summary.received === 0) logQuietRound(engine);
    else writeLog(engine, 'done', { sent: summary.sent, received: summary.received });
    if (summary.held > 0) writeLog(engine, 'held', { n: summary.held });
    if (summary.rejected > 0) writeLog(engine, 'rejected', { n: summary.rejected, codes: [...codes].join(', ') });
    yield { phase: 'done', done: 1, total: 1, summary };
  } catch (thrown) {
    const error = diskRefusal(thrown, engine.dir) ?? thrown;
    if (isRefusal(error) && error.code === 'device_revoked') await handOver(engine, state, error, signal);
    noteFailure(engine, error);
    throw error;
  } finally {
    now.running = false;
    now.progress = null;
    engine.changed(['sync']);
  }
}

/** A full disk cannot be noted on that disk: the refusal itself must not be lost to a second one. */
function noteFailure(engine: Engine, error: unknown): void {
  if (!isRefusal(error)) return;
  if (isAway(error.code)) live(engine).online = false;
  try {
    // A laptop that is away for weeks tries again and again: the same failure is told once, and then again after the next success.
    const told = readState(engine.db)?.lastError === error.code;
    changeState(engine.db, { lastError: error.code });
    if (!told) writeLog(engine, 'failed', { refusal: error.code, ...error.params });
  } catch {
    // The caller hears of the first failure; there is nowhere to write the second.
  }
}

const tell = (phase: SyncPhase, done: number, total: number | null): SyncEvent => ({ phase, done, total });

async function* story(engine: Engine, hub: Hub, tally: Tally, signal?: AbortSignal): AsyncGenerator<SyncEvent> {
  await learnSchema(engine, hub, signal);
  sortWaiting(engine.db);
  const total = sendableCount(engine.db);
  let most = MAX_COMMITS;
  const healed = new Set<string>();
  yield tell('take', total, total);
  for (;;) {
    // Once at the beginning, and once more when everything is to be fetched anew.
    const from = healed.has('past') ? 'image anew' : 'image';
    if (!healed.has(from)) tally.received += (yield* firstByImage(engine, hub, signal)) ?? 0;
    healed.add(from);
    await declareOldPast(engine, hub, signal);
    sortWaiting(engine.db);
    await signPending(engine);
    const batch = takeBatch(engine.db, most);
    yield tell('send', tally.sent, Math.max(total, tally.sent + batch.commits));
    const before = tally.sent;
    const stood = standing(engine, tally);
    const message = encodeMessage(codec, [
      encodeFrame(codec, 'hello', JSON.stringify(helloOf(engine))),
      ...batch.frames,
    ]);
    try {
      let more = yield* hear(engine, hub.round(message, signal), tally);
      // What is left to send goes before what is left to fetch: it is known nowhere else yet.
      while (more && sendableCount(engine.db) === 0) {
        const state = readState(engine.db);
        if (!state) throw refuse('not_enrolled');
        yield tell('pull', wholeUpTo(state.cursor), tally.seq);
        more = yield* hear(engine, hub.pages(state.cursor, state, engine.incarnation, signal), tally);
      }
    } catch (error) {
      if (healFork(engine, error, healed) || helpOlder(engine, error, healed)) continue;
      if (isLostPast(error) && !healed.has('past')) {
        healed.add('past');
        yield* rejoin(engine, hub, signal);
        continue;
      }
      // A line that dies again and again gets there, as long as each time something came.
      if (isLineLost(error) && !signal?.aborted && standing(engine, tally) !== stood) continue;
      if (!isTooLarge(error) || most === 1) throw error;
      most = Math.max(1, Math.floor(Math.min(most, batch.commits) / 2));
      continue;
    }
    // Everything may have to be fetched once more since the store was upgraded.
    if (sendableCount(engine.db) === 0 && readState(engine.db)?.resync?.pulled !== false) return;
    // An answer that settles nothing would go round for ever.
    if (batch.commits > 0 && tally.sent === before) throw refuse('hub_failed', { id: 'no verdict' });
  }
}

/** A restored or copied folder goes on by itself, once for each clash; the same clash again is a refusal. */
function healFork(engine: Engine, error: unknown, healed: Set<string>): boolean {
  if (!isRefusal(error) || error.code !== 'client_forked') return false;
  const incarnation = String(error.params['incarnation'] ?? '');
  const mutNo = Number(error.params['mut_no'] ?? 0);
  if (incarnation === '' || healed.has(`${incarnation} ${mutNo}`)) return false;
  healed.add(`${incarnation} ${mutNo}`);
  leaveIncarnation(engine, incarnation, mutNo);
  return true;
}

const isLineLost = (error: unknown): boolean =>
  isRefusal(error) && (error.code === 'hub_cut' || error.code === 'hub_unreachable');

/** How far a run has got: what is kept when the line dies. */
const standing = ({ db }: Engine, { sent }: Tally): string => JSON.stringify([sent, readState(db)?.cursor]);

/** The store does not know what this laptop got from it, or misses commits it has confirmed: it was restored from a backup. */
const isLostPast = (error: unknown): boolean => isRefusal(error) && error.code === 'hub_forked';

const isTooLarge = (error: unknown): boolean =>
  isRefusal(error) && error.code === 'hub_failed' && error.params['id'] === 'TOO_LARGE';

export function helloOf(engine: Engine): Hello {
  const state = readState(engine.db);
  if (!state) throw refuse('not_enrolled');
  const { epoch, cursor, chain, scope = null, receipt } = state;
  const seen = state.resync?.pulled === false && receipt ? { seq: receipt.seq, chain: receipt.chain } : null;
  return { ...firstHello(engine), schema: state.spoken ?? SCHEMA, epoch, cursor, chain, scope, seen };
}

/** Of a laptop that has not heard its store yet. */
export function firstHello(engine: Engine): Hello {
  const { incarnation } = engine;
  return {
    proto: PROTO,
    schema: SCHEMA,
    epoch: null,
    cursor: START,
    chain: '',
    incarnation,
    last_mut_no: engine.db.value<number>('SELECT max(mut_no) FROM _commits WHERE incarnation = ?', incarnation) ?? 0,
    clock: sampleOf(engine.clock),
    unc_ms: 0,
    scope: null,
    seen: null,
  };
}

/** Takes an answer frame by frame: verdicts together, each page alone. Returns whether the hub has more to tell. */
export async function* hear(
  engine: Engine,
  frames: AsyncGenerator<Frame>,
  tally: Tally,
): AsyncGenerator<SyncEvent, boolean> {
  const verdicts: Result[] = [];
  let more = false;
  let silent = true;
  const settle = (): SyncEvent | null => {
    const results = verdicts.splice(0);
    if (results.length === 0) return null;
    applyResults(engine, results);
    failpoint('F7');
    count(tally, results);
    return tell('settle', tally.sent, tally.sent);
  };
  try {
    for await (const { type, text } of frames) {
      silent = false;
      if (type === 'result') {
        for (const verdict of splitTexts('result', text)) verdicts.push(parseJson(result, verdict));
        continue;
      }
      const settled = settle();
      if (settled) yield settled;
      if (type === 'page') {
        const news = parseJson(page, text);
        applyPage(engine, news);
        tally.received += news.rows.length;
        yield tell('apply', tally.received, null);
      } else if (type === 'head') {
        const said = parseJson(head, text);
        more = said.more;
        tally.seq = said.seq;
        hearSchema(engine, said);
        if (hearScope(engine, said)) more = true;
        noteReceipt(engine, said);
      }
    }
  } catch (error) {
    throw error instanceof WireError ? refuse('hub_cut') : error;
  }
  if (silent) beLevel(engine);
  return more;
}

/** No answer is an answer: all is here. A store that was restored to before its first commit never says more to who fetches everything anew. */
function beLevel(engine: Engine): void {
  const state = readState(engine.db);
  if (state?.resync?.pulled === false)
    applyPage(engine, { from: state.cursor, to: state.cursor, last: true, commits: [], rows: [] });
}

function count(tally: Tally, results: readonly Result[]): void {
  tally.sent += results.length;
  for (const { outcome, code, held } of results) {
    tally[outcome] += outcome === 'held' ? new Set(held.map(({ conflict }) => conflict)).size : 1;
    if (outcome === 'rejected' && code) tally.codes.add(code);
  }
}
