/** Every address of a subnet with its state and its holder. */
import { groundOf, lowestFree, type Ground, type Plan } from '../../../../shared/features/ipam/plan.ts';
import {
  countsOf,
  usageOf,
  type AddressCell,
  type AddressState,
  type Counts,
  type Usage,
} from '../../../../shared/features/ipam/map.ts';
import { parseIp, showIp } from '../../../../shared/ip.ts';
import type { ReadDb } from '../../db.ts';
import { locationPath } from '../../titles.ts';
import { planOf, rangesOf, standingsOf, type Standing, type Subnet } from './plan.ts';

const plain: Record<Exclude<Ground, 'outside'>, AddressState> = {
  edge: 'edge',
  gateway: 'gateway',
  dhcp: 'dhcp',
  kept: 'kept',
  allocate: 'free',
  unplanned: 'unplanned',
};

interface Drawn {
  readonly plan: Plan;
  /** The network address. */
  readonly first: number;
  readonly states: AddressState[];
  readonly standings: ReadonlyMap<number, Standing>;
}

function draw(db: ReadDb, subnet: Subnet, today: string): Drawn {
  const plan = planOf(db, subnet);
  const standings = new Map<number, Standing>();
  const doubled = new Set<number>();
  for (const standing of standingsOf(db, subnet, today)) {
    if (standings.has(standing.address)) {
      if (standing.kind === 'held') doubled.add(standing.address);
    } else standings.set(standing.address, standing);
  }
  const states: AddressState[] = [];
  for (let address = plan.cidr.first; address <= plan.cidr.last; address += 1) {
    const standing = standings.get(address);
    const ground = groundOf(plan, address);
    const own = plain[ground === 'outside' ? 'edge' : ground];
    if (doubled.has(address)) states.push('conflict');
    else if (standing?.kind === 'held') states.push(standing.state as AddressState);
    else if (ground === 'gateway' || ground === 'edge') states.push(own);
    else if (standing?.kind === 'device') states.push('device');
    else if (standing?.kind === 'cooling') states.push('cooling');
    else if (standing?.kind === 'leased') states.push('leased');
    else states.push(own);
  }
  return { plan, first: plan.cidr.first, states, standings };
}

interface Detail {
  id: string;
  person: string | null;
  department: string | null;
  location_id: string | null;
  mac: string | null;
  hostname: string | null;
  port: string | null;
  asset: string | null;
  opened_on: string | null;
  remark: string | null;
}
const BINDINGS = `
  SELECT b.id, p.name AS person, p.department, b.location_id, b.mac, b.hostname,
    NULLIF(trim(COALESCE(b.switch_name, '') || ' ' || COALESCE(b.switch_port, '')), '') AS port, a.name AS asset, b.opened_on, b.remark
  FROM bindings b LEFT JOIN people p ON p.id = b.person_id LEFT JOIN assets a ON a.id = b.asset_id WHERE b.id = ?`;
const ASSETS = `
  SELECT a.id, p.name AS person, p.department, a.location_id, a.mac, a.hostname, NULL AS port, a.name AS asset, NULL AS opened_on, a.remark
  FROM assets a LEFT JOIN people p ON p.id = a.user_id WHERE a.id = ?`;

/** A window of the map; counts are of the whole subnet. */
export function mapOf(
  db: ReadDb,
  subnet: Subnet,
  window: { offset: number; limit: number },
  today: string,
): { total: number; offset: number; counts: Counts; cells: AddressCell[] } {
  const { first, states, standings } = draw(db, subnet, today);
  const labels = rangesOf(db, subnet.id).map(
    ({ first_ip, last_ip, label }) => [parseIp(first_ip) ?? 0, parseIp(last_ip) ?? 0, label] as const,
  );
  const places = new Map<string, string>();
  const placeOf = (id: string): string => {
    const known = places.get(id) ?? locationPath(db, id);
    places.set(id, known);
    return known;
  };
  const cells = states.slice(window.offset, window.offset + window.limit).map((state, index): AddressCell => {
    const address = first + window.offset + index;
    const standing = standings.get(address);
    const about =
      standing && standing.kind !== 'leased'
        ? db.get<Detail>(standing.kind === 'device' ? ASSETS : BINDINGS, standing.id)
        : undefined;
    const label = labels.find(([low, high]) => address >= low && address <= high)?.[2] ?? null;
    return {
      ip: showIp(address),
      state,
      binding_id: standing?.kind === 'held' || standing?.kind === 'cooling' ? standing.id : null,
      person_id: standing?.person_id ?? null,
      person: about?.person ?? null,
      department: about?.department ?? null,
      place: about?.location_id ? placeOf(about.location_id) : null,
      mac: about?.mac ?? null,
      hostname: about?.hostname ?? null,
      port: about?.port ?? null,
      asset: about?.asset ?? null,
      asset_id: standing?.asset_id ?? null,
      opened_on: about?.opened_on ?? null,
      free_on: standing?.free_on ?? null,
      remark: about?.remark ?? label,
    };
  });
  return { total: states.length, offset: window.offset, counts: countsOf(states), cells };
}

/** How full a subnet is, and the address it gives out next to people without a range of their own: the lowest that is free. */
export function usageAndNext(db: ReadDb, subnet: Subnet, today: string): Usage & { next: string | null } {
  const { states, first, plan } = draw(db, subnet, today);
  const next = lowestFree(plan, (address) => states[address - first] !== 'free');
  return { ...usageOf(countsOf(states), subnet.warn_percent), next: next === null ? null : showIp(next) };
}
