/** Repair tickets. */
import { tickets } from '../../../shared/features/tickets.ts';
import { historyOf } from '../history.ts';
import { listRecords } from '../list.ts';
import { os } from '../rpc.ts';

export const ticketsRouter = os.tickets.router({
  list: os.tickets.list.handler(({ input, context }) => listRecords(context.engine.db, tickets, input)),
  history: os.tickets.history.handler(({ input, context }) => historyOf(context.engine.db, input.id)),
});
