/**
 * A store older than this laptop: what it can understand goes, the rest waits here until it is upgraded (sync.md 2.12). A laptop's commits are
 * numbered without a gap, so those that wait are taken out into an incarnation of their own, and the others close up. Only commits that
 * have never left this laptop get other numbers.
 */
import { randomUUID } from 'node:crypto';
import { SCHEMA, type Op } from '../../../shared/commit.ts';
import type { Scalar } from '../../../shared/sync/frames.ts';
import { opsOf } from '../../../shared/sync/ops.ts';
import { uniqueRules } from '../../../shared/sync/invariants.ts';
import { opSchema } from '../../../shared/sync/schema.ts';
import type { ReadDb } from '../db.ts';
import { dropSetting, readSetting, writeSetting } from '../settings.ts';
import { renumber } from './fork.ts';
import { readState } from './state.ts';

interface Hold {
  /** The incarnation of those that wait. */
  readonly parked: string;
  /** Where they could not be taken out, everything from this place of the log on. */
  readonly from: number | null;
}
const HOLD = 'sync.waiting';
const CARRIED = 'sync.carried';

const holdOf = (db: ReadDb): Hold | null => readSetting<Hold>(db, HOLD);

const OPEN = "state = 'pending' AND state <> 'applied'";

/** Pending commits that may go now, as SQL over `_commits`, with its parameters. */
export function sendable(db: ReadDb): { where: string; params: [string, number] } {
  const hold = holdOf(db);
  return {
    where: `${OPEN} AND incarnation <> ? AND ord < ?`,
    params: [hold?.parked ?? '', hold?.from ?? Number.MAX_SAFE_INTEGER],
  };
}
export function sendableCount(db: ReadDb): number {
  const { where, params } = sendable(db);
  return db.value<number>(`SELECT count(*) FROM _commits WHERE ${where}`, ...params) ?? 0;
}
/** How many commits wait for the store to be upgraded. */
export const waitingCount = (db: ReadDb): number =>
  holdOf(db) === null ? 0 : (db.value<number>(`SELECT count(*) FROM _commits WHERE ${OPEN}`) ?? 0) - sendableCount(db);

/** Notes that commits up to a number left on a stick: whether they have arrived is not known until the store says so. */
export function noteCarried(db: ReadDb, last: ReadonlyMap<string, number>): void {
  writeSetting(db, CARRIED, { ...readSetting<Record<string, number>>(db, CARRIED), ...Object.fromEntries(last) });
}

interface Pending {
  readonly ord: number;
  readonly incarnation: string;
  readonly mut_no: number;
  readonly schema: number;
}

/** Before each sending: sorts what is pending by what the store is known to understand. */
export function sortWaiting(db: ReadDb): void {
  const hub = readState(db)?.hubSchema ?? SCHEMA;
  if (hub >= SCHEMA) {
    if (holdOf(db)) dropSetting(db, HOLD);
    return;
  }
  db.raw
    .transaction(() => {
      const pending = db.all<Pending>(
        `SELECT ord, incarnation, mut_no, schema FROM _commits WHERE ${OPEN} ORDER BY ord`,
      );
      const waiting = waitingOf(db, pending, hub);
      const before = holdOf(db);
      const isRipe = pending.some(({ ord, incarnation }) => incarnation === before?.parked && !waiting.has(ord));
      const first = pending.find(({ ord, incarnation }) => incarnation !== before?.parked && waiting.has(ord));
      if (!isRipe && !first) return writeOrDrop(db, before && { ...before, from: null });
      const carried = readSetting<Record<string, number>>(db, CARRIED) ?? {};
      const isFixed = ({ incarnation, mut_no }: Pending): boolean => mut_no <= (carried[incarnation] ?? 0);
      if (first && pending.some((each) => each.ord >= first.ord && isFixed(each)))
        return writeSetting(db, HOLD, { parked: before?.parked ?? '', from: first.ord } satisfies Hold);
      repack(db, pending, waiting);
    })
    .immediate();
}

const writeOrDrop = (db: ReadDb, hold: Hold | null): void => {
  if (hold) writeSetting(db, HOLD, hold);
};

/** Those that wait go into a new incarnation, in their order; in each of the others the rest closes up. */
function repack(db: ReadDb, pending: readonly Pending[], waiting: ReadonlySet<number>): void {
  const parked = randomUUID();
  renumber(
    db,
    pending.filter(({ ord }) => waiting.has(ord)).map(({ ord }) => ord),
    parked,
  );
  for (const [incarnation, commits] of Map.groupBy(pending, (each) => each.incarnation)) {
    const gap = commits.findIndex(({ ord }) => waiting.has(ord));
    if (gap < 0) continue;
    const rest = commits.slice(gap).filter(({ ord }) => !waiting.has(ord));
    renumber(
      db,
      rest.map(({ ord }) => ord),
      incarnation,
    );
  }
  if (waiting.size > 0) writeSetting(db, HOLD, { parked, from: null } satisfies Hold);
  else dropSetting(db, HOLD);
}

/**
 * What the store cannot understand yet, and what is built on it: a later change of the same record, of one that would refer to a record
 * that waits, or one that asks for an address or number which a waiting change gives up or takes.
 */
function waitingOf(db: ReadDb, pending: readonly Pending[], hub: number): Set<number> {
  const waiting = new Set<number>();
  const rows = new Set<string>();
  const keys = new Set<string>();
  for (const { ord, schema } of pending) {
    const bodies = db
      .all<{ body: string }>('SELECT body FROM _ops WHERE commit_ord = ? ORDER BY ord', ord)
      .map(({ body }) => body);
    const ops = opsOf(bodies, schema);
    const waits =
      ops === null ||
      (schema > hub && ops.some((op) => opSchema(op) > hub)) ||
      ops.some((op) => rows.has(op.id) || refersTo(op, rows) || keysOf(db, op).some((key) => keys.has(key)));
    if (!waits) continue;
    waiting.add(ord);
    for (const op of ops ?? []) {
      rows.add(op.id);
      for (const key of keysOf(db, op)) keys.add(key);
    }
  }
  return waiting;
}

const valuesOf = (op: Op): [string, Scalar][] => {
  if (op.op === 'patch')
    return Object.entries(op.fields).flatMap(([name, { before, after }]): [string, Scalar][] => [
      [name, before],
      [name, after],
    ]);
  return 'values' in op ? Object.entries(op.values) : [];
};

const refersTo = (op: Op, rows: ReadonlySet<string>): boolean =>
  rows.size > 0 && valuesOf(op).some(([, value]) => typeof value === 'string' && rows.has(value));

/** The addresses and numbers an operation is about: those it names, and those its record has here. */
function keysOf(db: ReadDb, op: Op): string[] {
  return uniqueRules
    .filter(({ table }) => table === op.table)
    .flatMap(({ name, table, field }) => {
      const named = valuesOf(op).flatMap(([each, value]) => (each === field ? [value] : []));
      const own = db.value<Scalar>(`SELECT ${field} FROM ${table} WHERE id = ?`, op.id) ?? null;
      return [...named, own].flatMap((value) => (value === null ? [] : [`${name} ${String(value).toLowerCase()}`]));
    });
}
