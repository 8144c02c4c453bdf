/** Leading zeros that a spreadsheet dropped: told by the other cells of the column and by the register, never guessed. */
import { narrowKey } from '../../../../shared/features/transfer/cells.ts';
import type { RawRow } from '../../sheets/types.ts';

const DIGITS = /^\d+$/;

/** For one column of identifiers: given a cell, what it probably was, or null. */
export class ZeroWatch {
  /** How many digit-only cells start with a zero, by their length. */
  readonly #led = new Map<number, number>();

  constructor(rows: readonly RawRow[], column: number) {
    for (const { text } of rows) {
      const cell = narrowKey(text[column] ?? '');
      if (cell.startsWith('0') && cell.length > 1 && DIGITS.test(cell))
        this.#led.set(cell.length, (this.#led.get(cell.length) ?? 0) + 1);
    }
  }

  /** A number cell needs one zero-led neighbour of a single longer length; a text cell (CSV) three, because text is kept as typed. */
  meant(text: string, type: string): string | null {
    const cell = narrowKey(text);
    if (!DIGITS.test(cell) || cell.startsWith('0') || this.#led.size !== 1) return null;
    const [length = 0, count = 0] = this.#led.entries().next().value ?? [];
    const needed = type.toLowerCase() === 'n' ? 1 : 3;
    return count >= needed && cell.length < length ? cell.padStart(length, '0') : null;
  }
}
