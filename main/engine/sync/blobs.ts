/**
 * Bytes of attachments to and from the store, below everything else: one piece at a time, never while a round has the line or waits for it, and
 * a piece under way is given up when a round begins (sync.md 2.10, M13). What came over stays, whatever is cut: the other side is asked how far it is.
 */
import { randomInt } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { MAX_FILE_BYTES } from '../../../shared/features/attachments.ts';
import { isRefusal, type Refusal } from '../../../shared/refusal.ts';
import type { BlobAnswer } from '../../../shared/sync/blob.ts';
import { appendPart, hashOf, partPath, readBlob, settle } from '../blobs/files.ts';
import {
  fetchedSoFar,
  makeRoom,
  markFetched,
  markLost,
  markStored,
  nextJob,
  nextRetry,
  putOff,
  sweepBlobs,
  type BlobRow,
} from '../blobs/ledger.ts';
import { endProgress, tellProgress } from '../blobs/progress.ts';
import { diskRefusal } from '../disk-errors.ts';
import type { Engine } from '../engine.ts';
import { failpoint } from '../failpoint.ts';
import { isAuto, until } from './auto.ts';
import type { Hub } from './hub.ts';
import { hubOf } from './session.ts';
import { pendingCount } from './outbox.ts';
import { isByStick, live, readState } from './state.ts';

/** What the hub takes at once. */
const MOST_BYTES = 256 * 1024;
const LEAST_BYTES = 4 * 1024;
/** A piece is as large as the line carries in this time: that is how long a round waits at most for one that cannot be taken back. */
const PIECE_MS = 150;
/** A round that is due comes within this time (auto.ts); one that does not come must not hold photos up for ever. */
const PATIENCE_MS = 10_000;
const IMPATIENT_MS = 60_000;
const FIRST_MS = 1000;
const LONGEST_MS = 300_000;
const DAY_MS = 86_400_000;

/** What was learned of the line: how many bytes it carries in `PIECE_MS`, and whether rounds come when they are due. */
class Pace {
  #bytes = 16 * 1024;
  /** Until then nobody waits for a round that is due (monotonic ms): the last one that was waited for did not come. */
  impatientUntil = -Infinity;
  get bytes(): number {
    return this.#bytes;
  }
  learn(bytes: number, ms: number): void {
    // the last piece of a file is short and tells little
    if (bytes < this.#bytes) return;
    const fits = (bytes * PIECE_MS) / Math.max(1, ms);
    this.#bytes = Math.round(Math.min(MOST_BYTES, this.#bytes * 2, Math.max(LEAST_BYTES, fits)));
  }
}

interface Carrier {
  readonly engine: Engine;
  readonly hub: Hub;
  readonly epoch: string;
  readonly pace: Pace;
  readonly signal: AbortSignal;
}

/** Null: a round took the line. */
async function between<T>(
  { engine, pace, signal }: Carrier,
  ask: (over: AbortSignal) => Promise<T>,
): Promise<T | null> {
  await lineFree(engine, pace, signal);
  const over = new AbortController();
  const stop = engine.events.subscribe('changed', () => {
    if (live(engine).running) over.abort();
  });
  try {
    return await ask(AbortSignal.any([signal, over.signal]));
  } catch (error) {
    if (over.signal.aborted && !signal.aborted) return null;
    throw error;
  } finally {
    stop();
  }
}

async function lineFree(engine: Engine, pace: Pace, signal: AbortSignal): Promise<void> {
  const { db } = engine;
  const isDue = (): boolean => isAuto(db) && readState(db) !== null && pendingCount(db) > 0;
  if (isDue() && performance.now() > pace.impatientUntil) {
    await Promise.race([until(engine, () => !isDue() || live(engine).running, signal), pause(PATIENCE_MS, signal)]);
    if (isDue() && !live(engine).running) pace.impatientUntil = performance.now() + IMPATIENT_MS;
  }
  if (live(engine).running) await until(engine, () => !live(engine).running, signal);
  signal.throwIfAborted();
}

/** The code with which the hub answered about this one file; null when the failure is about the line or the laptop. */
const answerOf = (error: unknown): string | null =>
  isRefusal(error) && error.code === 'hub_failed' && String(error.params['id']).startsWith('BLOB_')
    ? String(error.params['id'])
    : null;

async function send(carrier: Carrier, blob: BlobRow): Promise<boolean> {
  const { engine, hub, epoch, pace } = carrier;
  const { sha256 } = blob;
  const bytes = readBlob(engine.dir, sha256);
  if (!bytes) {
    markLost(engine, sha256);
    return false;
  }
  let offset: number | null = null;
  for (;;) {
    const piece: { at: number; bytes: Buffer } | null =
      offset === null ? null : { at: offset, bytes: bytes.subarray(offset, offset + pace.bytes) };
    const began = performance.now();
    const told: BlobAnswer | null = await between(carrier, (over): Promise<BlobAnswer> =>
      piece ? hub.putBlob(sha256, piece.bytes, piece.at, bytes.length, over) : hub.blobOffset(sha256, over),
    );
    // Whether a piece that was given up arrived is for the hub to say.
    offset = told?.offset ?? null;
    if (!told) continue;
    failpoint('F12');
    if (piece) pace.learn(piece.bytes.length, performance.now() - began);
    tellProgress(engine, sha256, told.offset, bytes.length);
    if (!told.complete) continue;
    markStored(engine, sha256, epoch);
    return true;
  }
}

async function fetchBlob(carrier: Carrier, blob: BlobRow): Promise<boolean> {
  const { engine, hub, epoch, pace } = carrier;
  const { sha256 } = blob;
  const part = partPath(engine.dir, 'down', sha256);
  for (;;) {
    const from = fetchedSoFar(engine, sha256);
    const began = performance.now();
    const got = await between(carrier, (over) => hub.getBlob(sha256, from, pace.bytes, over));
    if (!got) continue;
    pace.learn(got.bytes.length, performance.now() - began);
    const done = got.bytes.length === 0 ? from : appendPart(part, got.bytes);
    tellProgress(engine, sha256, done, got.total);
    if (done < got.total && got.total <= MAX_FILE_BYTES && got.bytes.length > 0) continue;
    if (done !== got.total || hashOf(readFileSync(part)) !== sha256) {
      rmSync(part, { force: true });
      putOff(engine, blob, 'attachment_wrong');
      return false;
    }
    settle(engine.dir, part, sha256);
    markFetched(engine, sha256, epoch);
    makeRoom(engine);
    return true;
  }
}

/** Files that came over whole. */
export interface Carried {
  readonly sent: number;
  readonly fetched: number;
}
/** Carries what is due, the most urgent first. Refuses as a round does when the line or the store fails. `tell` hears of every file that is over. */
export async function transferBlobs(
  engine: Engine,
  signal: AbortSignal,
  { pace = new Pace(), tell }: { pace?: Pace; tell?: (tally: Carried) => void } = {},
): Promise<Carried> {
  const tally = { sent: 0, fetched: 0 };
  for (;;) {
    const state = readState(engine.db);
    const job = state && !signal.aborted ? nextJob(engine, state.epoch) : null;
    if (!state || !job) return tally;
    const carrier: Carrier = { engine, hub: hubOf(engine, state), epoch: state.epoch, pace, signal };
    try {
      const done = await (job.way === 'up' ? send : fetchBlob)(carrier, job.blob);
      if (!done) continue;
      tally[job.way === 'up' ? 'sent' : 'fetched'] += 1;
      tell?.(tally);
    } catch (error) {
      const answer = answerOf(error);
      if (answer === null) throw diskRefusal(error, engine.dir) ?? error;
      putOff(engine, job.blob, job.way === 'down' ? 'attachment_pending' : null);
    } finally {
      if (engine.db.raw.open) endProgress(engine, job.blob.sha256);
    }
  }
}

const kept = new WeakSet<Engine>();
/** Once for an engine; ends with it. */
export function autoBlobs(engine: Engine): void {
  if (kept.has(engine)) return;
  kept.add(engine);
  const halt = new AbortController();
  engine.onClose(() => halt.abort());
  keep(engine, halt.signal).catch((error: unknown) => {
    if (!halt.signal.aborted) console.error(error);
  });
}

/** With automatic sync off, photos follow a round that somebody started. */
const mayGo = (engine: Engine, servedAt: number | null): boolean => {
  const state = readState(engine.db);
  if (!state || isByStick(state) || state.lastAt === null || live(engine).online === false) return false;
  return isAuto(engine.db) || state.lastAt !== servedAt;
};

async function keep(engine: Engine, signal: AbortSignal): Promise<void> {
  const pace = new Pace();
  let servedAt: number | null = null;
  let sweptAt = -Infinity;
  let failures = 0;
  while (!signal.aborted) {
    if (engine.clock.now() - sweptAt > DAY_MS) {
      sweptAt = engine.clock.now();
      sweepBlobs(engine);
    }
    await until(engine, () => mayGo(engine, servedAt), signal);
    if (signal.aborted) return;
    const served = readState(engine.db)?.lastAt ?? null;
    try {
      await transferBlobs(engine, signal, { pace });
      failures = 0;
      if (!isAuto(engine.db)) servedAt = served;
    } catch (error) {
      if (signal.aborted) return;
      if (!isRefusal(error)) throw error;
      failures += 1;
      await pause(waitAfter(error, failures), signal);
      continue;
    }
    const retry = nextRetry(engine.db, readState(engine.db)?.epoch ?? '');
    await news(
      engine,
      retry === null ? DAY_MS : Math.max(FIRST_MS, Math.min(DAY_MS, retry - engine.clock.now())),
      signal,
    );
  }
}

function waitAfter({ code, params }: Refusal, failures: number): number {
  if (code === 'hub_busy') return Number(params['seconds']) * 1000;
  const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return wait / 2 + randomInt(Math.ceil(wait / 2) + 1);
}

const pause = (ms: number, signal: AbortSignal): Promise<unknown> =>
  delay(ms, undefined, { signal, ref: false }).catch(() => undefined);

/** Until something changed in the notebook, or the time is over. */
async function news(engine: Engine, ms: number, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  let first = true;
  const changed = until(
    engine,
    () => {
      const was = first;
      first = false;
      return !was;
    },
    either,
  );
  await Promise.race([changed, delay(ms, undefined, { signal: either, ref: false }).catch(() => undefined)]);
  over.abort();
}
