/** What a host is, as far as it tells: names, open ports, kind of device, each with where it comes from. */
import { z } from 'zod';

/** Strongest first: where sources disagree, the earlier one is shown as the host's name. */
export const nameSources = ['snmp', 'netbios', 'mdns', 'dns', 'http'] as const;
export type NameSource = (typeof nameSources)[number];

export const deviceKinds = [
  'router',
  'switch',
  'access_point',
  'firewall',
  'server',
  'nas',
  'pc',
  'printer',
  'camera',
  'recorder',
  'ip_phone',
  'mobile',
  'display',
  'appliance',
] as const;
export type DeviceKind = (typeof deviceKinds)[number];

/** How much a sweep asks of each host it finds: nothing, its names, or also the few ports that tell what it is. */
export const identifyDepths = ['none', 'names', 'full'] as const;
export type IdentifyDepth = (typeof identifyDepths)[number];

/** What speaks for a kind: a vendor, an open port, an echo's time to live, a service, a page title, a name. */
export const clues = ['vendor', 'port', 'ttl', 'service', 'title', 'name', 'snmp', 'random_mac'] as const;

export const identity = z.object({
  names: z.array(z.object({ source: z.enum(nameSources), name: z.string() })),
  /** Open TCP ports, ascending. */
  ports: z.array(z.int()),
  /** Title of its web page. */
  title: z.string().nullable(),
  /** Null: nothing told. */
  kind: z.enum(deviceKinds).nullable(),
  /** The clues that decided for `kind`, weightiest first. `value` is shown as it is: `9100`, `Hikvision`, `_ipp._tcp`. */
  evidence: z.array(z.object({ clue: z.enum(clues), value: z.string() })),
});
export type Identity = z.infer<typeof identity>;

export const unidentified: Identity = { names: [], ports: [], title: null, kind: null, evidence: [] };

/** The one name of a host, by the strongest source that gave one. */
export const bestName = (names: Identity['names']): string | null =>
  nameSources.flatMap((source) => names.filter((each) => each.source === source)).at(0)?.name ?? null;

/** A name that a computer gave itself or was given: the title of its web page is none. */
const NAMED_BY: readonly NameSource[] = ['netbios', 'snmp', 'mdns', 'dns'];
export function toldName(host: {
  readonly name: string | null;
  readonly names: Identity['names'];
}): { name: string; source: NameSource | null } | null {
  for (const source of NAMED_BY) {
    const found = host.names.find((each) => each.source === source);
    if (found) return { name: shortOf(found.name, source), source };
  }
  return host.names.length === 0 && host.name !== null ? { name: shortOf(host.name, 'dns'), source: null } : null;
}
/** `sz-wangfang.school.local` is called `sz-wangfang`. */
const shortOf = (name: string, source: NameSource): string =>
  source === 'dns' || source === 'mdns' ? (name.split('.')[0] ?? name) : name;

/** As long as the register's field; DNS names may be longer. */
const HOSTNAME_MAX = 80;
/** What the register calls the computer name of a host. */
export const hostnameOf = (host: Parameters<typeof toldName>[0] | null): string | null =>
  (host && toldName(host)?.name.slice(0, HOSTNAME_MAX)) ?? null;
