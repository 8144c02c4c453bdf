/** Subnets as a whole: the address table F-02, how soon one is full, what was released, what departments asked for, and a table of another day. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { call } from '../call.ts';
import { dayText } from '../day.ts';
import { ipText } from '../ip.ts';
import { listOf, listQuery } from '../list.ts';
import { idText } from '../record.ts';
import { documents } from './documents.ts';
import { addressRanges, bindings } from './ipam.ts';
import { usage } from './ipam/map.ts';
import { dayChange } from './ipam/on-day.ts';
import { bindingStates } from './ipam/states.ts';
import { forecast } from './ipam/trend.ts';
import { asking, rangeRequests } from './range-requests.ts';
import { fileEvent } from './transfer.ts';

const reason = z.string().trim().min(1).max(200);
const byId = z.object({ id: idText });

/** How a released address stands now. */
const restStates = ['cooling', 'free', 'held', 'blocked'] as const;
const resting = z.object({
  id: z.string(),
  free_on: z.string(),
  now: z.enum(restStates),
  /** Who has it now. */
  held_by: z.string().nullable(),
});
export type Resting = z.infer<typeof resting>;

export const addressingContract = {
  /** The address table F-02 of these subnets, frozen as one paper; of every subnet that fits one when none is named. */
  print: call
    .input(z.object({ subnet_ids: z.array(idText).max(200).default([]), every: z.boolean().default(false) }))
    .output(documents.row),
  /** The same as a workbook, a sheet a subnet and a row for every address; of every subnet when none is named. */
  sheet: call.input(z.object({ subnet_ids: z.array(idText).max(200).default([]) })).output(eventIterator(fileEvent)),
  /** When each address of a window was last seen on the wire (UTC ms). */
  seen: call
    .input(z.object({ subnet_id: idText, offset: z.int().min(0).default(0), limit: z.int().min(1).max(4096) }))
    .output(z.record(z.string(), z.number())),

  /** Every subnet with its history of use, the fullest first. */
  trends: call.output(
    z.array(
      z.object({
        subnet_id: z.string(),
        cidr: z.string(),
        usage,
        /** Addresses held at the end of each week, oldest first; the last is now. */
        weeks: z.array(z.int()),
        forecast,
        /** At or above its own threshold. */
        warns: z.boolean(),
      }),
    ),
  ),

  /** The latest release of each address that was ever released. */
  released: call.input(listQuery).output(listOf(bindings)),
  /** How those addresses stand. */
  resting: call.output(z.array(resting)),
  endCooling: call.input(z.object({ id: idText, reason })).output(bindings.row.and(z.object({ batch: z.string() }))),

  /** Keeps a run of free addresses back: nobody is given one of them without a reason. */
  reserveRun: call
    .input(z.object({ subnet_id: idText, first_ip: ipText, last_ip: ipText, reason }))
    .output(addressRanges.row.and(z.object({ batch: z.string() }))),

  listRequests: call.input(listQuery).output(listOf(rangeRequests)),
  getRequest: call.input(byId).output(z.object({ request: rangeRequests.row, refs: z.record(z.string(), z.string()) })),
  createRequest: call.input(asking.draft).output(rangeRequests.row),
  updateRequest: call.input(z.object({ id: idText, changes: asking.patch })).output(rangeRequests.row),
  removeRequest: call.input(z.object({ id: idText, reason })).output(z.object({ id: z.string(), batch: z.string() })),
  /** The lowest free run that would be given; refuses as the approval would, saying how many are free. */
  previewRequest: call
    .input(z.object({ id: idText, subnet_id: idText }))
    .output(z.object({ first: z.string(), last: z.string(), free: z.int() })),
  approveRequest: call
    .input(z.object({ id: idText, subnet_id: idText }))
    .output(rangeRequests.row.and(z.object({ batch: z.string(), first: z.string(), last: z.string() }))),
  refuseRequest: call
    .input(z.object({ id: idText, reason }))
    .output(rangeRequests.row.and(z.object({ batch: z.string() }))),
  printRequest: call.input(byId).output(documents.row),

  /** Who held what at the end of a day, beside today: only addresses that somebody held on either. */
  onDay: call.input(z.object({ subnet_id: idText, day: dayText })).output(
    z.object({
      day: z.string(),
      rows: z.array(
        z.object({
          ip: z.string(),
          change: dayChange,
          was: z
            .object({ person: z.string(), mac: z.string().nullable(), place: z.string(), state: z.enum(bindingStates) })
            .nullable(),
          now: z
            .object({ person: z.string(), mac: z.string().nullable(), place: z.string(), state: z.enum(bindingStates) })
            .nullable(),
        }),
      ),
    }),
  ),
};
