/**
 * The key by which laptops know this hub (security.md H1): made at the first start, kept in the data folder, and pinned by every laptop that
 * joins. A LAN has no certificate authority, so the certificate is the hub's own, and says nothing but the key.
 */
import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { generate } from 'selfsigned';

export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** Laptops' clocks may be wrong by years: a key that is pinned needs no dates, so the certificate's are as wide as they can be (RFC 5280 4.1.2.5). */
const ALWAYS = { notBeforeDate: new Date('2000-01-01T00:00:00Z'), notAfterDate: new Date('9999-12-31T23:59:59Z') };

/** SHA-256 of the public key (SPKI, DER) in hexadecimal: what laptops pin. */
export const pinOf = (cert: string): string =>
  createHash('sha256')
    .update(new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');

const fileIn = (folder: string): string => join(resolve(folder), 'hub-key.pem');

/** Whether a key is there already: a store that laptops know has lost its own when there is none. */
export const hasIdentity = (folder: string): Promise<boolean> =>
  stat(fileIn(folder)).then(
    () => true,
    () => false,
  );

/** The identity kept in `folder`, made if there is none. Several hub processes of one store need the same file. */
export async function identityIn(folder: string): Promise<Identity> {
  const file = fileIn(folder);
  const known = await kept(file);
  if (known) return known;
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Lanbook hub' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    ...ALWAYS,
  });
  await mkdir(resolve(folder), { recursive: true });
  await keepFirst(file, `${key.trim()}\n${cert.trim()}\n`);
  // Another process of this store may have been first: its key is the key.
  return (await kept(file)) ?? { key, cert };
}

async function kept(file: string): Promise<Identity | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : read(text, file);
}

/** Written whole or not at all, as laptops that pinned a lost key would have to join again; and never over one that is there. */
async function keepFirst(file: string, text: string): Promise<void> {
  const part = `${file}.${randomUUID()}.part`;
  const handle = await open(part, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
    await link(part, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await handle.close();
    await rm(part, { force: true });
  }
}

function read(text: string, file: string): Identity {
  const [key] = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]+-----END [A-Z ]*PRIVATE KEY-----/.exec(text) ?? [];
  const [cert] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(text) ?? [];
  if (!key || !cert)
    throw new Error(
      `${file} is damaged: it holds the key by which laptops know this hub. Put it back from a backup; without one, delete it, and every laptop joins again with a new code.`,
    );
  return { key, cert };
}
