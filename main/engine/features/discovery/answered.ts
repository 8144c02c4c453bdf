/** Which hosts really answered lately; what the kernel only remembered does not count. Moments are UTC ms. */
import type { DeviceKind } from '../../../../shared/features/discovery/identity.ts';
import type { ReadDb } from '../../db.ts';

/** To this laptop itself: what a file of another scanner says is no proof. */
export const answeredSince = (db: ReadDb, ip: string, since: number): boolean =>
  db.value(
    `SELECT 1 FROM _sightings g JOIN _sweeps s ON s.id = g.sweep_id
     WHERE g.ip = ? AND g.seen_at >= ? AND g.proof NOT IN ('cache', 'self') AND s.source = 'sweep' LIMIT 1`,
    ip,
    since,
  ) !== undefined;

/** Addresses that looked like one of these kinds. */
export const seenAs = (db: ReadDb, kinds: readonly DeviceKind[], since: number): string[] =>
  db
    .all<{ ip: string }>(
      `SELECT DISTINCT g.ip FROM _sweeps s JOIN _sightings g ON g.sweep_id = s.id
       WHERE s.started_at >= ? AND g.kind IN (${kinds.map(() => '?').join(', ')}) AND g.proof NOT IN ('cache', 'self')`,
      since,
      ...kinds,
    )
    .map(({ ip }) => ip);

/** The network cards last seen at an address. */
export const cardsSeenAt = (db: ReadDb, ip: string): string[] =>
  db
    .all<{ mac: string }>(
      "SELECT mac FROM _sightings WHERE ip = ? AND mac <> '' GROUP BY mac ORDER BY max(seen_at) DESC LIMIT 3",
      ip,
    )
    .map(({ mac }) => mac);
