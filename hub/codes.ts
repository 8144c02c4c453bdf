/** One-time enrolment codes (security.md H2): a name and 80 secret bits, used once, 24 hours, kept as a hash, and few guesses. */
import { createHash, createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { codeName, proofText, tidyCode } from '../shared/sync/proof.ts';
import type { Grant } from '../shared/sync/roles.ts';
import type { Client } from './db.ts';
import { Failure } from './failure.ts';

/** Crockford's base 32: no I, L, O, U, so that a code survives being read out over the telephone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The first is told in the open (shared/sync/proof.ts): whoever hears a proof may try the others for as long as the code lives. */
const GROUPS = 5;
/** A code that was not used by then is void. */
export const CODE_LIFE_MS = 24 * 3_600_000;
const MAX_FAILURES = 20;

const hash = (code: string): Buffer => createHash('sha256').update(code).digest();

/** Makes a code and returns it, the only time it is known. Without a grant the first laptop of a store becomes its admin, the others technicians. */
export async function makeCode(client: Client, now: number, grant: Grant | null = null): Promise<string> {
  const code = Array.from({ length: GROUPS * 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const name = codeName(code);
  await client.query('DELETE FROM sync.code WHERE expires_at < $1', [new Date(now - CODE_LIFE_MS)]);
  const { rowCount } = await client.query(
    'INSERT INTO sync.code (name, sha256, made_at, expires_at, role, areas) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING',
    [name, hash(code), new Date(now), new Date(now + CODE_LIFE_MS), grant?.role ?? null, grant?.areas ?? null],
  );
  return rowCount === 1 ? (code.match(/.{4}/g) ?? []).join('-') : makeCode(client, now, grant);
}

/** A laptop that joins gets what its code says. One that comes back with a plain code keeps what it had. */
export async function grantOf(client: Client, code: string, device: string): Promise<void> {
  await client.query(
    `UPDATE sync.device d SET
       role = CASE WHEN c.role IS NOT NULL THEN c.role WHEN (SELECT count(*) FROM sync.device) = 1 THEN 'admin' ELSE d.role END,
       areas = CASE WHEN c.role IS NOT NULL THEN c.areas ELSE d.areas END
     FROM sync.code c WHERE c.name = $1 AND d.id = $2`,
    [code, device],
  );
}

interface CodeRow {
  readonly name: string;
  readonly sha256: Buffer;
  readonly expires_at: number;
  readonly failures: number;
  readonly used_at: number | null;
  readonly device: string | null;
}

/** What somebody shows of a code: its name, and that it is the one behind this hash. */
export interface ShownCode {
  readonly name: string;
  opens(sha256: Buffer): boolean;
}
export function typedCode(typed: string): ShownCode {
  const code = tidyCode(typed);
  return { name: codeName(code), opens: (sha256) => timingSafeEqual(sha256, hash(code)) };
}

/**
 * The name of a code that may be used now by this device, or the failure that says why not. A wrong guess is counted before it is
 * answered. A used code is good once more for the very device that used it, as its first answer may have been lost; not when
 * that device was revoked since.
 */
export async function checkCode(
  client: Client,
  shown: ShownCode,
  device: string,
  now: number,
): Promise<{ name: string } | Failure> {
  const { rows } = await client.query<CodeRow>('SELECT * FROM sync.code WHERE name = $1 FOR UPDATE', [shown.name]);
  const row = rows[0];
  if (!row) return new Failure(401, 'CODE_WRONG');
  if (row.failures >= MAX_FAILURES) return new Failure(410, 'CODE_LOCKED');
  if (!shown.opens(row.sha256)) {
    await client.query('UPDATE sync.code SET failures = failures + 1 WHERE name = $1', [row.name]);
    return new Failure(401, 'CODE_WRONG');
  }
  if (row.used_at !== null && (row.device !== device || (await isRevoked(client, device))))
    return new Failure(410, 'CODE_USED');
  return row.expires_at <= now ? new Failure(410, 'CODE_EXPIRED') : { name: row.name };
}

async function isRevoked(client: Client, device: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM sync.device WHERE id = $1 AND revoked_at IS NOT NULL', [
    device,
  ]);
  return rowCount !== 0;
}

/** Proves to who holds the code named `name` that this hub does too, over its own key. Whether the code is still good is told when it is used. */
export async function proveCode(client: Client, name: string, nonce: string, pin: string): Promise<string | Failure> {
  const { rows } = await client.query<{ sha256: Buffer }>('SELECT sha256 FROM sync.code WHERE name = $1', [name]);
  const [row] = rows;
  if (!row) return new Failure(401, 'CODE_WRONG');
  return createHmac('sha256', row.sha256).update(proofText(nonce, pin)).digest('hex');
}
