/** Printing: frozen papers, blank forms, and the repair slip of a ticket. */
import { documents } from '../../../shared/features/documents.ts';
import { tickets } from '../../../shared/features/tickets.ts';
import { paper } from '../../../shared/paper.ts';
import { refuse } from '../../../shared/refusal.ts';
import { thaw } from '../documents.ts';
import { listRecords } from '../list.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { blankPaper } from './papers/blank.ts';
import { deskOf, printPaper } from './papers/desk.ts';
import { repairSlip } from './papers/slip.ts';

export const papersRouter = os.papers.router({
  list: os.papers.list.handler(({ input, context }) => listRecords(context.engine.db, documents, input)),
  get: os.papers.get.handler(({ input, context: { engine } }) => {
    const document = readRow(engine.db, documents, input.id);
    const content = paper.safeParse(thaw(engine.db, input.id));
    if (!content.success) throw refuse('document_not_paper', { number: document.number });
    return { document, paper: content.data };
  }),
  blank: os.papers.blank.handler(({ input, context: { engine } }) => blankPaper(deskOf(engine), engine.db, input.form)),
  ticket: os.papers.ticket.handler(({ input, context: { engine } }) =>
    engine.command('papers.ticket', (tx) => {
      const ticket = tx.need(tickets, input.id);
      const desk = deskOf(engine);
      return printPaper(tx, engine, {
        form: 'F-12',
        code: 'BX',
        title: desk.t('form.F-12'),
        number: ticket.number,
        paper: repairSlip(desk, tx, ticket),
      });
    }),
  ),
});
