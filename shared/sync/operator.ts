/** What a centre admin's laptop asks of the hub about the store itself: who has access, what waits for a decision, how it stands. */
import { z } from 'zod';
import { op, type Op } from '../commit.ts';
import { roles } from './roles.ts';

const moment = z.number();
const grant = {
  role: z.enum(roles),
  /** Ids of places; null: the whole store. */
  areas: z.array(z.uuid()).max(100).nullable(),
};

export const storeReport = z.object({
  commits: z.int(),
  /** When a laptop last brought something. */
  last_at: moment.nullable(),
  laptops: z.int(),
  conflicts: z.int(),
  /** Open for more than 14 days. */
  overdue: z.int(),
  quarantine: z.int(),
  bytes: z.number(),
  backup_at: moment.nullable(),
  hub_at: moment,
  /** The last restoration that a laptop noticed: what it was put back to, what came back from whom, and who has not been here since. */
  restored: z
    .object({
      at: moment,
      common: z.int(),
      back: z.array(z.object({ machine: z.string(), n: z.int() })),
      away: z.array(z.string()),
    })
    .nullable(),
});
export type StoreReport = z.infer<typeof storeReport>;

export const storeDevice = z.object({
  machine: z.string(),
  technician: z.string(),
  ...grant,
  enrolled_at: moment,
  seen_at: moment.nullable(),
  revoked_at: moment.nullable(),
  /** Waits in quarantine. */
  waiting: z.int(),
});
export type StoreDevice = z.infer<typeof storeDevice>;
export const storeDevices = z.object({ devices: z.array(storeDevice) });

export const codeRequest = z.strictObject(grant);
export const codeAnswer = z.object({ code: z.string(), expires_at: moment });

const machine = z.string().min(1).max(10);
export const grantRequest = z.strictObject({ machine, ...grant });
export const revokeRequest = z.strictObject({ machine });
/** False: no laptop with access has this machine code. */
export const doneAnswer = z.object({ done: z.boolean() });

export const quarantined = z.object({
  number: z.int(),
  at: moment,
  reason: z.enum(['revoked', 'unknown_author', 'unsigned', 'unproved', 'unfit']),
  machine: z.string().nullable(),
  offered_by: z.string().nullable(),
  actor: z.string(),
  command: z.string(),
  est_at: moment,
  unc_ms: z.number(),
  bodies: z.array(z.string()),
  state: z.enum(['waiting', 'decided', 'there', 'discarded', 'clash']),
});
export type QuarantinedCommit = z.infer<typeof quarantined>;
/** One operation of it; null when it is of a kind that this version does not know. */
export function quarantinedOp(body: string): Op | null {
  try {
    return op.parse(JSON.parse(body));
  } catch {
    return null;
  }
}
export const quarantineQuery = z.strictObject({ offset: z.coerce.number().int().min(0).default(0) });
export const quarantineAnswer = z.object({ items: z.array(quarantined), total: z.int() });
/** Commits told at a time; operations of one are cut after so many, a person reads no more. */
export const QUARANTINE_PAGE = 50;
export const MAX_BODIES = 20;
export const decideRequest = z.strictObject({
  which: z.union([z.strictObject({ number: z.int() }), z.strictObject({ machine })]),
  decision: z.enum(['accept', 'discard']),
});
export const decideAnswer = z.object({ decided: z.int(), settled: z.int() });

export const storeEvent = z.object({
  number: z.int(),
  at: moment,
  kind: z.string(),
  machine: z.string().nullable(),
  address: z.string().nullable(),
  success: z.boolean(),
  detail: z.string(),
});
export type StoreEvent = z.infer<typeof storeEvent>;
export const eventsQuery = z.strictObject({ before: z.coerce.number().int().min(1).optional() });
export const eventsAnswer = z.object({ events: z.array(storeEvent) });
