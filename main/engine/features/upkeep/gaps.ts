/** R-28: what the addresses in use lack, counted by department and building, and the rows behind each count. */
import { gapKinds, type GapGroup, type GapKind } from '../../../../shared/features/upkeep.ts';
import type { Bind, ReadDb } from '../../db.ts';
import type { Scope } from '../../list.ts';

/** Over `bindings` and, for what the person lacks, `people` by its id; a day for the letter. */
const PERSON = (condition: string): string =>
  `EXISTS (SELECT 1 FROM people p WHERE p.id = bindings.person_id AND ${condition})`;
const lacks: Readonly<Record<GapKind, string>> = {
  mac: 'bindings.mac IS NULL',
  room: 'bindings.location_id IS NULL',
  phone: PERSON('p.phone IS NULL'),
  letter: PERSON("(p.letter <> 'signed' OR p.letter_until < ?)"),
  hostname: 'bindings.hostname IS NULL',
  outlet: 'bindings.outlet IS NULL',
};
const paramsOf = (gap: GapKind, today: string): Bind[] => (gap === 'letter' ? [today] : []);
const IN_USE = "bindings.state <> 'released'";

/** The building each place lies in, read once: a place outside any building is its own answer, null. */
function buildingsOf(db: ReadDb): Map<string, { id: string; name: string } | null> {
  const rows = db.all<{ id: string; parent_id: string | null; kind: string; name: string }>(
    'SELECT id, parent_id, kind, name FROM locations',
  );
  const places = new Map(rows.map((row) => [row.id, row]));
  const known = new Map<string, { id: string; name: string } | null>();
  for (const { id } of rows) {
    const seen = new Set<string>();
    let at = places.get(id);
    // Sync can lay two moves over each other that make a loop for a while.
    while (at && at.kind !== 'building' && !seen.has(at.id)) {
      seen.add(at.id);
      at = places.get(at.parent_id ?? '');
    }
    known.set(id, at?.kind === 'building' ? { id: at.id, name: at.name } : null);
  }
  return known;
}

const nothing = (): Record<GapKind, number> => ({ mac: 0, room: 0, phone: 0, letter: 0, hostname: 0, outlet: 0 });
type Counted = Record<GapKind, number> & {
  department: string | null;
  location_id: string | null;
  rows: number;
  whole: number;
};

/** One pass over the bindings: counted by department and place in SQL, places summed up to their buildings here. */
export function gapCounts(db: ReadDb, today: string) {
  const conditions = gapKinds.map((gap) => `(${joined(gap)})`);
  const days = gapKinds.flatMap((gap) => paramsOf(gap, today));
  const rows = db.all<Counted>(
    `SELECT p.department, bindings.location_id, count(*) AS rows,
       ${gapKinds.map((gap, i) => `total(${conditions[i]}) AS ${gap}`).join(', ')},
       total(NOT (${conditions.join(' OR ')})) AS whole
     FROM bindings JOIN people p ON p.id = bindings.person_id
     WHERE bindings.deleted_at IS NULL AND ${IN_USE} GROUP BY 1, 2`,
    ...days,
    ...days,
  );
  const buildings = buildingsOf(db);
  const byDepartment = new Map<string | null, GapGroup>();
  const byBuilding = new Map<string | null, GapGroup>();
  const total = { rows: 0, whole: 0, gaps: nothing() };
  for (const row of rows) {
    const building = row.location_id === null ? null : (buildings.get(row.location_id) ?? null);
    const into = [
      total,
      group(byDepartment, row.department, row.department ?? ''),
      group(byBuilding, building?.id ?? null, building?.name ?? ''),
    ];
    for (const one of into) {
      one.rows += row.rows;
      one.whole += row.whole;
      for (const gap of gapKinds) one.gaps[gap] += row[gap];
    }
  }
  return { ...total, departments: sorted(byDepartment), buildings: sorted(byBuilding) };
}

/** The same conditions where the person is joined already: one look-up a row instead of one a condition. */
const joined = (gap: GapKind): string =>
  gap === 'phone'
    ? 'p.phone IS NULL'
    : gap === 'letter'
      ? "p.letter <> 'signed' OR coalesce(p.letter_until < ?, 0)"
      : lacks[gap];

function group(groups: Map<string | null, GapGroup>, id: string | null, name: string): GapGroup {
  const known = groups.get(id) ?? { id, name, rows: 0, whole: 0, gaps: nothing() };
  groups.set(id, known);
  return known;
}
const sorted = (groups: Map<string | null, GapGroup>): GapGroup[] =>
  [...groups.values()].toSorted(
    (a, b) => Number(a.id === null) - Number(b.id === null) || a.name.localeCompare(b.name, 'zh'),
  );

const UNDER =
  'bindings.location_id IN (WITH RECURSIVE down(id) AS (SELECT ? UNION SELECT l.id FROM locations l JOIN down ON l.parent_id = down.id) SELECT id FROM down)';

/** The rows behind one count. `null` = without a department, or outside any building. */
export function gapScope(
  db: ReadDb,
  wish: { gap: GapKind; department?: string | null | undefined; building?: string | null | undefined },
  today: string,
): Scope {
  const parts = [IN_USE, lacks[wish.gap]];
  const params: Bind[] = [...paramsOf(wish.gap, today)];
  if (wish.department !== undefined) {
    parts.push(PERSON(wish.department === null ? 'p.department IS NULL' : 'p.department = ?'));
    if (wish.department !== null) params.push(wish.department);
  }
  if (wish.building === null) {
    const outside = [...buildingsOf(db)].flatMap(([id, building]) => (building === null ? [id] : []));
    parts.push('(bindings.location_id IS NULL OR bindings.location_id IN (SELECT value FROM json_each(?)))');
    params.push(JSON.stringify(outside));
  } else if (wish.building !== undefined) {
    parts.push(UNDER);
    params.push(wish.building);
  }
  return { where: parts.join(' AND '), params };
}
