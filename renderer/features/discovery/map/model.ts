/** The addresses of a sweep as blocks of 256, one byte an address: what is drawn, kept as it is where nothing changed. */
import type { Verdict } from '../../../../shared/features/discovery/verdicts.ts';
import { contains, parseCidr, type Cidr } from '../../../../shared/ip.ts';
import type { Entry } from '../entries.ts';
import { kinds, type Kind } from './paint.ts';

export const BLOCK = 256;
export const SIDE = 16;
export interface Block {
  /** Its first address. */
  readonly start: number;
  /** Places in `kinds`. */
  readonly cells: Uint8Array;
}
const number = new Map<Kind, number>(kinds.map((kind, at) => [kind, at]));
const numberOf = (kind: Kind): number => number.get(kind) ?? 0;
export const kindAt = (blocks: ReadonlyMap<number, Block>, address: number): Kind => {
  const start = startOf(address);
  return kinds[blocks.get(start)?.cells[address - start] ?? 0] ?? 'unasked';
};
export const startOf = (address: number): number => Math.floor(address / BLOCK) * BLOCK;

/** The blocks that a sweep touches, ascending, before anybody answered. */
export function emptyBlocks(cidrs: readonly string[]): Block[] {
  const scopes = cidrs.flatMap((written) => parseCidr(written) ?? []);
  const starts = new Set<number>();
  for (const scope of scopes) for (let at = startOf(scope.first); at <= scope.last; at += BLOCK) starts.add(at);
  return [...starts]
    .toSorted((a, b) => a - b)
    .map((start) => {
      const here = scopes.filter((scope) => scope.first < start + BLOCK && scope.last >= start);
      return { start, cells: Uint8Array.from({ length: BLOCK }, (_, at) => numberOf(untold(start + at, here))) };
    });
}
function untold(address: number, scopes: readonly Cidr[]): Kind {
  const scope = scopes.find((each) => contains(each, address));
  if (!scope) return 'unasked';
  return scope.prefix <= 30 && (address === scope.first || address === scope.last) ? 'edge' : 'dead';
}

/** The blocks with what was found; a block that looks as `before` is the very same object, so that nothing of it is drawn again. */
export function filledBlocks(
  empty: readonly Block[],
  entries: readonly Entry[],
  before: ReadonlyMap<number, Block>,
): ReadonlyMap<number, Block> {
  const blocks = new Map<number, Block>(
    empty.map(({ start, cells }) => [start, { start, cells: Uint8Array.from(cells) }]),
  );
  for (const { at, verdict } of entries) {
    const start = startOf(at);
    const block = blocks.get(start);
    if (block) block.cells[at - start] = numberOf(verdict);
  }
  for (const [start, block] of blocks) {
    const old = before.get(start);
    if (old && old.cells.every((cell, at) => cell === block.cells[at])) blocks.set(start, old);
  }
  return blocks;
}

/** By place in `kinds`: 1 for what the legend leaves out. */
export const dimmed = (only: ReadonlySet<Verdict> | null): Uint8Array =>
  Uint8Array.from(kinds, (kind) => (only !== null && !only.has(kind as Verdict) ? 1 : 0));

/** Pixels from square to square, largest first; the smallest still shows the shapes. */
const PITCHES = [20, 18, 16, 14, 12, 10, 9, 8] as const;
/** Where nothing fits, squares stay this large and the map scrolls. */
const READABLE = 10;
export const HEAD = 22;
export const GAP = 14;
/** The largest squares with which all blocks are seen at once. */
export function pitchFor(count: number, width: number, height: number): number {
  const fits = (pitch: number): boolean => {
    const side = SIDE * pitch;
    const columns = Math.floor((width + GAP) / (side + GAP));
    return columns > 0 && Math.ceil(count / columns) * (side + HEAD + GAP) - GAP <= height;
  };
  return PITCHES.find(fits) ?? READABLE;
}
