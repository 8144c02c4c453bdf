/** The commit log: one row per commit, one per operation, hash chained per incarnation (design.md §4). */
import { createHash } from 'node:crypto';
import { hashText, MAX_OPS, SCHEMA, type ClockSample, type Op } from '../../shared/commit.ts';
import type { ReadDb } from './db.ts';

const MAX_BYTES = 700_000;

export interface Action {
  readonly incarnation: string;
  readonly batch: string;
  readonly actor: string;
  readonly command: string;
  readonly reason: string | null;
  readonly clock: ClockSample;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Writes an action as one commit, or as several of one batch when it is too large for one request. Inside the caller's transaction. */
export function appendCommits(db: ReadDb, action: Action, ops: readonly Op[]): void {
  const last = db.get<{ mut_no: number; sha256: string }>(
    'SELECT mut_no, sha256 FROM _commits WHERE incarnation = ? ORDER BY mut_no DESC LIMIT 1',
    action.incarnation,
  );
  let mutNo = last?.mut_no ?? 0;
  let prev = last?.sha256 ?? '';
  for (const part of split(ops)) {
    mutNo += 1;
    const bodies = part.map(([, body]) => body);
    const head = { ...action, mut_no: mutNo, schema: SCHEMA, prev };
    const hash = sha256(hashText(head, bodies));
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO _commits (incarnation, mut_no, batch, actor, command, reason, schema, clock, at, prev, sha256)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        action.incarnation,
        mutNo,
        action.batch,
        action.actor,
        action.command,
        action.reason,
        SCHEMA,
        JSON.stringify(action.clock),
        action.clock.wall_ms,
        prev,
        hash,
      );
    const insert = db.prepare('INSERT INTO _ops (commit_ord, op, tbl, row_id, body) VALUES (?, ?, ?, ?, ?)');
    for (const [op, body] of part) insert.run(lastInsertRowid, op.op, op.table, op.id, body);
    prev = hash;
  }
}

function* split(ops: readonly Op[]): Generator<(readonly [Op, string])[]> {
  let part: (readonly [Op, string])[] = [];
  let bytes = 0;
  for (const op of ops) {
    const body = JSON.stringify(op);
    if (part.length > 0 && (part.length >= MAX_OPS || bytes + body.length > MAX_BYTES)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push([op, body]);
    bytes += body.length;
  }
  if (part.length > 0) yield part;
}

interface CommitRow {
  ord: number;
  incarnation: string;
  mut_no: number;
  batch: string;
  actor: string;
  command: string;
  reason: string | null;
  schema: number;
  clock: string;
  prev: string;
  sha256: string;
  hidden: number | null;
}

/**
 * Walks the chain of one incarnation. Names the first commit that was altered, is missing, or is out of place. Of one that is not told whole,
 * being outside this laptop's part of the store, only its place can be proved.
 */
export function verifyChain(db: ReadDb, incarnation: string): { checked: number; broken: string | null } {
  let prev = '';
  let number = 0;
  const rows = db.iterate<CommitRow>(
    `SELECT ord, incarnation, mut_no, batch, actor, command, reason, schema, clock, prev, sha256, hidden
     FROM _commits WHERE incarnation = ? ORDER BY mut_no`,
    incarnation,
  );
  for (const row of rows) {
    number += 1;
    const name = `${incarnation.slice(0, 8)}-${row.mut_no}`;
    const bodies = db.all<{ body: string }>('SELECT body FROM _ops WHERE commit_ord = ? ORDER BY ord', row.ord);
    const head = { ...row, clock: JSON.parse(row.clock) as ClockSample };
    const hash = sha256(
      hashText(
        head,
        bodies.map(({ body }) => body),
      ),
    );
    if (row.mut_no !== number || row.prev !== prev || (row.hidden === null && row.sha256 !== hash))
      return { checked: number, broken: name };
    prev = row.sha256;
  }
  return { checked: number, broken: null };
}
