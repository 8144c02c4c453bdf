/**
 * Forwarding entries that only a maker's own way gives. Huawei has no Q-BRIDGE table and keeps port-security addresses apart from the
 * learned ones; Cisco IOS answers BRIDGE-MIB for one VLAN at a time, named in the question.
 */
import { readBridge, readPortMap, MAX_FDB, MAX_VLAN, type Forwarding, type PortMap } from './bridge.ts';
import type { ForwardingEntry, TableState } from './reading.ts';
import { NoAnswer, type Session } from './session.ts';
import { macOfIndex, numberOf, numbersOf, textOf } from './values.ts';
import { joined, type Walker } from './walk.ts';

const HUAWEI = '1.3.6.1.4.1.2011.';
const CISCO = '1.3.6.1.4.1.9.';
// HUAWEI-L2MAM-MIB: hwDynFdbPort by MAC, VLAN and VSI (its value is an ifIndex); hwCfgMacAddrQueryType, …IfIndex by VLAN, VSI, SI, bridge, MAC
const HUAWEI_LEARNED = ['1.3.6.1.4.1.2011.5.25.42.2.1.3.1.4'];
const HUAWEI_KEPT = ['1.3.6.1.4.1.2011.5.25.42.2.1.32.1.12', '1.3.6.1.4.1.2011.5.25.42.2.1.32.1.13'];
// CISCO-VTP-MIB: vtpVlanState by domain and VLAN
const CISCO_VLANS = ['1.3.6.1.4.1.9.9.46.1.3.1.1.2'];
const OPERATIONAL = 1;
/** FDDI and Token Ring, on every switch and never in use. */
const RESERVED = new Set([1002, 1003, 1004, 1005]);
/** Each VLAN is several questions; a campus switch that carries more is a core, whose tables are elsewhere. */
const MAX_VLANS = 128;

/** Opens a session about one VLAN of the same device. */
export type OpenVlan = (vlan: number) => Promise<Session & { close(): void }>;

export async function readVendor(
  walker: Walker,
  objectId: string | null,
  ports: PortMap,
  hasQBridge: boolean,
  openVlan: OpenVlan,
): Promise<Forwarding> {
  const id = `${objectId ?? ''}.`;
  if (id.startsWith(HUAWEI)) return await readHuawei(walker, ports);
  if (id.startsWith(CISCO) && !hasQBridge) return await readCisco(walker, openVlan);
  return { state: 'not_asked', entries: [] };
}

async function readHuawei(walker: Walker, ports: PortMap): Promise<Forwarding> {
  const bridgePort = new Map([...ports].map(([port, if_index]) => [if_index, port]));
  const entries: ForwardingEntry[] = [];
  const add = (
    mac: string | null,
    vlan: number | undefined,
    at: number | null,
    status: ForwardingEntry['status'],
  ): void => {
    if (mac === null || at === null || at <= 0) return;
    const known = vlan !== undefined && vlan >= 1 && vlan <= MAX_VLAN ? vlan : null;
    entries.push({ mac, vlan: known, bridge_port: bridgePort.get(at) ?? 0, if_index: at, status });
  };
  const learned = await walker.walk(HUAWEI_LEARNED, MAX_FDB);
  for (const [index, [port]] of learned.rows) {
    const parts = numbersOf(index);
    add(macOfIndex(parts.slice(0, 6)), parts[6], numberOf(port), 'learned');
  }
  const kept = await walker.walk(HUAWEI_KEPT, MAX_FDB);
  for (const [index, [type, port]] of kept.rows) {
    const parts = numbersOf(index);
    // only lines without a VSI and an SI: those of a plain VLAN
    if (parts[1] !== 0 || parts[2] !== 0) continue;
    const secure = /sticky|sec/i.test(textOf(type) ?? '');
    add(macOfIndex(parts.slice(4, 10)), parts[0], numberOf(port), secure ? 'learned' : 'static');
  }
  return { state: joined([learned.state, kept.state]), entries };
}

async function readCisco(walker: Walker, openVlan: OpenVlan): Promise<Forwarding> {
  const list = await walker.walk(CISCO_VLANS, 2 * MAX_VLANS);
  const vlans = [...list.rows]
    .filter(([, [state]]) => numberOf(state) === OPERATIONAL)
    .map(([index]) => numbersOf(index).at(-1) ?? 0)
    .filter((vlan) => vlan >= 1 && vlan <= MAX_VLAN && !RESERVED.has(vlan));
  if (vlans.length === 0) return { state: list.state === 'read' ? 'absent' : list.state, entries: [] };
  const entries: ForwardingEntry[] = [];
  const states: TableState[] = vlans.length > MAX_VLANS ? ['cut'] : [];
  for (const vlan of vlans.slice(0, MAX_VLANS)) {
    let session: (Session & { close(): void }) | undefined;
    try {
      session = await openVlan(vlan);
      const { ports } = await readPortMap(walker, session);
      const read = await readBridge(walker, ports, vlan, session);
      entries.push(...read.entries);
      states.push(read.state);
      // an agent that does not know this way is silent every time
      if (read.state === 'failed') break;
    } catch (error) {
      if (error instanceof NoAnswer && error.why === 'stopped') throw error;
      states.push('failed');
      break;
    } finally {
      session?.close();
    }
  }
  return { state: joined(states), entries };
}
