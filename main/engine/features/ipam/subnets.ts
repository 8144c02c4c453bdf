/** Commands on subnets and their parts. */
import { addressRanges, bindings, subnets } from '../../../../shared/features/ipam.ts';
import { partProblem, subnetProblem } from '../../../../shared/features/ipam/subnet-rules.ts';
import { contains, hostRange, parseCidr, parseIp, showCidr } from '../../../../shared/ip.ts';
import type { DraftOf, PatchOf } from '../../../../shared/record.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { WriteDb } from '../../door.ts';
import { holdersOf } from '../../holds.ts';
import { holderText, ipHeld } from './law.ts';
import { allSubnets, cidrOf, needSubnet, rangesOf, type AddressRange, type Subnet } from './plan.ts';

const normalCidr = (written: string): string => {
  const cidr = parseCidr(written);
  return cidr ? showCidr(cidr) : written;
};

/** Also for what an undo brings back, as the two below. */
export function checkSubnet(tx: WriteDb, draft: { cidr: string; gateway?: string | null }, self: string | null): void {
  const problem = subnetProblem(draft, allSubnets(tx), self);
  if (problem) throw problem;
  const held = draft.gateway ? ipHeld(tx, draft.gateway, null) : null;
  if (held) throw held;
}

/** Adds a subnet. Also used by import and the demo school. */
export function createSubnet(tx: WriteDb, draft: DraftOf<typeof subnets>): Subnet {
  checkSubnet(tx, draft, null);
  if (draft.location_id) checkLocation(tx, draft.location_id);
  return tx.insert(subnets, { ...draft, cidr: normalCidr(draft.cidr) });
}

const checkLocation = (tx: WriteDb, id: string): void => {
  if (tx.value('SELECT 1 FROM locations WHERE id = ? AND deleted_at IS NULL', id) === undefined)
    throw refuse('not_found');
};

/** Changes a subnet. What lies in it must still lie in it. */
export function updateSubnet(tx: WriteDb, id: string, changes: PatchOf<typeof subnets>): Subnet {
  const before = needSubnet(tx, id);
  const next = { ...before, ...changes, cidr: normalCidr(changes.cidr ?? before.cidr) };
  if (next.cidr !== before.cidr || next.gateway !== before.gateway) checkSubnet(tx, next, id);
  if (changes.location_id) checkLocation(tx, changes.location_id);
  if (next.cidr !== before.cidr) checkContents(tx, next);
  return tx.patch(subnets, id, { ...changes, cidr: next.cidr });
}

export function checkContents(tx: WriteDb, subnet: Subnet): void {
  const cidr = cidrOf(subnet);
  const [first, last] = hostRange(cidr);
  const inside = (ip: string): boolean => {
    const address = parseIp(ip) ?? -1;
    return contains(cidr, address) && address >= first && address <= last;
  };
  const held = tx.all<{ ip: string }>(
    "SELECT ip FROM bindings WHERE subnet_id = ? AND state <> 'released' AND deleted_at IS NULL",
    subnet.id,
  );
  const ends = rangesOf(tx, subnet.id).flatMap(({ first_ip, last_ip }) => [first_ip, last_ip]);
  const outside = [...held.map(({ ip }) => ip), ...ends].find((ip) => !inside(ip));
  if (outside !== undefined) throw refuse('subnet_holds_outside', { cidr: subnet.cidr, ip: outside });
}

/** Removes a subnet with its parts, once nobody holds an address in it. */
export function removeSubnet(tx: WriteDb, id: string): void {
  const subnet = needSubnet(tx, id);
  for (const range of rangesOf(tx, id)) tx.remove(addressRanges, range.id);
  const n = holdersOf(tx, subnets, id).length;
  if (n > 0) throw refuse('subnet_in_use', { cidr: subnet.cidr, n });
  tx.remove(subnets, id);
}

export function checkRange(
  tx: WriteDb,
  draft: Pick<AddressRange, 'kind' | 'first_ip' | 'last_ip' | 'subnet_id'>,
  self: string | null,
): void {
  const subnet = needSubnet(tx, draft.subnet_id);
  const problem = partProblem(draft, cidrOf(subnet), rangesOf(tx, subnet.id), self);
  if (problem) throw problem;
  if (draft.kind !== 'dhcp') return;
  const held = tx.get<{ ip: string; person_id: string }>(
    `SELECT ip, person_id FROM ${bindings.table} WHERE subnet_id = ? AND state <> 'released' AND deleted_at IS NULL
     AND ip_order(ip) BETWEEN ip_order(?) AND ip_order(?) ORDER BY ip_order(ip) LIMIT 1`,
    subnet.id,
    draft.first_ip,
    draft.last_ip,
  );
  if (held)
    throw refuse('range_holds', {
      first: draft.first_ip,
      last: draft.last_ip,
      ip: held.ip,
      holder: holderText(tx, held.person_id),
    });
}

/** Adds a part to a subnet. Also used by the demo school. */
export function createRange(tx: WriteDb, draft: DraftOf<typeof addressRanges>): AddressRange {
  checkRange(tx, draft, null);
  return tx.insert(addressRanges, draft);
}

export function updateRange(tx: WriteDb, id: string, changes: PatchOf<typeof addressRanges>): AddressRange {
  const before = tx.need(addressRanges, id);
  checkRange(tx, { ...before, ...changes, subnet_id: before.subnet_id }, id);
  return tx.patch(addressRanges, id, { ...changes, subnet_id: before.subnet_id });
}
