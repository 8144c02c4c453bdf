/**
 * An hour's access for a laptop that signed a nonce (sync.md 2.11). The hub's clock alone decides. A nonce is not kept before it is used: it carries
 * its own end and a seal, for one laptop and one epoch, so that any hub process of the store can take it.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { z } from 'zod';
import { handoverText, sessionText, type sessionAnswer, type sessionRequest } from '../shared/sync/keys.ts';
import { sqlState, transaction, type Client } from './db.ts';
import { noteEvent } from './events.ts';
import { Failure } from './failure.ts';
import { signs } from './keys.ts';

const NONCE_MS = 120_000;
const SESSION_MS = 3_600_000;
/** Kept past its end for as long as a nonce lives, which must not be good twice. */
const KEPT_MS = SESSION_MS + NONCE_MS;
/** `seen_at` is for people: to the minute is enough, and most requests then write nothing. */
const SEEN_MS = 60_000;

const hash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

interface Seal {
  readonly key: Buffer;
  readonly epoch: string;
}
async function sealOf(client: Client): Promise<Seal> {
  const { rows } = await client.query<Seal>('SELECT s.key, h.epoch FROM sync.seal s, sync.head h');
  if (!rows[0]) throw new Error('sync.seal is empty');
  return rows[0];
}
const mac = (key: Buffer, ...parts: (string | number)[]): string =>
  createHmac('sha256', key).update(parts.join('\n')).digest('base64url');

export async function makeNonce(client: Client, device: string, now: number): Promise<string> {
  const { key, epoch } = await sealOf(client);
  const ends = now + NONCE_MS;
  const random = randomBytes(16).toString('base64url');
  return `${ends}.${random}.${mac(key, 'nonce', ends, random, device, epoch)}`;
}

function isOurs({ key, epoch }: Seal, nonce: string, device: string, now: number): boolean {
  const [ends = '', random = '', seal = ''] = nonce.split('.');
  const expected = Buffer.from(mac(key, 'nonce', ends, random, device, epoch));
  const given = Buffer.from(seal);
  return given.length === expected.length && timingSafeEqual(given, expected) && now < Number(ends);
}

export interface Asking {
  readonly address: string;
  readonly now: number;
  /** This hub's own key (identity.ts); null without TLS. */
  readonly pin: string | null;
}
type Signed = Pick<z.infer<typeof sessionRequest>, 'device' | 'nonce' | 'pin' | 'signature'>;
interface Known {
  readonly public_key: Buffer | null;
  readonly revoked_at: number | null;
}

/** The laptop that signed, revoked or not. Refuses everybody else without a word about what the hub knows. */
export async function provedDevice(
  client: Client,
  asked: Signed,
  { now, pin }: Asking,
  text: typeof sessionText | typeof handoverText,
): Promise<Known & { readonly public_key: Buffer }> {
  const seal = await sealOf(client);
  const { rows } = await client.query<Known>('SELECT public_key, revoked_at FROM sync.device WHERE id = $1', [
    asked.device,
  ]);
  const known = rows[0];
  if (!known?.public_key) throw new Failure(401, 'DEVICE_REFUSED');
  // A laptop that trusts an authority instead of a pin signs none.
  const here = asked.pin === null || asked.pin === pin;
  if (!here || !signs(known.public_key, text(asked.nonce, asked.device, asked.pin), asked.signature))
    throw new Failure(401, 'DEVICE_REFUSED');
  // After the signature: only the laptop itself hears that it is to ask anew.
  if (!isOurs(seal, asked.nonce, asked.device, now)) throw new Failure(401, 'NONCE_EXPIRED');
  return { ...known, public_key: known.public_key };
}

const revoked = (at: number): Failure => new Failure(403, 'DEVICE_REVOKED', { at });

/** Opens a session. Every refusal is on record; the daily successes are not, or they would bury it. */
export async function openSession(
  client: Client,
  asked: z.infer<typeof sessionRequest>,
  asking: Asking,
): Promise<Pick<z.infer<typeof sessionAnswer>, 'token' | 'expires_ms'>> {
  const { device, nonce } = asked;
  const { now, address } = asking;
  try {
    const { revoked_at: at } = await provedDevice(client, asked, asking, sessionText);
    if (at !== null) throw revoked(at);
    const secret = randomBytes(32).toString('base64url');
    await transaction(client, async () => {
      await client.query('DELETE FROM sync.session WHERE device = $1 AND made_at < $2', [
        device,
        new Date(now - KEPT_MS),
      ]);
      await client.query(
        'INSERT INTO sync.session (token_sha256, nonce_sha256, device, made_at, expires_at) VALUES ($1, $2, $3, $4, $5)',
        [hash(secret), hash(nonce), device, new Date(now), new Date(now + SESSION_MS)],
      );
    });
    return { token: `${device}.${secret}`, expires_ms: SESSION_MS };
  } catch (error) {
    // Unique: somebody replays what he heard.
    const failure = sqlState(error) === '23505' ? new Failure(401, 'NONCE_USED') : error;
    // Of laptops that nobody here knows anybody could make up as many as he likes: the server's log has those.
    if (failure instanceof Failure && (await isKnown(client, device)))
      await noteEvent(client, { now, kind: 'session', device, address, success: false, detail: failure.code });
    throw failure;
  }
}

async function isKnown(client: Client, device: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM sync.device WHERE id = $1', [device]);
  return rowCount === 1;
}

const BEARER = /^Bearer ([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([\w-]{43})$/;

/** The device id a request names, before it is believed: what rate limits are counted by. */
export const namedDevice = (header: string | undefined): string | null => BEARER.exec(header ?? '')?.[1] ?? null;

interface Found {
  readonly revoked_at: number | null;
  readonly seen_at: number | null;
  readonly token_sha256: Buffer | null;
  readonly has_key: boolean;
  readonly expires_at: number | null;
}

/** The device that asks, in one query. Refuses an unknown or wrong token, one whose hour is over, and one that was revoked, each by its own code. */
export async function deviceOf(client: Client, header: string | undefined, now: number): Promise<string> {
  const [, id = '', secret = ''] = BEARER.exec(header ?? '') ?? [];
  if (!id) throw new Failure(401, 'DEVICE_REFUSED');
  const token = hash(secret);
  const { rows } = await client.query<Found>({
    name: 'device-of',
    text: `SELECT d.revoked_at, d.seen_at, d.token_sha256, d.public_key IS NOT NULL AS has_key, s.expires_at
       FROM sync.device d LEFT JOIN sync.session s ON s.token_sha256 = $2 AND s.device = d.id WHERE d.id = $1`,
    values: [id, token],
  });
  const found = rows[0];
  if (!found) throw new Failure(401, 'DEVICE_REFUSED');
  // Joined before laptops had keys, and has not been here since.
  const old = found.token_sha256 !== null && timingSafeEqual(found.token_sha256, token);
  if (!old && found.expires_at === null) throw new Failure(401, found.has_key ? 'SESSION_EXPIRED' : 'DEVICE_REFUSED');
  if (found.revoked_at !== null) throw revoked(found.revoked_at);
  if (!old && (found.expires_at ?? 0) <= now) throw new Failure(401, 'SESSION_EXPIRED');
  if (found.seen_at === null || found.seen_at < now - SEEN_MS)
    await client.query('UPDATE sync.device SET seen_at = greatest(seen_at, $2) WHERE id = $1', [id, new Date(now)]);
  return id;
}

/** Proves years later, also after a restoration, that this store once told this head (rejoin.ts). */
export const receiptOf = (key: Buffer, epoch: string, seq: number, chain: string): string =>
  mac(key, 'head', epoch, seq, chain);

export async function isReceipt(
  client: Client,
  told: { readonly epoch: string; readonly seq: number; readonly chain: string; readonly receipt: string },
): Promise<boolean> {
  const expected = Buffer.from(receiptOf((await sealOf(client)).key, told.epoch, told.seq, told.chain));
  const given = Buffer.from(told.receipt);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
