/**
 * How a laptop knows the hub before it tells it anything: a hub that holds the enrolment code answers a nonce with a proof over its own
 * TLS key. Somebody in between would have to prove another key, and would need the code's 80 bits for it. The code itself is sent only after.
 */
import { z } from 'zod';

/** Undoes what people do to a code when they type it: lower case, spaces, O for 0, I and L for 1 (Crockford's base 32). */
export const tidyCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');

/** The part of a code that names it: its first group. It is told in the open and opens nothing. */
export const codeName = (code: string): string => tidyCode(code).slice(0, 4);

/** `nonce`: 32 random bytes in hexadecimal, made by the laptop for this question alone. */
export const proofRequest = z.strictObject({
  name: z.string().regex(/^[0-9A-Z]{0,4}$/),
  nonce: z.string().regex(/^[0-9a-f]{64}$/),
});
/** HMAC-SHA-256 over `proofText`, keyed with the SHA-256 of the tidied code; in hexadecimal. */
export const proofAnswer = z.object({ proof: z.string().regex(/^[0-9a-f]{64}$/) });

/** `pin`: SHA-256 of the hub's public key (SPKI, DER) in hexadecimal: as the hub knows its own, and as the laptop saw it on the line. */
export const proofText = (nonce: string, pin: string): string => `lanbook hub proof 1\n${nonce}\n${pin}`;
