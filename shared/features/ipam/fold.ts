/** Runs of addresses nobody holds, told as one row on paper. Pure. */

interface Line {
  readonly ip: string;
  readonly state: string;
  readonly remark: string | null;
}
export interface Fold<L> {
  /** The first row stands for all. */
  readonly row: L;
  readonly count: number;
  readonly last: L;
}
/** Fewer are not worth a row that reads differently from the others. */
const LEAST = 3;

const block = (ip: string): string => ip.slice(0, ip.lastIndexOf('.'));

/** Neighbours of the same state, remark and block of 256 become one, where `empty` says that nothing else is known of each. */
export function folded<L extends Line>(lines: readonly L[], empty: (line: L) => boolean): Fold<L>[] {
  const runs: { row: L; count: number; last: L; rows: L[] }[] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    const goesOn =
      run &&
      empty(line) &&
      empty(run.row) &&
      run.row.state === line.state &&
      run.row.remark === line.remark &&
      block(run.row.ip) === block(line.ip);
    if (goesOn) {
      run.count += 1;
      run.last = line;
      run.rows.push(line);
    } else runs.push({ row: line, count: 1, last: line, rows: [line] });
  }
  return runs.flatMap(({ rows, ...run }): Fold<L>[] =>
    run.count >= LEAST ? [run] : rows.map((row) => ({ row, count: 1, last: row })),
  );
}
/** `10.20.20.97–253`: within a block of 256 the first three numbers are said once. */
export const spanText = (first: string, last: string): string =>
  first === last ? first : `${first}–${block(first) === block(last) ? last.slice(last.lastIndexOf('.') + 1) : last}`;
