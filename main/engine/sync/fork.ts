/**
 * A folder that was restored from a backup, or copied and run twice, gives out commit numbers that the hub has seen with other
 * content. It goes on under a new incarnation: commits the hub already has keep their keys, only those it never had get new ones.
 */
import { hashText, type ClockSample } from '../../../shared/commit.ts';
import { sha256 } from '../commits.ts';
import type { ReadDb } from '../db.ts';
import type { Engine } from '../engine.ts';
import { writeLog } from './state.ts';

/** From `mutNo` on the commits of `incarnation` are not the hub's; 0 when only later ones would clash. */
export function leaveIncarnation(engine: Engine, incarnation: string, mutNo: number): void {
  if (engine.incarnation === incarnation) engine.renewIncarnation();
  const moved =
    mutNo > 0
      ? engine.db.raw.transaction(() => renumber(engine.db, incarnation, mutNo, engine.incarnation)).immediate()
      : 0;
  writeLog(engine, 'forked', { n: moved });
}

interface Row {
  readonly ord: number;
  readonly batch: string;
  readonly actor: string;
  readonly command: string;
  readonly reason: string | null;
  readonly schema: number;
  readonly clock: string;
}

/** Moves pending commits, in their order, to the end of another incarnation; their chain is made anew. Returns how many. */
function renumber(db: ReadDb, from: string, mutNo: number, to: string): number {
  const rows = db.all<Row>(
    "SELECT ord, batch, actor, command, reason, schema, clock FROM _commits WHERE incarnation = ? AND mut_no >= ? AND state = 'pending' ORDER BY mut_no",
    from,
    mutNo,
  );
  const last = db.get<{ mut_no: number; sha256: string }>(
    'SELECT mut_no, sha256 FROM _commits WHERE incarnation = ? ORDER BY mut_no DESC LIMIT 1',
    to,
  );
  let number = last?.mut_no ?? 0;
  let prev = last?.sha256 ?? '';
  for (const { ord, clock, ...head } of rows) {
    number += 1;
    const bodies = db
      .all<{ body: string }>('SELECT body FROM _ops WHERE commit_ord = ? ORDER BY ord', ord)
      .map(({ body }) => body);
    const hash = sha256(
      hashText({ ...head, incarnation: to, mut_no: number, clock: JSON.parse(clock) as ClockSample, prev }, bodies),
    );
    db.prepare('UPDATE _commits SET incarnation = ?, mut_no = ?, prev = ?, sha256 = ? WHERE ord = ?').run(
      to,
      number,
      prev,
      hash,
      ord,
    );
    prev = hash;
  }
  return rows.length;
}
