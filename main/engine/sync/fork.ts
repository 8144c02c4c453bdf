/**
 * A folder that was restored from a backup, or copied and run twice, gives out commit numbers that the hub has seen with other
 * content. It goes on under a new incarnation: commits the hub already has keep their keys, only those it never had get new ones.
 */
import { hashText, type ClockSample } from '../../../shared/commit.ts';
import { sha256 } from '../commits.ts';
import type { ReadDb } from '../db.ts';
import type { Engine } from '../engine.ts';
import { writeLog } from './state.ts';

/**
 * From `mutNo` on the commits of `incarnation` are not the hub's; 0 when only later ones would clash. They move to an incarnation
 * that has none yet: put behind commits that were made after them, they would be sent out of their order for ever.
 */
export function leaveIncarnation(engine: Engine, incarnation: string, mutNo: number): void {
  const used = engine.db.value('SELECT 1 FROM _commits WHERE incarnation = ? LIMIT 1', engine.incarnation);
  if (engine.incarnation === incarnation || (mutNo > 0 && used !== undefined)) engine.renewIncarnation();
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

/** Moves pending commits, in their order, to another incarnation that has none yet; their chain is made anew. Returns how many. */
function renumber(db: ReadDb, from: string, mutNo: number, to: string): number {
  const rows = db.all<Row>(
    "SELECT ord, batch, actor, command, reason, schema, clock FROM _commits WHERE incarnation = ? AND mut_no >= ? AND state = 'pending' ORDER BY mut_no",
    from,
    mutNo,
  );
  let number = 0;
  let prev = '';
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
