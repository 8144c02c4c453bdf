/** Settling many conflicts of one kind: an import of 300 rows that clashed is settled in one go, and each row still by itself. */
import { setImmediate } from 'node:timers/promises';
import { conflicts, type BulkEvent, type ConflictFilter } from '../../../../shared/features/sync.ts';
import { isRefusal } from '../../../../shared/refusal.ts';
import { decode } from '../../codec.ts';
import type { Engine } from '../../engine.ts';
import { whichOf, type Conflict } from '../../sync/cards.ts';
import { resolve } from '../../sync/resolve.ts';
import { helperOf } from './helper.ts';

/** After so many the window hears how far it is, and may stop. */
const STEP = 20;

/** What waits for another conflict is settled with that one. */
const NOT_WAITING = "NOT EXISTS (SELECT 1 FROM conflicts p WHERE p.id = c.parent_id AND p.state = 'open')";

export async function* settleMany(
  engine: Engine,
  filter: ConflictFilter,
  how: 'keep_theirs' | 'take_mine',
  signal?: AbortSignal,
): AsyncGenerator<BulkEvent> {
  const { sql, params } = whichOf(engine, 'open', filter);
  const ids = engine.db
    .all<{ id: string }>(
      `SELECT c.id FROM conflicts c WHERE ${sql} AND ${NOT_WAITING} ORDER BY c.mine_at, c.id`,
      ...params,
    )
    .map(({ id }) => id);
  const refused: Record<string, number> = {};
  let settled = 0;
  const helper = helperOf(engine);
  for (const [index, id] of ids.entries()) {
    if (signal?.aborted) return;
    try {
      resolve(engine, helper, id, how, {});
      settled += 1;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused[error.code] = (refused[error.code] ?? 0) + 1;
    }
    if (index % STEP === STEP - 1) {
      yield { done: index + 1, total: ids.length, settled, refused: { ...refused } };
      await setImmediate();
    }
  }
  yield { done: ids.length, total: ids.length, settled, refused };
}

/** What of a record waits in a conflict. */
export const openAbout = (engine: Engine, id: string): Conflict[] =>
  engine.db
    .all(
      "SELECT * FROM conflicts WHERE row_id = ? AND state = 'open' AND deleted_at IS NULL ORDER BY mine_at, id LIMIT 20",
      id,
    )
    .map((raw) => decode(conflicts, raw));
