/** Laptops the hub knows: enrolled with a code, and from then on known by their key (keys.ts), until their operator ends it. */
import { createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { SCHEMA } from '../shared/commit.ts';
import type { enrolAnswer, enrolRequest } from '../shared/sync/frames.ts';
import { checkCode, grantOf, type ShownCode } from './codes.ts';
import { transaction, type Client } from './db.ts';
import { noteEvent } from './events.ts';
import { Failure } from './failure.ts';
import { keepKey, keyName, provedKey } from './keys.ts';
import { originOf, readHead } from './pages.ts';
import type { Role } from '../shared/sync/roles.ts';
import { released } from './quarantine.ts';
import { CONSOLE, keepAnAdmin } from './rights.ts';

const hash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

type Asked = Omit<z.infer<typeof enrolRequest>, 'code'>;

/** Takes a laptop in. A wrong guess is committed as such before it is refused. */
export async function enrol(
  client: Client,
  asked: Asked,
  code: ShownCode,
  address: string,
  now: number,
): Promise<z.infer<typeof enrolAnswer>> {
  const answer = await transaction(client, async () => {
    const done = await tryEnrol(client, asked, code, now);
    const failed = done instanceof Failure;
    await noteEvent(client, {
      now,
      kind: 'enrol',
      device: asked.device,
      address,
      success: !failed,
      detail: failed ? done.code : `${asked.technician}@${asked.machine}`,
    });
    return done;
  });
  if (answer instanceof Failure) throw answer;
  // Its commits that others brought back while nobody here could tell whose they are.
  if (asked.key) await released(client, asked.device, keyName(Buffer.from(asked.key.public, 'base64url')), now);
  return answer;
}

async function tryEnrol(
  client: Client,
  asked: Asked,
  shown: ShownCode,
  now: number,
): Promise<z.infer<typeof enrolAnswer> | Failure> {
  const code = await checkCode(client, shown, asked.device, now);
  if (code instanceof Failure) return code;
  const head = await readHead(client);
  const origin = await originOf(client);
  if (asked.origin !== null && asked.origin !== origin) return new Failure(409, 'OTHER_HUB');
  // Human numbers carry the machine code: two laptops with the same one would give out the same numbers.
  const { rows } = await client.query<{ technician: string }>(
    'SELECT technician FROM sync.device WHERE machine = $1 AND id <> $2 AND revoked_at IS NULL',
    [asked.machine, asked.device],
  );
  if (rows[0]) return new Failure(409, 'MACHINE_IN_USE', { machine: asked.machine, holder: rows[0].technician });
  const raw = asked.key ? provedKey(asked.device, asked.key) : null;
  const secret = randomBytes(32).toString('base64url');
  await client.query(
    `INSERT INTO sync.device (id, machine, technician, token_sha256, enrolled_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO UPDATE SET machine = excluded.machine, technician = excluded.technician, token_sha256 = excluded.token_sha256,
       enrolled_at = excluded.enrolled_at, public_key = NULL, revoked_at = NULL`,
    [asked.device, asked.machine, asked.technician, hash(secret), new Date(now)],
  );
  if (raw) await keepKey(client, asked.device, raw, now);
  // Whoever still holds a token from before it was revoked gets nothing by its return.
  await client.query('UPDATE sync.session SET expires_at = made_at WHERE device = $1', [asked.device]);
  await grantOf(client, code.name, asked.device);
  await client.query('UPDATE sync.code SET used_at = $2, device = $3 WHERE name = $1', [
    code.name,
    new Date(now),
    asked.device,
  ]);
  return { token: raw ? null : `${asked.device}.${secret}`, epoch: head.epoch, origin, schema: SCHEMA };
}

export interface Device {
  readonly machine: string;
  readonly technician: string;
  readonly enrolled_at: number;
  readonly seen_at: number | null;
  readonly revoked_at: number | null;
  readonly role: Role;
  /** How many areas it is limited to; null: the whole store. */
  readonly areas: number | null;
}

/** Every laptop that ever joined, by machine code. */
export async function listDevices(client: Client): Promise<Device[]> {
  const { rows } = await client.query<Device>(
    'SELECT machine, technician, enrolled_at, seen_at, revoked_at, role, cardinality(areas) AS areas FROM sync.device ORDER BY machine, enrolled_at',
  );
  return rows;
}

/** Ends a laptop's access with its next request; only a new code lets it in again. Null when no living laptop has this machine code. */
export async function revokeDevice(client: Client, machine: string, now: number, by = CONSOLE): Promise<Device | null> {
  return transaction(client, async () => {
    // As changing a role does: of two admins who end each other's access at once one stays.
    await client.query('SELECT 1 FROM sync.head FOR UPDATE');
    const { rows } = await client.query<Device & { id: string }>(
      `UPDATE sync.device SET revoked_at = $2 WHERE machine = $1 AND revoked_at IS NULL
       RETURNING id, machine, technician, enrolled_at, seen_at, revoked_at, role, cardinality(areas) AS areas`,
      [machine, new Date(now)],
    );
    const device = rows[0] ?? null;
    await keepAnAdmin(client, by);
    await noteEvent(client, {
      now,
      kind: 'revoke',
      device: device?.id ?? null,
      address: by,
      success: device !== null,
      detail: device ? `${device.technician}@${device.machine}` : machine,
    });
    return device;
  });
}
