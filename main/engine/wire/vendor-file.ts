/** Reads registry files as the IEEE publishes them (CSV), or Lanbook's own table. Anything may be in them: they come by USB. */
import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { makerName, registries, registryDigits, type Registry } from '../../../shared/features/discovery/vendors.ts';

/** The largest of them, oui.csv, has 3.7 MB in 2026. */
export const FILE_MOST_BYTES = 16 * 1024 * 1024;
const ROWS_MOST = 200_000;
/** Lines that make no sense: a few are an odd entry, more are another file. */
const BAD_MOST = 0.01;
const IEEE_HEAD = /^"?Registry"?,"?Assignment"?,"?Organization Name"?/i;
const OWN_LINE = /^[0-9A-F]{6,9}\t/;
const PREFIX = /^[0-9A-F]+$/;

/** Maker by prefix. */
export type Makers = ReadonlyMap<string, string>;
type Row = readonly [prefix: string, maker: string];

export const registryOf = (prefix: string): Registry | null =>
  PREFIX.test(prefix) ? (registries.find((each) => registryDigits[each] === prefix.length) ?? null) : null;

const ieee = (text: string): Row[] =>
  parse(text, {
    from_line: 2,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    relax_quotes: true,
    to: ROWS_MOST,
  }).map(([, assignment = '', organization = '']): Row => [assignment.trim().toUpperCase(), organization]);
const own = (text: string): Row[] =>
  text
    .split('\n', ROWS_MOST)
    .filter((line) => line.trim() !== '')
    .map((line): Row => {
      const tab = line.indexOf('\t');
      return [line.slice(0, Math.max(0, tab)), line.slice(tab + 1)];
    });

/** Null: this is none of those files. Where a prefix stands twice, the first counts, as in the registry's own search. */
export function readVendorFile(bytes: Buffer): Makers | null {
  if (bytes.length > FILE_MOST_BYTES || !isUtf8(bytes) || bytes.includes(0)) return null;
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  const read = IEEE_HEAD.test(text) ? ieee : OWN_LINE.test(text) ? own : null;
  if (!read) return null;
  let rows: Row[];
  try {
    rows = read(text);
  } catch {
    return null;
  }
  const makers = new Map<string, string>();
  let bad = 0;
  for (const [prefix, maker] of rows) {
    const name = makerName(maker);
    if (registryOf(prefix) === null || name === '') bad++;
    else if (!makers.has(prefix)) makers.set(prefix, name);
  }
  return makers.size > 0 && bad <= rows.length * BAD_MOST ? makers : null;
}

export function countMakers(prefixes: Iterable<string>): Record<Registry, number> {
  const counts = { ma_l: 0, ma_m: 0, ma_s: 0 };
  for (const prefix of prefixes) {
    const registry = registryOf(prefix);
    if (registry !== null) counts[registry]++;
  }
  return counts;
}

/** The same of a table that was written below: nothing in it needs to be read again. */
export const countTable = (table: Buffer): Record<Registry, number> =>
  countMakers(
    table
      .toString('latin1')
      .split('\n')
      .map((line) => line.slice(0, Math.max(0, line.indexOf('\t')))),
  );

/** Lines sorted by byte, as the look-up by halving needs them. */
export const writeVendorTable = (makers: Makers): string =>
  [...makers]
    .map(([prefix, maker]) => `${prefix}\t${maker}\n`)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join('');
