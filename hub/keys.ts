/** Ed25519 of laptops as the hub checks it: public keys as their 32 raw bytes, and whose they are. */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { commitSignText, joinText, KEY_NAME, readSignature, type KeyClaim } from '../shared/sync/keys.ts';
import type { WireCommit } from '../shared/sync/frames.ts';
import type { Client } from './db.ts';
import { Failure } from './failure.ts';

/** What stands before the 32 bytes in the usual DER form (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** Few laptops, many commits: making a key of its bytes costs as much as a check. */
const made = new Map<string, KeyObject>();
const MOST_KEYS = 10_000;
function keyOf(raw: Buffer): KeyObject {
  const name = raw.toString('base64url');
  const known = made.get(name);
  if (known) return known;
  if (made.size >= MOST_KEYS) made.clear();
  const key = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });
  made.set(name, key);
  return key;
}

export const keyName = (raw: Uint8Array): string =>
  createHash('sha256').update(raw).digest('base64url').slice(0, KEY_NAME);

export const signs = (raw: Buffer, text: string, signature: string): boolean =>
  verify(null, Buffer.from(text), keyOf(raw), Buffer.from(signature, 'base64url'));

/** Checked beside this thread: a push of 500 commits would hold up every other request for 60 ms. */
const signsAside = (raw: Buffer, text: string, signature: string): Promise<boolean> =>
  new Promise((resolve, reject) =>
    verify(null, Buffer.from(text), keyOf(raw), Buffer.from(signature, 'base64url'), (error, good) =>
      error ? reject(error) : resolve(good),
    ),
  );

export function signsCommit(raw: Buffer, { sha256, signature }: WireCommit): boolean {
  const read = readSignature(signature);
  return read !== null && signs(raw, commitSignText(sha256), read.signature);
}

/** Those of these authors (`name@machine`) who are colleagues with a laptop of their own: nobody else's laptop speaks for them. */
export async function colleaguesAmong(
  client: Client,
  device: string,
  actors: readonly string[],
): Promise<ReadonlySet<string>> {
  // The same person's other laptop, and work of before this one got its machine code, are not somebody else's.
  const { rows } = await client.query<{ actor: string }>(
    `SELECT o.technician || '@' || o.machine AS actor FROM sync.device o, sync.device d
     WHERE d.id = $1 AND o.id <> d.id AND o.revoked_at IS NULL AND o.technician <> d.technician
       AND o.technician || '@' || o.machine = ANY($2)`,
    [device, [...new Set(actors)]],
  );
  return new Set(rows.map(({ actor }) => actor));
}

export type Doubt = 'bad_signature' | 'foreign_actor';

/** Commits that `device` sends and that cannot be its own: not signed with its key (one that has none yet is believed by its token alone), or in a colleague's name. */
export async function doubted(
  client: Client,
  device: string,
  commits: readonly WireCommit[],
): Promise<ReadonlyMap<WireCommit, Doubt>> {
  const bad = new Map<WireCommit, Doubt>();
  if (commits.length === 0) return bad;
  const { rows } = await client.query<{ public_key: Buffer | null }>(
    'SELECT public_key FROM sync.device WHERE id = $1',
    [device],
  );
  const others = await colleaguesAmong(
    client,
    device,
    commits.map(({ actor }) => actor),
  );
  for (const commit of commits) if (others.has(commit.actor)) bad.set(commit, 'foreign_actor');
  const raw = rows[0]?.public_key;
  if (!raw) return bad;
  await Promise.all(
    commits.map(async (commit) => {
      const read = readSignature(commit.signature);
      if (!read || !(await signsAside(raw, commitSignText(commit.sha256), read.signature)))
        bad.set(commit, 'bad_signature');
    }),
  );
  return bad;
}

/** The laptop whose key signed a commit, among all keys that were ever known here; null when none of them did. */
export async function signerOf(client: Client, commit: WireCommit): Promise<string | null> {
  const read = readSignature(commit.signature);
  if (!read) return null;
  const { rows } = await client.query<{ public_key: Buffer; device: string }>(
    'SELECT public_key, device FROM sync.device_key WHERE name = $1',
    [read.name],
  );
  return rows.find(({ public_key: raw }) => signsCommit(raw, commit))?.device ?? null;
}

/** The bytes of a key whose private half the asking laptop has. Refuses a claim that does not prove it. */
export function provedKey(device: string, claim: KeyClaim): Buffer {
  const raw = Buffer.from(claim.public, 'base64url');
  let good = false;
  try {
    good = signs(raw, joinText(device, claim.public), claim.proof);
  } catch {
    // 32 bytes that are no point of the curve
  }
  if (!good) throw new Failure(400, 'BAD_KEY');
  return raw;
}

/** The key of a laptop from now on. Its old token, where it had one, is void. Inside the caller's transaction. */
export async function keepKey(client: Client, device: string, raw: Buffer, now: number): Promise<void> {
  const { rows } = await client.query<{ device: string }>(
    `INSERT INTO sync.device_key (public_key, name, device, added_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (public_key) DO UPDATE SET device = sync.device_key.device RETURNING device`,
    [raw, keyName(raw), device, new Date(now)],
  );
  if (rows[0]?.device !== device) throw new Failure(400, 'BAD_KEY');
  await client.query('UPDATE sync.device SET public_key = $2, token_sha256 = NULL WHERE id = $1', [device, raw]);
}
