/** The life of a ticket in the hub's order: every state it takes is one legal step from the one before (sync.md 2.7). */
import type { Op } from '../commit.ts';
import { isMonotone, mayMove } from '../features/tickets/steps.ts';
import { ticketStates, type TicketState } from '../features/tickets.ts';
import type { Clash } from './clash.ts';
import type { Scalar } from './frames.ts';
import type { HubRow } from './world.ts';

const isState = (value: Scalar | undefined): value is TicketState => ticketStates.some((state) => state === value);

/**
 * What is to be said of a patch that moves a ticket: nothing, a note that it was done on top of a colleague's step (`noted`), or
 * that it waits. A state of a newer version is nobody's to judge here, and moves only from what its author saw.
 */
export function stepOf(op: Extract<Op, { op: 'patch' }>, index: number, row: HubRow): Clash | null {
  const change = op.fields['state'];
  const current = row.values['state'] ?? null;
  if (!change || change.after === current) return null;
  const known = isState(current) && isState(change.after);
  const legal = known ? mayMove(current, change.after as TicketState) : change.before === current;
  if (change.before === current && legal) return null;
  const theirs = row.fv['state'] ?? row.rv;
  const fields = [{ field: 'state', base: change.before, mine: change.after, theirs: current }];
  const found = { kind: 'step', table: op.table, id: op.id, ops: [index], fields, theirs } as const;
  if (known && legal && isMonotone(change.after as TicketState)) return { ...found, noted: true };
  return { ...found, fields: [...fields, ...others(op, row)] };
}

/** What else the step would have written, where the ticket says something else. */
const others = (op: Extract<Op, { op: 'patch' }>, row: HubRow): Clash['fields'] =>
  (['assignee', 'pause_reason', 'action', 'result', 'satisfaction'] as const).flatMap((field) => {
    const change = op.fields[field];
    const current = row.values[field] ?? null;
    return change && change.after !== current
      ? [{ field, base: change.before, mine: change.after, theirs: current }]
      : [];
  });
