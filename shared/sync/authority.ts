/** Whether a laptop may do an operation (security.md H5): the same judgement at the hub, which decides, and at the laptop, which says so before. */
import type { Op } from '../commit.ts';
import { mayWrite, settlesForOthers, type Role } from './roles.ts';
import { needsSupervisor } from './supervisor.ts';
import { changes, type Find, type Part, type RowValues } from './scope.ts';

export interface Authority {
  readonly role: Role;
  /** Null: the whole store. */
  readonly part: Part | null;
  /** `name@machine` of the author. */
  readonly actor: string;
  /** Whether an incarnation is of the author's laptop. */
  readonly isOwn: (incarnation: string) => boolean;
  readonly find: Find;
  /** A row as it was before the operation; undefined when it is not there. */
  readonly before: (table: string, id: string) => RowValues | undefined;
}

/** What an operation is outside of; null when it may be done. */
export function outside(op: Op, authority: Authority): 'role' | 'area' | null {
  const { role, part } = authority;
  const mine =
    op.table === 'conflicts'
      ? maySettle(op, authority)
      : mayWrite(role, op.table) && (!needsSupervisor(op) || settlesForOthers(role));
  if (!mine) return 'role';
  return part === null || inPart(op, part, authority) ? null : 'area';
}

/**
 * Those a conflict is about, or somebody who settles for others. A forbidden change that is now to be done comes with its operations in the
 * same commit, which are judged like all others: so its author can take it back, and cannot grant it.
 */
function maySettle(op: Op, { role, actor, isOwn, before }: Authority): boolean {
  if (settlesForOthers(role)) return true;
  const conflict = role === 'auditor' ? undefined : before(op.table, op.id);
  return conflict !== undefined && (isOwn(String(conflict['incarnation'])) || conflict['theirs_actor'] === actor);
}

/** A row is changed where it was, and made where it is to be: moving one's own out of the area is daily work, taking from another is not. */
function inPart(op: Op, part: Part, { find, before }: Authority): boolean {
  const look = { part, find, unknown: true };
  if (op.table === 'locations') return part.inside.has('values' in op ? String(op.values['parent_id'] ?? '') : op.id);
  const values = 'values' in op ? op.values : before(op.table, op.id);
  return values === undefined || changes(op.table, values, look);
}

/** The same places, and those that came since, by what they lie in: a new room belongs to its building before anybody says so. */
export function withNewPlaces(part: Part, find: Find): Part {
  const known = new Set<string>();
  const has = (id: string): boolean => {
    const seen = new Set<string>();
    for (
      let at: unknown = id;
      typeof at === 'string' && !seen.has(at);
      at = find('locations', 'id', at)?.['parent_id']
    ) {
      if (part.inside.has(at) || known.has(at)) {
        for (const each of seen) known.add(each);
        return true;
      }
      seen.add(at);
    }
    return false;
  };
  return { ...part, inside: { has } };
}
