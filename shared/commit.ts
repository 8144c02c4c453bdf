/**
 * A commit is one user action: 1..n operations over any tables, written in the same transaction as its effect (sync.md 2.1).
 * Operations are intents: a patch carries what the author saw (`before`) and what they want (`after`).
 */
import { z } from 'zod';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const op = z.discriminatedUnion('op', [
  z.object({ op: z.literal('insert'), table: z.string(), id: z.string(), values: z.record(z.string(), value) }),
  z.object({ op: z.literal('append'), table: z.string(), id: z.string(), values: z.record(z.string(), value) }),
  z.object({
    op: z.literal('patch'),
    table: z.string(),
    id: z.string(),
    base: z.number().nullable(),
    fields: z.record(z.string(), z.object({ before: value, after: value })),
  }),
  z.object({ op: z.literal('remove'), table: z.string(), id: z.string(), base: z.number().nullable() }),
  z.object({ op: z.literal('restore'), table: z.string(), id: z.string(), base: z.number().nullable() }),
]);
/** `base` is the row version the author saw: null for a row the hub has not confirmed yet. */
export type Op = z.infer<typeof op>;

/** Wall clock, boot and monotonic time at the commit: the hub estimates the true time from them (sync.md 2.6). */
export const clockSample = z.object({ wall_ms: z.int(), boot_id: z.string(), mono_ms: z.number() });
export type ClockSample = z.infer<typeof clockSample>;

export const commit = z.object({
  incarnation: z.string(),
  mut_no: z.int().positive(),
  /** Commits of one action that was too large for one (an import) share a batch. */
  batch: z.string(),
  actor: z.string(),
  command: z.string(),
  /** Why, where the person was asked to say (a change of status, a skipped address). */
  reason: z.string().nullable(),
  schema: z.int(),
  clock: clockSample,
  ops: z.array(op),
  prev: z.string(),
  sha256: z.string(),
});
export type Commit = z.infer<typeof commit>;

/** Larger actions are split into several commits of one batch, so that each fits one sync request (sync.md 2.4). */
export const MAX_OPS = 500;
/**
 * Version of the record schema that operations are written in. Record types and fields that come with a version say so (`since`); what an
 * older laptop or hub then gets is in `sync/schema.ts`.
 */
export const SCHEMA = 2;

/**
 * The text whose SHA-256 is the commit's hash. Operation bodies enter as the JSON texts that were stored, so that verifying
 * needs no re-serialisation; `prev` chains the commits of one incarnation.
 */
export const hashText = (head: Omit<Commit, 'ops' | 'sha256'>, bodies: readonly string[]): string =>
  [
    head.prev,
    head.incarnation,
    head.mut_no,
    head.batch,
    head.actor,
    head.command,
    head.reason ?? '',
    head.schema,
    JSON.stringify(head.clock),
    ...bodies,
  ].join('\n');
