/** Spreadsheets in and out: the dry run of an import, its one undoable batch, and the forms F-03 and F-01 as workbooks. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { call } from '../call.ts';
import { listQuery } from '../list.ts';
import { idText } from '../record.ts';
import { forms, lists } from './transfer/forms.ts';
import { issueCodes } from './transfer/issues.ts';
import { targets } from './transfer/targets.ts';

/** Base64 characters of one piece: 512 KiB of file. Small enough for every wire, a multiple of four. */
export const PIECE_CHARS = 699_052;
const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);

export const verdicts = ['add', 'update', 'skip', 'error'] as const;
export type Verdict = (typeof verdicts)[number];

/** One reason at one place. `column` is the index in the file, null for the row as a whole. `params` fill the sentence `issue.<code>`. */
export const rowIssue = z.object({
  code: z.enum(issueCodes),
  severity: z.enum(['error', 'warning', 'note']),
  field: z.string().nullable(),
  column: z.int().nullable(),
  text: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type RowIssue = z.infer<typeof rowIssue>;

/** What the user decided where the file leaves a choice. */
export const decisions = z.object({
  /** Places and people the register does not know: an error, made new, or left blank. */
  places: z.enum(['error', 'create', 'blank']),
  people: z.enum(['error', 'create', 'blank']),
  /** How to read 3/4/2026; an error while undecided. */
  dates: z.enum(['ask', 'dmy', 'mdy']),
  /** Assets with neither tag nor serial number: an error, or new ones. */
  untagged: z.enum(['error', 'add']),
});
export type Decisions = z.infer<typeof decisions>;

export const importOptions = z.object({
  target: z.enum(targets).default('assets'),
  sheet: z.int().min(0).optional(),
  /** Row number of the header as the spreadsheet shows it; found by itself when left out. */
  header_row: z.int().min(1).optional(),
  /** Field of each column by its index, null = not imported; guessed (or remembered for these headers) when left out. */
  mapping: z.record(z.string().regex(/^\d{1,3}$/), z.string().nullable()).optional(),
  /** What is left out is as it was decided for these headers last time, else `error`, or `create` while the register has none. */
  decisions: decisions.partial().prefault({}),
});
export type ImportOptions = z.infer<typeof importOptions>;

export const previewColumn = z.object({
  index: z.int(),
  header: z.string(),
  field: z.string().nullable(),
  /** Where the mapping came from: `none` = not recognised, `ignored` = known and not imported (序号, 金额). */
  from: z.enum(['header', 'remembered', 'chosen', 'ignored', 'none']),
  /** `unknown_header`: it has content and no field. */
  problem: z.enum(['duplicate_header', 'empty_header', 'unknown_header']).nullable(),
  filled: z.int(),
  examples: z.array(z.string()),
  errors: z.int(),
  warnings: z.int(),
});
export type PreviewColumn = z.infer<typeof previewColumn>;

export const preview = z.object({
  token: idText,
  name: z.string(),
  target: z.enum(targets),
  format: z.enum(['xlsx', 'csv']),
  encoding: z.string().nullable(),
  sheets: z.array(z.object({ name: z.string(), hidden: z.boolean() })),
  sheet: z.int(),
  header_row: z.int(),
  /** The first rows of the sheet, to choose the header from. */
  head: z.array(z.object({ row: z.int(), text: z.array(z.string()) })),
  columns: z.array(previewColumn),
  decisions,
  counts: z.object({ add: z.int(), update: z.int(), skip: z.int(), error: z.int() }),
  issues: z.array(
    z.object({ code: z.enum(issueCodes), severity: rowIssue.shape.severity, field: z.string().nullable(), n: z.int() }),
  ),
  /** Places and people the file names and the register does not have: how many, and the first of them; rows with no number. */
  unknown: z.object({ places: z.int(), people: z.int(), untagged: z.int(), examples: z.array(z.string()) }),
  formulas: z.int(),
});
export type Preview = z.infer<typeof preview>;
/** The header is another row, or this is not such a list at all. */
export const noColumn = ({ columns }: Preview): boolean => columns.every(({ field }) => field === null);

export const previewEvent = z.discriminatedUnion('is', [
  z.object({ is: z.literal('reading'), rows: z.int() }),
  z.object({ is: z.literal('checking'), done: z.int(), total: z.int() }),
  z.object({ is: z.literal('ready'), preview }),
]);
export type PreviewEvent = z.infer<typeof previewEvent>;

export const previewRow = z.object({
  row: z.int(),
  verdict: z.enum(verdicts),
  title: z.string(),
  issues: z.array(rowIssue),
  /** What would change, as a person reads it. */
  changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
});
export type PreviewRow = z.infer<typeof previewRow>;

/** What a file is made of, in order; the last event carries the name and counts. */
export const fileEvent = z.discriminatedUnion('is', [
  z.object({ is: z.literal('progress'), done: z.int(), total: z.int() }),
  z.object({ is: z.literal('bytes'), data: base64 }),
  z.object({
    is: z.literal('file'),
    name: z.string(),
    bytes: z.int(),
    rows: z.int(),
    /** Against the last submitted copy; null when nothing was submitted yet. */
    marks: z.object({ added: z.int(), changed: z.int(), gone: z.int(), since: z.string() }).nullable(),
    /** Of a form: the last commit of the register that the file shows. `submit` takes it. */
    position: z.int().nullable(),
  }),
]);
export type FileEvent = z.infer<typeof fileEvent>;

const exportQuery = listQuery.pick({ text: true, filter: true, sort: true });

export const transferContract = {
  /** Brings a file piece by piece; the first call leaves out the id and gets one. */
  upload: call
    .input(z.object({ id: idText.optional(), name: z.string().max(200), data: base64.max(PIECE_CHARS) }))
    .output(z.object({ id: z.string(), bytes: z.int() })),
  /**
   * The dry run: nothing is written. Gives the file by the id of its upload, by the token of an earlier preview (other options),
   * or whole in base64.
   */
  preview: call
    .input(
      z.object({
        upload: idText.optional(),
        token: idText.optional(),
        name: z.string().max(200).default(''),
        data: base64.max(70_000_000).optional(),
        options: importOptions.prefault({}),
      }),
    )
    .output(eventIterator(previewEvent)),
  cancel: call.input(z.object({ token: idText })).output(z.object({ token: z.string() })),
  rows: call
    .input(
      z.object({
        token: idText,
        only: z.enum(['all', ...verdicts]).default('all'),
        offset: z.int().min(0).default(0),
        limit: z.int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ rows: z.array(previewRow), total: z.int() })),
  commit: call.input(z.object({ token: idText })).output(
    z.object({
      batch: z.string(),
      added: z.int(),
      updated: z.int(),
      skipped: z.int(),
      errors: z.int(),
      places: z.int(),
      people: z.int(),
    }),
  ),
  /** Takes an import back. Rows changed since stay as they are and are counted in `kept`. */
  undo: call.input(z.object({ batch: idText })).output(z.object({ undone: z.int(), kept: z.int() })),
  /** The imported sheet's rows with verdict and reasons, as a workbook. */
  result: call.input(z.object({ token: idText })).output(eventIterator(fileEvent)),
  /** An empty sheet in the layout that imports without questions, with the legal values as dropdowns. */
  template: call.input(z.object({ target: z.enum(targets) })).output(eventIterator(fileEvent)),
  /** A form as a workbook, or (`columns`) the list as it is shown. What the query finds is what is written. */
  export: call
    .input(
      z.object({
        form: z.enum([...forms, ...lists]),
        query: exportQuery.prefault({}),
        columns: z.array(z.string()).max(60).optional(),
        marks: z.boolean().default(true),
      }),
    )
    .output(eventIterator(fileEvent)),
  /**
   * Freezes what the list shows as the new base of the red rows. `position` is that of the file which was handed in; refused when
   * the register moved since, because then what would be frozen is not what was handed in.
   */
  submit: call
    .input(z.object({ form: z.enum(forms), query: exportQuery.prefault({}), position: z.int().optional() }))
    .output(z.object({ id: z.string(), number: z.string(), rows: z.int() })),
  submissions: call
    .input(z.object({ form: z.enum(forms) }))
    .output(z.array(z.object({ id: z.string(), number: z.string(), made_at: z.int(), author: z.string() }))),
};
