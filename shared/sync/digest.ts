/**
 * Whether laptop and hub really hold the same rows (sync.md 2.8): both compute, each from its own rows, a checksum for every 256th part of
 * every table. What differs is fetched once more; what differs again is told to a person, never repaired without end (L3). Pure.
 */
import { z } from 'zod';
import { SCHEMA } from '../commit.ts';
import type { RecordType } from '../record.ts';
import { records } from '../records.ts';
import { pageRow, type Scalar } from './frames.ts';

/** Part, rows in it, and the XOR of their checksums in two halves of 32 bits. */
const part = z.tuple([z.int().min(0).max(255), z.int(), z.int(), z.int()]);
type Part = z.infer<typeof part>;
const parts = z.record(z.string(), z.array(part));
export type Parts = z.infer<typeof parts>;

export const digestQuery = z.strictObject({
  seq: z.coerce.number().int().min(0),
  schema: z.coerce.number().int().min(1).max(1_000_000),
});
export const digestAnswer = z.object({ seq: z.int(), parts });
/** At most this many parts of one table at a time: some thousand rows in a large store. */
export const MAX_PARTS = 16;
export const partRequest = z.strictObject({
  seq: z.int().min(0),
  schema: z.int().min(1),
  table: z.string().max(60),
  parts: z.array(z.int().min(0).max(255)).min(1).max(MAX_PARTS),
});
export const partAnswer = z.object({ rows: z.array(pageRow) });

export interface DigestRow {
  readonly id: string;
  readonly rv: number;
  readonly deletedAt: number | null;
  readonly values: Readonly<Record<string, Scalar>>;
}

/** The last byte of a UUIDv7 is random. */
export const partOf = (id: string): number => Number.parseInt(id.slice(-2), 16);

/** Tables and fields that a reader of this schema knows. */
export const comparedTables = (schema: number): readonly (RecordType & { readonly names: readonly string[] })[] =>
  (records as unknown as readonly RecordType[])
    .filter(({ since }) => since <= schema)
    .map((type) => ({
      ...type,
      names: Object.keys(type.fields).filter((name) => (type.fields[name]?.since ?? 1) <= Math.min(schema, SCHEMA)),
    }));

export class Digest {
  readonly #tables = new Map<string, Map<number, [count: number, high: number, low: number]>>();
  readonly #sha256: (text: string) => string;

  /** `sha256`: hex of a text. */
  constructor(sha256: (text: string) => string) {
    this.#sha256 = sha256;
  }

  /** A removed row counts with its version alone: its values may have been erased on one side already. */
  add(table: string, names: readonly string[], { id, rv, deletedAt, values }: DigestRow): void {
    const text = JSON.stringify([id, rv, deletedAt === null ? names.map((name) => values[name] ?? null) : null]);
    const hash = this.#sha256(text);
    const found = this.#tables.get(table) ?? new Map<number, [number, number, number]>();
    this.#tables.set(table, found);
    const sum = found.get(partOf(id)) ?? [0, 0, 0];
    found.set(partOf(id), [
      sum[0] + 1,
      (sum[1] ^ Number.parseInt(hash.slice(0, 8), 16)) >>> 0,
      (sum[2] ^ Number.parseInt(hash.slice(8, 16), 16)) >>> 0,
    ]);
  }

  get parts(): Parts {
    return Object.fromEntries(
      [...this.#tables].map(([table, found]) => [
        table,
        [...found].map(([number, sum]): Part => [number, ...sum]).toSorted(([a], [b]) => a - b),
      ]),
    );
  }
}

/** The parts that are not the same, by table. */
export function differing(mine: Parts, theirs: Parts): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const table of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const own = new Map((mine[table] ?? []).map(([number, ...sum]) => [number, sum.join()]));
    const other = new Map((theirs[table] ?? []).map(([number, ...sum]) => [number, sum.join()]));
    const numbers = [...new Set([...own.keys(), ...other.keys()])]
      .filter((number) => own.get(number) !== other.get(number))
      .toSorted((a, b) => a - b);
    if (numbers.length > 0) found.set(table, numbers);
  }
  return found;
}
