/** Keeping the register of users in order: who is past their day, what is missing, and all that is held of one person. */
import { z } from 'zod';
import { call } from '../call.ts';
import { dayText } from '../day.ts';
import { listOf, listQuery } from '../list.ts';
import { idText } from '../record.ts';
import { applications } from './applications.ts';
import { documents } from './documents.ts';
import { bindings } from './ipam.ts';
import { people } from './people.ts';

/** Days ahead in which an end is announced. */
export const SOON_DAYS = 30;
export const expiryStates = ['expired', 'soon'] as const;
/** Whose last day it is: a person here for a time, a letter, or access by application. */
export const expiryKinds = ['people', 'letters', 'applications'] as const;
export type ExpiryKind = (typeof expiryKinds)[number];

export const gapKinds = ['mac', 'room', 'phone', 'letter', 'hostname', 'outlet'] as const;
export type GapKind = (typeof gapKinds)[number];

const counted = z.object({ expired: z.int(), soon: z.int() });
const expiring = listQuery.extend({ state: z.enum(expiryStates).optional() });
const gapCounts = z.record(z.enum(gapKinds), z.int());
/** Null: no department, or outside any building. */
const gapGroup = z.object({
  id: z.string().nullable(),
  name: z.string(),
  rows: z.int(),
  whole: z.int(),
  gaps: gapCounts,
});
export type GapGroup = z.infer<typeof gapGroup>;
const where = z.object({
  department: z.string().max(60).nullable().optional(),
  building: idText.nullable().optional(),
});

export const upkeepContract = {
  expiry: call.output(z.object({ today: z.string(), counts: z.record(z.enum(expiryKinds), counted) })),
  expiringPeople: call.input(expiring).output(listOf(people)),
  expiringLetters: call.input(expiring).output(listOf(people)),
  expiringApplications: call.input(expiring).output(listOf(applications)),
  /** Closes the lines of people whose time is over: every address they hold is released, they stand as left. */
  close: call
    .input(z.object({ people: z.array(idText).max(200), reason: z.string().trim().min(1).max(200) }))
    .output(z.object({ people: z.int(), addresses: z.int(), batch: z.string() })),
  /** Takes back what an application gave for a term: its address is released with it. */
  clear: call
    .input(z.object({ id: idText, reason: z.string().trim().min(1).max(200) }))
    .output(applications.row.and(z.object({ batch: z.string() }))),
  /** Gives people of a term more time. */
  extend: call
    .input(z.object({ people: z.array(idText).max(200), until: dayText }))
    .output(z.object({ n: z.int(), batch: z.string() })),
  /** rows in use that lack something. */
  gaps: call.output(
    z.object({
      rows: z.int(),
      whole: z.int(),
      gaps: gapCounts,
      departments: z.array(gapGroup),
      buildings: z.array(gapGroup),
    }),
  ),
  /** The rows behind a count. */
  gapRows: call.input(listQuery.extend({ ...where.shape, gap: z.enum(gapKinds) })).output(listOf(bindings)),
  /** a paper with everything that is held of one person. */
  printPerson: call.input(z.object({ id: idText })).output(documents.row),
};
