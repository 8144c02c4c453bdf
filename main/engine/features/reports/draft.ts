/** Monthly reports from the draft to the copy that is handed in: one for each month and area. */
import { reportDueDay } from '../../../../shared/calendar/deadlines.ts';
import { estimatedYears } from '../../../../shared/calendar.ts';
import { addDays, momentOf } from '../../../../shared/day.ts';
import { locations } from '../../../../shared/features/locations.ts';
import { dueRules, reports, textFields } from '../../../../shared/features/reports.ts';
import {
  monthBefore,
  nextMonth,
  reportFigures,
  type ReportFigures,
} from '../../../../shared/features/reports/figures.ts';
import type { RowOf } from '../../../../shared/record.ts';
import { refuse } from '../../../../shared/refusal.ts';
import { mayWrite } from '../../../../shared/sync/roles.ts';
import { readCalendar } from '../../calendar.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import type { Engine } from '../../engine.ts';
import { readGrant } from '../../grant.ts';
import { nextNumber } from '../../numbers.ts';
import { findRow } from '../../read-row.ts';
import { readSetting } from '../../settings.ts';
import { isOutOfReach } from '../../sync/state.ts';
import { takeFigures, type Reporter } from './figures.ts';
import { firstWords } from './first-words.ts';

export type Report = RowOf<typeof reports>;
export const RULE = 'reports.due';
export type DueRule = (typeof dueRules)[number];
export const ruleOf = (db: ReadDb): DueRule => (readSetting<string>(db, RULE) === 'later' ? 'later' : 'earlier');

/** The report of a month is due in the next one. */
export const dueOf = (db: ReadDb, month: string, rule = ruleOf(db)): string =>
  reportDueDay(readCalendar(db), nextMonth(month), rule);

export function reportOf(db: ReadDb, month: string, area: string | null): Report | null {
  const id = db.value<string>(
    'SELECT id FROM reports WHERE month = ? AND location_id IS ? AND deleted_at IS NULL ORDER BY id LIMIT 1',
    month,
    area,
  );
  return id === undefined ? null : findRow(db, reports, id);
}

/** As stored; what a newer program wrote and this one cannot read is as if nothing had been counted. */
export function figuresOf(report: Report): ReportFigures {
  const read = reportFigures.safeParse(safeJson(report.figures));
  return read.success
    ? read.data
    : {
        month: report.month,
        taken_at: report.taken_at,
        n: {},
        faults: [],
        common: [],
        parts: [],
        areas: [],
        changed: [],
        changed_total: 0,
      };
}
function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The draft of a month with its numbers and first sentences; the one that is there already is given as it is. */
export function draftReport(tx: WriteDb, engine: Reporter, month: string, area: string | null): Report {
  if (month > engine.today().slice(0, 7)) throw refuse('report_future', { month });
  if (area !== null) tx.need(locations, area);
  const known = reportOf(tx, month, area);
  if (known) return known;
  const figures = takeFigures(engine, tx, month, area);
  return tx.insert(reports, {
    number: nextNumber(tx, 'YB', engine.machine(), engine.today()),
    month,
    location_id: area,
    state: 'draft',
    due_on: dueOf(tx, month),
    reporter: engine.setup?.technician ?? '',
    ...firstWords(engine, figures),
    figures: JSON.stringify(figures),
    taken_at: Math.trunc(figures.taken_at),
  });
}

/** Takes the numbers again. What a person wrote stays; sentences that are still the program's own follow the numbers. */
export function refreshReport(
  tx: WriteDb,
  engine: Engine,
  id: string,
): { report: Report; changed: { key: string; before: number | null; after: number | null }[] } {
  const report = tx.need(reports, id);
  if (report.state === 'submitted') throw refuse('report_submitted', { number: report.number });
  const before = figuresOf(report);
  const after = takeFigures(engine, tx, report.month, report.location_id);
  const [old, fresh] = [firstWords(engine, before), firstWords(engine, after)];
  const texts = Object.fromEntries(
    textFields.flatMap((field) => (report[field] === (old[field] ?? null) ? [[field, fresh[field] ?? null]] : [])),
  );
  const changed = Object.keys(after.n).flatMap((key) =>
    (before.n[key] ?? null) === (after.n[key] ?? null)
      ? []
      : [{ key, before: before.n[key] ?? null, after: after.n[key] ?? null }],
  );
  const next = tx.patch(reports, id, {
    ...texts,
    figures: JSON.stringify(after),
    taken_at: Math.trunc(after.taken_at),
    due_on: dueOf(tx, report.month),
    state: 'draft',
  });
  return { report: next, changed };
}

/** Days before a due day that lies in its own month: then the report is written before the month is over. */
const AHEAD = 3;
/** The month whose report is next: last month's, or this month's where a holiday brings its due day forward into it. */
function monthInHand(engine: Engine): string {
  const today = engine.today();
  const now = today.slice(0, 7);
  const last = monthBefore(now);
  const isDone = reportOf(engine.db, last, ownArea(engine))?.state === 'submitted' || !isKnown(engine.db, last);
  const due = dueOf(engine.db, now);
  return isDone && due < `${nextMonth(now)}-01` && today >= addDays(due, -AHEAD) ? now : last;
}
/** The notebook was begun before that month was over: of earlier ones it knows nothing. */
function isKnown(db: ReadDb, month: string): boolean {
  const began = db.value<number>('SELECT min(at) FROM _commits');
  return began != null && began < momentOf(`${nextMonth(month)}-01`);
}

/** What stands on Today: the report that is due next until it is handed in, and from then on nothing. */
export function statusOf(engine: Engine) {
  const { db } = engine;
  const today = engine.today();
  const month = monthInHand(engine);
  const due_on = dueOf(db, month);
  const report = reportOf(db, month, ownArea(engine));
  const state = report?.state ?? ('none' as const);
  const isOver = today.slice(0, 7) > month;
  const remind =
    state === 'submitted' || (report === null && !isKnown(db, month))
      ? 'none'
      : today > due_on
        ? 'late'
        : today === due_on
          ? 'due'
          : !isOver || today.slice(8) >= '03'
            ? 'third'
            : ('first' as const);
  return {
    month,
    due_on,
    estimated: estimatedYears(readCalendar(db), due_on, due_on).length > 0,
    id: report?.id ?? null,
    state,
    remind,
    rule: ruleOf(db),
  } as const;
}

/** Whoever keeps one area reports on it; all others on the whole unit. */
export function ownArea(engine: Engine): string | null {
  const { areas } = readGrant(engine.db);
  return areas?.length === 1 ? (areas[0] ?? null) : null;
}

/**
 * On the 1st, or whenever the notebook is opened next: drafts the report of last month; of this month where it is due before its end. Not for
 * a month of which the notebook holds nothing (it was begun later), and not where somebody handed it in or removed it already. A laptop that
 * does not hear its store leaves it to those that do: a colleague's draft may be there already, and two of one month help nobody.
 */
export function draftIfDue(engine: Engine): Report | null {
  if (!engine.setup || isOutOfReach(engine) || !mayWrite(readGrant(engine.db).role, reports.table)) return null;
  const month = monthInHand(engine);
  if (!isKnown(engine.db, month)) return null;
  const area = ownArea(engine);
  const made = engine.db.value('SELECT 1 FROM reports WHERE month = ? AND location_id IS ? LIMIT 1', month, area);
  if (made !== undefined) return null;
  return engine.command('reports.draft', (tx) => draftReport(tx, engine, month, area));
}
