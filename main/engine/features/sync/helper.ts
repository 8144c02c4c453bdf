/** What settling a conflict asks of the features: merging assets, and walking a ticket to where a step can be taken. */
import { tickets, type Step, type TicketState } from '../../../../shared/features/tickets.ts';
import { stepsTo } from '../../../../shared/features/tickets/steps.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { Engine } from '../../engine.ts';
import { fieldsOf } from '../../sync/cards.ts';
import type { Helper } from '../../sync/resolve.ts';
import { heirOf, mergeAssets } from '../assets/merge.ts';
import { advanceTicket, deskOf, recountDeadline } from '../tickets.ts';
import { goneAsset } from './ways.ts';

export const helperOf = (engine: Engine): Helper => ({
  heir(tx, conflict) {
    const from = goneAsset(conflict);
    const to = from === null ? null : heirOf(tx, from);
    return from === null || to === null ? null : { from, to };
  },
  merge: (tx, keep, drop, take) => void mergeAssets(tx, keep, drop, take),
  walk(tx, conflict, remark) {
    const { id, state } = tx.need(tickets, conflict.row_id);
    const goal = fieldsOf(conflict).find(({ field }) => field === 'state')?.mine as TicketState | undefined;
    const steps = goal === undefined ? null : stepsTo(state, goal);
    if (!steps) throw refuse('conflict_moved');
    // The last one is the author's own, with what they wrote to it. One that needs more than a remark refuses, and says what.
    for (const step of steps.slice(0, -1)) advanceTicket(tx, id, { step, remark } as Step, deskOf(engine));
  },
  walked: (tx, ticket) => recountDeadline(tx, ticket, deskOf(engine)),
});
