/** What a user sees at any moment of a history: I5 atomicity, I7 read-your-writes, I9 monotone cursor. */
import type { Op } from '../../../shared/commit.ts';
import { recordOf } from '../../../shared/records.ts';
import { WHOLE } from '../../../shared/sync/frames.ts';
import { readState } from '../../../main/engine/sync/state.ts';
import type { SimLaptop } from '../laptop.ts';

/** What each laptop had seen before. */
export class Sight {
  readonly cursors = new Map<SimLaptop, { epoch: string; rv: number }>();
  /** A folder that came back from a copy has seen less. */
  forget(laptop: SimLaptop): void {
    this.cursors.delete(laptop);
  }
}

export function checkSight(sight: Sight, laptop: SimLaptop): void {
  i5WholeCommits(laptop);
  i7OwnEditsVisible(laptop);
  i9MonotoneCursor(sight, laptop);
}

/** A ticket and the first line of its work log are one commit: whoever is level sees both or neither. */
function i5WholeCommits({ engine: { db } }: SimLaptop): void {
  const state = readState(db);
  if (!state || state.cursor.ord !== WHOLE || state.resync) return;
  expect(
    db.all(
      `SELECT 'no log' AS i5, t.id FROM tickets t WHERE t.rv IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ticket_events e WHERE e.ticket_id = t.id)
       UNION ALL SELECT 'no ticket', e.id FROM ticket_events e WHERE e.rv IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tickets t WHERE t.id = e.ticket_id)`,
    ),
  ).toEqual([]);
}

/** Until the hub has decided, the last own value of every field that must not be guessed stands on the screen of its author. */
function i7OwnEditsVisible({ engine: { db } }: SimLaptop): void {
  const wanted = new Map<string, { op: Op; name: string; value: unknown }>();
  for (const { body } of db.all<{ body: string }>(
    "SELECT o.body FROM _ops o JOIN _commits c ON c.ord = o.commit_ord WHERE c.state = 'pending' AND o.tbl <> 'conflicts' ORDER BY o.ord",
  )) {
    const op = JSON.parse(body) as Op;
    const values =
      op.op === 'patch'
        ? Object.entries(op.fields).map(([name, { after }]) => [name, after] as const)
        : 'values' in op
          ? Object.entries(op.values)
          : [];
    for (const [name, value] of values)
      if (recordOf(op.table)?.fields[name]?.class === 'C') wanted.set(`${op.id} ${name}`, { op, name, value });
  }
  for (const { op, name, value } of wanted.values()) {
    const row = db.get(`SELECT ${name} AS value FROM ${op.table} WHERE id = ? AND deleted_at IS NULL`, op.id);
    if (row) expect(['I7', op.table, name, row['value']]).toEqual(['I7', op.table, name, value]);
  }
}

/** Only a store that was restored sends a laptop back to the beginning. */
function i9MonotoneCursor({ cursors }: Sight, laptop: SimLaptop): void {
  const state = readState(laptop.engine.db);
  const before = cursors.get(laptop);
  if (!state) return;
  if (before?.epoch === state.epoch && !state.resync) expect(state.cursor.rv).toBeGreaterThanOrEqual(before.rv);
  cursors.set(laptop, { epoch: state.epoch, rv: state.cursor.rv });
}
