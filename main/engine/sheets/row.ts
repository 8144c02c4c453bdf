/** Collects the cells of one row into a RawRow, keeping the limits and passing every text through the gate. */
import { cleanText } from '../../../shared/untrusted.ts';
import { LIMITS, SheetProblem, type RawRow } from './types.ts';

/** Printable ASCII, Chinese and full-width characters: nothing to strip, already NFC. Spares the gate for most cells. */
const PLAIN = /^[\u0020-\u007e\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e]*$/;

export const gate = (text: string): string => (PLAIN.test(text) ? text : cleanText(text, LIMITS.cellChars));

export class RowBuilder {
  #row = 0;
  #text: string[] = [];
  #type: string[] = [];

  start(row: number): void {
    this.#row = row;
    this.#text = [];
    this.#type = [];
  }

  /** `column` from 0. Empty texts leave the cell empty. */
  set(column: number, text: string, type: string): void {
    if (text.length > LIMITS.cellChars)
      throw new SheetProblem('sheet_cell_too_long', { row: this.#row, column: column + 1 });
    const clean = gate(text);
    if (clean.trim() === '') return;
    if (column >= LIMITS.columns) throw new SheetProblem('sheet_too_many_columns', { max: LIMITS.columns });
    while (this.#text.length < column) {
      this.#text.push('');
      this.#type.push('-');
    }
    this.#text[column] = clean;
    this.#type[column] = type;
  }

  /** Null when the row holds nothing. */
  finish(): RawRow | null {
    return this.#text.length === 0 ? null : { row: this.#row, text: this.#text, type: this.#type.join('') };
  }
}

/** Sends rows on in batches, refusing more than the limit. */
export class RowSink {
  #batch: RawRow[] = [];
  #count = 0;
  readonly #emit: (rows: RawRow[]) => void;
  constructor(emit: (rows: RawRow[]) => void) {
    this.#emit = emit;
  }
  get count(): number {
    return this.#count;
  }
  push(row: RawRow | null): void {
    if (!row) return;
    this.#count += 1;
    if (this.#count > LIMITS.rows) throw new SheetProblem('sheet_too_many_rows', { max: LIMITS.rows });
    this.#batch.push(row);
    if (this.#batch.length >= 2000) this.flush();
  }
  flush(): void {
    if (this.#batch.length > 0) this.#emit(this.#batch);
    this.#batch = [];
  }
}
