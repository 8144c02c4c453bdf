/** Which row is the header, and which column is which field. */
import { headersOf, ignoredHeaders } from './header-words.ts';
import type { Target } from './targets.ts';

/** How far down a header is looked for: title, unit and date lines stand above it. */
const HEADER_WITHIN = 30;

/** `资产编号（*）` and `资产 编号` are the same header. */
export const plainHeader = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[([【<].*?[)\]】>]/g, (bracket) => (/[a-z\u4e00-\u9fff]/i.test(bracket) ? bracket : ''))
    .replace(/[\s*·.。:：、,，/\\\-_()[\]【】<>"'“”]/g, '')
    .toLowerCase();
/** The same without what stands in brackets: `单价（元）`, `型号(规格)`. */
const withoutBrackets = (text: string): string => plainHeader(text.normalize('NFKC').replace(/[([【].*?[)\]】]/g, ''));

const lookups = new Map<Target, Map<string, string>>();
function lookup(target: Target): Map<string, string> {
  let words = lookups.get(target);
  if (!words) {
    words = new Map(
      Object.entries(headersOf[target]).flatMap(([field, names]) =>
        names.map((name) => [plainHeader(name), field] as const),
      ),
    );
    lookups.set(target, words);
  }
  return words;
}
const ignored = new Set(ignoredHeaders.map(plainHeader));

/** The field a header names, `ignored` for a column that carries nothing of its own, or null. */
export function fieldOfHeader(target: Target, header: string): string | null {
  const words = lookup(target);
  for (const plain of [plainHeader(header), withoutBrackets(header)]) {
    const field = words.get(plain);
    if (field !== undefined) return field;
    if (ignored.has(plain)) return 'ignored';
  }
  return null;
}

interface TextRow {
  readonly row: number;
  readonly text: readonly string[];
}

/** The row (its number) that names the most fields, at least two; else the first with three filled cells; else the first. */
export function findHeader(target: Target, rows: readonly TextRow[]): number {
  let best: { row: number; score: number } | null = null;
  for (const { row, text } of rows.slice(0, HEADER_WITHIN)) {
    const score = new Set(
      text.map((cell) => fieldOfHeader(target, cell)).filter((field) => field !== null && field !== 'ignored'),
    ).size;
    if (score >= 2 && score > (best?.score ?? 0)) best = { row, score };
  }
  if (best) return best.row;
  const wide = rows.slice(0, HEADER_WITHIN).find(({ text }) => text.filter((cell) => cell.trim() !== '').length >= 3);
  return wide?.row ?? rows[0]?.row ?? 1;
}

/** What identifies a layout, so that its mapping can be remembered. */
export const fingerprint = (headers: readonly string[]): string => headers.map(plainHeader).join('\u0001');

export interface GuessedColumn {
  readonly field: string | null;
  readonly from: 'header' | 'ignored' | 'none';
  readonly problem: 'duplicate_header' | 'empty_header' | 'unknown_header' | null;
}

/** A field goes to the first column that names it; a second one of the same header or field is left out and said so. */
export function guessColumns(target: Target, headers: readonly string[], filled: readonly number[]): GuessedColumn[] {
  const plain = headers.map(plainHeader);
  const taken = new Set<string>();
  return headers.map((header, i) => {
    if (plain[i] === '') return { field: null, from: 'none', problem: (filled[i] ?? 0) > 0 ? 'empty_header' : null };
    const twin = plain.findIndex((other, at) => at !== i && other === plain[i]) >= 0;
    const field = fieldOfHeader(target, header);
    if (field === 'ignored') return { field: null, from: 'ignored', problem: null };
    if (field === null) {
      const unknown = (filled[i] ?? 0) > 0 ? 'unknown_header' : null;
      return { field: null, from: 'none', problem: twin ? 'duplicate_header' : unknown };
    }
    if (taken.has(field)) return { field: null, from: 'none', problem: 'duplicate_header' };
    taken.add(field);
    return { field, from: 'header', problem: twin ? 'duplicate_header' : null };
  });
}
