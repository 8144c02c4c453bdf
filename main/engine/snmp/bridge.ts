/**
 * Which MAC is behind which port: BRIDGE-MIB (no VLANs) and Q-BRIDGE-MIB. A bridge port is a number of its own; only
 * dot1dBasePortIfIndex says which interface it is.
 */
import type { ForwardingEntry, Interface, TableState } from './reading.ts';
import type { Session } from './session.ts';
import { macOfIndex, numberOf, numbersOf } from './values.ts';
import type { Value, Walked, Walker } from './walk.ts';

const BASE_PORT_IF_INDEX = ['1.3.6.1.2.1.17.1.4.1.2'];
// dot1dTpFdbPort, dot1dTpFdbStatus by MAC; dot1qTpFdbPort, dot1qTpFdbStatus by FDB and MAC; dot1qVlanFdbId by time mark and VLAN
const BRIDGE_FDB = ['1.3.6.1.2.1.17.4.3.1.2', '1.3.6.1.2.1.17.4.3.1.3'];
const QBRIDGE_FDB = ['1.3.6.1.2.1.17.7.1.2.2.1.2', '1.3.6.1.2.1.17.7.1.2.2.1.3'];
const VLAN_FDB = ['1.3.6.1.2.1.17.7.1.4.2.1.3'];
const MAX_PORTS = 4096;
const MAX_VLANS = 4096;
/** What a core switch of a campus really holds; an access switch holds hundreds. */
export const MAX_FDB = 20_000;
export const MAX_VLAN = 4094;

const STATUS: Readonly<Record<number, ForwardingEntry['status']>> = { 3: 'learned', 4: 'self', 5: 'static' };
const INVALID = 2;

/** ifIndex by bridge port. */
export type PortMap = ReadonlyMap<number, number>;

export async function readPortMap(walker: Walker, session?: Session): Promise<{ state: TableState; ports: PortMap }> {
  const { state, rows } = await walker.walk(BASE_PORT_IF_INDEX, MAX_PORTS, session);
  const ports = new Map<number, number>();
  for (const [index, [value]] of rows) {
    const if_index = numberOf(value);
    if (if_index !== null && if_index > 0) ports.set(Number(index), if_index);
  }
  return { state, ports };
}

const TP_LINK = '1.3.6.1.4.1.11863.';
/** JetStream numbers its interfaces `gigabitEthernet 1/0/5 : copper` from here on (LibreNMS 19127, measured on 22 switches). */
const TP_LINK_FIRST = 49_152;
/** TP-Link leaves dot1dBasePortIfIndex out: by its own numbers, and only where the interface's name ends with the port's. */
export function tpLinkPorts(objectId: string | null, interfaces: readonly Interface[]): PortMap {
  if (!objectId?.startsWith(TP_LINK)) return new Map();
  return new Map(
    interfaces.flatMap(({ if_index, name }) => {
      const port = /\d+\/\d+\/(\d+)(?: *:.*)?$/.exec(name)?.[1];
      return if_index - TP_LINK_FIRST === Number(port) ? [[Number(port), if_index]] : [];
    }),
  );
}

/** A line of a forwarding table; null for lines that place nobody. */
function entryOf(
  address: readonly number[],
  vlan: number | null,
  [port, status]: readonly (Value | undefined)[],
  ports: PortMap,
): ForwardingEntry | null {
  const mac = macOfIndex(address);
  const bridge_port = numberOf(port) ?? 0;
  const code = numberOf(status);
  // devices without the status column list what they learned
  const kind = code === null ? 'learned' : (STATUS[code] ?? 'other');
  // port 0: "learned, but not where" (RFC 4188); the device's own addresses stand there with good reason
  if (mac === null || code === INVALID || (bridge_port <= 0 && kind !== 'self')) return null;
  return { mac, vlan, bridge_port, if_index: ports.get(bridge_port) ?? null, status: kind };
}

export interface Forwarding {
  readonly state: TableState;
  readonly entries: ForwardingEntry[];
}

/** `vlan`: where the question itself was about one VLAN (Cisco). */
export async function readBridge(
  walker: Walker,
  ports: PortMap,
  vlan: number | null = null,
  session?: Session,
): Promise<Forwarding> {
  const { state, rows } = await walker.walk(BRIDGE_FDB, MAX_FDB, session);
  const entries = Array.from(rows, ([index, cells]) => entryOf(numbersOf(index), vlan, cells, ports));
  return { state, entries: entries.filter((entry) => entry !== null) };
}

export async function readQBridge(walker: Walker, ports: PortMap): Promise<Forwarding> {
  const { state, rows } = await walker.walk(QBRIDGE_FDB, MAX_FDB);
  if (rows.size === 0) return { state, entries: [] };
  const vlanOf = vlanOfFdb(await walker.walk(VLAN_FDB, MAX_VLANS));
  const entries = Array.from(rows, ([index, cells]) => {
    const [fdb = 0, ...address] = numbersOf(index);
    return entryOf(address, vlanOf(fdb), cells, ports);
  });
  return { state, entries: entries.filter((entry) => entry !== null) };
}

/**
 * A forwarding database is a number of its own too. Where dot1qVlanFdbId gives it one VLAN, that is it; one that several share is none
 * of them for sure. Many devices leave the table out, list a part of it (H3C) or one number for all, and number by VLAN.
 */
export function vlanOfFdb({ rows }: Pick<Walked, 'rows'>): (fdb: number) => number | null {
  const vlans = new Map<number, number[]>();
  let direct = true;
  for (const [index, [value]] of rows) {
    const vlan = numbersOf(index).at(-1) ?? 0;
    const fdb = numberOf(value) ?? 0;
    if (fdb <= 0) continue;
    vlans.set(fdb, [...(vlans.get(fdb) ?? []), vlan]);
    if (fdb !== vlan) direct = false;
  }
  if (vlans.size === 1 && [...vlans.values()].some(({ length }) => length > 1)) direct = true;
  return (fdb) => {
    const own = vlans.get(fdb);
    if (own) return own.length === 1 ? (own[0] ?? null) : null;
    return direct && fdb >= 1 && fdb <= MAX_VLAN ? fdb : null;
  };
}
