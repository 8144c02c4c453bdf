/** From the tables of a paste to a reading, as SNMP would have given it. A console tells no numbers of interfaces: they are counted. */
import { isLag, portKey } from '../../../../shared/port-name.ts';
import type { Section } from '../../../../shared/features/console/parse.ts';
import type { ConsoleTable, NeighbourRow, Rows } from '../../../../shared/features/console/rows.ts';
import type { DeviceReading, Interface, LldpCapability, TableState } from '../../snmp/reading.ts';

export const rowsOf = <T extends ConsoleTable>(sections: readonly Section[], table: T): Rows[T][] =>
  sections.filter((each) => each.table === table).flatMap((each) => each.rows as Rows[T][]);

/** IANAifType-MIB: ethernetCsmacd, l3ipvlan, ieee8023adLag, other. */
const TYPES = { cable: 6, vlan: 136, lag: 161, other: 1 } as const;
const CABLE = /^(?:\d+ge|ge|fe|eth|xge)\d/;
/** A port with a socket: no VLAN, no aggregate, no loopback. */
export const isSocket = (name: string): boolean => CABLE.test(portKey(name));
const typeOf = (name: string): number =>
  isLag({ type: null, name })
    ? TYPES.lag
    : isSocket(name)
      ? TYPES.cable
      : portKey(name).startsWith('vlan')
        ? TYPES.vlan
        : TYPES.other;

/** Every interface that any table names, once, by its longest name. */
function facesOf(sections: readonly Section[]): Map<string, Interface> {
  const faces = new Map<string, Interface>();
  const named = (name: string): Interface => {
    const key = portKey(name);
    const known = faces.get(key);
    if (known && known.name.length >= name.length) return known;
    const face: Interface = known
      ? { ...known, name }
      : {
          if_index: faces.size + 1,
          name,
          alias: null,
          type: typeOf(name),
          admin_up: null,
          up: null,
          speed_mbps: null,
          mac: null,
          lag_if_index: null,
        };
    faces.set(key, face);
    return face;
  };
  for (const { port, up, admin_up, speed_mbps, alias } of rowsOf(sections, 'interfaces'))
    faces.set(portKey(port), { ...named(port), up, admin_up, speed_mbps, alias });
  for (const table of ['mac', 'arp', 'neighbours'] as const)
    for (const { port } of rowsOf(sections, table)) if (port !== null) named(port);
  return faces;
}

/** A short list and a long one of the same port tell of one neighbour. */
export function neighboursOf(sections: readonly Section[]): NeighbourRow[] {
  const told: NeighbourRow[] = [];
  const places = new Map<string, number>();
  const keysOf = ({ port, chassis, name }: NeighbourRow): string[] =>
    [chassis, name].flatMap((who, by) => (who === null ? [] : [`${portKey(port)} ${by} ${who}`]));
  for (const row of rowsOf(sections, 'neighbours')) {
    const keys = keysOf(row);
    const at = keys.map((key) => places.get(key)).find((place) => place !== undefined) ?? told.length;
    for (const key of keys) places.set(key, at);
    const before = told[at];
    if (!before) told.push(row);
    else
      told[at] = Object.fromEntries(
        Object.entries(row).map(([field, value]) => [field, value ?? before[field as keyof NeighbourRow]]),
      ) as unknown as NeighbourRow;
  }
  return told;
}

/** Addresses that the switch says are its own, management first as it prints them. */
export const ownAddresses = (sections: readonly Section[]): string[] => [
  ...new Set([
    ...rowsOf(sections, 'interfaces').flatMap(({ ip }) => ip ?? []),
    ...rowsOf(sections, 'arp').flatMap(({ ip, own }) => (own ? [ip] : [])),
  ]),
];

export function readingOf(sections: readonly Section[], ip: string, host: string | null): DeviceReading {
  const faces = facesOf(sections);
  const index = (port: string | null): number | null =>
    port === null ? null : (faces.get(portKey(port))?.if_index ?? null);
  const state = (table: ConsoleTable): TableState =>
    sections.some((each) => each.table === table) ? 'read' : 'not_asked';
  const addresses = ownAddresses(sections);
  return {
    ip,
    source: 'console',
    end: 'complete',
    elapsed_ms: 0,
    varbinds: 0,
    tables: {
      interfaces: state('interfaces'),
      addresses: addresses.length > 0 ? 'read' : 'not_asked',
      arp: state('arp'),
      bridge: state('mac'),
      qbridge: 'not_asked',
      vendor: 'not_asked',
      lldp: state('neighbours'),
    },
    system: { name: host, description: null, object_id: null, location: null, contact: null, uptime_s: null },
    interfaces: [...faces.values()],
    addresses: [...new Set([ip, ...addresses])],
    arp: rowsOf(sections, 'arp').map((row) => ({ ip: row.ip, mac: row.mac, if_index: index(row.port) })),
    forwarding: rowsOf(sections, 'mac').map((row) => ({
      mac: row.mac,
      vlan: row.vlan,
      bridge_port: 0,
      if_index: index(row.port),
      status: row.status,
    })),
    neighbours: neighboursOf(sections).map((row) => ({
      local_port: index(row.port) ?? 0,
      if_index: index(row.port),
      chassis: row.chassis,
      port: row.remote,
      port_description: row.description,
      system_name: row.name,
      system_description: row.system,
      management_ip: row.ip,
      capabilities: row.capabilities as readonly LldpCapability[] | null,
    })),
  };
}
