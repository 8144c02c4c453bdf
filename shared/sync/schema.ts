/**
 * Versions of the record schema (sync.md 2.12). A laptop and its store are upgraded on different days, in any order: the hub speaks its own
 * version and the two before, an old laptop is told less, an old hub is sent less, and nothing that one of them does not know is erased.
 */
import { SCHEMA, type Op } from '../commit.ts';
import { recordOf } from '../records.ts';
import type { PageRow } from './frames.ts';

/** The oldest schema whose laptops still get pages: two versions back. From below, field work is taken in all the same. */
export const OLDEST_SCHEMA = Math.max(1, SCHEMA - 2);

/** In which version each kind of operation came. A kind that is added without a line here does not compile. */
const opSince: Record<Op['op'], number> = { insert: 1, append: 1, patch: 1, remove: 1, restore: 1 };

/** Of a table or field that nobody here knows: above every version. */
const UNKNOWN = Number.POSITIVE_INFINITY;

/** The schema a reader must know to be told of a field; tables and fields without a version were there from the first. */
function sinceOf(table: string, field: string | null = null): number {
  const type = recordOf(table);
  if (!type) return UNKNOWN;
  if (field === null) return type.since;
  const declared = type.fields[field];
  return declared ? Math.max(type.since, declared.since ?? 1) : UNKNOWN;
}

/** A row as a laptop of schema `to` gets it; null when it knows no such table. */
export function projectRow(row: PageRow, to: number): PageRow | null {
  if (sinceOf(row.table) > to) return null;
  const known = Object.entries(row.values).filter(([name]) => sinceOf(row.table, name) <= to);
  return known.length === Object.keys(row.values).length ? row : { ...row, values: Object.fromEntries(known) };
}

/**
 * The schema a hub must know to do this operation. A newer field that is left empty asks for nothing: the old hub has no such column, and
 * empty is what it will get.
 */
export function opSchema(op: Op): number {
  const least = Math.max(opSince[op.op], sinceOf(op.table));
  const fields =
    op.op === 'patch'
      ? Object.entries(op.fields).filter(([, { before, after }]) => before !== null || after !== null)
      : 'values' in op
        ? Object.entries(op.values).filter(([, value]) => value !== null)
        : [];
  return fields.reduce((most, [name]) => Math.max(most, sinceOf(op.table, name)), least);
}
