/** The history of one record, as the commit log tells it. */
import { z } from 'zod';

export const historyEntry = z.object({
  at: z.number(),
  actor: z.string(),
  command: z.string(),
  reason: z.string().nullable(),
  op: z.enum(['insert', 'append', 'patch', 'remove', 'restore']),
  /** For a patch the changed fields; for an insert every value given (before is null). */
  fields: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  /** Confirmed by the central store? */
  confirmed: z.boolean(),
  /** What the central store did not do: held for a person, or refused for good. Both stay in the history (domain.md §3.1, 10). */
  undone: z.enum(['held', 'rejected']).nullable(),
  batch: z.string(),
});
export type HistoryEntry = z.infer<typeof historyEntry>;
export const history = z.object({ entries: z.array(historyEntry), refs: z.record(z.string(), z.string()) });
