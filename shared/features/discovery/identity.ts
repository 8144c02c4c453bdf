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
