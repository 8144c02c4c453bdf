/** The audit trail: what was done and what was refused, by whom and when, and proof that nothing was altered. */
import { z } from 'zod';
import { call } from '../call.ts';

export const auditEntry = z.object({
  at: z.number(),
  actor: z.string(),
  command: z.string(),
  reason: z.string().nullable(),
  success: z.boolean(),
  /** Tables touched and how many operations, or the refusal's code. */
  detail: z.string(),
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
