/** Plain sheets: a list exactly as it is shown, an import's result, an empty template. */
import { fieldWord, showValue, word } from './words.ts';
import { recordOfTarget, type Target } from '../../../../shared/features/transfer/targets.ts';
import type { Form, List } from '../../../../shared/features/transfer/forms.ts';
import type { FileEvent } from '../../../../shared/features/transfer.ts';
import { showMac } from '../../../../shared/mac.ts';
import { showMoment } from '../../../../shared/day.ts';
import type { Field } from '../../../../shared/record.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { Engine } from '../../engine.ts';
import { wordsOf } from '../../words.ts';
import { idsOf } from '../../list.ts';
import { typeOf } from '../../rows.ts';
import { findRow } from '../../read-row.ts';
import { writeSheets } from '../../sheets/client.ts';
import type { CellValue, ColumnSpec, WriteRow } from '../../sheets/types.ts';
import { refText } from '../../titles.ts';
import { ID_HEADER } from './export.ts';
import { fileOf, type Job } from './file.ts';
import { Names, type ParsedQuery } from './form-rows.ts';
import type { Judged } from './staging.ts';
import { previewRow } from './preview.ts';

const SLICE = 500;
const kindOf = (field: Field): ColumnSpec['kind'] =>
  field.kind === 'day' ? 'day' : field.kind === 'money' ? 'money' : field.kind === 'int' ? 'int' : 'text';
const WIDTH: Partial<Record<Field['kind'], number>> = {
  day: 12,
  int: 9,
  money: 12,
  mac: 19,
  ip: 15,
  choice: 12,
  ref: 22,
  note: 26,
  instant: 17,
};

const TABLES: Readonly<Record<Form | List, string>> = {
  'F-03': 'assets',
  'F-01': 'bindings',
  people: 'people',
  tickets: 'tickets',
  subnets: 'subnets',
};

/**
 * The list's own columns in its own order, plus the hidden id that makes the way back exact. Columns that a screen computes and the
 * record does not have (time left) are left out; without columns every field goes.
 */
export async function* exportList(
  engine: Engine,
  what: Form | List,
  query: ParsedQuery,
  names: readonly string[] | undefined,
  signal?: AbortSignal,
): AsyncGenerator<FileEvent> {
  const type = typeOf(TABLES[what]);
  const t = wordsOf(engine);
  const fields = (names ?? Object.keys(type.fields)).flatMap((name) => {
    const field = type.fields[name];
    return field ? [{ name, field }] : [];
  });
  if (fields.length === 0) throw refuse('unknown_field', { field: names?.[0] ?? '' });
  const known = new Names(engine.db);
  const ids = idsOf(engine.db, type, query);
  const job = { total: ids.length, done: 0, rows: 0, marks: null, position: null };
  const cell = (name: string, field: Field, value: unknown): CellValue => {
    if (value === null || value === undefined) return null;
    switch (field.kind) {
      case 'choice':
        return word(t, `option.${type.table}.${name}.${String(value)}`);
      case 'mac':
        return showMac(String(value));
      case 'instant':
        return showMoment(Number(value));
      case 'flag':
        return word(t, value ? 'common.yes' : 'common.no');
      case 'ref':
        return field.table === 'people'
          ? known.person(String(value))
          : field.table === 'locations'
            ? known.place(String(value))
            : refText(engine.db, field.table, String(value));
      default:
        return value as string | number;
    }
  };
  async function* rows(): AsyncGenerator<WriteRow[]> {
    for (let from = 0; from < ids.length; from += SLICE) {
      const batch = ids.slice(from, from + SLICE).flatMap((id): WriteRow[] => {
        // Removed since the list was made.
        const row = findRow(engine.db, type, id) as Record<string, unknown> | null;
        return row ? [{ cells: [...fields.map(({ name, field }) => cell(name, field, row[name])), id] }] : [];
      });
      job.rows += batch.length;
      yield batch;
      job.done = Math.min(ids.length, from + SLICE);
    }
  }
  const columns = fields.map(({ name, field }): ColumnSpec => ({
    header: word(t, `field.${type.table}.${name}`),
    width: WIDTH[field.kind] ?? 18,
    kind: kindOf(field),
  }));
  const title = word(t, `transfer.list.${TABLES[what]}`);
  const spec = {
    name: title,
    columns: [...columns, { header: ID_HEADER, width: 38, kind: 'text' as const, hidden: true }],
    frozenColumns: 1,
    landscape: true,
    footer: '&C&P / &N',
  };
  yield* fileOf(
    `${title}-${engine.today().replaceAll('-', '')}.xlsx`,
    writeSheets(engine.ports, [{ spec, rows: rows() }], signal),
    job,
  );
}

/** The file as it was, with the verdict and the reasons beside each row; wrong rows in red. */
export async function* resultFile(
  engine: Engine,
  judged: Judged,
  name: string,
  signal?: AbortSignal,
): AsyncGenerator<FileEvent> {
  const t = wordsOf(engine);
  const { layout, options, plan } = judged;
  const raws = new Map(layout.rows.map((row) => [row.row, row]));
  const job: Job & { done: number } = {
    total: plan.rows.length,
    done: 0,
    rows: plan.rows.length,
    marks: null,
    position: null,
  };
  const reason = (row: (typeof plan.rows)[number]): string =>
    previewRow(engine, options, row)
      .issues.map(({ code, field, params }) => {
        const sentence = word(t, `issue.${code}`, params);
        return field === null
          ? sentence
          : word(t, 'transfer.field_says', {
              field: fieldWord(t, options.target, field),
              what: sentence,
            });
      })
      .join(word(t, 'transfer.join'));
  async function* rows(): AsyncGenerator<WriteRow[]> {
    for (let from = 0; from < plan.rows.length; from += SLICE) {
      yield plan.rows.slice(from, from + SLICE).map((row): WriteRow => {
        const text = raws.get(row.row)?.text ?? [];
        const cells = [
          row.row,
          word(t, `verdict.${row.verdict}`),
          reason(row),
          ...layout.columns.map(({ index }) => text[index] ?? null),
        ];
        return row.verdict === 'error'
          ? {
              cells,
              red: [
                1,
                2,
                ...row.issues.flatMap(({ column, severity }) =>
                  column !== null && severity === 'error' ? [column + 3] : [],
                ),
              ],
            }
          : { cells };
      });
      job.done = Math.min(plan.rows.length, from + SLICE);
    }
  }
  const spec = {
    name: word(t, 'transfer.result_sheet'),
    columns: [
      { header: word(t, 'transfer.row'), width: 7, kind: 'int' as const },
      { header: word(t, 'transfer.verdict'), width: 9, kind: 'text' as const },
      { header: word(t, 'transfer.reason'), width: 50, kind: 'text' as const },
      ...layout.columns.map(({ header }): ColumnSpec => ({ header, width: 16, kind: 'text' })),
    ],
    frozenColumns: 3,
    landscape: true,
  };
  const file = `${name.replace(/\.\w+$/, '')}-${word(t, 'transfer.result_sheet')}.xlsx`;
  yield* fileOf(file, writeSheets(engine.ports, [{ spec, rows: rows() }], signal), job);
}

/** The layout that imports without a question: our own headers, legal values as dropdowns. */
export async function* templateFile(engine: Engine, target: Target, signal?: AbortSignal): AsyncGenerator<FileEvent> {
  const t = wordsOf(engine);
  const columns = Object.entries(recordOfTarget[target].fields).map(([name, field]): ColumnSpec => {
    const header = `${fieldWord(t, target, name)}${field.required ? '*' : ''}`;
    const choices =
      field.kind === 'choice'
        ? { choices: field.options.map((code) => showValue(t, target, name, field, code, () => '')) }
        : {};
    return { header, width: WIDTH[field.kind] ?? 18, kind: kindOf(field), ...choices };
  });
  const title = word(t, `transfer.target.${target}`);
  const spec = { name: title, columns, frozenColumns: 1, landscape: true };
  yield* fileOf(
    `${title}-${word(t, 'transfer.template')}.xlsx`,
    writeSheets(engine.ports, [{ spec, rows: [] }], signal),
    { total: 0, done: 0, rows: 0, marks: null, position: null },
  );
}
