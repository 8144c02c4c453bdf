/** What a sweep may say of an address, gravest first. */
export const verdicts = [
  'conflict',
  'mac_twice',
  'ip_taken',
  'moved',
  'port_moved',
  'new_mac',
  'unbound',
  'misnamed',
  'silent',
  'unseen',
  'proxied',
  'dynamic',
  'known',
] as const;
/**
 * - conflict: one IP was seen with two MACs. mac_twice: a MAC that is at its own IP is at another one as well (a cloned image).
 * - ip_taken: a bound IP with another MAC. moved: a bound MAC at another IP, and not at its own.
 * - port_moved: as registered, but at another switch port. misnamed: as registered, under a name that breaks the naming rule.
 * - new_mac: a host that nothing in the register explains. unbound: the MAC of a registered asset, at an IP that is not bound.
 * - silent: bound and active, asked often enough in two ways, and not seen. unseen: not seen this time, as a PC that is switched off.
 * - proxied: a router answers there for others (proxy ARP), so nothing is known of the address itself.
 * - dynamic: anything in a DHCP or wireless range, never an alarm. known: as registered.
 */
export type Verdict = (typeof verdicts)[number];
/** Verdicts that ask for somebody's decision. */
export const openVerdicts: readonly Verdict[] = [
  'conflict',
  'mac_twice',
  'ip_taken',
  'moved',
  'port_moved',
  'new_mac',
  'unbound',
  'misnamed',
  'silent',
];
