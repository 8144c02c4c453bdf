/** Every address of a subnet with all that the form F-02 tells of it: state, holder, type, when it changed, when it was last seen. */
import type { AddressCell } from '../../../../shared/features/ipam/map.ts';
import { formState, markOf, type FormState, type SeenMark } from '../../../../shared/features/ipam/marks.ts';
import { dayOf } from '../../../../shared/day.ts';
import type { ReadDb } from '../../db.ts';
import { compare } from '../discovery/compare.ts';
import { lastSweep } from '../discovery/past.ts';
import { lastSeenAt } from '../discovery/store.ts';
import { mapOf } from '../ipam/map.ts';
import { cidrOf, type Subnet } from '../ipam/plan.ts';

export interface AddressLine extends AddressCell {
  readonly form_state: FormState;
  readonly mark: SeenMark | null;
  readonly category: string | null;
  readonly changed_on: string | null;
  readonly seen_at: number | null;
}

/** Marks of the last sweep, by address; what was set aside is explained. */
export function marksOf(db: ReadDb, today: string): Map<string, SeenMark> {
  const sweep = lastSweep(db);
  const marks = new Map<string, SeenMark>();
  if (!sweep) return marks;
  for (const { ip, verdict } of compare(db, sweep, today, false).findings) {
    const mark = markOf(verdict);
    if (mark !== null) marks.set(ip, mark);
  }
  return marks;
}

/** Text of a column of many records at once. */
const column = <T>(db: ReadDb, sql: string, ids: readonly (string | null)[]): Map<string, T> =>
  new Map(
    db
      .all<{ id: string; value: T }>(sql, JSON.stringify([...new Set(ids.filter((id) => id !== null))]))
      .map(({ id, value }) => [id, value]),
  );

/** All addresses, lowest first. The window is the whole subnet: ask only of subnets that fit a table. */
export function addressLines(
  db: ReadDb,
  subnet: Subnet,
  today: string,
  marks: ReadonlyMap<string, SeenMark> = marksOf(db, today),
): AddressLine[] {
  const { first, last } = cidrOf(subnet);
  const { cells } = mapOf(db, subnet, { offset: 0, limit: last - first + 1 }, today);
  const categories = column<string>(
    db,
    'SELECT id, category AS value FROM assets WHERE id IN (SELECT value FROM json_each(?))',
    cells.map(({ asset_id }) => asset_id),
  );
  const changed = column<number>(
    db,
    `SELECT o.row_id AS id, max(c.at) AS value FROM _ops o JOIN _commits c ON c.ord = o.commit_ord
     WHERE o.tbl = 'bindings' AND o.op = 'patch' AND o.row_id IN (SELECT value FROM json_each(?)) GROUP BY o.row_id`,
    cells.map(({ binding_id }) => binding_id),
  );
  const seen = lastSeenAt(
    db,
    cells.map(({ ip }) => ({ ip, mac: null })),
  );
  return cells.map((cell): AddressLine => {
    const mark = marks.get(cell.ip) ?? null;
    const at = cell.binding_id === null ? undefined : changed.get(cell.binding_id);
    return {
      ...cell,
      form_state: formState(cell.state, mark),
      mark,
      category: cell.asset_id === null ? null : (categories.get(cell.asset_id) ?? null),
      changed_on: at === undefined ? null : dayOf(at),
      seen_at: seen.get(cell.ip) ?? null,
    };
  });
}
