/** The maker of a network card by the longest registered prefix: MA-S (9 digits) over MA-M (7) over MA-L (6). */
import { readFileSync } from 'node:fs';
import { isRandomMac } from '../../../shared/mac.ts';

const LENGTHS = [9, 7, 6] as const;
const TAB = 0x09;
const NEWLINE = 0x0a;

/** Finds the line `prefix<TAB>…` in sorted lines, by halving: no table is built, so the first question costs a file read only. */
function find(table: Buffer, prefix: string): string | null {
  let low = 0;
  let high = table.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const start = table.lastIndexOf(NEWLINE, middle - 1) + 1;
    const end = table.indexOf(NEWLINE, start);
    const stop = end === -1 ? table.length : end;
    const tab = table.indexOf(TAB, start);
    if (tab === -1 || tab > stop) return null;
    const key = table.toString('latin1', start, tab);
    if (key === prefix) return table.toString('utf8', tab + 1, stop);
    if (key < prefix) low = stop + 1;
    else high = start;
  }
  return null;
}

/**
 * The first of `files` that can be read: lines `PREFIX<TAB>vendor`, sorted by byte. Read at the first question. No file at all means no
 * vendors, not no sweep.
 */
export function vendorTable(...files: readonly string[]): (mac: string) => string | null {
  let table: Buffer | undefined;
  const load = (): Buffer => {
    for (const file of files)
      try {
        return readFileSync(file);
      } catch {
        // the next one has to do
      }
    return Buffer.alloc(0);
  };
  return (mac) => {
    if (isRandomMac(mac)) return null;
    const lines = (table ??= load());
    for (const length of LENGTHS) {
      const vendor = find(lines, mac.slice(0, length));
      if (vendor !== null) return vendor;
    }
    return null;
  };
}
