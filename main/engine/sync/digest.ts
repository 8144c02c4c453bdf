/**
 * Compares this laptop's rows with the store's, once a day (sync.md 2.8). What differs is fetched once more; where the same part differs again
 * within a week, nothing is repaired any more, and a person is told: two programs would go round for ever otherwise.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { SCHEMA } from '../../../shared/commit.ts';
import type { VerifyResult } from '../../../shared/features/sync.ts';
import type { PageRow } from '../../../shared/sync/frames.ts';
import { wholeUpTo, WHOLE } from '../../../shared/sync/frames.ts';
import {
  comparedTables,
  differing,
  Digest,
  digestAnswer,
  MAX_PARTS,
  partAnswer,
  partOf,
} from '../../../shared/sync/digest.ts';
import { DAY_MS } from '../../../shared/day.ts';
import { sha256 } from '../commits.ts';
import type { Engine } from '../engine.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { takeAnew } from './apply.ts';
import { forget } from './area.ts';
import type { Hub } from './hub.ts';
import { confirmed } from './rebase.ts';
import { readState, writeLog } from './state.ts';
import { typeOf } from '../rows.ts';

const KEY = 'sync.verified';
/** The same part again within this time is no accident. */
const AGAIN_MS = 7 * DAY_MS;
/** Rows between two breaths: some milliseconds. */
const SLICE = 500;

interface Verified {
  readonly at: number;
  /** `table part` that were fetched anew, and when. */
  readonly repaired: Readonly<Record<string, number>>;
  /** Parts that differ again. */
  readonly diverged: readonly string[];
}
export const verified = ({ db }: Engine): Verified =>
  readSetting<Verified>(db, KEY) ?? { at: 0, repaired: {}, diverged: [] };

export const isDue = (engine: Engine): boolean => engine.clock.now() - verified(engine).at >= DAY_MS;

/** Where this laptop stands; anything that moves it makes a comparison void. */
function standing(engine: Engine): string | null {
  const state = readState(engine.db);
  if (!state || state.resync || state.cursor.ord !== WHOLE) return null;
  return `${state.epoch} ${wholeUpTo(state.cursor)}`;
}

/** `busy`: the store or this laptop moved on meanwhile, or holds only a part of the store: nothing can be said now. */
export async function verifyStore(engine: Engine, hub: Hub, signal?: AbortSignal): Promise<VerifyResult> {
  const busy: VerifyResult = { outcome: 'busy', rows: 0 };
  const before = standing(engine);
  const state = readState(engine.db);
  if (before === null || !state) return busy;
  const seq = wholeUpTo(state.cursor);
  const schema = Math.min(SCHEMA, state.hubSchema ?? SCHEMA);
  const theirs = await hub.say(`/v1/digest?seq=${seq}&schema=${schema}`, digestAnswer, undefined, signal);
  const mine = await ownDigest(engine, schema);
  if (!theirs || standing(engine) !== before) return busy;
  const wrong = differing(mine.parts, theirs.parts);
  const now = Math.trunc(engine.clock.now());
  const known = verified(engine);
  const names = [...wrong].flatMap(([table, parts]) => parts.map((number) => `${table} ${number}`));
  const again = names.filter((name) => now - (known.repaired[name] ?? -Infinity) < AGAIN_MS);
  if (names.length === 0 || again.length > 0) {
    writeSetting(engine.db, KEY, { ...known, at: now, diverged: again });
    if (again.length > 0) writeLog(engine, 'diverged', { what: again.join(', ') });
    engine.changed(['sync']);
    return { outcome: again.length > 0 ? 'diverged' : 'equal', rows: 0 };
  }
  let rows = 0;
  for (const [table, parts] of wrong)
    for (let from = 0; from < parts.length; from += MAX_PARTS) {
      const wanted = parts.slice(from, from + MAX_PARTS);
      const answer = await hub.say('/v1/parts', partAnswer, { seq, schema, table, parts: wanted }, signal);
      if (!answer || standing(engine) !== before) return busy;
      rows += repair(engine, table, new Set(wanted), answer.rows);
    }
  const repaired = { ...recent(known.repaired, now), ...Object.fromEntries(names.map((name) => [name, now])) };
  writeSetting(engine.db, KEY, { at: now, repaired, diverged: [] });
  writeLog(engine, 'repaired', { n: rows });
  engine.changed(['sync']);
  return { outcome: 'repaired', rows };
}

const recent = (repaired: Verified['repaired'], now: number): Verified['repaired'] =>
  Object.fromEntries(Object.entries(repaired).filter(([, at]) => now - at < AGAIN_MS));

/** Of the rows as the store confirmed them, without own changes on their way. */
async function ownDigest(engine: Engine, schema: number): Promise<Digest> {
  const { db } = engine;
  const digest = new Digest(sha256);
  for (const { table, names } of comparedTables(schema)) {
    const ids = db.all<{ id: string }>(`SELECT id FROM ${table} WHERE rv IS NOT NULL`);
    for (const [index, { id }] of ids.entries()) {
      const image = confirmed(db, typeOf(table), id);
      if (image) digest.add(table, names, { id, ...image });
      if (index % SLICE === SLICE - 1) await breathe();
    }
  }
  return digest;
}

/** One transaction. Returns how many rows were written or dropped. */
function repair(engine: Engine, table: string, parts: ReadonlySet<number>, rows: readonly PageRow[]): number {
  const { db } = engine;
  const here = new Set(rows.map(({ id }) => id));
  const run = db.raw.transaction(() => {
    const left = db
      .all<{ id: string }>(`SELECT id FROM ${table} WHERE rv IS NOT NULL`)
      .filter(({ id }) => parts.has(partOf(id)) && !here.has(id));
    for (const { id } of left) forget(db, table, id, Number.MAX_SAFE_INTEGER);
    for (const row of rows) takeAnew(db, row);
    return left.length + rows.length;
  });
  const count = run.immediate();
  engine.changed([table]);
  return count;
}
