/** Takes the numbers of a monthly report: each from the list that it opens, the rest from what was really done in the month. */
import { workingBetween } from '../../../../shared/calendar/hours.ts';
import { addDays, momentOf } from '../../../../shared/day.ts';
import { assets } from '../../../../shared/features/assets.ts';
import { bindings } from '../../../../shared/features/ipam.ts';
import { people } from '../../../../shared/features/people.ts';
import {
  daysOfMonth,
  evidenceOf,
  figureKeys,
  type EvidenceTable,
  type FigureKey,
  type ReportFigures,
} from '../../../../shared/features/reports/figures.ts';
import { tickets } from '../../../../shared/features/tickets.ts';
import { faultCategories } from '../../../../shared/features/tickets/faults.ts';
import type { RecordType } from '../../../../shared/record.ts';
import { listBackups } from '../../backup/store.ts';
import { readCalendar } from '../../calendar.ts';
import type { ReadDb } from '../../db.ts';
import type { Engine } from '../../engine.ts';
import { idsOf, iterateRecords, listRecords } from '../../list.ts';
import { whomScope } from '../letters/standing.ts';
import { locationTree } from '../locations.ts';
import { ticketFigures } from '../tickets/figures.ts';
import { recurringFaults } from '../tickets/recurring.ts';
import { formSpecs } from '../../../../shared/features/transfer/forms.ts';
import { Delta } from '../transfer/delta.ts';
import { rowsNow } from '../transfer/form-rows.ts';
import { baseOf } from '../transfer/submissions.ts';

const HOUR_MS = 3_600_000;
/** Rows of the annex that a report carries; the submitted workbook has them all. */
const ANNEX = 60;
const COMMON = 5;
const types: Readonly<Record<EvidenceTable, RecordType>> = {
  bindings,
  tickets,
  assets,
};

/** What the list behind a number holds now; null for numbers that are no list's total. */
export function countOf(db: ReadDb, key: FigureKey, month: string, area: string | null): number | null {
  const evidence = evidenceOf(key, month, area);
  if (!evidence) return null;
  const query = { filter: [...evidence.filter], sort: [], offset: 0, limit: 1 };
  return listRecords(db, types[evidence.table], query).total;
}

const round = (n: number): number => Math.round(n * 10) / 10;

/** Who reports, and when: the engine itself, or the demo school on an earlier day. */
export type Reporter = Pick<Engine, 'setup' | 'dir' | 'today' | 'machine'> & { readonly clock: { now(): number } };

export function takeFigures(engine: Reporter, db: ReadDb, month: string, area: string | null): ReportFigures {
  const now = engine.clock.now();
  const [first, last] = daysOfMonth(month);
  const [from, to] = [momentOf(first), momentOf(addDays(last, 1)) - 1];
  const repairs = ticketFigures(db, first, last, { area, now });
  const n: Record<string, number | null> = {};
  for (const key of Object.values(figureKeys).flat()) n[key] = countOf(db, key, month, area);
  const sql = (text: string, ...values: (string | number)[]): number => db.value<number>(text, ...values) ?? 0;
  const places = area === null ? null : inside(db, area);
  const online = onlineOf(db, month, area, from, to);
  const ports = portsOf(db, places);
  const own = (at: string | null): boolean => places === null || (at !== null && places.has(at));
  const tools = db
    .all<{
      location_id: string | null;
      quantity: number;
      condition: string;
      holder: string | null;
      returned_on: string | null;
    }>('SELECT location_id, quantity, condition, holder, returned_on FROM tools WHERE deleted_at IS NULL')
    .filter(({ location_id }) => own(location_id));
  Object.assign(n, {
    online,
    online_percent: online === null || !n['users'] ? null : round((online / n['users']) * 100),
    on_time: repairs.on_time,
    late: repairs.late,
    on_time_percent: repairs.on_time_percent,
    mean_hours: repairs.mean_hours,
    backlog: repairs.backlog,
    overdue: repairs.overdue,
    paused: repairs.paused,
    recurring: recurringFaults(db, first, last).filter(({ table, id }) =>
      own(table === 'locations' ? id : placeOf(db, id)),
    ).length,
    ...ports,
    letters_missing: lettersMissing(db, area, engine.today()),
    tools: tools.reduce((sum, { quantity }) => sum + quantity, 0),
    tools_out: tools.filter(({ holder, returned_on }) => holder !== null && returned_on === null).length,
    tools_bad: tools.filter(({ condition }) => condition === 'damaged' || condition === 'lost').length,
    parts: repairs.parts.reduce((sum, { quantity }) => sum + quantity, 0),
    binding_changes: sql(
      "SELECT count(DISTINCT c.batch) FROM _commits c JOIN _ops o ON o.commit_ord = c.ord WHERE o.tbl = 'bindings' AND c.at BETWEEN ? AND ?",
      from,
      to,
    ),
    duty_changes: sql(
      "SELECT count(*) FROM duty_entries e WHERE kind = 'change' AND day BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM duty_entries v WHERE v.voids_id = e.id)",
      first,
      last,
    ),
    security_notes: sql(
      'SELECT count(*) FROM duty_entries e WHERE security = 1 AND day BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM duty_entries v WHERE v.voids_id = e.id)',
      first,
      last,
    ),
    backups: listBackups(engine.dir).filter(({ taken_at }) => taken_at >= from && taken_at <= to).length,
  });
  const changed = changedRows(engine, db, places);
  return {
    month,
    taken_at: now,
    n,
    ...faultTable(engine, db, month, area),
    parts: repairs.parts.slice(0, 30),
    areas: areaRows(db, month, area),
    changed: changed.slice(0, ANNEX),
    changed_total: changed.length,
  };
}

const placeOf = (db: ReadDb, asset: string): string | null =>
  db.value<string | null>('SELECT location_id FROM assets WHERE id = ?', asset) ?? null;

/** A place and everything below it. */
function inside(db: ReadDb, area: string): ReadonlySet<string> {
  const found = new Set([area]);
  for (const { id, parent_id } of locationTree(db)) if (parent_id !== null && found.has(parent_id)) found.add(id);
  return found;
}

/** Of those who hold an address, as the letters' own list counts them. */
function lettersMissing(db: ReadDb, area: string | null, today: string): number {
  const here = area === null ? [] : [{ field: 'location_id', op: 'equals' as const, value: area }];
  return (['unsigned', 'expired'] as const).reduce(
    (sum, state) =>
      sum + idsOf(db, people, { filter: here, sort: [] }, whomScope({ holders: true, state }, today)).length,
    0,
  );
}

/** Registered addresses that answered at least once in the month; null when nobody looked. */
function onlineOf(db: ReadDb, month: string, area: string | null, from: number, to: number): number | null {
  const looked = db.value('SELECT 1 FROM _sightings WHERE seen_at BETWEEN ? AND ? LIMIT 1', from, to);
  if (looked === undefined) return null;
  const seen = new Set(
    db
      .all<{ ip: string }>('SELECT DISTINCT ip FROM _sightings WHERE seen_at BETWEEN ? AND ?', from, to)
      .map(({ ip }) => ip),
  );
  const filter = [...(evidenceOf('users', month, area)?.filter ?? [])];
  return [...iterateRecords(db, bindings, { filter, sort: [] })].filter(({ ip }) => seen.has(ip)).length;
}

function portsOf(db: ReadDb, places: ReadonlySet<string> | null): Record<string, number> {
  const rows = db
    .all<{ state: string; location_id: string | null }>(
      'SELECT p.state, a.location_id FROM switch_ports p JOIN assets a ON a.id = p.asset_id WHERE p.deleted_at IS NULL AND a.deleted_at IS NULL',
    )
    .filter(({ location_id }) => places === null || (location_id !== null && places.has(location_id)));
  const of = (...states: string[]): number => rows.filter(({ state }) => states.includes(state)).length;
  return { ports: rows.length, ports_damaged: of('damaged', 'loose'), ports_free: of('unused') };
}

/** 故障统计 and 常见故障: by category, the largest first, and what was most often done about it. */
function faultTable(
  engine: Reporter,
  db: ReadDb,
  month: string,
  area: string | null,
): Pick<ReportFigures, 'faults' | 'common'> {
  const calendar = readCalendar(db);
  const filter = [...(evidenceOf('reported', month, area)?.filter ?? [])];
  const groups = Map.groupBy(iterateRecords(db, tickets, { filter, sort: [] }), ({ category }) => category);
  const faults = faultCategories.flatMap((category) => {
    const own = groups.get(category) ?? [];
    if (own.length === 0) return [];
    const hours = own.flatMap(({ reported_at, finished_at }) =>
      finished_at === null ? [] : [workingBetween(calendar, reported_at, finished_at) / HOUR_MS],
    );
    const isLate = ({ finished_at, due_at }: (typeof own)[number]): boolean =>
      (finished_at ?? engine.clock.now()) > due_at;
    return [
      {
        category,
        count: own.length,
        on_time: own.filter((ticket) => ticket.finished_at !== null && !isLate(ticket)).length,
        late: own.filter((ticket) => ticket.state !== 'paused' && isLate(ticket)).length,
        mean_hours: hours.length === 0 ? null : round(hours.reduce((sum, each) => sum + each, 0) / hours.length),
      },
    ];
  });
  const largest = faults.toSorted((a, b) => b.count - a.count);
  const common = largest.slice(0, COMMON).flatMap(({ category, count }) => {
    const actions = Map.groupBy(
      (groups.get(category) ?? []).flatMap(({ action }) => action ?? []),
      (action) => action,
    );
    const [most] = [...actions].toSorted(([, a], [, b]) => b.length - a.length);
    return most ? [{ category, count, action: most[0].slice(0, 200) }] : [];
  });
  return { faults: largest, common };
}

/** One row for each building in the area, and one for the rest, so that the rows add up to the report. */
function areaRows(db: ReadDb, month: string, area: string | null): ReportFigures['areas'] {
  const tree = locationTree(db);
  const mine = area === null ? null : inside(db, area);
  const kind = area === null || tree.find(({ id }) => id === area)?.kind === 'campus' ? 'building' : null;
  const parts = tree.filter(({ id, kind: is, parent_id }) =>
    kind ? is === kind && (mine === null || mine.has(id)) : parent_id === area,
  );
  if (parts.length === 0) return [];
  const keys = ['users', 'opened', 'closed', 'reported', 'finished'] as const;
  const counted = (place: string | null): Omit<ReportFigures['areas'][number], 'id' | 'name'> => {
    const n = Object.fromEntries(keys.map((key) => [key, countOf(db, key, month, place) ?? 0])) as Record<
      (typeof keys)[number],
      number
    >;
    return { ...n, late: lateOf(db, month, place) };
  };
  const rows = parts.map(({ id, name }) => ({ id, name, ...counted(id) }));
  const whole = counted(area);
  const rest = { ...whole };
  for (const row of rows) for (const key of [...keys, 'late'] as const) rest[key] -= row[key];
  const isRest = Object.values(rest).some((each) => each !== 0);
  return isRest ? [...rows, { id: null, name: '', ...rest }] : rows;
}
function lateOf(db: ReadDb, month: string, area: string | null): number {
  const filter = [...(evidenceOf('finished', month, area)?.filter ?? [])];
  return [...iterateRecords(db, tickets, { filter, sort: [] })].filter(
    ({ finished_at, due_at }) => (finished_at ?? 0) > due_at,
  ).length;
}

/** 附: rows of F-01 that differ from the copy that was handed in last. */
function changedRows(engine: Reporter, db: ReadDb, places: ReadonlySet<string> | null): ReportFigures['changed'] {
  const base = baseOf(db, 'F-01');
  // Of an earlier day that copy was not made yet
  if (!base || base.made_at > engine.clock.now()) return [];
  const delta = new Delta(db, formSpecs['F-01'], base, engine.clock.now());
  for (const row of rowsNow(db, 'F-01')) delta.mark(row);
  delta.gone(() => '');
  const lines = Map.groupBy(delta.changes, ({ id }) => id);
  return [...lines.values()].flatMap((own) => {
    const [line] = own;
    if (!line || (places !== null && !places.has(bindingPlace(db, line.id) ?? ''))) return [];
    const what = own
      .map((each) => each.what)
      .join('、')
      .slice(0, 120);
    return [{ mark: line.mark, name: line.who, ip: line.key, what }];
  });
}
const bindingPlace = (db: ReadDb, id: string): string | null =>
  db.value<string | null>(
    'SELECT COALESCE(b.location_id, p.location_id) FROM bindings b LEFT JOIN people p ON p.id = b.person_id WHERE b.id = ?',
    id,
  ) ?? null;
