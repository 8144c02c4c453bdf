/** The dry run: file to table to layout to verdicts, told as it goes. */
import { locations } from '../../../../shared/features/locations.ts';
import { people } from '../../../../shared/features/people.ts';
import { recordOfTarget } from '../../../../shared/features/transfer/targets.ts';
import {
  importOptions,
  type ImportOptions,
  type Preview,
  type PreviewColumn,
  type PreviewEvent,
  type PreviewRow,
} from '../../../../shared/features/transfer.ts';
import { isRefusal, refuse } from '../../../../shared/refusal.ts';
import type { Engine } from '../../engine.ts';
import { wordsOf } from '../../words.ts';
import { readSheet } from '../../sheets/client.ts';
import type { RawTable } from '../../sheets/types.ts';
import { idsOf } from '../../list.ts';
import { refText } from '../../titles.ts';
import { judge } from './judge.ts';
import { decisionsFor, layoutOf, rememberDecisions, rememberLayout } from './layout.ts';
import type { PlannedRow } from './plan.ts';
import { stagingOf, type Judged } from './staging.ts';
import { showValue } from './words.ts';

/** Rows of the sheet sent along, to choose the header from. */
const HEAD = 12;
const EXAMPLES = 8;
/** Not .xls: programs write text under that name that Excel opens. */
const WORKBOOK = /\.xls[xm]$/i;
/** What keeps a row out is said first. */
const rank = { error: 0, warning: 1, note: 2 };

export async function* previewFile(
  engine: Engine,
  token: string,
  options: ImportOptions,
  signal?: AbortSignal,
): AsyncGenerator<PreviewEvent> {
  let table: RawTable | null = null;
  for await (const step of judgeFile(engine, token, options, signal)) {
    if ('table' in step) table = step.table;
    else yield step;
  }
  const { judged } = stagingOf(engine).get(token);
  if (!table || !judged) throw refuse('import_gone');
  if (options.mapping) rememberLayout(engine.db, options.target, judged.layout);
  if (Object.keys(options.decisions).length > 0)
    rememberDecisions(engine.db, options.target, judged.layout, options.decisions);
  yield { is: 'ready', preview: previewOf(engine, token, judged) };
}

/** Reads (unless the sheet is still in memory) and judges; the result is staged. */
export async function* judgeFile(
  engine: Engine,
  token: string,
  options: ImportOptions,
  signal?: AbortSignal,
): AsyncGenerator<Extract<PreviewEvent, { is: 'reading' | 'checking' }> | Judged> {
  const staging = stagingOf(engine);
  const staged = staging.get(token);
  if (staged.batch !== null) throw refuse('import_done');
  let { table } = staged;
  if (!table || (options.sheet !== undefined && options.sheet !== table.sheet)) {
    yield { is: 'reading', rows: 0 };
    table = await readSheet(
      engine.ports,
      staging.bytes(token),
      options.sheet === undefined ? {} : { sheet: options.sheet },
      signal,
    ).catch((error: unknown) => {
      // Unreadable for good: nothing is gained by keeping it. Another sheet of it may still be asked for.
      if (isRefusal(error) && options.sheet === undefined) staging.drop(token);
      throw error;
    });
    // Any text passes for a CSV of some kind; one that calls itself a workbook is none.
    if (table.format === 'csv' && WORKBOOK.test(staged.name)) {
      staging.drop(token);
      throw refuse('sheet_not_a_workbook');
    }
    yield { is: 'reading', rows: table.rows.length };
  }
  const layout = layoutOf(engine.db, table, options);
  const decisions = decisionsFor(engine.db, options, layout, inRegister(engine));
  const judging = judge(engine.db, layout, { target: options.target, decisions }, wordsOf(engine));
  for (;;) {
    signal?.throwIfAborted();
    const step = await judging.next();
    if (step.done) {
      const judged: Judged = { options: { ...options, decisions }, table, layout, plan: step.value };
      staging.judged(token, judged);
      yield judged;
      return;
    }
    yield { is: 'checking', done: step.value, total: layout.rows.length };
  }
}

const inRegister = ({ db }: Engine): { places: boolean; people: boolean } => ({
  places: idsOf(db, locations, { filter: [], sort: [] }).length > 0,
  people: idsOf(db, people, { filter: [], sort: [] }).length > 0,
});

/** The dry run again, quietly: what a commit or a result file of an earlier run needs. */
export async function judgedOf(engine: Engine, token: string): Promise<Judged> {
  const staging = stagingOf(engine);
  const { judged } = staging.get(token);
  if (judged) return judged;
  const options = staging.options(token) ?? importOptions.parse({});
  for await (const step of judgeFile(engine, token, options)) if ('plan' in step) return step;
  throw refuse('import_gone');
}

function previewOf(engine: Engine, token: string, { options, table, layout, plan }: Judged): Preview {
  const byColumn = new Map<number, { error: number; warning: number }>();
  const tally = new Map<string, Preview['issues'][number]>();
  for (const { issues } of plan.rows)
    for (const { code, severity, field, column } of issues) {
      const key = `${code}\u0001${field ?? ''}`;
      const known = tally.get(key);
      if (known) known.n += 1;
      else tally.set(key, { code, severity, field, n: 1 });
      if (column === null || severity === 'note') continue;
      const counts = byColumn.get(column) ?? { error: 0, warning: 0 };
      counts[severity] += 1;
      byColumn.set(column, counts);
    }
  const columns = layout.columns.map((column): PreviewColumn => {
    const counts = byColumn.get(column.index);
    return { ...column, examples: [...column.examples], errors: counts?.error ?? 0, warnings: counts?.warning ?? 0 };
  });
  for (const { problem } of columns)
    if (problem) {
      const known = tally.get(problem);
      if (known) known.n += 1;
      else tally.set(problem, { code: problem, severity: 'warning', field: null, n: 1 });
    }
  return {
    token,
    name: stagingOf(engine).get(token).name,
    target: options.target,
    format: table.format,
    encoding: table.encoding ?? null,
    sheets: [...table.sheets],
    sheet: table.sheet,
    header_row: layout.headerRow,
    head: table.rows
      .slice(0, HEAD)
      .map(({ row, text }) => ({ row, text: text.slice(0, 40).map((cell) => cell.slice(0, 80)) })),
    columns,
    decisions: options.decisions,
    counts: plan.counts,
    issues: [...tally.values()].toSorted((a, b) => rank[a.severity] - rank[b.severity] || b.n - a.n),
    unknown: {
      places: plan.places.size,
      people: plan.people.size,
      untagged: plan.untagged,
      examples: [
        ...[...plan.places.values()].map((parts) => parts.join(' / ')),
        ...[...plan.people.values()].map(({ name }) => name),
      ].slice(0, EXAMPLES),
    },
    formulas: table.formulas,
  };
}

/** A window of the judged rows, worded. */
export function previewRows(
  engine: Engine,
  { options, plan }: Judged,
  only: 'all' | PlannedRow['verdict'],
  offset: number,
  limit: number,
): { rows: PreviewRow[]; total: number } {
  const chosen = only === 'all' ? plan.rows : plan.rows.filter(({ verdict }) => verdict === only);
  return {
    rows: chosen.slice(offset, offset + limit).map((row) => previewRow(engine, options, row)),
    total: chosen.length,
  };
}

export function previewRow(engine: Engine, { target }: ImportOptions, row: PlannedRow): PreviewRow {
  const { fields } = recordOfTarget[target];
  const t = wordsOf(engine);
  const show = (name: string, value: unknown): string =>
    showValue(t, target, name, fields[name], value, (id, table) => refText(engine.db, table, id));
  const made = (name: string): string | undefined => row.issues.find((issue) => issue.field === name)?.text;
  const changes =
    row.verdict === 'update'
      ? Object.keys(row.before).map((field) => ({
          field,
          before: show(field, row.before[field]),
          after: row.pending[field] ? (made(field) ?? row.pending[field].key) : show(field, row.values[field]),
        }))
      : [];
  return {
    row: row.row,
    verdict: row.verdict,
    title: row.title,
    issues: row.issues.toSorted((a, b) => rank[a.severity] - rank[b.severity]),
    changes,
  };
}
