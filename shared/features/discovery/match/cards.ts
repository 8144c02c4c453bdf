/** Which addresses each network card was seen at. */

/** A card may be at many addresses: so many are told. */
const TOLD = 8;
/** A server has some addresses; a card at more than these answers for others, as a router does by proxy ARP. */
export const OWN_AT_MOST = 32;
const NOWHERE: readonly string[] = [];

export interface Cards {
  note(mac: string, ip: string): void;
  seen(mac: string): boolean;
  isAt(mac: string, ip: string): boolean;
  /** Whether it was seen at more addresses than a host has. */
  answersForOthers(mac: string): boolean;
  /** The other addresses, the first few of them. */
  others(mac: string, ip: string): readonly string[];
}

/** Nearly every card is at one address: only for the others is there a list. */
export function createCards(): Cards {
  const first = new Map<string, string>();
  const all = new Map<string, Set<string>>();
  const sorted = new Map<string, readonly string[]>();
  return {
    note(mac, ip) {
      const before = first.get(mac);
      if (before === undefined) first.set(mac, ip);
      else if (before !== ip) all.set(mac, (all.get(mac) ?? new Set([before])).add(ip));
    },
    seen: (mac) => first.has(mac),
    answersForOthers: (mac) => (all.get(mac)?.size ?? 0) > OWN_AT_MOST,
    isAt: (mac, ip) => first.get(mac) === ip || all.get(mac)?.has(ip) === true,
    others(mac, ip) {
      const ips = all.get(mac);
      if (!ips) return NOWHERE;
      const list = sorted.get(mac) ?? [...ips].toSorted().slice(0, TOLD + 1);
      sorted.set(mac, list);
      return list.filter((each) => each !== ip).slice(0, TOLD);
    },
  };
}
