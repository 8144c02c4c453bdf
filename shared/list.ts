/** What every register's list takes and gives: filters, sort and a window of rows. */
import { z } from 'zod';
import type { RecordType, Fields, Row } from './record.ts';

const scalar = z.union([z.string().max(500), z.number()]);
export const filterClause = z.discriminatedUnion('op', [
  z.object({ field: z.string(), op: z.literal('contains'), value: z.string().max(200) }),
  z.object({ field: z.string(), op: z.literal('equals'), value: scalar }),
  z.object({ field: z.string(), op: z.literal('in'), value: z.array(scalar).max(500) }),
  /** Both ends included; null leaves an end open. */
  z.object({ field: z.string(), op: z.literal('between'), value: z.tuple([scalar.nullable(), scalar.nullable()]) }),
  z.object({ field: z.string(), op: z.literal('empty') }),
  z.object({ field: z.string(), op: z.literal('not_empty') }),
]);
export type FilterClause = z.infer<typeof filterClause>;

export const listQuery = z.object({
  /** Free text, found as the search box finds it. */
  text: z.string().max(200).optional(),
  filter: z.array(filterClause).max(40).default([]),
  sort: z
    .array(z.object({ field: z.string(), dir: z.enum(['asc', 'desc']) }))
    .max(3)
    .default([]),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(1000).default(200),
});
export type ListQuery = z.input<typeof listQuery>;
export type ParsedListQuery = z.output<typeof listQuery>;

/** `refs` gives a title for every id that a `ref` field of these rows points to. */
export const listOf = <F extends Fields>(
  type: RecordType<F>,
): z.ZodType<{ rows: Row<F>[]; total: number; refs: Record<string, string> }> =>
  z.object({ rows: z.array(type.row), total: z.int(), refs: z.record(z.string(), z.string()) });
