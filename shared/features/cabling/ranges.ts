/** Ranges as they are typed: `1-24`, `1-8, 12`, `5`. */

/** More than any switch or panel has. */
const MAX = 500;

/** Null: not a range, or of nothing, or of more than 500. */
export function readRange(text: string): number[] | null {
  const numbers: number[] = [];
  const parts = text.normalize('NFKC').replace(/[口号至到~–—]/g, (each) => (each === '口' || each === '号' ? '' : '-'));
  for (const part of parts.split(/[,、\s]+/).filter(Boolean)) {
    const [, first = '', last = first] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === '' || from < 1 || to < from || to - from >= MAX) return null;
    for (let n = from; n <= to; n += 1) if (!numbers.includes(n)) numbers.push(n);
  }
  return numbers.length === 0 || numbers.length > MAX ? null : numbers;
}

/** `1-24, 30`. */
export function showRange(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const n of [...numbers].toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && n === last[1] + 1) last[1] = n;
    else runs.push([n, n]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}
