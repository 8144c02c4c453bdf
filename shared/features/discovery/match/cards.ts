/** Which addresses each network card was seen at. */

/** A router that answers for others (proxy ARP) is seen at every address of a subnet: so many are told. */
const TOLD = 8;
const NOWHERE: readonly string[] = [];

export interface Cards {
  note(mac: string, ip: string): void;
  seen(mac: string): boolean;
  isAt(mac: string, ip: string): boolean;
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
