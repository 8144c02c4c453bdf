/** What the operator is told and may do, from the console or from a centre admin's laptop. */
import type { z } from 'zod';
import { DAY_MS } from '../shared/day.ts';
import type { StoreDevice, StoreEvent, StoreReport } from '../shared/sync/operator.ts';
import {
  MAX_BODIES,
  QUARANTINE_PAGE,
  type decideAnswer,
  type decideRequest,
  type quarantineAnswer,
} from '../shared/sync/operator.ts';
import type { Client } from './db.ts';
import { Failure } from './failure.ts';
import { acceptQuarantined, discardQuarantined, listQuarantine } from './quarantine.ts';
import { rightsOf } from './rights.ts';

/** Unresolved for longer than this, a conflict is its supervisor's matter (sync.md 2.5). */
const OVERDUE_MS = 14 * DAY_MS;
const EVENTS = 100;

/** Who asks, as `name@machine`. Refuses everybody but centre admins of the whole store. */
export async function operatorOf(client: Client, device: string): Promise<string> {
  const { role, areas } = await rightsOf(client, device);
  if (role !== 'admin' || areas !== null) throw new Failure(403, 'FORBIDDEN');
  const { rows } = await client.query<{ name: string }>(
    "SELECT technician || '@' || machine AS name FROM sync.device WHERE id = $1",
    [device],
  );
  return rows[0]?.name ?? '';
}

export async function readReport(client: Client, now: number): Promise<StoreReport> {
  const { rows } = await client.query<Omit<StoreReport, 'restored' | 'hub_at'>>(
    `SELECT seq AS commits, (SELECT max(recv_at) FROM sync.commit) AS last_at,
       (SELECT count(*)::int FROM sync.device WHERE revoked_at IS NULL) AS laptops,
       (SELECT count(*)::int FROM app.conflicts WHERE state = 'open' AND deleted_rv IS NULL) AS conflicts,
       (SELECT count(*)::int FROM app.conflicts WHERE state = 'open' AND deleted_rv IS NULL AND mine_at < $1) AS overdue,
       (SELECT count(*)::int FROM sync.quarantine WHERE state = 'waiting') AS quarantine,
       pg_database_size(current_database())::float8 AS bytes,
       (SELECT max(at) FROM sync.event WHERE kind = 'backup' AND success) AS backup_at
     FROM sync.head`,
    [new Date(now - OVERDUE_MS)],
  );
  const [store] = rows;
  if (!store) throw new Error('sync.head is empty');
  return { ...store, hub_at: now, restored: await lastRestoration(client) };
}

async function lastRestoration(client: Client): Promise<StoreReport['restored']> {
  const { rows: found } = await client.query<{ at: number; detail: string }>(
    "SELECT at, detail FROM sync.event WHERE kind = 'restored' ORDER BY at DESC LIMIT 1",
  );
  const [last] = found;
  if (!last) return null;
  const { rows: back } = await client.query<{ machine: string; n: number }>(
    `SELECT d.machine, count(*)::int AS n FROM sync.commit c JOIN sync.device d ON d.id = c.offered_by
     GROUP BY d.machine ORDER BY d.machine`,
  );
  const { rows: away } = await client.query<{ machine: string }>(
    'SELECT machine FROM sync.device WHERE revoked_at IS NULL AND (seen_at IS NULL OR seen_at < $1) ORDER BY machine',
    [new Date(last.at - 60_000)],
  );
  const common = Number(/\d+/.exec(last.detail)?.[0] ?? 0);
  return { at: last.at, common, back, away: away.map(({ machine }) => machine) };
}

export async function readDevices(client: Client): Promise<StoreDevice[]> {
  const { rows } = await client.query<StoreDevice>(
    `SELECT machine, technician, role, areas, enrolled_at, seen_at, revoked_at,
       (SELECT count(*)::int FROM sync.quarantine q WHERE q.device = d.id AND q.state = 'waiting') AS waiting
     FROM sync.device d ORDER BY revoked_at NULLS FIRST, machine, enrolled_at`,
  );
  return rows;
}

export async function readQuarantine(client: Client, offset: number): Promise<z.infer<typeof quarantineAnswer>> {
  const { items, total } = await listQuarantine(client, { limit: QUARANTINE_PAGE, offset });
  return { items: items.map((item) => ({ ...item, bodies: item.bodies.slice(0, MAX_BODIES) })), total };
}

export const decideQuarantine = (
  client: Client,
  { which, decision }: z.infer<typeof decideRequest>,
  by: string,
  now: number,
): Promise<z.infer<typeof decideAnswer>> =>
  decision === 'accept' ? acceptQuarantined(client, which, by, now) : discardQuarantined(client, which, by, now);

/** Newest first. */
export async function readEvents(client: Client, before: number | undefined): Promise<StoreEvent[]> {
  const { rows } = await client.query<StoreEvent>(
    `SELECT e.number, e.at, e.kind, d.machine, e.address, e.success, e.detail FROM sync.event e LEFT JOIN sync.device d ON d.id = e.device
     WHERE e.number < $1 ORDER BY e.number DESC LIMIT ${EVENTS}`,
    [before ?? Number.MAX_SAFE_INTEGER],
  );
  return rows;
}
