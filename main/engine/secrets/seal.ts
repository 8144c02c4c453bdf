/** AES-256-GCM of one value: a random nonce each, and what the value belongs to as associated data, so that no blob serves elsewhere. */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';

export const KEY_BYTES = 32;
/** The first byte of every blob: another cipher one day is another number. */
const FORMAT = 1;
/** GCM's own lengths (NIST SP 800-38D): 96-bit nonce, 128-bit tag. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function seal(key: Uint8Array, value: Uint8Array, about: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
  const text = Buffer.concat([cipher.update(value), cipher.final()]);
  return Buffer.concat([Buffer.from([FORMAT]), nonce, cipher.getAuthTag(), text]);
}

/** Null when the key, the blob or what it is said to be about is not the one it was sealed with. */
export function unseal(key: Uint8Array, blob: Uint8Array, about: string): Buffer | null {
  const bytes = Buffer.from(blob);
  const text = 1 + NONCE_BYTES + TAG_BYTES;
  if (bytes.length < text || bytes[0] !== FORMAT) return null;
  const plain = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + NONCE_BYTES))
    .setAAD(Buffer.from(about))
    .setAuthTag(bytes.subarray(1 + NONCE_BYTES, text));
  try {
    return Buffer.concat([plain.update(bytes.subarray(text)), plain.final()]);
  } catch {
    return null;
  }
}

/** The key of a passphrase. N=2^17, r=8, p=1: a third of a second, beside the engine's own thread; 128 MB, which Node allows only when told (security.md K2). */
export const stretch = (passphrase: string, salt: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, KEY_BYTES, { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
