/** Whether there is a network to watch in: a pulled cable or a laptop taken home is no fault of sixty-four devices. */
import type { networkStates } from '../../../../shared/features/watch.ts';
import { contains, parseCidr, parseIp } from '../../../../shared/ip.ts';
import type { ReadDb } from '../../db.ts';
import { readSetting, writeSetting } from '../../settings.ts';
import type { Link, Wire } from '../../wire/wire.ts';
import { allSubnets, cidrOf } from '../ipam/plan.ts';

export type NetworkState = (typeof networkStates)[number];
const KNOWN = 'watch.networks';
/** More places than a technician works in. */
const MOST_KNOWN = 32;

/** Cards of virtual machines and containers stay up without any network; they count only where there is nothing else. */
function realLinks(links: readonly Link[]): readonly Link[] {
  const cards = links.filter(({ virtual }) => !virtual);
  return cards.length > 0 ? cards : links.filter(({ mac }) => mac === null);
}
export const subnetsHere = (wire: Wire): string[] => [...new Set(realLinks(wire.links()).map(({ cidr }) => cidr))];

/** The watch may ask on the networks it stands in now, also when it comes back to them later. */
export function rememberNetwork(db: ReadDb, wire: Wire): void {
  const known = readSetting<string[]>(db, KNOWN) ?? [];
  const here = subnetsHere(wire).filter((cidr) => !known.includes(cidr));
  if (here.length > 0) writeSetting(db, KNOWN, [...here, ...known].slice(0, MOST_KNOWN));
}

/** Ready on a network of the register and on one it was once started in; elsewhere the same addresses are other people's devices. */
export function networkState(db: ReadDb, wire: Wire): NetworkState {
  const links = realLinks(wire.links());
  if (links.length === 0) return 'gone';
  const known = readSetting<string[]>(db, KNOWN) ?? [];
  if (links.some(({ cidr }) => known.includes(cidr))) return 'ready';
  const registered = allSubnets(db).map(cidrOf);
  const home = links.some(({ address, cidr }) => {
    const own = parseIp(address);
    const wide = parseCidr(cidr);
    return (
      own !== null && registered.some((each) => contains(each, own) || (wide !== null && contains(wide, each.first)))
    );
  });
  return home ? 'ready' : 'elsewhere';
}
