/** What a sweep may touch: the user's own private ranges, never too many addresses, never a network or broadcast address. */
import { contains, hostRange, parseCidr, parseIp, showCidr, type Cidr } from '../../ip.ts';

/** RFC 1918, the shared range of RFC 6598 and link-local of RFC 3927. Everything else belongs to somebody else. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'].map(
  (written) => parseCidr(written) as Cidr,
);
/** More addresses than a /20 are asked about, more than a /16 are refused (security.md X6). */
export const ASK_ABOVE = 4096;
export const REFUSE_ABOVE = 65_536;

export type ScopeProblem = 'scope_empty' | 'scope_nonsense' | 'scope_public' | 'scope_too_wide' | 'scope_confirm';
export type Scope =
  | { readonly ok: true; readonly cidrs: readonly Cidr[]; readonly count: number }
  | { readonly ok: false; readonly problem: ScopeProblem; readonly written: string; readonly count: number };

export const isPrivate = (address: number): boolean => PRIVATE.some((range) => contains(range, address));
const size = (cidr: Cidr): number => cidr.last - cidr.first + 1;

/** `10.20.30.0/24`, or one address. */
function read(written: string): Cidr | null {
  const single = parseIp(written);
  return single === null ? parseCidr(written) : { prefix: 32, first: single, last: single };
}

/** Sorted, and without those that lie inside another. */
function withoutRepeats(cidrs: readonly Cidr[]): Cidr[] {
  const sorted = cidrs.toSorted((a, b) => a.first - b.first || a.prefix - b.prefix);
  return sorted.filter((cidr, at) => !sorted.slice(0, at).some((wider) => contains(wider, cidr.first)));
}

/** Reads what the user wrote. `confirmed`: they already said yes to a wide sweep. */
export function readScope(written: readonly string[], confirmed: boolean): Scope {
  const no = (problem: ScopeProblem, text: string, count = 0): Scope => ({ ok: false, problem, written: text, count });
  const entries = written.flatMap((text) => text.split(/[\s,;，；、]+/)).filter((text) => text !== '');
  if (entries.length === 0) return no('scope_empty', '');
  const cidrs: Cidr[] = [];
  for (const text of entries) {
    const cidr = read(text);
    if (cidr === null) return no('scope_nonsense', text);
    const within = PRIVATE.some((range) => contains(range, cidr.first));
    if (!within) return no('scope_public', text, size(cidr));
    if (size(cidr) > REFUSE_ABOVE) return no('scope_too_wide', showCidr(cidr), size(cidr));
    if (!PRIVATE.some((range) => contains(range, cidr.first) && contains(range, cidr.last)))
      return no('scope_public', text, size(cidr));
    cidrs.push(cidr);
  }
  const distinct = withoutRepeats(cidrs);
  const count = distinct.reduce((sum, cidr) => sum + size(cidr), 0);
  const all = distinct.map(showCidr).join(' ');
  if (count > REFUSE_ABOVE) return no('scope_too_wide', all, count);
  if (count > ASK_ABOVE && !confirmed) return no('scope_confirm', all, count);
  return { ok: true, cidrs: distinct, count };
}

export type Runs = readonly (readonly [number, number])[];

/** Runs in order, those that touch or overlap made one. */
export function mergeRuns(runs: Runs): [number, number][] {
  const merged: [number, number][] = [];
  for (const [first, last] of runs.toSorted((a, b) => a[0] - b[0])) {
    const before = merged.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

/** Tells of an address whether it lies in one of the runs. */
export function inRuns(runs: Runs): (address: number) => boolean {
  const merged = mergeRuns(runs);
  return (address) => {
    let low = 0;
    let high = merged.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const [first, last] = merged[middle] as [number, number];
      if (address < first) high = middle;
      else if (address > last) low = middle + 1;
      else return true;
    }
    return false;
  };
}

/** Runs of neighbouring addresses as `[first, last]`, to write down briefly what was covered. */
export const runsOf = (addresses: readonly number[]): [number, number][] =>
  mergeRuns(addresses.map((address) => [address, address]));

const EDGES_EVERY = 256;
/** Of a routed range nobody knows how it is divided: the first and last of every 256 are taken for edges, as they are in a /24. */
function guessedEdges(cidr: Cidr): number[] {
  if (cidr.prefix >= 24) return [];
  return Array.from({ length: (cidr.last - cidr.first + 1) / EDGES_EVERY }, (_, at) => {
    const first = cidr.first + at * EDGES_EVERY;
    return [first, first + EDGES_EVERY - 1];
  }).flat();
}

/** A run without these addresses (ascending). */
function without([first, last]: readonly [number, number], addresses: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  let from = first;
  for (const address of addresses) {
    if (address < from || address > last) continue;
    if (address > from) runs.push([from, address - 1]);
    from = address + 1;
  }
  if (from <= last) runs.push([from, last]);
  return runs;
}

/**
 * What to ask, ascending. `known` are the subnets of the own network cards: where one of them is wider than what was written, its edges
 * count and not those of the part; its network and broadcast addresses are never asked.
 */
export function targetRuns(cidrs: readonly Cidr[], known: readonly Cidr[]): [number, number][] {
  const subnets = known.filter(({ prefix }) => prefix <= 30);
  const own = (address: number): boolean => subnets.some((each) => contains(each, address));
  return cidrs.flatMap((cidr) => {
    const inside = subnets.some((each) => contains(each, cidr.first) && contains(each, cidr.last));
    const guessed = inside ? [] : guessedEdges(cidr).filter((address) => !own(address));
    const edges = [...subnets.flatMap(({ first, last }) => [first, last]), ...guessed].toSorted((a, b) => a - b);
    return without(inside ? [cidr.first, cidr.last] : hostRange(cidr), edges);
  });
}
export const targetsOf = (cidrs: readonly Cidr[], known: readonly Cidr[]): number[] =>
  targetRuns(cidrs, known).flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at));
