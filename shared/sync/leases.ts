/** The rules of slices (sync.md 2.7), the same at laptop and hub: which are out at a moment, and where a new one finds room. Pure. */
import type { Scalar } from './frames.ts';

export type LeaseValues = Readonly<Record<string, Scalar>>;
export interface Slice {
  readonly first: number;
  readonly last: number;
}

/** Out at `at` (hub time, ms): neither returned nor expired. */
export const isOut = (lease: LeaseValues, at: number): boolean =>
  (lease['returned_at'] ?? null) === null && Number(lease['expires_at']) > at;

export const sliceOf = (lease: LeaseValues): Slice => ({ first: Number(lease['first']), last: Number(lease['last']) });

export const within = ({ first, last }: Slice, number: number): boolean => number >= first && number <= last;

/** The slice as wanted, or the next of its length that no other one overlaps; null when it would reach beyond `end`. */
export function roomFor(wanted: Slice, others: readonly Slice[], end: number): Slice | null {
  const length = wanted.last - wanted.first;
  let { first } = wanted;
  for (const other of others.toSorted((a, b) => a.first - b.first))
    if (first <= other.last && first + length >= other.first) first = other.last + 1;
  return first + length > end ? null : { first, last: first + length };
}

/** `张三@L02` acts from L02. */
export const machineOf = (actor: string): string => actor.slice(actor.lastIndexOf('@') + 1);
