/** Lines of padded columns, as Angry IP Scanner writes them: a value that fills its column runs into the next one without a blank. */

/** A line longer than any real one is only read as far as its columns are in place. */
const LONGEST = 1500;

interface Way {
  /** Columns that were too narrow for their value. */
  readonly full: readonly number[];
  readonly starts: readonly number[];
}

/**
 * The cells of a line. Where columns begin behind a value that was too wide is found by what lines up again: of all readings the one
 * with the fewest such values. Two of them side by side stay undefined.
 */
export function paddedCells(line: string, widths: readonly number[]): (string | undefined)[] {
  const last = widths.length - 1;
  const blank = (at: number): boolean => (line[at] ?? ' ').trim() === '';
  const known = new Map<number, Way | null>();
  const best = (column: number, from: number): Way | null => {
    const key = column * LONGEST + from;
    const before = known.get(key);
    if (before !== undefined) return before;
    known.set(key, null);
    const found = read(column, from);
    known.set(key, found);
    return found;
  };
  const read = (column: number, from: number): Way | null => {
    const width = widths[column] ?? 0;
    const end = from + width;
    if (blank(from) && line.slice(from, end).trim() !== '') return null;
    if (column === last) return { full: line.length > end ? [last] : [], starts: [from] };
    let way: Way | null = null;
    const take = (to: number, wide: boolean): void => {
      // two blanks inside a value are the end of one and the beginning of another
      if (/\S\s{2,}\S/.test(line.slice(from, to))) return;
      const rest = best(column + 1, to);
      if (!rest) return;
      const full = wide ? [column, ...rest.full] : rest.full;
      if (way === null || full.length < way.full.length) way = { full, starts: [from, ...rest.starts] };
    };
    if (blank(end - 1)) take(end, false);
    else for (let to = end; to < line.length; to++) if (!blank(to) && !blank(to - 1)) take(to, true);
    return way;
  };
  const way = line.length <= LONGEST ? best(0, 0) : null;
  if (!way) return [line.slice(0, widths[0])];
  const isFull = new Set(way.full);
  return widths.map((_, at) => {
    const beside = isFull.has(at) && (isFull.has(at - 1) || isFull.has(at + 1));
    return beside ? undefined : line.slice(way.starts[at], way.starts[at + 1]);
  });
}
