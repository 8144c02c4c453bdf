/** Reads delimited text: finds its encoding, line ends and delimiter by looking, not by asking. */
import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { RowBuilder, RowSink } from './row.ts';
import { LIMITS, SheetProblem, type RawRow, type RawTable } from './types.ts';

/** UTF-16 without a mark is told by zero bytes on one side: registers always hold ASCII digits and commas (一 is U+4E00, so a few fall on the other). */
function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, 4096);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < head.length; i++) {
    if (head[i] !== 0) continue;
    if (i % 2 === 0) even++;
    else odd++;
  }
  const enough = head.length / 50;
  if (odd > enough && odd > even * 4) return 'utf-16le';
  if (even > enough && even > odd * 4) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'gb18030';
}

export function decodeText(bytes: Buffer): { text: string; encoding: string } {
  const encoding = encodingOf(bytes);
  try {
    return { text: new TextDecoder(encoding, { fatal: encoding === 'gb18030' }).decode(bytes), encoding };
  } catch {
    throw new SheetProblem('sheet_not_a_workbook');
  }
}

const DELIMITERS = [',', '\t', ';', '，', '|'] as const;
const LINE = /\r\n|\n|\r/;

/** The delimiter that splits the most of the first 30 lines into the same number (two or more) of columns. */
export function guessDelimiter(text: string): string {
  const lines = text
    .slice(0, 64_000)
    .replace(/"[^"]*"/g, '""')
    .split(LINE)
    .filter((line) => line.trim() !== '')
    .slice(0, 30);
  let best = ',';
  let score = 0;
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1).filter((n) => n > 0);
    const tally = new Map<number, number>();
    for (const n of counts) tally.set(n, (tally.get(n) ?? 0) + 1);
    // How many lines agree, then how many columns that gives
    const agreed = Math.max(0, ...[...tally].map(([n, lines]) => lines + n / 1000));
    if (agreed > score) {
      best = delimiter;
      score = agreed;
    }
  }
  return best;
}

export function readCsv(bytes: Buffer, emit: (rows: RawRow[]) => void): Omit<RawTable, 'rows'> {
  const decoded = decodeText(bytes);
  let text = decoded.text;
  // eslint-disable-next-line no-control-regex -- a text file holds none of these; a photo or a program does
  const junk = text.slice(0, 10_000).match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
  if (junk > Math.max(4, Math.min(text.length, 10_000) / 50)) throw new SheetProblem('sheet_not_a_workbook');
  const declared = /^sep=(.)(?:\r\n|\n|\r)/i.exec(text);
  if (declared) text = text.slice(declared[0].length);
  const delimiter = declared?.[1] ?? guessDelimiter(text);
  const sink = new RowSink(emit);
  const row = new RowBuilder();
  let line = declared ? 1 : 0;
  for (const record of splitText(text, delimiter)) {
    line += 1;
    row.start(line);
    for (const [column, cell] of record.entries()) row.set(column, cell, 's');
    sink.push(row.finish());
  }
  sink.flush();
  if (sink.count === 0) throw new SheetProblem('sheet_empty');
  return {
    format: 'csv',
    sheets: [{ name: 'CSV', hidden: false }],
    sheet: 0,
    merges: [],
    formulas: 0,
    encoding: decoded.encoding,
    delimiter,
  };
}

/** Records of delimited text; refuses one whose quotes do not close. */
export function splitText(text: string, delimiter: string): string[][] {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      bom: true,
      to: LIMITS.rows + 100_000,
      max_record_size: LIMITS.cellChars * 16,
    });
  } catch (error) {
    const { code, lines } = error as { code?: string; lines?: number };
    if (code === 'CSV_QUOTE_NOT_CLOSED') throw new SheetProblem('sheet_csv_quote', { line: lines ?? 0 });
    if (code === 'CSV_MAX_RECORD_SIZE') throw new SheetProblem('sheet_csv_quote', { line: lines ?? 0 });
    throw new SheetProblem('sheet_broken');
  }
}
