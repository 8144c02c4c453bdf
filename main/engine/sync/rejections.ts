/** Own commits that the store did not accept, until somebody here has taken note of them: the log keeps them for ever. */
import type { Op } from '../../../shared/commit.ts';
import { conflicts, type Rejection } from '../../../shared/features/sync.ts';
import type { ReadDb } from '../db.ts';
import type { Engine } from '../engine.ts';
import { findRow } from '../read-row.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { titleOf } from '../titles.ts';
import { parseResult } from './outbox.ts';

/** The last rejected commit that was taken note of, by its place in the log. */
const SEEN = 'sync.rejections_seen';
/** More than a person reads at once. */
const MOST = 20;

const WHERE = "state = 'rejected' AND state <> 'applied' AND incarnation = ? AND ord > ?";
const seen = (db: ReadDb): number => readSetting<number>(db, SEEN) ?? 0;

export const countRejections = ({ db, incarnation }: Engine): number =>
  db.value<number>(`SELECT count(*) FROM _commits WHERE ${WHERE}`, incarnation, seen(db)) ?? 0;

export function listRejections({ db, incarnation }: Engine): Rejection[] {
  return db
    .all<{ ord: number; command: string; at: number; result: string | null }>(
      `SELECT ord, command, at, result FROM _commits WHERE ${WHERE} ORDER BY ord DESC LIMIT ${MOST}`,
      incarnation,
      seen(db),
    )
    .map(({ ord, command, at, result }) => ({
      id: ord,
      code: parseResult(result)?.code ?? '',
      command,
      at,
      ...about(db, ord),
    }));
}

/** A settled conflict is called by the record it was about. */
function about(db: ReadDb, ord: number): { title: string; by: string } {
  const body = db.value<string>('SELECT body FROM _ops WHERE commit_ord = ? ORDER BY ord LIMIT 1', ord);
  if (body === undefined) return { title: '', by: '' };
  const op = JSON.parse(body) as Op;
  const conflict = op.table === conflicts.table ? findRow(db, conflicts, op.id) : null;
  const [table, id] = conflict ? [conflict.tbl, conflict.row_id] : [op.table, op.id];
  return {
    title: titleOf(db, table, id)?.title ?? '',
    by: conflict?.state === 'resolved' ? (conflict.resolved_by ?? '') : '',
  };
}

export function acknowledge(engine: Engine): void {
  const last = engine.db.value<number>("SELECT max(ord) FROM _commits WHERE state = 'rejected' AND state <> 'applied'");
  writeSetting(engine.db, SEEN, last ?? 0);
  engine.changed(['sync']);
}
