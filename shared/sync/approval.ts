/** An approval counts only for what was looked at, and not for one's own work (sync.md 2.7). */
import type { Op } from '../commit.ts';
import { approvable, contentOf, nameOf, type Approvable } from '../features/approvals.ts';
import type { ClashField } from '../features/sync.ts';
import { clash, type Done, type Incoming } from './clash.ts';
import type { Scalar } from './frames.ts';
import type { HubRow, World } from './world.ts';

type Values = Readonly<Record<string, Scalar>>;

/** Holds an approval whose record is gone (`gone`), changed since (`changed`), or was last changed by whoever signed (`own_approval`). */
export function approvalClash(op: Op, index: number, values: Values, commit: Incoming, world: World): Done | null {
  const what = values['what'];
  const target = typeof what === 'string' && Object.hasOwn(approvable, what) ? (what as Approvable) : null;
  if (target === null || values['tbl'] !== approvable[target].table)
    return clash(op, index, 'approval', { rule: 'unknown' });
  const table = approvable[target].table;
  const id = String(values['row_id']);
  const row = world.live(table, id) ? world.row(table, id) : undefined;
  if (!row) return clash(op, index, 'approval', { rule: 'gone', holder: id });
  if (contentOf(target, row.values) !== values['content']) {
    const fields = changedFields(String(values['content']), target, row.values);
    return clash(op, index, 'approval', {
      rule: 'changed',
      holder: id,
      fields,
      theirs: lastChange(target, row) ?? row.rv,
    });
  }
  const seq = lastChange(target, row);
  // The commit itself has no author in the world yet: a record that is approved as it is made is one's own.
  const author = seq === null ? null : (world.author(seq)?.actor ?? (seq === commit.seq ? values['approver'] : null));
  const name = typeof author === 'string' ? nameOf(author) : null;
  return name !== null && name === values['signer']
    ? clash(op, index, 'approval', { rule: 'own_approval', holder: id, theirs: seq ?? row.rv })
    : null;
}

/** The commit that last changed what is approved; null when only its insertion did, and something else changed since. */
function lastChange(what: Approvable, row: HubRow): number | null {
  const seqs = approvable[what].fields.flatMap((field) => row.fv[field] ?? []);
  if (seqs.length > 0) return Math.max(...seqs);
  return Object.keys(row.fv).length === 0 ? row.rv : null;
}

/** Fields that are not what they were when the content was written down. */
export function changedFields(content: string, what: Approvable, now: Values): ClashField[] {
  const then = pairsOf(content);
  return approvable[what].fields.flatMap((field) => {
    const [mine, theirs] = [then.get(field) ?? null, now[field] ?? null];
    return mine === theirs ? [] : [{ field, base: null, mine, theirs }];
  });
}

function pairsOf(content: string): Map<string, Scalar> {
  try {
    return new Map(JSON.parse(content) as [string, Scalar][]);
  } catch {
    return new Map();
  }
}
