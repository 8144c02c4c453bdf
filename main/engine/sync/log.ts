/** Commits of others as the log keeps them: whole, or as much of them as this laptop's part of the store has. */
import { hashText, type Op } from '../../../shared/commit.ts';
import type { PageCommit } from '../../../shared/sync/frames.ts';
import { WireError } from '../../../shared/sync/wire.ts';
import { sha256 } from '../commits.ts';
import type { Bind, ReadDb } from '../db.ts';

const COLUMNS = [
  'incarnation',
  'mut_no',
  'batch',
  'actor',
  'command',
  'reason',
  'schema',
  'clock',
  'at',
  'prev',
  'sha256',
  'signature',
  'seq',
  'state',
  'result',
  'hidden',
] as const;

/** Only its link of the chain is known, or a part of its operations. */
const HIDDEN = 1;
const PARTIAL = 2;

function columnsOf(commit: PageCommit, bodies: readonly string[]): Bind[] {
  const hidden = commit.hidden ? (bodies.length === 0 ? HIDDEN : PARTIAL) : null;
  const values: Record<(typeof COLUMNS)[number], Bind> = {
    incarnation: commit.incarnation,
    mut_no: commit.mut_no,
    batch: commit.batch,
    actor: commit.actor,
    command: commit.command,
    reason: commit.reason,
    schema: commit.schema,
    clock: JSON.stringify(commit.clock),
    at: commit.est_at,
    prev: commit.prev,
    sha256: commit.sha256,
    signature: commit.signature,
    seq: commit.seq,
    state: commit.result.outcome,
    result: JSON.stringify(commit.result),
    hidden,
  };
  return COLUMNS.map((name) => values[name]);
}

/** What is told whole must be what its hash says; of anything else the chain proves only that it is there. */
function checked({ bodies, ...commit }: PageCommit): readonly string[] {
  if (bodies === null || (!commit.hidden && sha256(hashText(commit, bodies)) !== commit.sha256))
    throw new WireError('bad', 'commit hash');
  return bodies;
}

function writeOps(db: ReadDb, ord: number | bigint, bodies: readonly string[]): void {
  const insert = db.prepare('INSERT INTO _ops (commit_ord, op, tbl, row_id, body) VALUES (?, ?, ?, ?, ?)');
  for (const body of bodies) {
    const op = JSON.parse(body) as Op;
    insert.run(ord, op.op, op.table, op.id, body);
  }
}

/** Adds a commit that is new here. Throws a WireError when it is not what its hash says. */
export function writeCommit(db: ReadDb, commit: PageCommit): void {
  const bodies = checked(commit);
  const { lastInsertRowid } = db
    .prepare(`INSERT INTO _commits (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`)
    .run(...columnsOf(commit, bodies));
  writeOps(db, lastInsertRowid, bodies);
}

/** With another part of the store a commit that is known here is told to another extent: from now on that is what is kept of it. */
export function retellCommit(db: ReadDb, commit: PageCommit): void {
  if (commit.bodies === null) return;
  const known = db.get<{ ord: number; hidden: number | null }>(
    'SELECT ord, hidden FROM _commits WHERE incarnation = ? AND mut_no = ?',
    commit.incarnation,
    commit.mut_no,
  );
  if (!known || (!commit.hidden && known.hidden === null)) return;
  const bodies = checked(commit);
  db.prepare('DELETE FROM _ops WHERE commit_ord = ?').run(known.ord);
  db.prepare(`UPDATE _commits SET ${COLUMNS.map((name) => `${name} = ?`).join(', ')} WHERE ord = ?`).run(
    ...columnsOf(commit, bodies),
    known.ord,
  );
  writeOps(db, known.ord, bodies);
}
