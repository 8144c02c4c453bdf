/** The ports of all switches that were read, and which of them lead to other switches. Pure: the same readings give the same ports. */
import { isUnicastMac } from '../../mac.ts';
import { isLag } from '../../port-name.ts';
import type { UplinkReason } from './candidate.ts';

export interface ForwardingRow {
  readonly mac: string;
  readonly vlan: number | null;
  readonly bridge_port: number;
  readonly if_index: number | null;
  readonly status: 'learned' | 'self' | 'static' | 'other';
}
export interface NeighbourRow {
  readonly if_index: number | null;
  readonly chassis: string | null;
  readonly system_name: string | null;
  readonly system_description: string | null;
  readonly management_ip: string | null;
  readonly port: string | null;
  readonly port_description: string | null;
  readonly capabilities: readonly string[] | null;
}
/** One device as it was at its last reading. */
export interface Snapshot {
  readonly device_ip: string;
  readonly name: string | null;
  readonly read_at: number;
  readonly interfaces: readonly {
    readonly if_index: number;
    readonly name: string;
    readonly alias: string | null;
    readonly type: number | null;
    readonly mac: string | null;
    /** The trunk it is a cable of. */
    readonly lag_if_index?: number | null;
  }[];
  readonly addresses: readonly string[];
  readonly forwarding: readonly ForwardingRow[];
  readonly neighbours: readonly NeighbourRow[];
}
/** Switches that the register knows and that may not be readable. */
export interface KnownSwitch {
  readonly ip: string | null;
  readonly mac: string | null;
  readonly name: string | null;
}

export interface SwitchPort {
  readonly device: Snapshot;
  readonly name: string;
  readonly alias: string | null;
  readonly if_index: number | null;
  readonly rows: ReadonlyMap<string, ForwardingRow>;
  readonly neighbour: NeighbourRow | null;
  readonly neighbourIs: 'switch' | 'access_point' | 'telephone' | 'other' | null;
  readonly isLag: boolean;
  /** The switches whose own addresses it carries, as `Identities.of` names them. */
  readonly carries: ReadonlySet<string>;
  readonly because: UplinkReason[];
}

/** A trunk shows in that many cards at least; below it a small unmanaged switch or a virtual machine host is likelier. */
const MANY = 16;
const MANY_ON_LAG = 8;
/** No unmanaged switch has more sockets. */
const SURELY_MANY = 48;
/** Times the middle of the device's other ports. */
const MANY_TIMES = 5;
/** Entries leave a forwarding table after 5 minutes (IEEE 802.1D): tables read further apart may contradict each other. */
export const TOGETHER_MS = 10 * 60_000;

const SWITCH_WORDS = /switch|comware|\bvrp\b|catalyst|ios software|zxr10|\brg-s\d|\bs\d{4}|procurve|交换机/i;
/** What a switch calls its ports: a number, or slot and port. A computer's is a MAC or `eth0`. */
const SWITCH_PORT = /^\d{1,3}$|\d\/\d/;
const OTHER_WORDS = /phone|access point|wireless|\bap\d|printer|camera|话机|无线/i;

/** Who owns an address, a network card or a name, among the devices read and the switches registered. */
export interface Identities {
  of(mac: string): string | null;
  ofNeighbour(neighbour: NeighbourRow): string | null;
}
export function identities(devices: readonly Snapshot[], known: readonly KnownSwitch[]): Identities {
  const byMac = new Map<string, string>();
  const byIp = new Map<string, string>();
  const byName = new Map<string, string>();
  const put = (map: Map<string, string>, key: string | null, id: string): void => {
    if (key !== null && key !== '' && !map.has(key)) map.set(key, id);
  };
  for (const device of devices) {
    for (const ip of [device.device_ip, ...device.addresses]) put(byIp, ip, device.device_ip);
    put(byName, device.name?.toLowerCase() ?? null, device.device_ip);
    for (const { mac } of device.interfaces) if (mac !== null && isUnicastMac(mac)) put(byMac, mac, device.device_ip);
    for (const row of device.forwarding) if (row.status === 'self') put(byMac, row.mac, device.device_ip);
  }
  for (const { ip, mac, name } of known) {
    const id = (ip === null ? undefined : byIp.get(ip)) ?? (mac === null ? undefined : byMac.get(mac)) ?? ip ?? mac;
    if (id === null || id === undefined) continue;
    put(byIp, ip, id);
    put(byMac, mac, id);
    put(byName, name?.toLowerCase() ?? null, id);
  }
  return {
    of: (mac) => byMac.get(mac) ?? null,
    ofNeighbour: ({ chassis, management_ip, system_name }) =>
      byMac.get(chassis ?? '') ?? byIp.get(management_ip ?? '') ?? byName.get(system_name?.toLowerCase() ?? '') ?? null,
  };
}

function kindOf(neighbour: NeighbourRow | null, known: Identities): SwitchPort['neighbourIs'] {
  if (!neighbour) return null;
  const can = neighbour.capabilities ?? [];
  if (can.includes('telephone')) return 'telephone';
  if (can.includes('access_point')) return 'access_point';
  if (can.includes('bridge') || can.includes('repeater')) return 'switch';
  if (known.ofNeighbour(neighbour) !== null) return 'switch';
  if (neighbour.capabilities !== null) return 'other';
  const words = `${neighbour.system_description ?? ''} ${neighbour.system_name ?? ''}`;
  const looks = SWITCH_WORDS.test(words) || SWITCH_PORT.test(neighbour.port ?? '');
  return looks && !OTHER_WORDS.test(words) ? 'switch' : 'other';
}

function portsOf(device: Snapshot, known: Identities): SwitchPort[] {
  const interfaces = new Map(device.interfaces.map((each) => [each.if_index, each]));
  const groups = new Map<string, ForwardingRow[]>();
  for (const row of device.forwarding) {
    // port 0: the device knows the address and not where; its own addresses are on no port
    if (row.status === 'self' || (row.bridge_port === 0 && row.if_index === null)) continue;
    const key = row.if_index === null ? `b${row.bridge_port}` : `i${row.if_index}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map((rows): SwitchPort => {
    const [first] = rows as [ForwardingRow, ...ForwardingRow[]];
    const face = first.if_index === null ? undefined : interfaces.get(first.if_index);
    // LLDP names the cable, the forwarding table the trunk of several cables
    const cables = new Set(
      device.interfaces
        .filter((each) => each.if_index === first.if_index || each.lag_if_index === first.if_index)
        .map((each) => each.if_index),
    );
    const beside = device.neighbours.filter(
      ({ if_index }) =>
        if_index !== null && first.if_index !== null && (if_index === first.if_index || cables.has(if_index)),
    );
    const neighbour = beside.find((each) => kindOf(each, known) === 'switch') ?? beside[0] ?? null;
    const carries = new Set(rows.flatMap((row) => known.of(row.mac) ?? []));
    carries.delete(device.device_ip);
    const name = face?.name ?? `port ${first.bridge_port}`;
    return {
      device,
      name,
      alias: face?.alias ?? null,
      if_index: first.if_index,
      // one card in several VLANs is one card
      rows: new Map(rows.toReversed().map((row) => [row.mac, row])),
      neighbour,
      neighbourIs: kindOf(neighbour, known),
      isLag: isLag({ type: face?.type ?? null, name }),
      carries,
      because: [],
    };
  });
}

/**
 * LLDP is heard on the cables of an aggregated link, cards on the link itself. Of a device that does not say which cable is whose:
 * where a port hears a switch and has no cards of its own, no aggregated link passes for an edge.
 */
function mayLeadToSwitch(port: SwitchPort, siblings: readonly SwitchPort[], known: Identities): boolean {
  const { interfaces } = port.device;
  if (!port.isLag || port.neighbour !== null || interfaces.some((each) => each.lag_if_index != null)) return false;
  return port.device.neighbours.some(
    (each) => kindOf(each, known) === 'switch' && !siblings.some(({ if_index }) => if_index === each.if_index),
  );
}

function middle(counts: readonly number[]): number {
  const sorted = counts.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
function hasMany(port: SwitchPort, siblings: readonly SwitchPort[]): boolean {
  if (port.neighbourIs === 'access_point') return false;
  const count = port.rows.size;
  if (count > SURELY_MANY) return true;
  const vlans = new Set([...port.rows.values()].map((row) => row.vlan)).size;
  if (count > MANY_ON_LAG && (port.isLag || vlans >= 3)) return true;
  const others = siblings.filter((each) => each !== port).map((each) => each.rows.size);
  return others.length >= 3 && count > Math.max(MANY, MANY_TIMES * middle(others));
}
/** Two whole ports of another switch behind one: then that switch, or what joins them, is behind it. */
function hasPortsBehind(port: SwitchPort, all: readonly (readonly SwitchPort[])[]): boolean {
  return all.some((others) => {
    const [first] = others;
    if (!first || first.device === port.device) return false;
    if (Math.abs(first.device.read_at - port.device.read_at) > TOGETHER_MS) return false;
    const behind = others.filter(
      ({ rows }) => rows.size < port.rows.size && [...rows.keys()].every((mac) => port.rows.has(mac)),
    );
    return behind.length >= 2;
  });
}

/** Every port that saw a card, with the reasons why it is an uplink. */
export function readPorts(
  devices: readonly Snapshot[],
  known: readonly KnownSwitch[],
): { ports: SwitchPort[]; names: Identities } {
  const names = identities(devices, known);
  const byDevice = devices.map((device) => portsOf(device, names));
  for (const ports of byDevice)
    for (const port of ports) {
      if (port.neighbourIs === 'switch' || mayLeadToSwitch(port, ports, names)) port.because.push('lldp_switch');
      if (port.carries.size > 0) port.because.push('carries_switch');
      if (hasPortsBehind(port, byDevice)) port.because.push('ports_behind');
      if (hasMany(port, ports)) port.because.push('many_macs');
    }
  return { ports: byDevice.flat(), names };
}
