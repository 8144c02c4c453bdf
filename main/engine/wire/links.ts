/** The laptop's own subnets, from what the system says about its network cards. */
import type { NetworkInterfaceInfo } from 'node:os';
import { contains, parseCidr, parseIp, showCidr } from '../../../shared/ip.ts';
import { isUnicastMac, parseMac } from '../../../shared/mac.ts';
import { isPrivate } from '../../../shared/features/discovery/scope.ts';
import type { Link } from './wire.ts';

/** Names that container, virtual machine and VPN software gives its cards, on the three systems. */
const VIRTUAL =
  /^(?:docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|wg|zt|tailscale|cni|flannel|vEthernet|bridge\d)|virtualbox|vmware|hyper-v|wsl/i;

/** Loopback, IPv6 and public addresses are left out: only private IPv4 subnets can be swept. */
export function linksOf(cards: NodeJS.Dict<NetworkInterfaceInfo[]>): Link[] {
  return Object.entries(cards).flatMap(([name, addresses]) =>
    (addresses ?? []).flatMap((info) => {
      if (info.family !== 'IPv4' || info.internal || info.cidr === null) return [];
      const value = parseIp(info.address);
      const cidr = parseCidr(info.cidr);
      if (value === null || cidr === null || cidr.prefix > 30 || !isPrivate(value)) return [];
      const hex = parseMac(info.mac);
      const mac = hex !== null && isUnicastMac(hex) ? hex : null;
      return [{ name, address: info.address, mac, cidr: showCidr(cidr), virtual: mac === null || VIRTUAL.test(name) }];
    }),
  );
}

/** The card whose subnet holds the address: neighbours of it answer ARP, everybody else stands behind a router. */
export function linkFor(links: readonly Link[], address: number): Link | undefined {
  return links.find((link) => {
    const cidr = parseCidr(link.cidr);
    return link.mac !== null && cidr !== null && contains(cidr, address);
  });
}

/** Whether an address is the network or broadcast address of an own subnet: everybody there would hear what it is asked. */
export const isEdge = (links: readonly Link[], address: number): boolean =>
  links.some((link) => {
    const cidr = parseCidr(link.cidr);
    return cidr !== null && (address === cidr.first || address === cidr.last);
  });
