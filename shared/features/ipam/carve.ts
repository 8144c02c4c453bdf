/** Taking a run of addresses out of what is given out in order: for a department, or to keep it back. Pure. */
import { hostRange, type Cidr } from '../../ip.ts';
import { freeAddresses, type Part, type Plan, type Run } from './plan.ts';

export interface OwnPart extends Part {
  readonly id: string;
}
/** What becomes of the parts around the run: shortened, gone, and new ones for what is left of them. */
export interface Carving {
  readonly cut: readonly { readonly id: string; readonly first: number; readonly last: number }[];
  readonly gone: readonly string[];
  readonly rest: readonly Run[];
}

/** What no part covers of a subnet without parts that are given out: all of it is, and has to be said once one part is. */
function gapsOf(cidr: Cidr, parts: readonly Part[]): Run[] {
  const [low, high] = hostRange(cidr);
  const gaps: Run[] = [];
  let from = low;
  for (const part of parts.toSorted((a, b) => a.first - b.first)) {
    if (part.first > from) gaps.push([from, part.first - 1]);
    from = Math.max(from, part.last + 1);
  }
  if (from <= high) gaps.push([from, high]);
  return gaps;
}
const without = ([first, last]: Run, run: Run): Run[] => {
  const left: Run[] = first < run[0] ? [[first, run[0] - 1]] : [];
  return last > run[1] ? [...left, [run[1] + 1, last]] : left;
};
const meets = ([first, last]: Run, run: Run): boolean => first <= run[1] && run[0] <= last;

/** Null where part of the run is not given out to everybody in order: left to DHCP, kept back, or of a department. */
export function carve(cidr: Cidr, parts: readonly OwnPart[], run: Run): Carving | null {
  const declared = parts.some(({ kind }) => kind === 'allocate');
  const open = parts.filter(({ kind, department }) => kind === 'allocate' && !department);
  const grounds: { readonly id: string | null; readonly span: Run }[] = declared
    ? open.map(({ id, first, last }) => ({ id, span: [first, last] }))
    : gapsOf(cidr, parts).map((span) => ({ id: null, span }));
  const covered = grounds
    .filter(({ span }) => meets(span, run))
    .reduce((n, { span }) => n + Math.min(span[1], run[1]) - Math.max(span[0], run[0]) + 1, 0);
  if (covered < run[1] - run[0] + 1) return null;
  const cut: { id: string; first: number; last: number }[] = [];
  const gone: string[] = [];
  const rest: Run[] = [];
  for (const { id, span } of grounds) {
    if (!meets(span, run)) {
      if (id === null) rest.push(span);
      continue;
    }
    const [kept, ...more] = without(span, run);
    if (id === null) rest.push(...(kept ? [kept] : []), ...more);
    else {
      if (kept) cut.push({ id, first: kept[0], last: kept[1] });
      else gone.push(id);
      rest.push(...more);
    }
  }
  return { cut, gone, rest };
}

export interface Room {
  /** The lowest run of so many neighbours; null where there is none. */
  readonly run: Run | null;
  readonly free: number;
  /** The most neighbours that are free. */
  readonly longest: number;
}

/** Room for `n` neighbours among the addresses that everybody may be given. */
export function roomFor(plan: Plan, taken: (address: number) => boolean, n: number): Room {
  let [run, free, longest, length, before]: [Run | null, number, number, number, number] = [null, 0, 0, 0, -1];
  for (const address of freeAddresses(plan, taken)) {
    length = address === before + 1 ? length + 1 : 1;
    before = address;
    free += 1;
    longest = Math.max(longest, length);
    if (run === null && length === n) run = [address - n + 1, address];
  }
  return { run, free, longest };
}
