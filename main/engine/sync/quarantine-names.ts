/** What the records are called that changes in quarantine are about: the store tells ids, and its operator decides about things. */
import { recordOf } from '../../../shared/records.ts';
import { quarantinedOp, type QuarantinedCommit } from '../../../shared/sync/operator.ts';
import type { ReadDb } from '../db.ts';
import { refText, titleOf } from '../titles.ts';

/** By id; what this laptop does not know is left out. */
export function namesOf(db: ReadDb, commits: readonly QuarantinedCommit[]): Record<string, string> {
  const names: Record<string, string> = {};
  const know = (id: unknown, name: (id: string) => string | undefined): void => {
    if (typeof id !== 'string' || names[id] !== undefined) return;
    const known = name(id);
    if (known !== undefined && known !== '') names[id] = known;
  };
  for (const body of commits.flatMap(({ bodies }) => bodies)) {
    const op = quarantinedOp(body);
    if (!op) continue;
    know(op.id, (id) => titleOf(db, op.table, id)?.title);
    const values = 'values' in op ? Object.entries(op.values) : op.op === 'patch' ? Object.entries(op.fields) : [];
    for (const [name, value] of values) {
      const field = recordOf(op.table)?.fields[name];
      if (field?.kind === 'ref')
        know(typeof value === 'object' && value !== null ? value.after : value, (id) => refText(db, field.table, id));
    }
    if (op.table === 'attachments' && 'values' in op)
      know(op.values['row_id'], (id) => titleOf(db, String(op.values['tbl']), id)?.title);
  }
  return names;
}
