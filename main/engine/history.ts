/** The history of one record, read from the commit log. */
import type { HistoryEntry } from '../../shared/history.ts';
import type { Op } from '../../shared/commit.ts';
import { recordOf } from '../../shared/records.ts';
import type { ReadDb } from './db.ts';
import { effectOf, parseResult, POSITION } from './sync/outbox.ts';
import { refText } from './titles.ts';

interface Line {
  body: string;
  position: number;
  result: string | null;
  at: number;
  actor: string;
  command: string;
  reason: string | null;
  seq: number | null;
  batch: string;
}

/** Newest first: own changes on their way, then the order of the central store. `refs` names every record that a changed field pointed or points to. */
export function historyOf(db: ReadDb, id: string): { entries: HistoryEntry[]; refs: Record<string, string> } {
  const lines = db.all<Line>(
    `SELECT o.body, ${POSITION} AS position, c.result,
       c.at, c.actor, c.command, c.reason, c.seq, c.batch
     FROM _ops o JOIN _commits c ON c.ord = o.commit_ord
     WHERE o.row_id = ? ORDER BY c.seq IS NULL DESC, c.seq DESC, o.ord DESC`,
    id,
  );
  const refs: Record<string, string> = {};
  const entries = lines.map((line) => {
    const asked = JSON.parse(line.body) as Op;
    const result = parseResult(line.result);
    const done = effectOf(asked, line.position, result);
    const op = done ?? asked;
    const fields = changesOf(op);
    const type = recordOf(op.table);
    for (const change of fields) {
      const field = type?.fields[change.field];
      if (field?.kind !== 'ref') continue;
      for (const value of [change.before, change.after])
        if (typeof value === 'string') refs[value] ??= refText(db, field.table, value);
    }
    return {
      at: line.at,
      actor: line.actor,
      command: line.command,
      reason: line.reason,
      op: op.op,
      fields,
      confirmed: line.seq !== null,
      undone: done ? null : result?.outcome === 'rejected' ? ('rejected' as const) : ('held' as const),
      batch: line.batch,
    };
  });
  return { entries, refs };
}

function changesOf(op: Op): HistoryEntry['fields'] {
  switch (op.op) {
    case 'insert':
    case 'append':
      return Object.entries(op.values).map(([field, after]) => ({ field, before: null, after }));
    case 'patch':
      return Object.entries(op.fields).map(([field, { before, after }]) => ({ field, before, after }));
    case 'remove':
    case 'restore':
      return [];
  }
}
