/** What a file would do to the register, row by row, before any of it is done. */
import type { RowIssue, Verdict } from '../../../../shared/features/transfer.ts';
import type { Stored } from '../../codec.ts';

/** A place or person the row refers to that has to be made first: the key of `Plan.places` or `Plan.people`. */
export interface Pending {
  readonly table: 'locations' | 'people';
  readonly key: string;
}
export interface PlannedRow {
  readonly row: number;
  readonly verdict: Verdict;
  /** The record to change; null adds one. */
  readonly id: string | null;
  readonly title: string;
  /** New values of an added row, changed values of an updated one. */
  readonly values: Readonly<Record<string, Stored>>;
  readonly before: Readonly<Record<string, Stored>>;
  readonly pending: Readonly<Record<string, Pending>>;
  readonly issues: readonly RowIssue[];
}
export interface Plan {
  readonly rows: readonly PlannedRow[];
  readonly counts: Record<Verdict, number>;
  readonly places: ReadonlyMap<string, readonly string[]>;
  readonly people: ReadonlyMap<string, { readonly name: string; readonly department: string | null }>;
  /** Rows with neither tag nor serial number. */
  readonly untagged: number;
  /** Last commit the register had when this was judged. */
  readonly seen: number;
}
