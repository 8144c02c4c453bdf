/** What a laptop may see and do: its role and areas, as the operator gave them. Read anew with every request, so that a change holds from the next one on. */
import { createHash } from 'node:crypto';
import type { Grant, Role } from '../shared/sync/roles.ts';
import type { Part } from '../shared/sync/scope.ts';
import { transaction, type Client } from './db.ts';
import { noteEvent } from './events.ts';
import { Failure } from './failure.ts';

export interface Rights extends Grant {
  /** Null: the whole store. */
  readonly part: Part | null;
  /** Names this role and this part of the store (HEAD); another one than before makes the laptop fetch its part anew. */
  readonly token: string;
}

interface DeviceRow {
  readonly role: Role;
  readonly areas: string[] | null;
  readonly machine: string;
}

/**
 * More addresses than a page should carry along when their subnet moves to another building. Such a move is named in the token, as that of a
 * place is: the laptops fetch their part anew, page by page, as they are used to.
 */
const LARGE = 500;
/** Of `app.subnets` as `s`. */
export const isLarge = `(SELECT count(*) FROM (SELECT FROM app.bindings b WHERE b.subnet_id = s.id LIMIT ${LARGE + 1}) few) > ${LARGE}`;

/**
 * The places of the areas with all below them, what they lie in, and the last commit that moved any place, or a subnet with very many
 * addresses: then a part may hold other rows.
 */
const PART = `
  WITH RECURSIVE
    below(id) AS (SELECT id FROM app.locations WHERE id = ANY($1::uuid[])
      UNION SELECT place.id FROM app.locations place JOIN below ON place.parent_id = below.id),
    up(id) AS (SELECT parent_id FROM app.locations WHERE id = ANY($1::uuid[]) AND parent_id IS NOT NULL
      UNION SELECT place.parent_id FROM app.locations place JOIN up ON place.id = up.id WHERE place.parent_id IS NOT NULL)
  SELECT (SELECT coalesce(array_agg(id), '{}') FROM below) AS inside,
    (SELECT coalesce(array_agg(id), '{}') FROM up) AS above,
    (SELECT coalesce(array_agg(id), '{}') FROM sync.incarnation WHERE device = $2) AS own,
    greatest((SELECT coalesce(max((fv->>'parent_id')::bigint), 0) FROM app.locations),
      (SELECT coalesce(max((s.fv->>'location_id')::bigint), 0) FROM app.subnets s WHERE s.fv ? 'location_id' AND ${isLarge})) AS moved`;

export async function rightsOf(client: Client, device: string): Promise<Rights> {
  const { rows } = await client.query<DeviceRow>('SELECT role, areas, machine FROM sync.device WHERE id = $1', [
    device,
  ]);
  const [known] = rows;
  if (!known) throw new Failure(401, 'DEVICE_REFUSED');
  const { role, areas, machine } = known;
  if (areas === null) return { role, areas, part: null, token: `${role}/*` };
  const found = await client.query<{ inside: string[]; above: string[]; own: string[]; moved: number }>(PART, [
    areas,
    device,
  ]);
  const [place] = found.rows;
  if (!place) throw new Error('the part of the store was not read');
  const name = createHash('sha256')
    .update([...areas.toSorted(), place.moved].join(' '))
    .digest('hex');
  return {
    role,
    areas,
    part: { inside: new Set(place.inside), above: new Set(place.above), own: new Set(place.own), machine },
    token: `${role}/${name.slice(0, 16)}`,
  };
}

/** The places an operator names, by name or by path from the top (`临江三中/综合楼`). Throws one sentence when none or several are meant. */
export async function placesNamed(client: Client, names: readonly string[]): Promise<string[] | null> {
  if (names.length === 0) return null;
  const { rows } = await client.query<{ id: string; path: string[] }>(
    `WITH RECURSIVE line(id, path) AS (
       SELECT id, ARRAY[name] FROM app.locations WHERE parent_id IS NULL AND deleted_rv IS NULL
       UNION ALL SELECT place.id, line.path || place.name FROM app.locations place JOIN line ON place.parent_id = line.id
       WHERE place.deleted_rv IS NULL AND cardinality(line.path) < 20)
     SELECT id, path FROM line ORDER BY path`,
  );
  return [...new Set(names.map((name) => placeNamed(rows, name)))];
}

function placeNamed(places: readonly { id: string; path: string[] }[], name: string): string {
  const wanted = name.split(/[/／]/).map((word) => word.trim());
  const meant = places.filter(({ path }) => wanted.every((word, index) => path.at(index - wanted.length) === word));
  const [place] = meant;
  if (!place)
    throw new Error(
      `No place at the store is called "${name}". Areas are places of the register: sync one first, then name it.`,
    );
  if (meant.length === 1) return place.id;
  const paths = meant.map(({ path }) => path.join('/'));
  // The path of a top place is also the end of the path of another of that name: the whole path means the top one.
  const exact = meant.find(({ path }) => path.length === wanted.length);
  if (exact) return exact.id;
  const listed = paths.slice(0, 5).join(', ');
  throw new Error(
    `"${name}" are ${meant.length} places: ${listed}${meant.length > 5 ? ', …' : ''}. Name one by its path.`,
  );
}

/** The areas as an operator reads them. */
export async function areaNames(client: Client, areas: readonly string[] | null): Promise<string[] | null> {
  if (areas === null) return null;
  const { rows } = await client.query<{ name: string }>(
    'SELECT name FROM app.locations WHERE id = ANY($1) ORDER BY name',
    [areas],
  );
  return rows.map(({ name }) => name);
}

/**
 * From a laptop nobody ends the last access of a centre admin of the whole store, by a slip on the own row either: whoever is left could
 * make no code and give no role. At the console, which makes codes of any kind, it may be done.
 */
export async function keepAnAdmin(client: Client, by: string): Promise<void> {
  if (by === CONSOLE) return;
  const { rows } = await client.query(
    "SELECT 1 FROM sync.device WHERE role = 'admin' AND areas IS NULL AND revoked_at IS NULL LIMIT 1",
  );
  if (rows.length === 0) throw new Failure(409, 'LAST_ADMIN');
}
export const CONSOLE = 'console';

/** Gives a laptop another role or other areas; what is left out stays. Holds from its next request on. Null when no living laptop has this machine code. */
export async function changeGrant(
  client: Client,
  machine: string,
  { role, areas }: { role?: Role | undefined; areas?: readonly string[] | null | undefined },
  now: number,
  by = CONSOLE,
): Promise<(Grant & { readonly technician: string }) | null> {
  return transaction(client, async () => {
    // As everybody who writes: a commit is judged by the rights before or after, never by half of them.
    await client.query('SELECT 1 FROM sync.head FOR UPDATE');
    const { rows } = await client.query<Grant & { id: string; technician: string }>(
      `UPDATE sync.device SET role = coalesce($2, role), areas = CASE WHEN $3 THEN $4::uuid[] ELSE areas END
       WHERE machine = $1 AND revoked_at IS NULL RETURNING id, role, areas, technician`,
      [machine, role ?? null, areas !== undefined, areas ?? null],
    );
    const device = rows[0] ?? null;
    await keepAnAdmin(client, by);
    const places = await areaNames(client, device?.areas ?? null);
    await noteEvent(client, {
      now,
      kind: 'role',
      device: device?.id ?? null,
      address: by,
      success: device !== null,
      detail: device ? `${machine} ${device.role} ${places?.join(', ') ?? '*'}` : machine,
    });
    return device;
  });
}
