/**
 * Who may speak to the hub (sync.md 2.11). A laptop has an Ed25519 key; it signs a nonce for an hour's session, and every commit it sends. Each
 * kind of signature is over a text that begins with what it is for, so that none can serve as another. Runtime (keys, hashes) is not here.
 */
import { z } from 'zod';
import { clockSample } from '../commit.ts';

/** 32 bytes, raw (RFC 8032), base64url without padding. */
const publicKey = z.string().regex(/^[\w-]{43}$/);
/** 64 bytes, likewise. */
export const rawSignature = z.string().regex(/^[\w-]{86}$/);
const pin = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .nullable();

/** That whoever joins holds the private half of the key it names, for this laptop. */
export const joinText = (device: string, key: string): string => `lanbook join 1\n${device}\n${key}`;
/** The pin is the one the laptop checks on its line: what is signed for one hub opens no session at another. */
export const sessionText = (nonce: string, device: string, hubPin: string | null): string =>
  `lanbook session 1\n${nonce}\n${device}\n${hubPin ?? ''}`;
export const handoverText = (nonce: string, device: string, hubPin: string | null): string =>
  `lanbook handover 1\n${nonce}\n${device}\n${hubPin ?? ''}`;
/** The hash covers incarnation, number, author, time, predecessor and every operation (`hashText`). */
export const commitSignText = (sha256: string): string => `lanbook commit 1\n${sha256}`;

/** A commit's signature names its key by the first 8 characters of the key's SHA-256 (base64url): `8.86`. The name only finds the key, it proves nothing. */
export const KEY_NAME = 8;
const signed = /^([\w-]{8})\.([\w-]{86})$/;
export function readSignature(text: string | null): { readonly name: string; readonly signature: string } | null {
  const [, name, signature] = signed.exec(text ?? '') ?? [];
  return name !== undefined && signature !== undefined ? { name, signature } : null;
}

/** A laptop's public key, and the proof that it has the private half. */
export const keyClaim = z.strictObject({ public: publicKey, proof: rawSignature });
export type KeyClaim = z.infer<typeof keyClaim>;
/** Of a laptop that joined before there were keys: its old token goes with the answer. */
export const deviceKeyRequest = z.strictObject({ key: keyClaim });
export const deviceKeyAnswer = z.object({ ok: z.literal(true) });

export const nonceRequest = z.strictObject({ device: z.uuid() });
export const nonceAnswer = z.object({ nonce: z.string().max(200) });

const answered = { device: z.uuid(), nonce: z.string().max(200), pin, signature: rawSignature };
export const sessionRequest = z.strictObject(answered);
export const sessionAnswer = z.object({
  token: z.string().max(200),
  /** From now on; the laptop's clock is not asked. */
  expires_ms: z.int().positive(),
  /** Days a laptop may work without having reached the hub; 0 = as long as it likes. */
  grace_days: z.int().min(0).default(0),
});

/** What a laptop whose access was ended may still do: give what it had not sent to the operator. */
export const MAX_HANDED = 200;
export const handoverRequest = z.strictObject({
  ...answered,
  /** Now, where it is asked: the hub tells from it when they were made. */
  clock: clockSample,
  /** As `commitText` writes them. */
  commits: z.array(z.string()).max(MAX_HANDED),
});
/** `kept` are new to the quarantine; `refused` are not signed by this laptop. */
export const handoverAnswer = z.object({ kept: z.int(), known: z.int(), refused: z.int() });
