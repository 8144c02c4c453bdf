/** Slices of a subnet that are out with laptops: addresses of another's slice are not given out here, those of one's own first. */
import { leases } from '../../../../shared/features/leases.ts';
import type { Run } from '../../../../shared/features/ipam/plan.ts';
import type { Setup } from '../../../../shared/features/system.ts';
import { momentOf } from '../../../../shared/day.ts';
import type { RowOf } from '../../../../shared/record.ts';
import { decode } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';
import { readSetting } from '../../settings.ts';

export type Lease = RowOf<typeof leases>;

/** Out on this day: a slice lasts through its last day here, and to the minute at the store. */
export const leasesOf = (db: ReadDb, pool: string, today: string): Lease[] =>
  db
    .all(
      'SELECT * FROM leases WHERE pool = ? AND returned_at IS NULL AND expires_at > ? AND deleted_at IS NULL ORDER BY first',
      pool,
      momentOf(today),
    )
    .map((raw) => decode(leases, raw));

export const machineOf = (db: ReadDb): string | null => readSetting<Setup>(db, 'setup')?.machine ?? null;

/** Slices of this laptop that the store has confirmed, as runs of addresses. */
export function ownRuns(db: ReadDb, subnetId: string, today: string): Run[] {
  const machine = machineOf(db);
  return leasesOf(db, subnetId, today)
    .filter((lease) => lease.machine === machine && lease.rv !== null)
    .map(({ first, last }): Run => [first, last]);
}

/** The slice of another laptop that an address lies in. */
export function foreignLease(db: ReadDb, subnetId: string, address: number, today: string): Lease | null {
  const machine = machineOf(db);
  return (
    leasesOf(db, subnetId, today).find(
      (lease) => lease.machine !== machine && address >= lease.first && address <= lease.last,
    ) ?? null
  );
}
