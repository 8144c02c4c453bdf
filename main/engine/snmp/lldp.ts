/** Neighbours by LLDP (IEEE 802.1AB): who is at the other end of the cable. */
import type { InterfacesRead } from './interfaces.ts';
import type { PortMap } from './bridge.ts';
import { lldpCapabilities, type LldpCapability, type LldpNeighbour, type TableState } from './reading.ts';
import { ipOf, macOf, numberOf, numbersOf, textOf } from './values.ts';
import type { Cells, Value, Walker } from './walk.ts';

const LLDP = '1.0.8802.1.1.2.1';
const column = (entry: string, at: number): string => `${LLDP}.${entry}.${at}`;
// lldpRemChassisIdSubtype, …ChassisId, …PortIdSubtype, …PortId, …PortDesc, …SysName, …SysDesc, …SysCapEnabled by time mark, local port, number
const REMOTE = [4, 5, 6, 7, 8, 9, 10, 12].map((at) => column('4.1.1', at));
// lldpRemManAddrIfSubtype, …IfId by the same and the address, which stands in the index alone
const ADDRESSES = [3, 4].map((at) => column('4.2.1', at));
// lldpLocPortIdSubtype, …PortId, …PortDesc by local port
const LOCAL = [2, 3, 4].map((at) => column('3.7.1', at));
const MAX_NEIGHBOURS = 2048;
const MAX_PORTS = 4096;

const CHASSIS = { mac: 4, address: 5 } as const;
const PORT = { mac: 3, address: 4 } as const;
const IPV4 = 1;

export async function readLldp(
  walker: Walker,
  { interfaces, descriptions }: Pick<InterfacesRead, 'interfaces' | 'descriptions'>,
  ports: PortMap,
): Promise<{ state: TableState; neighbours: LldpNeighbour[] }> {
  const remote = await walker.walk(REMOTE, MAX_NEIGHBOURS);
  const local = await walker.walk(LOCAL, MAX_PORTS);
  // a device that lists its own ports speaks LLDP and hears nobody: an answer, not a missing table
  const state = remote.state === 'absent' && local.rows.size > 0 ? 'read' : remote.state;
  if (remote.rows.size === 0) return { state, neighbours: [] };
  const addresses = managementAddresses(await walker.walk(ADDRESSES, MAX_NEIGHBOURS));
  const ifIndexOf = localPorts(local.rows, interfaces, descriptions, ports);
  const neighbours = Array.from(remote.rows, ([index, cells]): LldpNeighbour => {
    const [chassisKind, chassis, portKind, port, portText, name, description, abilities] = cells;
    // counted from the end: TP-Link leaves the time mark out
    const local_port = numbersOf(index).at(-2) ?? 0;
    return {
      local_port,
      if_index: ifIndexOf(local_port),
      chassis: idOf(numberOf(chassisKind), chassis, CHASSIS),
      port: idOf(numberOf(portKind), port, PORT),
      port_description: textOf(portText),
      system_name: textOf(name),
      system_description: textOf(description),
      management_ip: addresses.get(index) ?? null,
      capabilities: capabilitiesOf(abilities),
    };
  });
  return { state, neighbours: neighbours.filter((each) => each.chassis !== null || each.system_name !== null) };
}

/** An id is a MAC, an address or text, as its subtype says; where the subtype lies, six bytes that are no text are a MAC. */
function idOf(kind: number | null, value: Value | undefined, kinds: { mac: number; address: number }): string | null {
  if (!(value instanceof Uint8Array)) return null;
  if (kind === kinds.address && value[0] === IPV4) return ipOf(value.subarray(1));
  const mac = macOf(value);
  const printable = value.every((byte) => byte >= 0x20 && byte < 0x7f);
  return mac !== null && (kind === kinds.mac || !printable) ? mac : textOf(value);
}

/** A bit each, the first is the highest of the first byte (BITS of SMIv2). */
const capabilitiesOf = (bits: Value | undefined): LldpCapability[] | null =>
  bits instanceof Uint8Array
    ? lldpCapabilities.filter((_, at) => ((bits[at >> 3] ?? 0) & (0x80 >> (at & 7))) !== 0)
    : null;

/** IPv4 addresses, by the index of their neighbour; the first of several. Some agents leave the length of the address out. */
function managementAddresses({ rows }: { rows: ReadonlyMap<string, Cells> }): Map<string, string> {
  const found = new Map<string, string>();
  for (const index of rows.keys()) {
    const parts = numbersOf(index);
    const ip = ipOf(parts.slice(-4));
    const counted = parts.at(-5) === 4 && parts.at(-6) === IPV4;
    if (ip === null || ip.startsWith('0.') || (!counted && parts.at(-5) !== IPV4)) continue;
    const key = parts.slice(0, counted ? -6 : -5).join('.');
    if (!found.has(key)) found.set(key, ip);
  }
  return found;
}

/**
 * The interface of a local port number: the one that the device calls by the same name, if just one; else by the standard (a bridge
 * port, where the port is one, else the ifIndex).
 */
function localPorts(
  rows: ReadonlyMap<string, Cells>,
  interfaces: InterfacesRead['interfaces'],
  descriptions: InterfacesRead['descriptions'],
  ports: PortMap,
): (local: number) => number | null {
  const byName = new Map<string, Set<number>>();
  const known = new Set<number>();
  const call = (name: string | null | undefined, if_index: number): void => {
    if (name === null || name === undefined) return;
    byName.set(name, (byName.get(name) ?? new Set()).add(if_index));
  };
  for (const { if_index, name, mac } of interfaces) {
    known.add(if_index);
    call(name, if_index);
    call(mac, if_index);
    call(descriptions.get(if_index), if_index);
  }
  return (local) => {
    const [kind, id, text] = rows.get(String(local)) ?? [];
    for (const name of [idOf(numberOf(kind), id, PORT), textOf(text)]) {
      const named = name === null ? undefined : byName.get(name);
      if (named?.size === 1) return [...named][0] ?? null;
    }
    return ports.get(local) ?? (known.has(local) ? local : null);
  };
}
