/** Reads one sheet of an .xlsx as a stream of rows. */
import { numberText, serialText, type NumberFormat } from './numbers.ts';
import { RowBuilder, RowSink } from './row.ts';
import { LIMITS, SheetProblem, type Merge, type RawRow, type RawTable, type ReadOptions } from './types.ts';
import { openWorkbook, TextRuns, unescape, type Workbook } from './workbook.ts';
import { readXml } from './xml.ts';
import { openArchive, type Archive } from './zip.ts';

const GENERAL: NumberFormat = { kind: 'general', digits: 0 };
/** More merged blocks than any register has; a file with more is still read, without the rest. */
const MERGES = 20_000;

/** `BC12` to [row 12, column 54] (column from 0); null when it is no cell reference. */
export function parseRef(ref: string | undefined): readonly [number, number] | null {
  const parts = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(ref ?? '');
  if (!parts) return null;
  const column = Array.from(parts[1]!).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return [Number(parts[2]), column];
}

interface CellState {
  column: number;
  type: string;
  style: number;
  formula: boolean;
  value: string;
}

export async function readXlsx(
  bytes: Buffer,
  options: ReadOptions,
  emit: (rows: RawRow[]) => void,
): Promise<Omit<RawTable, 'rows'>> {
  const archive = await openArchive(bytes);
  try {
    const book = await openWorkbook(archive);
    const sheets = book.sheets.map(({ name, hidden }) => ({ name, hidden }));
    for (const sheet of candidates(book, options)) {
      const sink = new RowSink(emit);
      const { merges, formulas } = await readSheet(archive, book, sheet, sink);
      sink.flush();
      if (sink.count > 0 || options.sheet !== undefined) return { format: 'xlsx', sheets, sheet, merges, formulas };
    }
    throw new SheetProblem('sheet_empty');
  } finally {
    archive.close();
  }
}

function candidates(book: Workbook, options: ReadOptions): number[] {
  if (options.sheet === undefined) {
    const all = book.sheets.map((_, index) => index);
    return [...all.filter((i) => !book.sheets[i]!.hidden), ...all.filter((i) => book.sheets[i]!.hidden)];
  }
  const wanted = options.sheet;
  const index = typeof wanted === 'number' ? wanted : book.sheets.findIndex((sheet) => sheet.name === wanted);
  if (!book.sheets[index]) throw new SheetProblem('sheet_no_such_sheet', { sheet: String(wanted) });
  return [index];
}

async function readSheet(
  archive: Archive,
  book: Workbook,
  index: number,
  sink: RowSink,
): Promise<{ merges: Merge[]; formulas: number }> {
  const row = new RowBuilder();
  const runs = new TextRuns();
  const merges: Merge[] = [];
  let formulas = 0;
  let rowNumber = 0;
  let nextColumn = 0;
  let cell: CellState | null = null;
  let inValue = false;
  await readXml(archive.read(book.sheets[index]!.part), {
    open: (name, a) => {
      if (name === 'row') {
        // Producers may leave the numbers out: then rows and cells simply follow one another
        rowNumber = a['r'] === undefined ? rowNumber + 1 : Number(a['r']);
        nextColumn = 0;
        row.start(rowNumber);
      } else if (name === 'c') {
        const column = parseRef(a['r'])?.[1] ?? nextColumn;
        cell = { column, type: a['t'] ?? 'n', style: Number(a['s'] ?? 0), formula: false, value: '' };
        nextColumn = column + 1;
        runs.start();
      } else if (name === 'v') inValue = cell !== null;
      else if (name === 'f' && cell) {
        cell.formula = true;
        formulas += 1;
      } else if (name === 'mergeCell' && merges.length < MERGES) {
        const [from, to] = (a['ref'] ?? '').split(':').map(parseRef);
        if (from && to) merges.push([from[0], from[1] + 1, to[0], to[1] + 1]);
      } else if (cell) runs.open(name);
    },
    close: (name) => {
      if (name === 'row') sink.push(row.finish());
      else if (name === 'v') inValue = false;
      else if (name === 'c' && cell) {
        const [text, type] = cellText(cell, runs, book);
        row.set(cell.column, text, cell.formula ? type.toUpperCase() : type);
        cell = null;
      } else if (cell) runs.close(name);
    },
    text: (text) => {
      if (inValue && cell) {
        cell.value += text;
        if (cell.value.length > LIMITS.cellChars * 8)
          throw new SheetProblem('sheet_cell_too_long', { row: rowNumber, column: cell.column + 1 });
      } else if (cell) runs.text(text);
    },
  });
  return { merges, formulas };
}

function cellText(cell: CellState, runs: TextRuns, book: Workbook): readonly [string, string] {
  switch (cell.type) {
    case 's':
      return [book.strings[Number(cell.value)] ?? '', 's'];
    case 'inlineStr':
      return [runs.value(), 's'];
    case 'str':
      return [unescape(cell.value), 's'];
    case 'b':
      return [cell.value === '1' || cell.value === 'true' ? 'TRUE' : 'FALSE', 'b'];
    case 'e':
      return [cell.value, 'x'];
    case 'd':
      return [cell.value.replace(/T00:00(:00(\.0+)?)?Z?$/, '').replace('T', ' '), 'd'];
    default:
      return numeric(cell.value, book.formats[cell.style] ?? GENERAL, book.date1904);
  }
}

function numeric(raw: string, format: NumberFormat, date1904: boolean): readonly [string, string] {
  if (format.kind === 'day' || format.kind === 'moment' || format.kind === 'time') {
    const text = raw.trim() === '' ? null : serialText(Number(raw), format.kind, date1904);
    if (text !== null) return [text, 'd'];
  }
  const number = numberText(raw, format);
  return number ? [number.text, number.type] : [raw, 's'];
}
