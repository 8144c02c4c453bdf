/** The commit log as outbox: what still has to go, and what the hub said of it. A commit leaves the queue only with the hub's verdict in hand. */
import type { Op } from '../../../shared/commit.ts';
import {
  commitText,
  fillsFrame,
  joinTexts,
  result as resultShape,
  type Result,
  type Scalar,
  type WireCommit,
} from '../../../shared/sync/frames.ts';
import { encodeFrame, parseJson } from '../../../shared/sync/wire.ts';
import type { Bind, ReadDb } from '../db.ts';
import { codec } from './codec.ts';
import { sendable } from './waiting.ts';

/** A commit as the log holds it. */
interface Row {
  readonly ord: number;
  readonly incarnation: string;
  readonly mut_no: number;
  readonly batch: string;
  readonly actor: string;
  readonly command: string;
  readonly reason: string | null;
  readonly schema: number;
  readonly clock: string;
  readonly prev: string;
  readonly sha256: string;
  readonly signature: string | null;
}

const COLUMNS = 'ord, incarnation, mut_no, batch, actor, command, reason, schema, clock, prev, sha256, signature';

/** Commits of the log as they go over the wire. `where` is SQL over `_commits`: condition, order and limit. */
export function* commitTexts(
  db: ReadDb,
  where: string,
  ...params: Bind[]
): Generator<{ seq: number | null; result: string | null; text: string }> {
  const rows = db.all<Row & { seq: number | null; result: string | null }>(
    `SELECT ${COLUMNS}, seq, result FROM _commits WHERE ${where}`,
    ...params,
  );
  for (const { ord, clock, seq, result, ...head } of rows) {
    const bodies = db
      .all<{ body: string }>('SELECT body FROM _ops WHERE commit_ord = ? ORDER BY ord', ord)
      .map(({ body }) => body);
    yield { seq, result, text: commitText({ ...head, clock: JSON.parse(clock) as WireCommit['clock'], bodies }) };
  }
}

export interface Batch {
  readonly frames: readonly Uint8Array[];
  readonly commits: number;
}

/** Compressed, with room for the HELLO below the hub's limit of 1 MiB. */
const MAX_BYTES = 900_000;
/** Unpacked; the hub takes up to 16 MB a request, but what it holds at once is several times that. */
const MAX_TEXT = 4_000_000;

/**
 * `state <> 'applied'` is said again in each query: SQLite uses the partial index of open commits only when its own condition stands
 * there word for word, and would otherwise read the whole log.
 */
export const pendingCount = (db: ReadDb): number =>
  db.value<number>("SELECT count(*) FROM _commits WHERE state = 'pending' AND state <> 'applied'") ?? 0;

/** The oldest commits that the hub has not answered and can understand, in the order they were made. */
export function takeBatch(db: ReadDb, most: number): Batch {
  const frames: Uint8Array[] = [];
  let open: string[] = [];
  let [commits, bytes, length, filled] = [0, 0, 0, 0];
  /** Whether there was room for what is open; when not it stays for the next batch. */
  const close = (): boolean => {
    if (open.length === 0) return true;
    const frame = encodeFrame(codec, 'commit', joinTexts('commit', open));
    const fits = frames.length === 0 || bytes + frame.length <= MAX_BYTES;
    if (fits) {
      frames.push(frame);
      commits += open.length;
      bytes += frame.length;
    }
    open = [];
    filled = 0;
    return fits;
  };
  const { where, params } = sendable(db);
  for (const { text } of commitTexts(db, `${where} ORDER BY ord LIMIT ?`, ...params, most)) {
    if (fillsFrame(filled, text) && !close()) break;
    if (length > 0 && length + text.length > MAX_TEXT) break;
    open.push(text);
    filled += text.length;
    length += text.length;
  }
  close();
  return { frames, commits };
}

export interface RowKey {
  readonly table: string;
  readonly id: string;
}

/**
 * Writes the hub's verdict beside an own commit; a verdict that is already there stays. Returns the rows whose picture may change
 * with it. Inside the caller's transaction.
 */
export function settle(db: ReadDb, result: Result): RowKey[] {
  const row = db.get<{ ord: number; state: string }>(
    'SELECT ord, state FROM _commits WHERE incarnation = ? AND mut_no = ?',
    result.incarnation,
    result.mut_no,
  );
  if (row?.state !== 'pending') return [];
  const state = result.outcome === 'applied' ? 'sent' : result.outcome;
  db.prepare('UPDATE _commits SET state = ?, seq = ?, result = ?, conflicting = NULL WHERE ord = ?').run(
    state,
    result.seq,
    JSON.stringify(result),
    row.ord,
  );
  return db.all<RowKey>('SELECT DISTINCT tbl AS "table", row_id AS id FROM _ops WHERE commit_ord = ?', row.ord);
}

/**
 * SQL for the place of the operation `o` in its commit, which is how verdicts name it. The operations of a commit are written in
 * one go, so their numbers follow one another.
 */
export const POSITION = 'o.ord - (SELECT min(b.ord) FROM _ops b WHERE b.commit_ord = o.commit_ord)';

/** What an operation came to be at the hub: the values it stored instead, and without what it held. Null when nothing of it was done. */
export function effectOf(op: Op, index: number, result: Result | null): Op | null {
  if (!result) return op;
  if (result.outcome === 'rejected') return null;
  const held = result.held.filter((each) => each.op === index);
  if (held.some(({ fields }) => fields === null)) return null;
  const stored = new Map<string, Scalar>(
    result.stored.flatMap((each) => (each.op === index ? [[each.field, each.value] as const] : [])),
  );
  // A slice that the store moved is the one it gave.
  if ('values' in op)
    return stored.size === 0 ? op : { ...op, values: { ...op.values, ...Object.fromEntries(stored) } };
  if (op.op !== 'patch') return op;
  const without = new Set(held.flatMap(({ fields }) => fields ?? []));
  const fields = Object.entries(op.fields)
    .filter(([name]) => !without.has(name))
    .map(
      ([name, { before, after }]) =>
        [name, { before, after: stored.has(name) ? (stored.get(name) ?? null) : after }] as const,
    );
  return { ...op, fields: Object.fromEntries(fields) };
}

export const parseResult = (text: string | null): Result | null =>
  text === null ? null : parseJson(resultShape, text);
