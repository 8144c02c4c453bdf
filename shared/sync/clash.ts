/** What a decision leaves open, and how it is put together. */
import type { Op } from '../commit.ts';
import type { ClashField, ConflictKind } from '../features/sync.ts';
import type { Estimate } from './estimate.ts';
import type { Result } from './frames.ts';

export interface Incoming extends Estimate {
  readonly seq: number;
  readonly incarnation: string;
  readonly actor: string;
  readonly command: string;
  readonly ops: readonly Op[];
  /** Operations, by position, that are outside the role or the areas of the author's laptop (authority.ts). */
  readonly denied?: ReadonlySet<number> | undefined;
}

/** A conflict record to be written: operations that were not done (`open`), or a choice the hub made itself (`noted`). */
export interface Clash {
  readonly kind: ConflictKind;
  readonly table: string;
  readonly id: string;
  readonly ops: readonly number[];
  readonly fields: readonly ClashField[];
  readonly rule?: string;
  readonly holder?: string;
  readonly parent?: string;
  /** Instead of `parent`: it waits for the clash of this position in the same decision, whose id only the hub knows. */
  readonly within?: number;
  /** The hub commit that made the other value. */
  readonly theirs?: number;
  readonly noted?: true;
}
export interface Done {
  readonly clashes: Clash[];
  readonly stored: Result['stored'];
}
export const nothing: Done = { clashes: [], stored: [] };
export const clash = (op: Op, index: number, kind: ConflictKind, more: Partial<Clash> = {}): Done => ({
  clashes: [{ kind, table: op.table, id: op.id, ops: [index], fields: wanted(op), ...more }],
  stored: [],
});

/** What an operation wanted, where there is no single value of the other side to set against it. */
function wanted(op: Op): ClashField[] {
  if (op.op === 'patch')
    return Object.entries(op.fields).map(([field, { before, after }]) => ({
      field,
      base: before,
      mine: after,
      theirs: null,
    }));
  if ('values' in op)
    return Object.entries(op.values).map(([field, mine]) => ({ field, base: null, mine, theirs: null }));
  return [];
}
