/** Faults that came back: the same kind in the same room, or at the same device, twice or more in a period. */
import { DAY_MS, momentOf } from '../../../../shared/day.ts';
import { tickets, type Ticket } from '../../../../shared/features/tickets.ts';
import type { RecurringFault } from '../../../../shared/features/tickets/figures.ts';
import type { ReadDb } from '../../db.ts';
import { iterateRecords } from '../../list.ts';
import { refText, titleOf } from '../../titles.ts';

/** Twice is once too often. */
const AGAIN = 2;
/** What one page shows; a unit with more has one cause for many of them. */
const MOST = 100;

export function recurringFaults(db: ReadDb, from: string, to: string): RecurringFault[] {
  const between = [momentOf(from), momentOf(to) + DAY_MS - 1] as const;
  const reported = [
    ...iterateRecords(db, tickets, {
      filter: [{ field: 'reported_at', op: 'between', value: [...between] }],
      sort: [{ field: 'reported_at', dir: 'asc' }],
    }),
  ].filter(({ state, kind }) => state !== 'cancelled' && kind === 'fault');
  const articles = new Map(
    db
      .all<{ category: string; id: string; title: string }>(
        'SELECT category, id, title FROM knowledge_articles WHERE deleted_at IS NULL ORDER BY id',
      )
      .map(({ category, id, title }) => [category, { id, title }]),
  );
  const groups = (table: RecurringFault['table'], keyOf: (ticket: Ticket) => string | null): RecurringFault[] =>
    [...Map.groupBy(reported, (ticket) => `${keyOf(ticket)} ${ticket.category}`).values()].flatMap((own) => {
      const [one] = own;
      const id = one ? keyOf(one) : null;
      if (!one || id === null || own.length < AGAIN) return [];
      const called = table === 'assets' ? titleOf(db, table, id) : null;
      return {
        category: one.category,
        table,
        id,
        name: called ? [called.title, called.subtitle].filter(Boolean).join(' · ') : refText(db, table, id),
        count: own.length,
        tickets: own.map((ticket) => ({
          id: ticket.id,
          number: ticket.number,
          symptom: ticket.symptom,
          reported_at: ticket.reported_at,
        })),
        article: articles.get(one.category) ?? null,
      };
    });
  const devices = groups('assets', ({ asset_id }) => asset_id);
  // A room is told only where it is more than one of its devices over again.
  const told = new Set(devices.map((each) => each.tickets.map(({ id }) => id).join()));
  const rooms = groups('locations', ({ location_id }) => location_id).filter(
    (each) => !told.has(each.tickets.map(({ id }) => id).join()),
  );
  return [...devices, ...rooms]
    .toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name, 'zh'))
    .slice(0, MOST);
}
