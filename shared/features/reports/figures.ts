/**
 * The numbers of a monthly report. Each that counts records is declared by the list that it opens: the engine takes the total of exactly
 * that list, so that a number and its evidence cannot say two things.
 */
import { z } from 'zod';
import { addDays, momentOf } from '../../day.ts';
import type { FilterClause } from '../../list.ts';
import { faultCategories } from '../tickets/faults.ts';

export const networkKinds = ['switch', 'router', 'firewall', 'ap'] as const;
/** By section of F-11, in the order they are shown. */
export const figureKeys = {
  overview: ['users', 'opened', 'closed', 'online', 'online_percent'],
  faults: ['reported', 'finished', 'on_time', 'late', 'on_time_percent', 'mean_hours', 'backlog', 'overdue'],
  common: ['recurring'],
  devices: ['network_devices', 'in_repair', 'ports', 'ports_damaged', 'ports_free'],
  tools: ['tools', 'tools_out', 'tools_bad', 'parts'],
  changes: ['binding_changes', 'duty_changes', 'backups'],
  safety: ['security_notes', 'viruses', 'conflicts', 'loops', 'letters_missing'],
  problems: ['paused'],
  plan: [],
} as const;
export type FigureKey = (typeof figureKeys)[keyof typeof figureKeys][number];

/** Null: nothing was there to count (no sweep in the month), which is not zero. */
const numbers = z.record(z.string(), z.number().nullable());
export const reportFigures = z.object({
  month: z.string(),
  /** Moment they were taken, ms. */
  taken_at: z.number(),
  n: numbers,
  faults: z.array(
    z.object({
      category: z.enum(faultCategories),
      count: z.int(),
      on_time: z.int(),
      late: z.int(),
      mean_hours: z.number().nullable(),
    }),
  ),
  /** What helped: the action most often written for a category. */
  common: z.array(z.object({ category: z.enum(faultCategories), count: z.int(), action: z.string() })),
  parts: z.array(z.object({ name: z.string(), spec: z.string(), quantity: z.int() })),
  /** One row an area, adding up to the whole; null = what lies in none of them. */
  areas: z.array(
    z.object({
      id: z.string().nullable(),
      name: z.string(),
      users: z.int(),
      opened: z.int(),
      closed: z.int(),
      reported: z.int(),
      finished: z.int(),
      late: z.int(),
    }),
  ),
  /** Rows of F-01 that differ from the copy that was handed in last, as they are listed in the annex. */
  changed: z.array(
    z.object({ mark: z.enum(['added', 'changed', 'gone']), name: z.string(), ip: z.string(), what: z.string() }),
  ),
  changed_total: z.int(),
});
export type ReportFigures = z.infer<typeof reportFigures>;

/** First and last day of a month (`2026-09`). */
export function daysOfMonth(month: string): readonly [first: string, last: string] {
  return [`${month}-01`, addDays(`${nextMonth(month)}-01`, -1)];
}
export function nextMonth(month: string): string {
  return addDays(`${month}-28`, 4).slice(0, 7);
}
export const monthBefore = (month: string): string => addDays(`${month}-01`, -1).slice(0, 7);

export type EvidenceTable = 'bindings' | 'tickets' | 'assets';
/** The list behind a number. */
export interface Evidence {
  readonly table: EvidenceTable;
  readonly filter: readonly FilterClause[];
}

/** The list of which a number is the total; null where it is worked out otherwise. */
export function evidenceOf(key: FigureKey, month: string, area: string | null): Evidence | null {
  const [first, last] = daysOfMonth(month);
  const during = [momentOf(first), momentOf(addDays(last, 1)) - 1] as [number, number];
  const here: readonly FilterClause[] = area === null ? [] : [{ field: 'location_id', op: 'equals', value: area }];
  const bindings = (...filter: FilterClause[]): Evidence => ({ table: 'bindings', filter: [...here, ...filter] });
  const tickets = (...filter: FilterClause[]): Evidence => ({
    table: 'tickets',
    filter: [
      ...here,
      { field: 'reported_at', op: 'between', value: during },
      { field: 'state', op: 'in', value: counted },
      ...filter,
    ],
  });
  const ofKind = (...kinds: string[]): Evidence => tickets({ field: 'category', op: 'in', value: kinds });
  switch (key) {
    case 'users':
      return bindings(
        { field: 'state', op: 'in', value: ['active', 'suspended'] },
        { field: 'opened_on', op: 'between', value: [null, last] },
      );
    case 'opened':
      return bindings({ field: 'opened_on', op: 'between', value: [first, last] });
    case 'closed':
      return bindings(
        { field: 'state', op: 'in', value: ['released'] },
        { field: 'released_at', op: 'between', value: during },
      );
    case 'reported':
      return tickets();
    case 'finished':
      return tickets({ field: 'finished_at', op: 'not_empty' });
    case 'viruses':
      return ofKind('virus');
    case 'conflicts':
      return ofKind('ip_conflict');
    case 'loops':
      return ofKind('loop');
    case 'network_devices':
      return { table: 'assets', filter: [...here, { field: 'category', op: 'in', value: [...networkKinds] }, alive] };
    case 'in_repair':
      return { table: 'assets', filter: [...here, { field: 'status', op: 'in', value: ['repair'] }] };
    default:
      return null;
  }
}
/** Cancelled reports are no faults. */
const counted = ['open', 'accepted', 'working', 'paused', 'to_confirm', 'closed'];
const alive: FilterClause = { field: 'status', op: 'in', value: ['in_use', 'idle', 'repair'] };

/** Counted from the course of each ticket, which no filter can name: their list is asked for by number. */
export const ticketFigureKeys = ['on_time', 'late', 'backlog', 'overdue', 'paused'] as const;
export type TicketFigureKey = (typeof ticketFigureKeys)[number];
export const isTicketFigure = (key: FigureKey): key is TicketFigureKey =>
  (ticketFigureKeys as readonly string[]).includes(key);

/** Where a number leads that is no list of its own. */
export function screenBehind(key: FigureKey): string {
  switch (key) {
    case 'online':
    case 'online_percent':
      return 'sweeps';
    case 'ports':
    case 'ports_damaged':
    case 'ports_free':
      return 'switch-ports';
    case 'tools':
    case 'tools_out':
    case 'tools_bad':
      return 'tools';
    case 'letters_missing':
      return 'letters';
    case 'binding_changes':
      return 'audit';
    case 'duty_changes':
    case 'security_notes':
      return 'duty';
    case 'backups':
      return 'settings';
    default:
      return 'tickets/figures';
  }
}
