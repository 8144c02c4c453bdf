/** Writes a workbook as a stream: rows come in batches, bytes leave as they are made, nothing is kept. */
import { Writable } from 'node:stream';
import { PaperSize, WorkbookWriter, type WorksheetWriter, type Style } from '@cj-tech-master/excelts';
import { gate } from './row.ts';
import { daySerial } from './numbers.ts';
import { cellStyles, DEFAULT_FONT, HEADER, SUBTITLE, TITLE, WIDE_TITLE, type Ink } from './write-styles.ts';
import { LIMITS, type CellValue, type ColumnSpec, type SheetSpec, type WriteRow } from './types.ts';

/** Excel's limit for a dropdown written into the sheet itself. */
const CHOICES_MAX = 255;
/** Rows below the last one that still offer the dropdowns, for people who add to the sheet. */
const SPARE_ROWS = 500;
/** The number of A3 in the file format, which the library's list leaves out. */
// oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- ECMA-376 §18.3.1.63 has it, the library's enum has not
const A3 = 8 as PaperSize;
/** Characters of width that stay legible on one A4 page lying (about half size); wider tables go over several pages, first columns repeated. */
const PAGE_CHARS = 300;
const INCH_PER_MM = 1 / 25.4;

export class BookWriter {
  readonly #book: WorkbookWriter;
  #sheet: OpenSheet | null = null;
  /** Where each sheet's filter is: without this hidden name LibreOffice shows no filter buttons. */
  readonly #filters: {
    name: string;
    ranges: string[];
    localSheetId: number;
    hidden: boolean;
    formulaExpression: string;
  }[] = [];
  #names = new Set<string>();

  constructor(emit: (bytes: Uint8Array) => void) {
    const stream = new Writable({
      write: (chunk: Uint8Array, _encoding, done) => {
        emit(chunk);
        done();
      },
    });
    this.#book = new WorkbookWriter({
      stream,
      useStyles: true,
      useSharedStrings: false,
      trueStreaming: true,
      creator: 'Lanbook',
    });
    this.#book.defaultFont = DEFAULT_FONT;
    // Without a book view LibreOffice ignores the frozen header of every sheet
    this.#book.views = [
      { x: 0, y: 0, width: 24_000, height: 14_000, firstSheet: 0, activeTab: 0, visibility: 'visible' },
    ];
  }

  sheet(spec: SheetSpec): void {
    this.#close();
    this.#sheet = new OpenSheet(this.#book, this.#freeName(spec.name), spec);
  }

  rows(rows: readonly WriteRow[]): void {
    if (!this.#sheet) throw new Error('rows before a sheet');
    for (const row of rows) this.#sheet.row(row);
  }

  async finish(): Promise<void> {
    this.#close();
    this.#book.definedNames.model = this.#filters;
    await this.#book.commit();
  }

  #close(): void {
    if (!this.#sheet) return;
    const formulaExpression = this.#sheet.finish();
    this.#filters.push({
      name: '_xlnm._FilterDatabase',
      ranges: [],
      localSheetId: this.#filters.length,
      hidden: true,
      formulaExpression,
    });
    this.#sheet = null;
  }

  /** Excel takes at most 31 characters, without : \ / ? * [ ], and no name twice. */
  #freeName(wanted: string): string {
    const base =
      gate(wanted)
        .replace(/[:\\/?*[\]]/g, ' ')
        .replace(/^'+|'+$/g, '')
        .trim()
        .slice(0, 31) || 'Sheet';
    let name = base;
    for (let n = 2; this.#names.has(name.toLowerCase()); n += 1)
      name = `${base.slice(0, 31 - String(n).length - 1)}-${n}`;
    this.#names.add(name.toLowerCase());
    return name;
  }
}

const letters = (column: number): string =>
  column < 0 ? '' : letters(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26));

class OpenSheet {
  readonly #sheet: WorksheetWriter;
  readonly #spec: SheetSpec;
  readonly #styles: Record<Ink, Partial<Style>>[];
  readonly #headerRow: number;
  #last: number;

  constructor(book: WorkbookWriter, name: string, spec: SheetSpec) {
    const titles = spec.titles ?? [];
    this.#spec = spec;
    this.#headerRow = titles.length + 1;
    this.#last = this.#headerRow;
    this.#styles = spec.columns.map((column) => cellStyles(column.kind));
    const frozen = spec.frozenColumns ?? 0;
    const pages = Math.max(
      1,
      Math.ceil(spec.columns.reduce((sum, column) => sum + (column.hidden ? 0 : column.width), 0) / PAGE_CHARS),
    );
    this.#sheet = book.addWorksheet(name, {
      views: [{ state: 'frozen', ySplit: this.#headerRow, ...(frozen > 0 ? { xSplit: frozen } : {}) }],
      pageSetup: {
        orientation: spec.landscape ? 'landscape' : 'portrait',
        paperSize: spec.paper === 'A3' ? A3 : PaperSize.A4,
        fitToPage: true,
        fitToWidth: pages,
        fitToHeight: 0,
        printTitlesRow: `${this.#headerRow}:${this.#headerRow}`,
        ...(frozen > 0 ? { printTitlesColumn: `A:${letters(frozen - 1)}` } : {}),
        // Left edge 25 mm for binding, the others 15 mm (domain.md 2.0)
        margins: {
          left: 25 * INCH_PER_MM,
          right: 15 * INCH_PER_MM,
          top: 15 * INCH_PER_MM,
          bottom: 18 * INCH_PER_MM,
          header: 0.3,
          footer: 0.3,
        },
      },
      headerFooter: spec.footer ? { oddFooter: spec.footer } : {},
    });
    this.#sheet.columns = spec.columns.map((column) => ({ width: column.width, hidden: column.hidden ?? false }));
    titles.forEach((title, index) =>
      this.#line(title, index > 0 ? SUBTITLE : pages > 1 ? WIDE_TITLE : TITLE, index === 0 ? 32 : 20),
    );
    const header = this.#sheet.addRow(spec.columns.map((column) => gate(column.header)));
    header.height = 30;
    spec.columns.forEach((_, i) => (header.getCell(i + 1).style = HEADER));
    header.commit();
  }

  /** A line over the whole width: merged, so that a long title does not widen a column. */
  #line(text: string, style: Partial<Style>, height: number): void {
    const row = this.#sheet.addRow([gate(text)]);
    row.height = height;
    row.getCell(1).style = style;
    const visible = this.#spec.columns.findLastIndex((column) => !column.hidden);
    if (visible > 0) this.#sheet.mergeCells(row.number, 1, row.number, visible + 1);
    row.commit();
  }

  row(row: WriteRow): void {
    const line = this.#sheet.addRow(this.#spec.columns.map((column, i) => cellOf(row.cells[i] ?? null, column.kind)));
    const red = row.red;
    this.#styles.forEach((styles, i) => {
      const ink: Ink = row.mark ?? (red?.includes(i) ? 'red' : 'plain');
      line.getCell(i + 1).style = styles[ink];
    });
    this.#last = line.number;
    line.commit();
  }

  /** Ends the sheet and returns the absolute range of its table. */
  finish(): string {
    const columns = this.#spec.columns;
    const right = letters(columns.length - 1);
    const whole = `A${this.#headerRow}:${right}${this.#last}`;
    this.#sheet.autoFilter = whole;
    // Tags, phones and rooms are text on purpose: no green triangles beside them
    this.#sheet.ignoredErrors = [{ ref: whole, numberStoredAsText: true }];
    columns.forEach((column, i) => {
      const list = column.choices?.join(',') ?? '';
      if (list === '' || list.length > CHOICES_MAX || column.choices?.some((choice) => /[",]/.test(choice))) return;
      const at = letters(i);
      this.#sheet.dataValidations.add(`${at}${this.#headerRow + 1}:${at}${this.#last + SPARE_ROWS}`, {
        type: 'list',
        allowBlank: true,
        showErrorMessage: false,
        formulae: [`"${list}"`],
      });
    });
    for (const foot of this.#spec.feet ?? []) this.#line(foot, SUBTITLE, 26);
    this.#sheet.commit();
    return `'${this.#sheet.name.replaceAll("'", "''")}'!$A$${this.#headerRow}:$${right}$${this.#last}`;
  }
}

/** A value for one cell: never a formula, never a date object, never over Excel's limit. */
function cellOf(value: CellValue, kind: ColumnSpec['kind']): string | number | null {
  if (value === null || value === '') return null;
  if (kind === 'day') return typeof value === 'string' ? (daySerial(value) ?? safe(value)) : null;
  if (typeof value === 'number' && kind !== 'text') return kind === 'money' ? value / 100 : value;
  return safe(String(value));
}

/** `_x0041_` typed by a person would be read as an escape: its underscore is escaped, as Excel does. */
const safe = (text: string): string => gate(text.slice(0, LIMITS.cellChars)).replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
