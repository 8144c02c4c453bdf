/**
 * Syncs by itself while a window is open: soon after own work, at once when the store has news, and with growing patience while it is away. A
 * laptop that has nothing to say holds one quiet question open and sends nothing else.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { isRefusal } from '../../../shared/refusal.ts';
import { wholeUpTo } from '../../../shared/sync/frames.ts';
import type { ReadDb } from '../db.ts';
import { diskRefusal } from '../disk-errors.ts';
import type { Engine } from '../engine.ts';
import { readSetting, writeSetting } from '../settings.ts';
import type { Hub } from './hub.ts';
import { isDue, verifyStore } from './digest.ts';
import { runSync } from './run.ts';
import { hubOf } from './session.ts';
import { isByStick, live, readState, type SyncState } from './state.ts';
import { sendableCount } from './waiting.ts';

interface Pace {
  /** Work that follows within this time goes in one round. */
  readonly quietMs: number;
  /** The first pause after a failure; each further one is twice as long, up to the longest, and shaken by half (sync.md 2.4). */
  readonly firstMs: number;
  readonly longestMs: number;
}
const PACE: Pace = { quietMs: 3000, firstMs: 1000, longestMs: 300_000 };
const KEY = 'sync.auto';

/** On, unless somebody switched it off on this laptop. */
export const isAuto = (db: ReadDb): boolean => readSetting<boolean>(db, KEY) ?? true;
export function setAuto(engine: Engine, on: boolean): void {
  writeSetting(engine.db, KEY, on);
  engine.changed(['sync']);
}

/** Only a person can mend these: the store is asked again now and then, and not at every turn. */
const NEEDS_A_PERSON = new Set([
  'device_refused',
  'device_revoked',
  'key_locked',
  'other_hub',
  'hub_other_key',
  'hub_plain',
  'laptop_older',
  'hub_older',
  'hub_forked',
  'disk_full',
]);

const kept = new WeakSet<Engine>();

/** Once for an engine; ends with it. */
export function autoSync(engine: Engine, pace: Pace = PACE): void {
  if (kept.has(engine)) return;
  kept.add(engine);
  const halt = new AbortController();
  engine.onClose(() => halt.abort());
  void keepOn(engine, pace, halt.signal);
}

/** A fault of the program is told to whoever reads the log, and does not end syncing until the next start. */
async function keepOn(engine: Engine, pace: Pace, signal: AbortSignal): Promise<void> {
  while (!signal.aborted)
    try {
      await keep(engine, pace, signal);
    } catch (error) {
      if (signal.aborted) return;
      console.error(error);
      await pause(pace.longestMs, signal);
    }
}

async function keep(engine: Engine, pace: Pace, signal: AbortSignal): Promise<void> {
  const { db } = engine;
  const pending = (): boolean => sendableCount(db) > 0;
  const hasLine = (state: SyncState | null): state is SyncState => state !== null && !isByStick(state);
  const on = (): boolean => hasLine(readState(db)) && isAuto(db);
  let failures = 0;
  /** What the store asked to wait after the last round, ms. */
  let asked = 0;
  /** The store was level with this laptop after the last round. */
  let level = false;
  while (!signal.aborted) {
    const state = readState(db);
    if (!hasLine(state) || !isAuto(db)) {
      level = false;
      await until(engine, on, signal);
    } else if (asked > 0) {
      // A little later than all others that were asked the same; nothing but a person shortens it.
      const wait = asked + randomInt(Math.ceil(asked / 4) + 1);
      await first(signal, (over) => [
        pause(wait, over),
        until(engine, () => !on() || readState(db)?.lastError !== 'hub_busy', over),
      ]);
    } else if (failures > 0) {
      const wait = Math.min(pace.longestMs, pace.firstMs * 2 ** Math.min(20, failures - 1));
      await first(signal, (over) => [
        pause(wait / 2 + randomInt(Math.ceil(wait / 2) + 1), over),
        until(engine, mended(engine, on), over),
      ]);
    } else if (level && !pending()) {
      const heard = await first(signal, (over) => [
        newsFrom(hubOf(engine, state), state, over),
        until(engine, () => pending() || !on() || readState(db)?.address !== state.address, over).then(() => 'own'),
      ]);
      if (heard === 'nothing') continue;
    }
    if (pending() && on()) await pause(pace.quietMs, signal);
    if (signal.aborted || !on()) continue;
    ({ failures, asked } = await round(engine, pace, signal, failures));
    level = failures === 0;
    if (level && isDue(engine)) await compare(engine, signal);
  }
}

/**
 * Whether there is reason to ask before the pause is over: the store came back into reach, or somebody synced or joined again. That it was in
 * reach all the time is none: a store that answers and refuses would be asked without pause.
 */
function mended(engine: Engine, on: () => boolean): () => boolean {
  const isBad = (): boolean => live(engine).online !== true;
  const hasFailed = (): boolean => readState(engine.db)?.lastError !== null;
  let wasBad = isBad();
  const failed = hasFailed();
  return () => {
    const back = wasBad && !isBad();
    wasBad ||= isBad();
    return back || !on() || (failed && !hasFailed());
  };
}

const pause = (ms: number, signal: AbortSignal): Promise<unknown> =>
  delay(ms, undefined, { signal }).catch(() => undefined);

/** `nothing`: the store had none for as long as it answers. A line that is lost is found out by the next round. */
const newsFrom = (hub: Hub, { cursor, scope }: SyncState, signal: AbortSignal): Promise<'news' | 'nothing' | 'lost'> =>
  hub.wait(wholeUpTo(cursor), scope, signal).then(
    (seq) => (seq === null ? 'nothing' : 'news'),
    () => 'lost',
  );

/** What comes first; the others are given up. */
async function first<T>(signal: AbortSignal, start: (over: AbortSignal) => Promise<T>[]): Promise<T> {
  const over = new AbortController();
  try {
    return await Promise.race(start(AbortSignal.any([signal, over.signal])));
  } finally {
    over.abort();
  }
}

/** Once a day. A line that is lost is found out by the next round; what differs stands in the log. */
async function compare(engine: Engine, signal: AbortSignal): Promise<void> {
  const state = readState(engine.db);
  if (!state) return;
  try {
    await verifyStore(engine, hubOf(engine, state), signal);
  } catch (error) {
    if (!signal.aborted && !isRefusal(error) && !diskRefusal(error, engine.dir)) throw error;
  }
}

interface Outcome {
  /** In a row. */
  readonly failures: number;
  readonly asked: number;
}
/** An hour: whoever asks for more is asked again all the same. */
const MOST_ASKED_S = 3600;

async function round(engine: Engine, pace: Pace, signal: AbortSignal, failures: number): Promise<Outcome> {
  try {
    for await (const event of runSync(engine, signal)) void event;
    return { failures: 0, asked: 0 };
  } catch (error) {
    if (signal.aborted) return { failures, asked: 0 };
    if (!isRefusal(error)) throw error;
    if (error.code === 'sync_running') {
      await pause(pace.firstMs, signal);
      return { failures, asked: 0 };
    }
    const asked = error.code === 'hub_busy' ? Math.min(MOST_ASKED_S, Number(error.params['seconds'])) * 1000 : 0;
    return { failures: NEEDS_A_PERSON.has(error.code) ? 20 : failures + 1, asked };
  }
}

/** Waits until something holds, looked at after every change of the notebook; gives up with the signal. */
export function until(engine: Engine, holds: () => boolean, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!signal.aborted && !holds()) return;
      stop();
      signal.removeEventListener('abort', look);
      resolve();
    };
    const stop = engine.events.subscribe('changed', look);
    signal.addEventListener('abort', look);
    look();
  });
}
