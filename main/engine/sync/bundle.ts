/**
 * Sync by USB stick, the laptop's side: what is unsent goes into a signed file, and the store's answer is heard like any other. The laptop may go on
 * working, and may meet its store by the network, while the stick is on its way: each commit has its key, and a page is taken once.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { BundleNote, SyncEvent } from '../../../shared/features/sync.ts';
import { isRefusal, refuse } from '../../../shared/refusal.ts';
import {
  BundleError,
  readBundle,
  writeBundle,
  type AnswerHeader,
  type RequestHeader,
} from '../../../shared/sync/bundle.ts';
import { page, START, type Cursor } from '../../../shared/sync/frames.ts';
import {
  encodeFrame,
  encodeMessage,
  FrameReader,
  parseJson,
  WireError,
  type Frame,
} from '../../../shared/sync/wire.ts';
import { dayOf } from '../../../shared/day.ts';
import type { Engine } from '../engine.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { codec } from './codec.ts';
import { deviceId } from './device.ts';
import { deviceKey, signPending } from './device-key.ts';
import { heard } from './grace.ts';
import { leaveIncarnation } from './fork.ts';
import { commitTexts } from './outbox.ts';
import { refusalFor } from './refusal-for.ts';
import { hear, helloOf, newTally } from './run.ts';
import { changeState, live, readState, writeLog, type SyncState } from './state.ts';
import { noteCarried, sendable, sortWaiting } from './waiting.ts';

/** As a round: the hub takes no larger message. */
const MAX_COMMITS = 500;
const MAX_BYTES = 900_000;
const MAX_TEXT = 12_000_000;

interface Kept {
  readonly number: number;
  readonly day: string;
  readonly ofDay: number;
  readonly out: BundleNote | null;
  readonly in: BundleNote | null;
}
const KEPT = 'sync.bundles';
const keptOf = (engine: Engine): Kept =>
  readSetting<Kept>(engine.db, KEPT) ?? { number: 0, day: '', ofDay: 0, out: null, in: null };

/** The last file written and the last answer read. */
export const bundlesOf = (engine: Engine): { out: BundleNote | null; in: BundleNote | null } => {
  const { out, in: read } = keptOf(engine);
  return { out, in: read };
};

/** Everything unsent, and where this laptop stands, in a file for the store. Works without any network, and for a laptop that was shut out. */
export async function exportBundle(engine: Engine): Promise<{ bytes: Uint8Array; note: BundleNote }> {
  const { db } = engine;
  const state = readState(db);
  if (!state) throw refuse('not_enrolled');
  const key = await deviceKey(engine);
  if (!key) throw refuse('bundle_no_key');
  if (live(engine).running) throw refuse('sync_running');
  sortWaiting(db);
  await signPending(engine);
  const { messages, commits, last } = pack(engine);
  const { where, params } = sendable(db);
  const span = db.get<{ from_at: number | null; to_at: number | null }>(
    `SELECT min(at) AS from_at, max(at) AS to_at FROM _commits WHERE ${where}`,
    ...params,
  );
  const kept = keptOf(engine);
  const now = Math.trunc(engine.clock.now());
  const day = dayOf(now);
  const number = kept.number + 1;
  const ofDay = kept.day === day ? kept.ofDay + 1 : 1;
  const machine = engine.machine();
  const { from_at = null, to_at = null } = span ?? {};
  const draft = {
    kind: 'request',
    device: deviceId(engine),
    machine,
    origin: state.origin,
    number,
    made_at: now,
    key: key.public,
    commits,
    from_at,
    to_at,
    old_past: oldPast(engine, state),
  } satisfies Omit<RequestHeader, 'bytes' | 'sha256'>;
  const bytes = writeBundle<RequestHeader>(codec, draft, messages, (text) => key.sign(text));
  const note: BundleNote = {
    name: `${machine}-${day.replaceAll('-', '')}-${ofDay}.lanbook`,
    number,
    at: now,
    bytes: bytes.length,
    commits,
    from_at,
    to_at,
    received: 0,
  };
  db.raw
    .transaction(() => {
      noteCarried(db, last);
      writeSetting(db, KEPT, { ...kept, number, day, ofDay, out: note } satisfies Kept);
      writeLog(engine, 'bundle_written', { name: note.name, n: commits });
    })
    .immediate();
  engine.changed(['sync']);
  return { bytes, note };
}

function oldPast(engine: Engine, { resync }: SyncState): RequestHeader['old_past'] {
  if (!resync || resync.common === null) return null;
  const { incarnation, last_mut_no } = helloOf(engine);
  return { incarnation, last_mut_no, seq: resync.common };
}

/** The messages of as many rounds as it takes; each begins with the same HELLO. */
function pack(engine: Engine): { messages: Uint8Array[]; commits: number; last: Map<string, number> } {
  const { db } = engine;
  const hello = encodeFrame(codec, 'hello', JSON.stringify(helloOf(engine)));
  const messages: Uint8Array[] = [];
  const last = new Map<string, number>();
  let frames: Uint8Array[] = [];
  let bytes = 0;
  let length = 0;
  let commits = 0;
  const close = (): void => {
    messages.push(encodeMessage(codec, [hello, ...frames]));
    frames = [];
    bytes = 0;
    length = 0;
  };
  const { where, params } = sendable(db);
  for (const { text } of commitTexts(db, `${where} ORDER BY ord`, ...params)) {
    const frame = encodeFrame(codec, 'commit', text);
    const full = frames.length >= MAX_COMMITS || bytes + frame.length > MAX_BYTES || length + text.length > MAX_TEXT;
    if (frames.length > 0 && full) close();
    frames.push(frame);
    bytes += frame.length;
    length += text.length;
    commits += 1;
  }
  for (const { incarnation, mut_no } of db.all<{ incarnation: string; mut_no: number }>(
    `SELECT incarnation, max(mut_no) AS mut_no FROM _commits WHERE ${where} GROUP BY incarnation`,
    ...params,
  ))
    last.set(incarnation, mut_no);
  if (frames.length > 0 || messages.length === 0) close();
  return { messages, commits, last };
}

/** Hears the store's answer. Refuses, with nothing changed, what is not whole, not from this store, or not for this laptop as it now stands. */
export async function* importBundle(engine: Engine, bytes: Uint8Array): AsyncGenerator<SyncEvent> {
  const { db } = engine;
  const state = readState(db);
  if (!state) throw refuse('not_enrolled');
  const now = live(engine);
  if (now.running) throw refuse('sync_running');
  const { header, messages } = verified(engine, state, bytes);
  if (header.failure) throw failed(engine, header);
  const frames = messages.map((message) => framesOf(message));
  const rest = unheard(frames, header, state);
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
  state: SyncState,
  bytes: Uint8Array,
): { header: AnswerHeader; messages: readonly Uint8Array[] } {
  const { header, signed, signature, messages } = opened(bytes);
  if (header.kind !== 'answer') throw refuse('bundle_request', { machine: header.machine });
  if (state.pin === null) throw refuse('bundle_no_pin');
  const spki = Buffer.from(header.key, 'base64url');
  const isPinned = createHash('sha256').update(spki).digest('hex') === state.pin;
  if (!isPinned || header.origin !== state.origin || !isSigned(spki, signed, signature))
    throw refuse('bundle_other_store');
  if (header.device !== deviceId(engine)) throw refuse('bundle_foreign', { machine: header.machine });
  return { header, messages };
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
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64url'));
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
