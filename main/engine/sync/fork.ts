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
      ? engine.db.raw.transaction(() => moveFrom(engine.db, incarnation, mutNo, engine.incarnation)).immediate()
      : 0;
  writeLog(engine, 'forked', { n: moved });
}

/** Moves what is pending from a number on; returns how many there were. */
function moveFrom(db: ReadDb, incarnation: string, mutNo: number, to: string): number {
  const ords = db
    .all<{ ord: number }>(
      "SELECT ord FROM _commits WHERE incarnation = ? AND mut_no >= ? AND state = 'pending' ORDER BY mut_no",
      incarnation,
      mutNo,
    )
    .map(({ ord }) => ord);
  renumber(db, ords, to);
  return ords.length;
}

interface Row {
  readonly batch: string;
  readonly actor: string;
  readonly command: string;
  readonly reason: string | null;
  readonly schema: number;
  readonly clock: string;
}

/**
 * Gives pending commits that never left this laptop, in the order given, the numbers after the other commits of an incarnation; their chain
 * is made anew. Inside the caller's transaction.
 */
export function renumber(db: ReadDb, ords: readonly number[], to: string): void {
  const known = db.get<{ mut_no: number; sha256: string }>(
    `SELECT mut_no, sha256 FROM _commits WHERE incarnation = ? AND ord NOT IN (SELECT value FROM json_each(?))
     ORDER BY mut_no DESC LIMIT 1`,
    to,
    JSON.stringify(ords),
  );
  let number = known?.mut_no ?? 0;
  let prev = known?.sha256 ?? '';
  for (const ord of ords) {
    const row = db.get<Row>('SELECT batch, actor, command, reason, schema, clock FROM _commits WHERE ord = ?', ord);
    if (!row) throw new Error(`no commit ${ord}`);
    number += 1;
    const { clock, ...head } = row;
    const bodies = db
      .all<{ body: string }>('SELECT body FROM _ops WHERE commit_ord = ? ORDER BY ord', ord)
      .map(({ body }) => body);
    const hash = sha256(
      hashText({ ...head, incarnation: to, mut_no: number, clock: JSON.parse(clock) as ClockSample, prev }, bodies),
    );
    db.prepare(
      'UPDATE _commits SET incarnation = ?, mut_no = ?, prev = ?, sha256 = ?, signature = NULL WHERE ord = ?',
    ).run(to, number, prev, hash, ord);
    prev = hash;
  }
}
