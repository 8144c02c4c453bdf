/**
 * Joining by USB stick: as over the network (proof.ts) the code itself never leaves the laptop. File and answer are each signed and bear an HMAC of
 * what is signed, keyed with the SHA-256 of the tidied code: the laptop's shows that it was told the code, the store's that this key is the store's.
 */
import { z } from 'zod';

/** Over the header, which holds the hash of all that follows, the nonce, and the key of whoever wrote it. HMAC-SHA-256. */
export const sealText = (signed: string): string => `lanbook stick join 1\n${signed}`;

/** What a laptop signs is also its seal: a damaged one is damage, and no wrong guess at the code. */
export const askText = (signed: string, seal: string): string => `${signed}\n${seal}`;

const SEALED = /^([\w-]+)\.([0-9a-f]{64})$/;
/** The third line of such a file: the signature, a dot, and the HMAC in hexadecimal; null where it is of another kind. */
export function readSeal(line: string): { readonly signature: string; readonly seal: string } | null {
  const [, signature, seal] = SEALED.exec(line) ?? [];
  return signature !== undefined && seal !== undefined ? { signature, seal } : null;
}

/** Why a store takes nothing of a file. */
export const stickFaults = [
  'answer',
  'not',
  'cut',
  'altered',
  'empty',
  'other_store',
  'unsigned',
  'code_wrong',
  'code_used',
  'code_expired',
  'code_locked',
  'machine_in_use',
] as const;
export type StickFault = (typeof stickFaults)[number];

/** What an admin's laptop sends for a colleague at most; larger files go through the console. */
export const MAX_CARRIED = 32 * 1024 * 1024;
/** In front of the answer's bytes, as URI-encoded JSON; a laptop whose access was ended gets no answer. */
export const TAKEN = 'lanbook-taken';
export const taken = z.object({
  machine: z.string(),
  technician: z.string(),
  number: z.int(),
  /** The laptop joined with this file. */
  joined: z.boolean(),
  commits: z.int(),
  from_at: z.number().nullable(),
  to_at: z.number().nullable(),
  outcome: z.object({ applied: z.int(), held: z.int(), rejected: z.int() }),
  rows: z.int(),
  failure: z.string().nullable(),
  quarantined: z.int().nullable(),
  /** The name of the answer. */
  name: z.string().nullable(),
});
export type TakenReport = z.infer<typeof taken>;
