/** What this laptop is at its store, as it last heard: one check at the door, so that nobody works for hours on what the store will hold back. */
import type { Op } from '../../shared/commit.ts';
import { refuse } from '../../shared/refusal.ts';
import { outside, withNewPlaces } from '../../shared/sync/authority.ts';
import { EVERYTHING, mayWrite, type Grant } from '../../shared/sync/roles.ts';
import type { Find, Part, RowValues } from '../../shared/sync/scope.ts';
import type { ReadDb } from './db.ts';
import { readSetting, writeSetting } from './settings.ts';

const KEY = 'sync.grant';

/** A notebook that has joined no store may do everything. */
export const readGrant = (db: ReadDb): Grant => readSetting<Grant>(db, KEY) ?? EVERYTHING;
export const writeGrant = (db: ReadDb, grant: Grant): void => writeSetting(db, KEY, grant);

/** Before the work: where the areas are then. */
export function partOf(db: ReadDb, { areas }: Grant, machine: string): Part | null {
  if (areas === null) return null;
  const inside = db.all<{ id: string }>(
    `WITH RECURSIVE below(id) AS (SELECT value FROM json_each(?) UNION
       SELECT place.id FROM locations place JOIN below ON place.parent_id = below.id) SELECT id FROM below`,
    JSON.stringify(areas),
  );
  const above = db.all<{ id: string }>(
    `WITH RECURSIVE up(id) AS (SELECT parent_id FROM locations WHERE id IN (SELECT value FROM json_each(?)) UNION
       SELECT place.parent_id FROM locations place JOIN up ON place.id = up.id) SELECT id FROM up WHERE id IS NOT NULL`,
    JSON.stringify(areas),
  );
  const idsOf = (rows: readonly { id: string }[]): Set<string> => new Set(rows.map(({ id }) => id));
  return { inside: idsOf(inside), above: idsOf(above), own: new Set(), machine };
}

interface Author {
  readonly grant: Grant;
  /** As it was before the work. */
  readonly part: Part | null;
  readonly actor: string;
  readonly incarnation: string;
}

/** Refuses with one sentence when an operation is outside the role or the areas. `db` has the operations in it already. */
export function checkGrant(db: ReadDb, ops: readonly Op[], { grant, part, actor, incarnation }: Author): void {
  if (grant.role === 'admin' && part === null) return;
  const old = rowsBefore(ops);
  const raw = (table: string, field: string, value: string): RowValues | undefined =>
    db.get<Record<string, string>>(`SELECT * FROM ${table} WHERE "${field}" = ?`, value);
  const find: Find = (table, field, value) => raw(table, field, value);
  const authority = {
    role: grant.role,
    part: part && withNewPlaces(part, find),
    actor,
    isOwn: (id: string) =>
      id === incarnation || db.value('SELECT 1 FROM _commits WHERE incarnation = ? AND actor = ?', id, actor) === 1,
    find,
    before: (table: string, id: string) => {
      const row = raw(table, 'id', id);
      return row && { ...row, ...old.get(`${table}/${id}`) };
    },
  };
  for (const op of ops) {
    const fault = outside(op, authority);
    if (fault !== null) throw refusal(grant, op, fault);
  }
}

/** What the first operation on each row found there. */
function rowsBefore(ops: readonly Op[]): Map<string, RowValues> {
  const old = new Map<string, RowValues>();
  for (const op of ops.toReversed())
    if (op.op === 'patch') {
      const fields = Object.entries(op.fields).map(([name, { before }]) => [name, before] as const);
      const key = `${op.table}/${op.id}`;
      old.set(key, { ...old.get(key), ...Object.fromEntries(fields) });
    }
  return old;
}

function refusal({ role }: Grant, op: Op, fault: 'role' | 'area'): Error {
  if (role === 'auditor') return refuse('auditor_reads');
  if (fault === 'area') return refuse('outside_area');
  if (op.table === 'conflicts') return refuse('conflict_of_others');
  return refuse(mayWrite('lead', op.table) ? 'needs_lead' : 'needs_admin');
}
