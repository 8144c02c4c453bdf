/** What only those may do who also settle for others: it takes a rule away, or stands for a signature (sync.md 2.7). */
import type { Op } from '../commit.ts';

/** Recording an approval, and saying that a network card may be on several bindings. */
export function needsSupervisor(op: Op): boolean {
  if (op.table === 'approvals') return true;
  if (op.table !== 'bindings') return false;
  if ('values' in op) return op.values['shared_ok'] === true;
  return op.op === 'patch' && op.fields['shared_ok']?.after === true;
}
