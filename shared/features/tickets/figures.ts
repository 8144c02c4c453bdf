/** What a period of repairs amounts to (R-45, F-11): counted by the engine from the tickets and their work log. */
import { z } from 'zod';
import { faultCategories } from './faults.ts';

/** A group of tickets with their repair times; the id opens its list. */
const group = z.object({
  /** A category code, or the id of a place or device; null = without one. */
  key: z.string().nullable(),
  name: z.string(),
  count: z.int(),
  late: z.int(),
  /** Working hours from report to finish; null when none is finished. */
  median_hours: z.number().nullable(),
});
export type FigureGroup = z.infer<typeof group>;

export const ticketFigures = z.object({
  from: z.string(),
  to: z.string(),
  /** Reported in the period; cancelled ones are counted apart and nowhere else. */
  reported: z.int(),
  cancelled: z.int(),
  /** Of those reported: repaired by now, and of these on time and late. */
  finished: z.int(),
  on_time: z.int(),
  late: z.int(),
  /** Not repaired and past due. */
  overdue: z.int(),
  /** Percent with one decimal; null when nothing is finished. */
  on_time_percent: z.number().nullable(),
  /** Working hours from report to acceptance, to arrival and to finish. */
  response_hours: z.number().nullable(),
  arrival_hours: z.number().nullable(),
  mean_hours: z.number().nullable(),
  median_hours: z.number().nullable(),
  /** Working hours of repair without the time it was paused. */
  mean_work_hours: z.number().nullable(),
  reopened: z.int(),
  escalated: z.int(),
  not_network: z.int(),
  /** What those who answered said. */
  satisfaction: z.object({ good: z.int(), fair: z.int(), bad: z.int(), silent: z.int() }),
  /** Percent of good and fair among the answers; null without any. */
  satisfied_percent: z.number().nullable(),
  /** Money paid to vendors, in cents. */
  cost: z.int(),
  /** Unfinished at the end of the period, whenever reported, and how many of them stood still. */
  backlog: z.int(),
  paused: z.int(),
  by_category: z.array(group.extend({ key: z.enum(faultCategories) })),
  by_building: z.array(group),
  by_model: z.array(group),
  by_switch: z.array(group),
  by_cause: z.array(z.object({ key: z.string(), count: z.int() })),
  by_technician: z.array(
    z.object({ name: z.string(), finished: z.int(), late: z.int(), open: z.int(), overdue: z.int() }),
  ),
  parts: z.array(z.object({ name: z.string(), spec: z.string(), quantity: z.int() })),
  /** Pauses that began in the period: how many, and working hours stood still. */
  pauses: z.array(z.object({ reason: z.string(), count: z.int(), hours: z.number() })),
});
export type TicketFigures = z.infer<typeof ticketFigures>;

export const recurringFault = z.object({
  category: z.enum(faultCategories),
  /** The room or the device that it comes back to. */
  table: z.enum(['locations', 'assets']),
  id: z.string(),
  name: z.string(),
  count: z.int(),
  tickets: z.array(z.object({ id: z.string(), number: z.string(), symptom: z.string(), reported_at: z.number() })),
  /** An article that fits, if one was written. */
  article: z.object({ id: z.string(), title: z.string() }).nullable(),
});
export type RecurringFault = z.infer<typeof recurringFault>;
