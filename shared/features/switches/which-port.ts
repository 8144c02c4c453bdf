/** Which port is this network card plugged in at: ranked candidates with reasons. A port that leads to other switches is never the answer. */
import type { PortCandidate } from './candidate.ts';
import { readPorts, TOGETHER_MS, type KnownSwitch, type Snapshot, type SwitchPort } from './ports.ts';

export interface PortFinder {
  /** Best first. */
  find(mac: string): PortCandidate[];
  /** Every card that any table holds. */
  readonly macs: readonly string[];
  readonly ports: readonly SwitchPort[];
}

function endOf(port: SwitchPort, isSwitch: boolean): PortCandidate['end'] {
  if (isSwitch) return 'switch_itself';
  if (port.neighbourIs === 'access_point' || port.neighbourIs === 'telephone') return port.neighbourIs;
  return port.rows.size === 1 ? 'one_host' : 'several_hosts';
}

const rank = { self: 0, edge: 1, uplink: 2 } as const;
const learned = (status: PortCandidate['status']): number => (status === 'learned' ? 0 : 1);
const order = (a: PortCandidate, b: PortCandidate): number =>
  rank[a.kind] - rank[b.kind] ||
  Number(a.outdated) - Number(b.outdated) ||
  a.macs - b.macs ||
  b.read_at - a.read_at ||
  learned(a.status) - learned(b.status) ||
  (`${a.device_ip} ${a.port}` < `${b.device_ip} ${b.port}` ? -1 : 1);

/** Reads all tables once, for any number of questions. */
export function portFinder(devices: readonly Snapshot[], known: readonly KnownSwitch[] = []): PortFinder {
  const { ports, names } = readPorts(devices, known);
  const byMac = new Map<string, SwitchPort[]>();
  for (const port of ports)
    for (const mac of port.rows.keys()) {
      const seen = byMac.get(mac);
      if (seen) seen.push(port);
      else byMac.set(mac, [port]);
    }

  const at = (port: SwitchPort, mac: string): PortCandidate => {
    const { device, rows, neighbour } = port;
    const row = rows.get(mac);
    const owner = names.of(mac);
    // the card is that of the switch at the other end: for it, and only for it, this port is where it is plugged in
    const isNeighbour = owner !== null && neighbour !== null && names.ofNeighbour(neighbour) === owner;
    const isCarriedAlone = owner !== null && neighbour === null && port.carries.size === 1 && port.carries.has(owner);
    const isSwitch = owner !== device.device_ip && (isNeighbour || isCarriedAlone || neighbour?.chassis === mac);
    const isEdge = port.because.length === 0 || isSwitch;
    return {
      device_ip: device.device_ip,
      device: device.name ?? device.device_ip,
      port: port.name,
      if_index: port.if_index,
      alias: port.alias,
      vlan: row?.vlan ?? null,
      kind: isEdge ? 'edge' : 'uplink',
      uplink_because: isEdge ? [] : [...port.because],
      end: isEdge ? endOf(port, isSwitch) : null,
      macs: rows.size,
      status: row?.status ?? 'other',
      read_at: device.read_at,
      outdated: false,
      neighbour: neighbour?.system_name ?? neighbour?.management_ip ?? neighbour?.chassis ?? null,
      since: null,
    };
  };
  /** A device's own card is on no port of it; where it is plugged in, its neighbours tell. */
  const own = (mac: string): PortCandidate[] => {
    const device = devices.find((each) => each.device_ip === names.of(mac));
    if (!device) return [];
    const face = device.interfaces.find((each) => each.mac === mac);
    return [
      {
        device_ip: device.device_ip,
        device: device.name ?? device.device_ip,
        port: face?.name ?? '',
        if_index: face?.if_index ?? null,
        alias: face?.alias ?? null,
        vlan: null,
        kind: 'self' as const,
        uplink_because: [],
        end: null,
        macs: 0,
        status: 'self' as const,
        read_at: device.read_at,
        outdated: false,
        neighbour: null,
        since: null,
      },
    ];
  };

  const find = (mac: string): PortCandidate[] => {
    const found = [...own(mac), ...(byMac.get(mac) ?? []).map((port) => at(port, mac))];
    const newest = Math.max(...found.filter(({ kind }) => kind === 'edge').map(({ read_at }) => read_at));
    return found
      .map((each) => ({ ...each, outdated: each.kind === 'edge' && each.read_at < newest - TOGETHER_MS }))
      .toSorted(order);
  };
  return { find, macs: [...byMac.keys()], ports };
}
