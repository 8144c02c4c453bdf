/** Which of the laptop's subnets are swept unless somebody says otherwise. */
import { parseCidr, showCidr, type Cidr } from '../../../../shared/ip.ts';
import { gatewayOf } from '../../wire/network.ts';
import type { Route } from '../../wire/routes.ts';
import type { Link } from '../../wire/wire.ts';

/** What to sweep of an own subnet: all of it, or the /24 around the own address where it is wider than a sweep may be unasked. */
export function scopeOf(link: Link): string {
  const cidr = parseCidr(link.cidr);
  return cidr && cidr.prefix < 20 ? showCidr(parseCidr(`${link.address}/24`) as Cidr) : link.cidr;
}

/** Why a subnet is offered and not preselected: behind a tunnel is somebody else's site, behind a virtual card only this computer. */
export const doubtOf = (link: Link): 'tunnel' | 'virtual' | null =>
  link.mac === null ? 'tunnel' : link.virtual ? 'virtual' : null;

/**
 * The real cards. Where there is none, the virtual card that has the gateway: Windows with Hyper-V hangs the real network on one, and
 * a virtual machine has no other.
 */
export function suggestedLinks(links: readonly Link[], routes: readonly Route[]): Link[] {
  const real = links.filter((link) => doubtOf(link) === null);
  return real.length > 0
    ? real
    : links.filter((link) => doubtOf(link) === 'virtual' && gatewayOf(link, routes) !== null);
}
