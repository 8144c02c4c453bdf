/** Calls of the monthly report: drafted, numbers taken again, written, printed, handed in, opened again. */
import { documents } from '../../../shared/features/documents.ts';
import { reports } from '../../../shared/features/reports.ts';
import { daysOfMonth } from '../../../shared/features/reports/figures.ts';
import { refuse } from '../../../shared/refusal.ts';
import { papersOf } from '../documents.ts';
import type { DocumentRow } from '../documents.ts';
import type { ReadDb } from '../db.ts';
import type { WriteDb } from '../door.ts';
import type { Engine } from '../engine.ts';
import { listRecords } from '../list.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { writeSetting } from '../settings.ts';
import { locationPath } from '../titles.ts';
import { deskOf, printPaper } from './papers/desk.ts';
import {
  draftIfDue,
  draftReport,
  dueOf,
  figuresOf,
  refreshReport,
  RULE,
  statusOf,
  type Report,
} from './reports/draft.ts';
import { ticketsBehind } from './tickets/figures.ts';
import { monthWords, reportPaper } from './reports/paper.ts';
import { receiptOf, writeReceipt } from './reports/receipts.ts';

const areaOf = (db: ReadDb, { location_id }: Report): string | null =>
  location_id === null ? null : locationPath(db, location_id);

/** Freezes the report as it stands; also what a submission pack takes. Inside a command. */
export function freezeReport(tx: WriteDb, engine: Engine, id: string): DocumentRow {
  const report = tx.need(reports, id);
  const desk = deskOf(engine);
  const area = areaOf(tx, report) ?? desk.t('reports.whole', { unit: desk.unit });
  return printPaper(tx, engine, {
    form: 'F-11',
    code: 'YB',
    title: `${desk.t('form.F-11')} ${monthWords(desk, report.month)}`,
    number: report.number,
    paper: reportPaper(desk, report, figuresOf(report), area),
  });
}

/** A report that was handed in is what the centre holds: it is opened again with a reason, not changed in silence. */
function openOnly(report: Report): void {
  if (report.state === 'submitted') throw refuse('report_submitted', { number: report.number });
}

export const reportsRouter = os.reports.router({
  list: os.reports.list.handler(({ input, context: { engine } }) => listRecords(engine.db, reports, input)),
  get: os.reports.get.handler(({ input, context: { engine } }) => {
    const report = readRow(engine.db, reports, input.id);
    return {
      report,
      figures: figuresOf(report),
      area: areaOf(engine.db, report),
      receipt: report.document_id === null ? null : receiptOf(engine.db, report.document_id),
      papers: papersOf(engine.db, report.number),
    };
  }),
  behind: os.reports.behind.handler(({ input: { id, figure }, context: { engine } }) => {
    const { month, location_id } = readRow(engine.db, reports, id);
    const [first, last] = daysOfMonth(month);
    return ticketsBehind(engine.db, figure, first, last, { area: location_id, now: engine.clock.now() });
  }),
  status: os.reports.status.handler(({ context: { engine } }) => statusOf(engine)),
  setRule: os.reports.setRule.handler(({ input, context: { engine } }) => {
    writeSetting(engine.db, RULE, input.rule);
    const moved = engine.db
      .all<{ id: string; month: string; due_on: string }>(
        "SELECT id, month, due_on FROM reports WHERE state <> 'submitted' AND deleted_at IS NULL",
      )
      .filter(({ month, due_on }) => dueOf(engine.db, month) !== due_on);
    if (moved.length > 0)
      engine.command('reports.rule', (tx) => {
        for (const { id, month } of moved) tx.patch(reports, id, { due_on: dueOf(tx, month) });
      });
    engine.changed(['settings', 'reports']);
    return input;
  }),
  draft: os.reports.draft.handler(({ input, context: { engine } }) =>
    engine.command('reports.draft', (tx) => draftReport(tx, engine, input.month, input.location_id ?? null)),
  ),
  refresh: os.reports.refresh.handler(({ input, context: { engine } }) =>
    engine.command('reports.refresh', (tx) => refreshReport(tx, engine, input.id)),
  ),
  write: os.reports.write.handler(({ input: { id, changes }, context: { engine } }) =>
    engine.command('reports.write', (tx) => {
      openOnly(tx.need(reports, id));
      const fields = Object.fromEntries(
        Object.entries(changes).map(([section, text]) => [`text_${section}`, text?.trim() === '' ? null : text]),
      );
      return tx.patch(reports, id, { ...fields, state: 'draft' });
    }),
  ),
  print: os.reports.print.handler(({ input: { id }, context: { engine } }) =>
    engine.command('reports.print', (tx) => {
      const report = tx.need(reports, id);
      // What was handed in is printed again as it was
      if (report.state === 'submitted' && report.document_id !== null) return tx.need(documents, report.document_id);
      const document = freezeReport(tx, engine, id);
      tx.patch(reports, id, { state: 'final', document_id: document.id });
      return document;
    }),
  ),
  submit: os.reports.submit.handler(({ input: { id, receipt }, context: { engine } }) =>
    engine.command('reports.submit', (tx) => {
      const report = tx.need(reports, id);
      const document = report.state === 'submitted' ? report.document_id : freezeReport(tx, engine, id).id;
      if (document === null) throw refuse('not_found');
      writeReceipt(tx, document, receipt);
      return tx.patch(reports, id, { state: 'submitted', submitted_on: receipt.sent_on, document_id: document });
    }),
  ),
  reopen: os.reports.reopen.handler(({ input: { id, reason }, context: { engine } }) =>
    engine.command(
      'reports.reopen',
      (tx) => tx.patch(reports, id, { state: 'draft', submitted_on: null, document_id: null }),
      reason,
    ),
  ),
  remove: os.reports.remove.handler(({ input: { id }, context: { engine } }) => {
    const { batch } = engine.commit('reports.remove', (tx) => {
      openOnly(tx.need(reports, id));
      tx.remove(reports, id);
    });
    return { id, batch };
  }),
});

const HOUR_MS = 3_600_000;
/** Opening the notebook comes first. */
const FIRST_AFTER_MS = 20_000;
const scheduled = new WeakSet<Engine>();

/** Drafts last month's report once it is over, however many windows there are. The timers keep no process alive. */
export function scheduleReports(engine: Engine): void {
  if (scheduled.has(engine)) return;
  scheduled.add(engine);
  const look = (): void => {
    if (!engine.db.raw.open) return;
    try {
      draftIfDue(engine);
    } catch (error) {
      // An auditor may write none, and a full disk says so elsewhere: the draft can be made by hand
      console.error('report draft:', error);
    }
  };
  const first = setTimeout(look, FIRST_AFTER_MS).unref();
  const later = setInterval(look, HOUR_MS).unref();
  engine.onClose(() => {
    clearTimeout(first);
    clearInterval(later);
  });
}
