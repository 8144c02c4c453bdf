/** A month as figures are asked for, and the list behind a number of it. */
import { addDays, addMonths, DAY_MS, momentOf } from '../../../shared/day.ts';
import { ticketStates } from '../../../shared/features/tickets.ts';
import type { FilterClause } from '../../../shared/list.ts';
import { go } from '../../route.ts';
import { changeView } from '../../ui/table/view.ts';

export interface Period {
  readonly from: string;
  readonly to: string;
}
/** `2026-09` or any day in it. */
export function monthOf(day: string): Period {
  const from = `${day.slice(0, 7)}-01`;
  return { from, to: addDays(addMonths(from, 1), -1) };
}

/** Cancelled tickets are in no figure. */
const counted: FilterClause = {
  field: 'state',
  op: 'in',
  value: ticketStates.filter((state) => state !== 'cancelled'),
};

/** Opens the tickets that a number counts. */
export function openTickets({ from, to }: Period, ...filter: readonly FilterClause[]): void {
  const reported: FilterClause = {
    field: 'reported_at',
    op: 'between',
    value: [momentOf(from), momentOf(to) + DAY_MS - 1],
  };
  changeView('tickets', {
    filter: [counted, reported, ...filter],
    sort: [{ field: 'reported_at', dir: 'asc' }],
    text: '',
  });
  go('tickets');
}
