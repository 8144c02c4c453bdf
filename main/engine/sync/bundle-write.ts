/** The file a laptop writes on a USB stick: all that is unsent, as the messages of rounds, signed with its key. */
import type { BundleNote } from '../../../shared/features/sync.ts';
import { refuse } from '../../../shared/refusal.ts';
import { writeBundle, type JoinHeader, type RequestHeader } from '../../../shared/sync/bundle.ts';
import type { Hello } from '../../../shared/sync/frames.ts';
import { encodeFrame, encodeMessage } from '../../../shared/sync/wire.ts';
import { dayOf } from '../../../shared/day.ts';
import type { Engine } from '../engine.ts';
import { readSetting, writeSetting } from '../settings.ts';
import type { JoinAsk } from './bundle-join.ts';
import { codec } from './codec.ts';
import { deviceId } from './device.ts';
import { deviceKey, signPending } from './device-key.ts';
import { commitTexts } from './outbox.ts';
import { firstHello, helloOf } from './run.ts';
import { live, readState, writeLog, type SyncState } from './state.ts';
import { noteCarried, sendable, sortWaiting } from './waiting.ts';

/** As a round: the hub takes no larger message. */
const MAX_COMMITS = 500;
const MAX_BYTES = 900_000;
const MAX_TEXT = 12_000_000;

export interface Kept {
  readonly number: number;
  readonly day: string;
  readonly ofDay: number;
  readonly out: BundleNote | null;
  readonly in: BundleNote | null;
}
export const KEPT = 'sync.bundles';
export const keptOf = (engine: Engine): Kept =>
  readSetting<Kept>(engine.db, KEPT) ?? { number: 0, day: '', ofDay: 0, out: null, in: null };

/** The last file written and the last answer read. */
export const bundlesOf = (engine: Engine): { out: BundleNote | null; in: BundleNote | null } => {
  const { out, in: read } = keptOf(engine);
  return { out, in: read };
};

/** Everything unsent, and where this laptop stands, in a file for the store. Works without any network, and for a laptop that was shut out. */
export async function exportBundle(
  engine: Engine,
  join: JoinAsk | null = null,
): Promise<{ bytes: Uint8Array; note: BundleNote }> {
  const { db } = engine;
  const state = readState(db);
  if (!state && !join) throw refuse('not_enrolled');
  const key = await deviceKey(engine);
  if (!key) throw refuse('bundle_no_key');
  if (live(engine).running) throw refuse('sync_running');
  sortWaiting(db);
  await signPending(engine);
  const { messages, commits, last } = pack(engine, state ? helloOf(engine) : firstHello(engine));
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
    device: deviceId(engine),
    machine,
    number,
    made_at: now,
    key: key.public,
    commits,
    from_at,
    to_at,
  };
  const bytes = join
    ? writeBundle<JoinHeader>(codec, { ...draft, ...join.header, kind: 'join', old_past: null }, messages, join.seal)
    : writeBundle<RequestHeader>(codec, { ...draft, ...past(engine, state), kind: 'request' }, messages, (text) =>
        key.sign(text),
      );
  const note: BundleNote = {
    name: `${machine}-${day.replaceAll('-', '')}-${ofDay}${join ? '-join' : ''}.lanbook`,
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

function past(engine: Engine, state: SyncState | null): Pick<RequestHeader, 'origin' | 'old_past'> {
  if (!state) throw refuse('not_enrolled');
  const { origin, resync } = state;
  if (!resync || resync.common === null) return { origin, old_past: null };
  const { incarnation, last_mut_no } = helloOf(engine);
  return { origin, old_past: { incarnation, last_mut_no, seq: resync.common } };
}

/** The messages of as many rounds as it takes; each begins with the same HELLO. */
function pack(engine: Engine, asked: Hello): { messages: Uint8Array[]; commits: number; last: Map<string, number> } {
  const { db } = engine;
  const hello = encodeFrame(codec, 'hello', JSON.stringify(asked));
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
