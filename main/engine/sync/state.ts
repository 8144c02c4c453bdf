/** Where this laptop stands with its hub: one setting, written in the same transaction as the rows it speaks of (sync.md L2). */
import type { SyncPhase } from '../../../shared/features/sync.ts';
import { START, type Cursor } from '../../../shared/sync/frames.ts';
import type { Receipt } from '../../../shared/sync/rejoin.ts';
import { sha256 } from '../commits.ts';
import type { ReadDb } from '../db.ts';
import type { Engine } from '../engine.ts';
import { readSetting, writeSetting } from '../settings.ts';

export interface SyncState {
  /** '' = it joined by USB stick, and nobody has told it an address yet. */
  readonly address: string;
  /** The hub's key as it was proved when joining (trust.ts); null where an authority vouches, or on this computer. */
  readonly pin: string | null;
  /** Of a laptop that joined before there were keys; '' = it never had one. */
  readonly token: string;
  /** The hub was given the key of such a laptop, and the token is void unless the hub is restored to before that. */
  readonly keyed?: boolean;
  readonly epoch: string;
  /** The chain at 0: which store this is, whatever epoch it is in. */
  readonly origin: string;
  readonly cursor: Cursor;
  /** Computed here from every commit received, never copied from the hub (sync.md L3). */
  readonly chain: string;
  readonly lastAt: number | null;
  /**
   * While everything is fetched anew: whether all has come; and from a restored store (rejoin.ts) the last commit both sides shared, null where
   * the past is the same (adopt.ts).
   */
  readonly resync?: { readonly common: number | null; readonly pulled: boolean } | null;
  /** The record schema the store last said it has; not there before it was asked. */
  readonly hubSchema?: number;
  /** Said instead of the own schema to a store that does not even listen to a newer laptop. */
  readonly spoken?: number | null;
  /** The last head the store told, with its seal: what proves to it that it was restored to before (rejoin.ts). */
  readonly receipt?: Receipt | null;
  /** The operator ended this laptop's access, at this time of the store's clock; own commits up to `upto` (by place in the log) were handed over. */
  readonly revoked?: { readonly at: number; readonly upto: number } | null;
  /** Role and part of the store as its head names them; not there before it said so. */
  readonly scope?: string;
  /** Rows were forgotten whose texts may still stand in free pages of the file (area.ts). */
  readonly sweep?: boolean;
  /** Code of the last failure since the last success. */
  readonly lastError: string | null;
}

const KEY = 'sync';
export function readState(db: ReadDb): SyncState | null {
  const kept = readSetting<Omit<SyncState, 'pin' | 'origin'> & Partial<SyncState>>(db, KEY);
  // Joined before hubs had keys, and had ever been restored.
  return kept && { ...kept, pin: kept.pin ?? null, origin: kept.origin ?? sha256(kept.epoch) };
}
export const writeState = (db: ReadDb, state: SyncState): void => writeSetting(db, KEY, state);
export const changeState = (db: ReadDb, changes: Partial<SyncState>): void => {
  const state = readState(db);
  if (state) writeState(db, { ...state, ...changes });
};
/** Nobody to ask over the network: what there is to say goes on a stick. */
export const isByStick = ({ address }: Pick<SyncState, 'address'>): boolean => address === '';

export const newState = (
  { address, pin }: Pick<SyncState, 'address' | 'pin'>,
  token: string,
  epoch: string,
  origin: string,
): SyncState => ({
  address,
  pin,
  token,
  epoch,
  origin,
  cursor: START,
  chain: origin,
  lastAt: null,
  lastError: null,
});

/** What is known only while the engine runs. */
interface Live {
  running: boolean;
  /** How far, while one runs. */
  progress: { readonly phase: SyncPhase; readonly done: number; readonly total: number | null } | null;
  online: boolean | null;
}
const lives = new WeakMap<Engine, Live>();
export function live(engine: Engine): Live {
  let found = lives.get(engine);
  if (!found) {
    found = { running: false, progress: null, online: null };
    lives.set(engine, found);
  }
  return found;
}

/** This laptop has a store and does not hear it now: others may be giving out the same numbers. */
export const isOutOfReach = (engine: Engine): boolean => readState(engine.db) !== null && live(engine).online !== true;

/** Refusals that mean that the store itself was not heard: nobody there, or somebody else. After any other it was. */
const AWAY = new Set(['hub_unreachable', 'hub_not_hub', 'hub_other_key', 'hub_plain']);
export const isAway = (code: string): boolean => AWAY.has(code);

const LOG_LINES = 1000;
type Params = Record<string, string | number>;

/** One line of the story that a person reads, or sends to somebody far away. The words are `sync.log.<code>` of the catalogue. */
export function writeLog(engine: Engine, code: string, params: Params = {}): void {
  engine.db
    .prepare('INSERT INTO _sync_log (at, code, params) VALUES (?, ?, ?)')
    .run(Math.trunc(engine.clock.now()), code, JSON.stringify(params));
  engine.db.prepare('DELETE FROM _sync_log WHERE ord <= (SELECT max(ord) FROM _sync_log) - ?').run(LOG_LINES);
}
/**
 * A round that moved nothing, as most are: a laptop that syncs every few minutes would bury its story under them. Those that follow one
 * another are one line, with the time of the last.
 */
export function logQuietRound(engine: Engine): void {
  const [last] = readLog(engine.db, 1);
  if (last?.code !== QUIET) return writeLog(engine, QUIET);
  engine.db
    .prepare('UPDATE _sync_log SET at = ? WHERE ord = (SELECT max(ord) FROM _sync_log)')
    .run(Math.trunc(engine.clock.now()));
}
const QUIET = 'quiet';

export const readLog = (db: ReadDb, limit: number): { at: number; code: string; params: Params }[] =>
  db
    .all<{ at: number; code: string; params: string }>(
      'SELECT at, code, params FROM _sync_log ORDER BY ord DESC LIMIT ?',
      limit,
    )
    .map(({ at, code, params }) => ({ at, code, params: JSON.parse(params) as Params }));
