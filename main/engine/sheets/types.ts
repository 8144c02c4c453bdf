/**
 * What travels between the engine and the spreadsheet process, and the limits both keep (security.md X4).
 * Plain data only: everything here crosses a process boundary by structured clone.
 */

import type { Scan } from '../scans/types.ts';

export const LIMITS = {
  fileBytes: 50 * 1024 * 1024,
  zipEntries: 1000,
  entryBytes: 512 * 1024 * 1024,
  totalBytes: 1024 * 1024 * 1024,
  /** Inflated size over stored size; looked at only once an entry is larger than `ratioFrom`. */
  ratio: 200,
  ratioFrom: 10 * 1024 * 1024,
  rows: 200_000,
  columns: 256,
  /** Excel's own limit for one cell. */
  cellChars: 32_767,
  deadlineMs: 120_000,
} as const;

/** Why a file is not taken. Each is a `refusal.<code>` sentence in shared/messages/transfer.ts. */
export const SHEET_CODES = [
  'sheet_broken',
  'sheet_empty',
  'sheet_too_big',
  'sheet_too_many_rows',
  'sheet_too_many_columns',
  'sheet_cell_too_long',
  'sheet_bomb',
  'sheet_unsafe',
  'sheet_password',
  'sheet_old_xls',
  'sheet_html',
  'sheet_not_a_workbook',
  'sheet_csv_quote',
  'sheet_no_such_sheet',
  'sheet_timeout',
  'scan_unknown',
  'scan_not_xml',
  'scan_unsafe',
  'scan_broken',
  'scan_empty',
] as const;
export type SheetCode = (typeof SHEET_CODES)[number];
export type SheetParams = Readonly<Record<string, string | number>>;

/** A file that cannot be read, with the code of the sentence that says so. */
export class SheetProblem extends Error {
  readonly code: SheetCode;
  readonly params: SheetParams;
  constructor(code: SheetCode, params: SheetParams = {}) {
    super(code);
    this.name = 'SheetProblem';
    this.code = code;
    this.params = params;
  }
}

/**
 * One row as the file has it. `text[i]` is what a person sees in column i (dates as `YYYY-MM-DD`, no zone involved);
 * `type` holds one letter a cell:
 *   `-` empty, `s` text, `n` number, `e` number whose digits Excel hides or has lost (scientific notation, or over 15 digits),
 *   `d` date, `b` TRUE/FALSE, `x` error value such as #N/A. Upper case (`S N E D B X`) = the cached result of a formula.
 * A row ends at its last filled cell; missing cells are empty.
 */
export interface RawRow {
  /** The row number the spreadsheet program shows, from 1. */
  readonly row: number;
  readonly text: readonly string[];
  readonly type: string;
}

/** Top, left, bottom, right of a merged block, rows and columns from 1. */
export type Merge = readonly [number, number, number, number];

export interface SheetInfo {
  readonly name: string;
  readonly hidden: boolean;
}

export interface RawTable {
  readonly format: 'xlsx' | 'csv';
  readonly sheets: readonly SheetInfo[];
  /** Index of the sheet that was read. */
  readonly sheet: number;
  readonly rows: readonly RawRow[];
  readonly merges: readonly Merge[];
  readonly formulas: number;
  /** For CSV: the encoding and delimiter that were found. */
  readonly encoding?: string;
  readonly delimiter?: string;
}

export interface ReadOptions {
  /** Name or index; the first visible sheet with content when left out. */
  readonly sheet?: string | number;
}

export interface ColumnSpec {
  readonly header: string;
  /** In characters, as Excel counts them. */
  readonly width: number;
  /** `text` cells are never numbers or formulas; `day` takes 'YYYY-MM-DD'; `money` takes cents. */
  readonly kind: 'text' | 'day' | 'money' | 'int';
  readonly hidden?: boolean;
  /** Legal values offered as a dropdown (joined text of at most 255 characters, else left out: Excel's limit). */
  readonly choices?: readonly string[];
}
export interface SheetSpec {
  readonly name: string;
  /** Lines above the header; the first is the large title. */
  readonly titles?: readonly string[];
  readonly columns: readonly ColumnSpec[];
  /** Columns frozen at the left. */
  readonly frozenColumns?: number;
  readonly landscape?: boolean;
  /** A4 when left out. */
  readonly paper?: 'A3';
  /** Lines printed under the table (signatures). */
  readonly feet?: readonly string[];
  /** Page foot in Excel's codes: &P is the page, &N the number of pages. */
  readonly footer?: string;
}
export type CellValue = string | number | null;
export interface WriteRow {
  readonly cells: readonly CellValue[];
  /** The whole row in red (new), or grey and struck through (taken out of use). */
  readonly mark?: 'red' | 'gone';
  /** Column indexes in red. */
  readonly red?: readonly number[];
}

/** Engine to helper. */
export type Order =
  | { readonly is: 'read'; readonly bytes: Uint8Array; readonly options: ReadOptions }
  | { readonly is: 'scan'; readonly bytes: Uint8Array }
  | { readonly is: 'book' }
  | { readonly is: 'sheet'; readonly spec: SheetSpec }
  | { readonly is: 'rows'; readonly rows: readonly WriteRow[] }
  | { readonly is: 'finish' };

/** Helper to engine. `more` answers every `sheet` and `rows` order: the sender waits for it (back-pressure). */
export type Answer =
  | { readonly is: 'rows'; readonly rows: readonly RawRow[] }
  | { readonly is: 'table'; readonly table: Omit<RawTable, 'rows'> }
  | { readonly is: 'scan'; readonly scan: Scan }
  | { readonly is: 'more' }
  | { readonly is: 'bytes'; readonly bytes: Uint8Array }
  | { readonly is: 'finished' }
  | { readonly is: 'refused'; readonly code: SheetCode; readonly params: SheetParams }
  | { readonly is: 'crashed'; readonly message: string };
