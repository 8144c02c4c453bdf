/** What a subnet and its parts must fulfil. Pure: the form shows the same sentence that the engine refuses with. */
import { contains, hostRange, overlaps, parseCidr, parseIp, showCidr, showIp, type Cidr } from '../../ip.ts';
import { refuse, type Refusal } from '../../refusal.ts';

/** Wider than this is a whole site, not a subnet: no screen or sweep could hold it. */
export const WIDEST_PREFIX = 16;
/** This host, loopback, link-local, multicast and reserved: no host is numbered from them (RFC 6890). */
const UNUSABLE = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'].map((text) => parseCidr(text) as Cidr);

export interface SubnetDraft {
  readonly cidr: string;
  readonly gateway?: string | null;
}
export interface KnownSubnet {
  readonly id: string;
  readonly cidr: string;
  readonly name: string;
}

const badCidr = (): Refusal => refuse('invalid', { field: 'subnets.cidr', problem: 'cidr' });

/** What is wrong with a subnet beside the others, or null. `self` is the subnet being changed. */
export function subnetProblem(
  draft: SubnetDraft,
  others: readonly KnownSubnet[],
  self: string | null = null,
): Refusal | null {
  const cidr = parseCidr(draft.cidr);
  if (!cidr) return badCidr();
  const shown = showCidr(cidr);
  if (cidr.prefix < WIDEST_PREFIX) return refuse('subnet_too_wide', { cidr: shown, widest: WIDEST_PREFIX });
  if (UNUSABLE.some((range) => overlaps(range, cidr))) return refuse('subnet_unusable', { cidr: shown });
  for (const other of others) {
    const theirs = parseCidr(other.cidr);
    if (other.id !== self && theirs && overlaps(theirs, cidr))
      return refuse('subnet_overlap', { cidr: shown, other: other.cidr, name: other.name });
  }
  if (!draft.gateway) return null;
  const gateway = parseIp(draft.gateway);
  if (gateway === null) return refuse('invalid', { field: 'subnets.gateway', problem: 'ip' });
  const [first, last] = hostRange(cidr);
  return gateway < first || gateway > last
    ? refuse('gateway_outside', { gateway: showIp(gateway), cidr: shown, first: showIp(first), last: showIp(last) })
    : null;
}

export interface PartDraft {
  readonly first_ip: string;
  readonly last_ip: string;
}
export interface KnownPart extends PartDraft {
  readonly id: string;
}

/** What is wrong with a part of a subnet beside its other parts, or null. */
export function partProblem(
  draft: PartDraft,
  cidr: Cidr,
  others: readonly KnownPart[],
  self: string | null = null,
): Refusal | null {
  const first = parseIp(draft.first_ip);
  const last = parseIp(draft.last_ip);
  if (first === null) return refuse('invalid', { field: 'address_ranges.first_ip', problem: 'ip' });
  if (last === null) return refuse('invalid', { field: 'address_ranges.last_ip', problem: 'ip' });
  const span = { first: showIp(first), last: showIp(last) };
  if (first > last) return refuse('range_backwards', span);
  const [low, high] = hostRange(cidr);
  if (first < low || last > high || !contains(cidr, first))
    return refuse('range_outside', { ...span, cidr: showCidr(cidr), low: showIp(low), high: showIp(high) });
  for (const other of others) {
    const theirFirst = parseIp(other.first_ip) ?? 0;
    const theirLast = parseIp(other.last_ip) ?? 0;
    if (other.id !== self && first <= theirLast && theirFirst <= last)
      return refuse('range_overlap', { ...span, other: `${other.first_ip}–${other.last_ip}` });
  }
  return null;
}
