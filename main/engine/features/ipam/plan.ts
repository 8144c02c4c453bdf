/** A subnet as the database knows it: its plan, and who stands on which address. */
import { addressRanges, subnets } from '../../../../shared/features/ipam.ts';
import { freeFrom } from '../../../../shared/features/ipam/states.ts';
import type { Occupant, Part, Plan } from '../../../../shared/features/ipam/plan.ts';
import { contains, parseCidr, parseIp, type Cidr } from '../../../../shared/ip.ts';
import type { RowOf } from '../../../../shared/record.ts';
import { decode } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';
import { readRow } from '../../read-row.ts';
import { leasesOf, machineOf } from './leased.ts';

export type Subnet = RowOf<typeof subnets>;
export type AddressRange = RowOf<typeof addressRanges>;

/** The stored CIDR in numbers. What was checked on the way in parses on the way out. */
export function cidrOf(subnet: { cidr: string }): Cidr {
  const cidr = parseCidr(subnet.cidr);
  if (!cidr) throw new Error(`stored subnet "${subnet.cidr}" is not a CIDR`);
  return cidr;
}

export const rangesOf = (db: ReadDb, subnetId: string): AddressRange[] =>
  db
    .all(
      'SELECT * FROM address_ranges WHERE subnet_id = ? AND deleted_at IS NULL ORDER BY ip_order(first_ip)',
      subnetId,
    )
    .map((raw) => decode(addressRanges, raw));

export function planOf(db: ReadDb, subnet: Subnet): Plan {
  const parts = rangesOf(db, subnet.id).map((range): Part => ({
    kind: range.kind,
    first: parseIp(range.first_ip) ?? 0,
    last: parseIp(range.last_ip) ?? 0,
    department: range.department,
  }));
  return { cidr: cidrOf(subnet), gateway: subnet.gateway ? parseIp(subnet.gateway) : null, parts };
}

export const allSubnets = (db: ReadDb): Subnet[] =>
  db
    .all('SELECT * FROM subnets WHERE deleted_at IS NULL')
    .map((raw) => decode(subnets, raw))
    .toSorted(byAddress);
export const byAddress = (a: Subnet, b: Subnet): number => cidrOf(a).first - cidrOf(b).first;

/** The registered subnet that an address lies in, or null. */
export function subnetOf(db: ReadDb, ip: string): Subnet | null {
  const address = parseIp(ip);
  if (address === null) return null;
  return allSubnets(db).find((subnet) => contains(cidrOf(subnet), address)) ?? null;
}

export const needSubnet = (db: ReadDb, id: string): Subnet => readRow(db, subnets, id);

/** One fact about an address; several may stand on one. */
export interface Standing {
  readonly address: number;
  readonly kind: 'held' | 'cooling' | 'device' | 'leased';
  /** The binding, for a device the asset, or the slice that another laptop took along. */
  readonly id: string;
  readonly person_id: string | null;
  readonly state: string;
  readonly asset_id: string | null;
  readonly mac: string | null;
  /** Of a cooling address: the first day it is free. */
  readonly free_on: string | null;
}

interface BindingLine {
  id: string;
  ip: string;
  mac: string | null;
  person_id: string;
  asset_id: string | null;
  state: string;
  released_at: number | null;
  cooled_on: string | null;
}

/** Everybody on the addresses of a subnet: bindings first, then those that cool down, then assets with an address of their own. */
export function standingsOf(db: ReadDb, subnet: Subnet, today: string): Standing[] {
  const cidr = cidrOf(subnet);
  const found: Standing[] = [];
  const lines = db.all<BindingLine>(
    'SELECT id, ip, mac, person_id, asset_id, state, released_at, cooled_on FROM bindings WHERE subnet_id = ? AND deleted_at IS NULL ORDER BY released_at DESC',
    subnet.id,
  );
  const held = new Set<number>();
  for (const line of lines) {
    const address = parseIp(line.ip) ?? 0;
    if (line.state === 'released') continue;
    held.add(address);
    found.push({ ...line, address, kind: 'held', free_on: null });
  }
  /** Only the latest release of an address says how long it rests. */
  const told = new Set<number>();
  for (const line of lines) {
    const address = parseIp(line.ip) ?? 0;
    if (line.state !== 'released' || line.released_at === null || held.has(address) || told.has(address)) continue;
    told.add(address);
    const freeOn = freeFrom(line.released_at, subnet.cooldown_days, line.cooled_on);
    if (today >= freeOn) continue;
    found.push({ ...line, address, kind: 'cooling', free_on: freeOn });
  }
  for (const asset of devicesIn(db, cidr)) if (!held.has(asset.address)) found.push(asset);
  return [...found, ...leasedAway(db, subnet.id, today, held)];
}

/** Addresses that other laptops took along, and nobody holds. */
function leasedAway(db: ReadDb, subnetId: string, today: string, held: ReadonlySet<number>): Standing[] {
  const machine = machineOf(db);
  return leasesOf(db, subnetId, today)
    .filter((lease) => lease.machine !== machine)
    .flatMap(({ id, first, last }) =>
      Array.from({ length: last - first + 1 }, (_, index) => first + index)
        .filter((address) => !held.has(address))
        .map((address): Standing => ({
          address,
          kind: 'leased',
          id,
          person_id: null,
          state: '',
          asset_id: null,
          mac: null,
          free_on: null,
        })),
    );
}

/** Assets in use that carry an address of this subnet: all of them, or one. */
export function devicesIn(db: ReadDb, cidr: Cidr, id: string | null = null): Standing[] {
  const prefix = sharedPrefix(cidr);
  return db
    .all<{ id: string; ip: string; mac: string | null }>(
      `SELECT id, ip, mac FROM assets WHERE ip >= ? AND ip < ? AND deleted_at IS NULL AND status <> 'scrapped'${id === null ? '' : ' AND id = ?'}`,
      prefix,
      `${prefix}:`,
      ...(id === null ? [] : [id]),
    )
    .flatMap(({ id, ip, mac }) => {
      const address = parseIp(ip);
      if (address === null || !contains(cidr, address)) return [];
      return [{ address, kind: 'device' as const, id, person_id: null, state: '', asset_id: id, mac, free_on: null }];
    });
}

/** The whole octets that every address of the subnet begins with (`10.20.`), so that the text index narrows the search; ':' sorts after '9'. */
function sharedPrefix(cidr: Cidr): string {
  const octets = [24, 16, 8, 0].map((shift) => (cidr.first >>> shift) & 255);
  return octets
    .slice(0, Math.floor(cidr.prefix / 8))
    .map((octet) => `${octet}.`)
    .join('')
    .slice(0, cidr.prefix === 32 ? -1 : undefined);
}

/** The occupants as the pure rules see them; `self` is a binding that may hold its own address. */
export function occupantsOf(standings: readonly Standing[], self: string | null = null): Map<number, Occupant> {
  const map = new Map<number, Occupant>();
  for (const standing of standings) {
    if (standing.id === self || map.has(standing.address)) continue;
    if (standing.kind === 'held') map.set(standing.address, { is: 'held' });
    else if (standing.kind === 'cooling')
      map.set(standing.address, { is: 'cooling', person_id: standing.person_id ?? '' });
    else map.set(standing.address, { is: standing.kind });
  }
  return map;
}
