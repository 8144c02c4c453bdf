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

export interface Proxy {
  /** Where it was seen at home, if it was. */
  readonly ip: string | null;
  readonly mac: string;
  /** For how many addresses it answered. */
  readonly count: number;
}
/** Routers that answered for others, the busiest first. */
export function proxies(entries: readonly Entry[]): readonly Proxy[] {
  const counts = new Map<string, number>();
  for (const { verdict, mac } of entries)
    if (verdict === 'proxied' && mac !== null) counts.set(mac, (counts.get(mac) ?? 0) + 1);
  if (counts.size === 0) return [];
  const homes = new Map(
    entries.flatMap(({ verdict, mac, ip, host }) =>
      verdict !== 'proxied' && host !== null && mac !== null && counts.has(mac) ? [[mac, ip] as const] : [],
    ),
  );
  return [...counts]
    .map(([mac, count]) => ({ mac, count, ip: homes.get(mac) ?? null }))
    .toSorted((a, b) => b.count - a.count);
}

/** Bindings the switches know the port of, and the register does not. */
export const withoutPort = (entries: readonly Entry[]): readonly Entry[] =>
  entries.filter(({ fact }) => fact?.port && fact.port.registered === null && fact.holder && !fact.ignored);
