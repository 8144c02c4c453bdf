/** What devices said of themselves when they were read by SNMP: a sweep shows it beside what the host tells today. */
import type { ReadDb } from '../../db.ts';

/** sysName and sysDescr. */
export interface System {
  readonly name: string | null;
  readonly description: string | null;
}
/** An address is given to another device now and then: older readings say nothing of today's. */
const STILL_TRUE_MS = 7 * 86_400_000;

/** By the address that was read; the newest reading counts. */
export const systemsRead = (db: ReadDb, now: number): Map<string, System> =>
  new Map(
    db
      .all<System & { ip: string }>(
        `SELECT ip, name, description FROM _device_reads
         WHERE ending IN ('complete', 'partial') AND read_at BETWEEN ? AND ? ORDER BY read_at, id`,
        now - STILL_TRUE_MS,
        now,
      )
      .map(({ ip, name, description }) => [ip, { name, description }]),
  );
