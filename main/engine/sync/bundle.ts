/**
 * Sync by USB stick, the laptop's side: what is unsent goes into a signed file, and the store's answer is heard like any other. The laptop may go on
 * working, and may meet its store by the network, while the stick is on its way: each commit has its key, and a page is taken once.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { BundleNote, SyncEvent } from '../../../shared/features/sync.ts';
import { isRefusal, refuse } from '../../../shared/refusal.ts';
import { BundleError, readBundle, type AnswerHeader } from '../../../shared/sync/bundle.ts';
import { readSeal } from '../../../shared/sync/stick.ts';
import { page, START, type Cursor } from '../../../shared/sync/frames.ts';
import { FrameReader, parseJson, WireError, type Frame } from '../../../shared/sync/wire.ts';
import type { Engine } from '../engine.ts';
import { writeSetting } from '../settings.ts';
import { joinedState, keepJoined } from './bundle-join.ts';
import { KEPT, keptOf, type Kept } from './bundle-write.ts';
import { codec } from './codec.ts';
import { deviceId } from './device.ts';
import { heard } from './grace.ts';
import { leaveIncarnation } from './fork.ts';
import { refusalFor } from './refusal-for.ts';
import { hear, newTally } from './run.ts';
import { changeState, live, readState, writeLog, type SyncState } from './state.ts';

/** Hears the store's answer. Refuses, with nothing changed, what is not whole, not from this store, or not for this laptop as it now stands. */
export async function* importBundle(engine: Engine, bytes: Uint8Array): AsyncGenerator<SyncEvent> {
  const { db } = engine;
  const now = live(engine);
  if (now.running) throw refuse('sync_running');
  const { header, messages, state, isNew } = verified(engine, bytes);
  if (header.failure) throw failed(engine, header);
  const frames = messages.map((message) => framesOf(message));
  const rest = unheard(frames, header, state);
  if (isNew) keepJoined(engine, state);
  now.running = true;
  engine.changed(['sync']);
  try {
    const tally = newTally();
    yield { phase: 'take', done: 0, total: header.rows };
    for (const message of rest) yield* hear(engine, streamed(message), tally);
    const { codes, ...summary } = tally;
    void codes;
    const at = Math.trunc(engine.clock.now());
    const note: BundleNote = {
      name: `${header.machine}-${header.number}-answer.lanbook`,
      number: header.number,
      at,
      bytes: bytes.length,
      commits: summary.sent,
      from_at: null,
      to_at: header.made_at,
      received: summary.received,
    };
    // It was with the store as much as if by network; the same file once more is no news of it.
    if (header.number > (keptOf(engine).in?.number ?? 0)) heard(engine);
    writeSetting(db, KEPT, { ...keptOf(engine), in: note } satisfies Kept);
    changeState(db, { lastAt: at, lastError: null });
    writeLog(engine, 'bundle_read', { sent: summary.sent, received: summary.received });
    yield { phase: 'done', done: 1, total: 1, summary };
  } finally {
    now.running = false;
    engine.changed(['sync']);
  }
}

function verified(
  engine: Engine,
  bytes: Uint8Array,
): { header: AnswerHeader; messages: readonly Uint8Array[]; state: SyncState; isNew: boolean } {
  const { header, signed, signature, messages } = opened(bytes);
  if (header.kind !== 'answer') throw refuse('bundle_request', { machine: header.machine });
  const known = readState(engine.db);
  if (known?.pin === null) throw refuse('bundle_no_pin');
  const spki = Buffer.from(header.key, 'base64url');
  const pin = createHash('sha256').update(spki).digest('hex');
  const sealed = readSeal(signature);
  if (!isSigned(spki, signed, sealed?.signature ?? signature)) throw refuse('bundle_other_store');
  if (header.device !== deviceId(engine)) throw refuse('bundle_foreign', { machine: header.machine });
  const state = known ?? joinedState(engine, header, signed, sealed?.seal ?? '', pin);
  if (pin !== state.pin || header.origin !== state.origin) throw refuse('bundle_other_store');
  return { header, messages, state, isNew: known === null };
}

function opened(bytes: Uint8Array): ReturnType<typeof readBundle> {
  try {
    return readBundle(codec, bytes);
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    throw refuse(`bundle_${error.fault}`);
  }
}

function isSigned(spki: Buffer, text: string, signature: string): boolean {
  try {
    const bytes = Buffer.from(signature, 'base64url');
    // The last character has bits that say nothing: a file with others is not as it was written.
    if (bytes.toString('base64url') !== signature) return false;
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return verify('sha256', Buffer.from(text), key, bytes);
  } catch {
    return false;
  }
}

/** The store took nothing; what this laptop can do about it by itself, it does, and the next file is another. */
function failed(engine: Engine, { failure }: AnswerHeader): Error {
  const refusal = refusalFor(failure ?? { code: '', params: {} });
  if (!isRefusal(refusal)) return refusal;
  const { code, params } = refusal;
  if (code === 'client_forked') {
    leaveIncarnation(engine, String(params['incarnation'] ?? ''), Number(params['mut_no'] ?? 0));
    return refuse('bundle_again');
  }
  if (code === 'hub_older' && Number.isInteger(params['hub'])) {
    changeState(engine.db, { hubSchema: Number(params['hub']) });
    return refuse('bundle_again');
  }
  return code === 'hub_forked' ? refuse('bundle_restored') : refusal;
}

function framesOf(message: Uint8Array): Frame[] {
  try {
    const reader = new FrameReader(codec);
    const frames = reader.push(message);
    reader.finish();
    return frames;
  } catch (error) {
    throw error instanceof WireError ? refuse('bundle_altered') : error;
  }
}

async function* streamed(frames: readonly Frame[]): AsyncGenerator<Frame> {
  for (const frame of frames) yield Promise.resolve(frame);
}

const isPast = (a: Cursor, b: Cursor): boolean => a.rv < b.rv || (a.rv === b.rv && a.ord <= b.ord);

/**
 * Without the pages that came by the network, or with an earlier reading of this file. Refuses where the rest does not continue exactly where this
 * laptop stands: a new file does.
 */
function unheard(messages: readonly (readonly Frame[])[], { epoch, anew }: AnswerHeader, state: SyncState): Frame[][] {
  if (epoch !== state.epoch) throw refuse('bundle_stale');
  // Another part of the store is told from its beginning, once.
  let at = anew !== null && anew !== state.scope ? START : state.cursor;
  return messages.map((frames) =>
    frames.filter(({ type, text }) => {
      if (type !== 'page') return true;
      const { from, to } = parseJson(page, text);
      if (isPast(to, at)) return false;
      if (from.rv !== at.rv || from.ord !== at.ord) throw refuse('bundle_stale');
      at = to;
      return true;
    }),
  );
}
