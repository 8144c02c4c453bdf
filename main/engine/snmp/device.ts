/** Reads one device, in the helper process: the order of the questions, and what each answer makes of the whole. */
import { readAddresses, readArp } from './addresses.ts';
import { readBridge, readPortMap, readQBridge, tpLinkPorts } from './bridge.ts';
import { emptyReading } from './empty.ts';
import { readInterfaces } from './interfaces.ts';
import { readLldp } from './lldp.ts';
import type { Credential, DeviceReading, ForwardingEntry, ReadEnd, ReadOrder, TableName } from './reading.ts';
import { NoAnswer, openSession, stretches, type Session, type Stretch, type Varbind, type Why } from './session.ts';
import { systemOf, systemOids } from './system.ts';
import { readVendor } from './vendor.ts';
import { joined, Walker } from './walk.ts';

const ENDS: Record<Why, ReadEnd> = {
  silent: 'silent',
  closed: 'closed',
  credential: 'wrong_credential',
  garbage: 'garbage',
  stopped: 'stopped',
  // an answer all the same: the device speaks SNMP, the group is not there
  nothing: 'partial',
  refused: 'partial',
};

/** What is known so far; a stop keeps it. */
type Draft = { -readonly [Key in keyof DeviceReading]: DeviceReading[Key] };

/** Never throws. `stopper` is given, again and again, how to stop what is asked just now. */
export async function readDevice(order: ReadOrder, stopper: (stop: () => void) => void): Promise<DeviceReading> {
  const began = performance.now();
  const draft: Draft = { ...emptyReading(order.ip, 'complete') };
  for (const stretch of stretches(order.credential)) {
    const end = await readOnce(order, stretch, stopper, draft);
    draft.end = end;
    if (end !== 'wrong_credential') break;
  }
  draft.elapsed_ms = Math.round(performance.now() - began);
  return draft;
}

async function readOnce(
  { ip, port, credential }: ReadOrder,
  stretch: Stretch,
  stopper: (stop: () => void) => void,
  draft: Draft,
): Promise<ReadEnd> {
  let session: (Session & { close(): void }) | undefined;
  let walker: Walker | undefined;
  try {
    session = await openSession(ip, port, credential, { stretch });
    const { stop } = session;
    stopper(stop);
    walker = new Walker(session);
    draft.system = systemOf(await walker.get(systemOids).catch(tolerate));
    await readTables(walker, draft, async (vlan) => {
      const about = await openSession(ip, port, ...aboutVlan(credential, vlan, stretch));
      stopper(() => {
        stop();
        about.stop();
      });
      return about;
    });
    const whole = Object.values(draft.tables).every((state) => state !== 'cut' && state !== 'failed');
    return whole && draft.system !== null ? 'complete' : 'partial';
  } catch (error) {
    return ENDS[error instanceof NoAnswer ? error.why : 'garbage'];
  } finally {
    draft.varbinds = walker?.varbinds ?? 0;
    session?.close();
  }
}

/** Small tables first: a slow forwarding table must not cost the neighbours. */
async function readTables(walker: Walker, draft: Draft, openVlan: Parameters<typeof readVendor>[4]): Promise<void> {
  const ended = (table: TableName, state: DeviceReading['tables'][TableName]): void => {
    draft.tables = { ...draft.tables, [table]: state };
  };
  const known = await readInterfaces(walker);
  draft.interfaces = known.interfaces;
  ended('interfaces', known.state);
  const own = await readAddresses(walker);
  draft.addresses = own.addresses;
  ended('addresses', own.state);
  const objectId = draft.system?.object_id ?? null;
  const map = await readPortMap(walker);
  const ports = map.ports.size > 0 ? map.ports : tpLinkPorts(objectId, known.interfaces);
  const lldp = await readLldp(walker, known, ports);
  draft.neighbours = lldp.neighbours;
  ended('lldp', lldp.state);
  const byVlan = await readQBridge(walker, ports);
  draft.forwarding = byVlan.entries;
  ended('qbridge', byVlan.state);
  const hosts = (entries: readonly ForwardingEntry[]): boolean => entries.some(({ status }) => status === 'learned');
  const makers = await readVendor(walker, objectId, ports, hosts(byVlan.entries), openVlan);
  draft.forwarding = merged(draft.forwarding, makers.entries);
  ended('vendor', makers.state);
  // the table without VLANs says nothing new where one with VLANs was read to its end
  const enough =
    (byVlan.state === 'read' && hosts(byVlan.entries)) || (makers.state === 'read' && hosts(makers.entries));
  if (enough) ended('bridge', map.state);
  else {
    const plain = await readBridge(walker, ports);
    draft.forwarding = merged(draft.forwarding, plain.entries);
    ended(
      'bridge',
      plain.state === 'failed' ? 'failed' : joined([map.state === 'read' ? 'absent' : map.state, plain.state]),
    );
  }
  const arp = await readArp(walker);
  draft.arp = arp.arp;
  ended('arp', arp.state);
}

/** The same MAC is taken from the first table that has it: the more exact ones come first. */
function merged(first: readonly ForwardingEntry[], more: readonly ForwardingEntry[]): readonly ForwardingEntry[] {
  const known = new Set(first.map(({ mac }) => mac));
  return [...first, ...more.filter(({ mac }) => !known.has(mac))];
}

/** The credential the user gave, and in it the VLAN as IOS wants it: behind the community, or as a context of v3. No other is tried. */
function aboutVlan(
  credential: Credential,
  vlan: number,
  stretch: Stretch,
): [Credential, { stretch: Stretch; context?: string }] {
  return credential.version === 'v2c'
    ? [{ ...credential, community: `${credential.community}@${vlan}` }, { stretch }]
    : [credential, { stretch, context: `vlan-${vlan}` }];
}

/** An agent that knows no such group still answers about others. */
function tolerate(error: unknown): Varbind[] {
  if (error instanceof NoAnswer && (error.why === 'nothing' || error.why === 'refused')) return [];
  throw error;
}
