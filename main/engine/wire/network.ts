/**
 * Which network the laptop stands in. 192.168.1.0/24 is everywhere; the card of its gateway is not: an approval to sweep holds for the
 * two together (security.md X6).
 */
import { contains, parseCidr, parseIp, type Cidr } from '../../../shared/ip.ts';
import type { Route } from './routes.ts';
import { linkFor } from './links.ts';
import type { Link, Wire } from './wire.ts';

/** A subnet the sweep goes into or through, with its gateway. */
export interface NetworkMark {
  readonly cidr: string;
  readonly gateway: string | null;
  /** 12 upper-case hex digits; null where there is no gateway, or it does not answer. */
  readonly mac: string | null;
}

/** A gateway of the own subnet answers in a few milliseconds, or is down. */
const GATEWAY_WAIT_MS = 400;
const LOOK_EVERY_MS = 20;

const within = (cidr: string, address: string): boolean => {
  const range = parseCidr(cidr);
  const value = parseIp(address);
  return range !== null && value !== null && contains(range, value);
};
/** The gateway of a link: the way to everywhere, or else the first of the ways to somewhere. */
export function gatewayOf(link: Pick<Link, 'cidr'>, routes: readonly Route[]): string | null {
  const here = routes.filter((route) => within(link.cidr, route.gateway));
  return (here.find((route) => route.cidr === '0.0.0.0/0') ?? here[0])?.gateway ?? null;
}

/** The links a sweep needs: its own subnets, and those through which the others are reached. */
function linksToward(cidrs: readonly Cidr[], links: readonly Link[], routes: readonly Route[]): Link[] {
  const ways = routes
    .flatMap((route) => {
      const cidr = parseCidr(route.cidr);
      return cidr === null ? [] : [{ cidr, gateway: parseIp(route.gateway) ?? 0 }];
    })
    .toSorted((a, b) => b.cidr.prefix - a.cidr.prefix);
  const needed = new Set<Link>();
  for (const cidr of cidrs) {
    const own = links.filter((link) => {
      const subnet = parseCidr(link.cidr);
      return subnet !== null && subnet.first <= cidr.last && cidr.first <= subnet.last;
    });
    const way = ways.find((each) => contains(each.cidr, cidr.first));
    const through = way && linkFor(links, way.gateway);
    for (const link of own.length > 0 || !through ? own : [through]) needed.add(link);
  }
  return links.filter((link) => needed.has(link));
}

/** A gateway the kernel does not know is asked for, as the kernel itself would at the next packet: `answered` are those that came. */
export async function readNetwork(
  wire: Wire,
  cidrs: readonly Cidr[],
): Promise<{ marks: NetworkMark[]; answered: ReadonlySet<string> }> {
  const routes = await wire.routes().catch(() => []);
  const wanted = linksToward(cidrs, wire.links(), routes).map((link) => ({
    cidr: link.cidr,
    gateway: link.mac === null ? null : gatewayOf(link, routes),
  }));
  const from = wire.now();
  const asked = new Set<string>();
  for (;;) {
    const table = new Map((await wire.neighbours().catch(() => [])).map(({ ip, mac }) => [ip, mac] as const));
    const marks = wanted.map((mark) => ({ ...mark, mac: (mark.gateway && table.get(mark.gateway)) || null }));
    const open = marks.flatMap(({ gateway, mac }) => (gateway !== null && mac === null ? [gateway] : []));
    if (open.length === 0 || wire.now() - from > GATEWAY_WAIT_MS)
      return { marks, answered: new Set([...asked].filter((ip) => table.get(ip))) };
    for (const gateway of open.filter((each) => !asked.has(each))) wire.poke(gateway);
    for (const gateway of open) asked.add(gateway);
    await wire.sleep(LOOK_EVERY_MS);
  }
}

/** Whether the cards that held the marks' subnets are still there. */
export const stillLinked = (before: readonly Link[], now: readonly Link[]): boolean =>
  before.every((link) => now.some((each) => each.address === link.address && each.cidr === link.cidr));

/** Whether another card answers as one of the gateways. One that is silent proves nothing. */
export async function sameGateways(wire: Wire, marks: readonly NetworkMark[]): Promise<boolean> {
  const known = marks.filter(({ gateway, mac }) => gateway !== null && mac !== null);
  if (known.length === 0) return true;
  const table = new Map((await wire.neighbours().catch(() => [])).map(({ ip, mac }) => [ip, mac] as const));
  return known.every(({ gateway, mac }) => (table.get(gateway ?? '') ?? mac) === mac);
}
