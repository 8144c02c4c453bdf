/**
 * CBC-DES of SNMPv3 (RFC 3414, 8.1.1), which many H3C and Huawei switches are set to (`des56`). OpenSSL 3 no longer gives `des-cbc`, so
 * net-snmp 3.29 fails with it; triple DES with the same key three times is that very cipher, and every OpenSSL and BoringSSL has it.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import snmp from 'net-snmp';

const CIPHER = 'des-ede3-cbc';
const BLOCK = 8;

interface Engine {
  readonly engineID: Buffer;
}
type Auth = Parameters<typeof snmp.Authentication.passwordToKey>[0];

/** The first 8 bytes of the localized key are the key, the next 8 are mixed with the salt. */
function prepare(password: string, auth: Auth, { engineID }: Engine, salt: Uint8Array): { key: Buffer; iv: Buffer } {
  const localized = snmp.Authentication.passwordToKey(auth, password, engineID);
  const key = localized.subarray(0, BLOCK);
  const iv = Buffer.from(localized.subarray(BLOCK, 2 * BLOCK).map((byte, at) => byte ^ (salt[at] ?? 0)));
  return { key: Buffer.concat([key, key, key]), iv };
}

function encryptPdu(plain: Buffer, _: number, password: string, auth: Auth, engine: Engine) {
  const salt = randomBytes(BLOCK);
  const { key, iv } = prepare(password, auth, engine, salt);
  const cipher = createCipheriv(CIPHER, key, iv).setAutoPadding(false);
  const padded = Buffer.concat([plain, Buffer.alloc((BLOCK - (plain.length % BLOCK)) % BLOCK)]);
  return { encryptedPdu: Buffer.concat([cipher.update(padded), cipher.final()]), msgPrivacyParameters: salt };
}

function decryptPdu(encrypted: Buffer, _: number, salt: Buffer, password: string, auth: Auth, engine: Engine): Buffer {
  const { key, iv } = prepare(password, auth, engine, salt);
  const decipher = createDecipheriv(CIPHER, key, iv).setAutoPadding(false);
  return Buffer.concat([decipher.update(encrypted), decipher.final()]);
}

/** Puts both in the place of net-snmp's own. */
export function mendDes(): void {
  Object.assign(snmp.Encryption.algorithms[snmp.PrivProtocols.des], { encryptPdu, decryptPdu });
}
