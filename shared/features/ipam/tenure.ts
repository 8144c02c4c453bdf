/** Who held an address, from when to when, and what proves it. */
import { z } from 'zod';
import { bindingStates } from './states.ts';

/** A commit of the log: the proof of a change. */
export const proof = z.object({
  at: z.number(),
  actor: z.string(),
  command: z.string(),
  reason: z.string().nullable(),
  /** `0198ab12-37`: laptop incarnation and its gapless number, as the audit trail shows it. */
  commit: z.string(),
  /** Number given by the central store, null until it confirmed the commit. */
  seq: z.number().nullable(),
});
export type Proof = z.infer<typeof proof>;

/** A stretch of time in which one binding held one IP with one card for one person in one place and state. */
export const tenure = z.object({
  binding_id: z.string(),
  ip: z.string(),
  mac: z.string().nullable(),
  person_id: z.string(),
  location_id: z.string().nullable(),
  asset_id: z.string().nullable(),
  hostname: z.string().nullable(),
  outlet: z.string().nullable(),
  switch_name: z.string().nullable(),
  switch_port: z.string().nullable(),
  state: z.enum(bindingStates),
  from: z.number(),
  /** Null: still so. */
  to: z.number().nullable(),
  /** The entry was taken back as a mistake: shown, but no answer. */
  voided: z.boolean(),
  /** Null only where the log was not carried over (a row that came with an image of the central store). */
  began_by: proof.nullable(),
  ended_by: proof.nullable(),
});
export type Tenure = z.infer<typeof tenure>;

/** Tenures that overlap `[from, to)` and were not taken back. */
export const within = (tenures: readonly Tenure[], from: number, to: number): Tenure[] =>
  tenures.filter((each) => !each.voided && each.from < to && (each.to === null || each.to > from));
