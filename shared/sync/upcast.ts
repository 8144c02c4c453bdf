/** Operations of an older version in the words of this one. What is stored stays as it was written: its hash covers it. */
import type { Op } from '../commit.ts';

/** How an operation of version `from` is said in version `to`. Only where a field was renamed or split; what is merely added needs none. */
export interface Upcaster {
  readonly from: number;
  readonly to: number;
  readonly op: (op: Op) => Op;
}
/** In rising order, each one version wide. */
const upcasters: readonly Upcaster[] = [{ from: 1, to: 2, op: (op) => op }];

/** An operation as this version reads it, whatever version it was written in. Texts and their hashes stay as they are. */
export const upcast = (op: Op, from: number, chain: readonly Upcaster[] = upcasters): Op =>
  chain.reduce((now, step) => (step.from >= from ? step.op(now) : now), op);

/** Moves fields of one table to other names, in every kind of operation: what an upcaster of a rename does. */
export function renameFields(op: Op, table: string, names: Readonly<Record<string, string>>): Op {
  if (op.table !== table) return op;
  const rename = <T>(values: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [names[name] ?? name, value]));
  if (op.op === 'patch') return { ...op, fields: rename(op.fields) };
  return 'values' in op ? { ...op, values: rename(op.values) } : op;
}
