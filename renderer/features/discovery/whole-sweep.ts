/** What a sweep shows to be missing in the register beyond single findings. */
import { contains, overlaps, parseCidr } from '../../../shared/ip.ts';
import type { Entry } from './entries.ts';
import type { SubnetName } from './subnet-names.ts';

/** One that has two hosts or fewer is a line between routers, or a single address that was looked at. */
const WIDEST_LINE = 30;

/** Ranges that were swept, where somebody answered, and of which the register knows no part. */
export function unregistered(
  cidrs: readonly string[],
  entries: readonly Entry[],
  /** Null: not known yet. */
  names: readonly SubnetName[] | null,
): readonly string[] {
  if (names === null) return [];
  const known = names.flatMap(({ cidr }) => parseCidr(cidr) ?? []);
  return cidrs.filter((written) => {
    const cidr = parseCidr(written);
    if (!cidr || cidr.prefix > WIDEST_LINE || known.some((each) => overlaps(each, cidr))) return false;
    return entries.some(({ host, at }) => host !== null && contains(cidr, at));
  });
}

/** Bindings the switches know the port of, and the register does not. */
export const withoutPort = (entries: readonly Entry[]): readonly Entry[] =>
  entries.filter(({ fact }) => fact?.port && fact.port.registered === null && fact.holder && !fact.ignored);
