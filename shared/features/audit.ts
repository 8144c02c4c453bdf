/** The audit trail: what was done and what was refused, by whom and when, and proof that nothing was altered. */
import { z } from 'zod';
import { call } from '../call.ts';

export const auditEntry = z.object({
  at: z.number(),
  actor: z.string(),
  command: z.string(),
  reason: z.string().nullable(),
  success: z.boolean(),
  /** Tables touched and how many operations, or the refusal's code and parameters. */
  detail: z.string(),
  /** The first record with a name of its own that was touched; null for a refusal. */
  record: z.object({ table: z.string(), id: z.string(), title: z.string(), removed: z.boolean() }).nullable(),
  /** How many more named records the same commit touched. */
  more: z.int(),
  batch: z.string().nullable(),
  incarnation: z.string(),
  number: z.int(),
  seq: z.int().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const auditContract = {
  list: call
    .input(
      z.object({
        offset: z.int().min(0).default(0),
        limit: z.int().min(1).max(1000).default(200),
        failures: z.boolean().default(false),
      }),
    )
    .output(z.object({ rows: z.array(auditEntry), total: z.int() })),
  /** Walks both hash chains. `broken` names the first entry that does not fit. */
  verify: call.output(z.object({ ok: z.boolean(), checked: z.int(), broken: z.string().nullable() })),
};
