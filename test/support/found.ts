/** A small office on a fake network, for tests of what a sweep finds there and what is done about it. */
import type { FoundFact } from '../../shared/features/discovery.ts';
import type { AcceptOrder } from '../../shared/features/discovery/findings.ts';
import { addressRanges, bindings } from '../../shared/features/ipam.ts';
import { testEngine, type TestEngine } from './engine.ts';
import { fakeWire, type FakeHost, type FakeNetwork } from './fake-wire.ts';

type Order = Partial<AcceptOrder> & Pick<AcceptOrder, 'action'>;
export interface Office extends TestEngine {
  readonly network: { hosts: FakeHost[] };
  readonly person: string;
  readonly room: string;
  readonly subnet: string;
  /** One whole sweep of the office; returns its id. */
  sweep(): Promise<string>;
  facts(): Promise<FoundFact[]>;
  fact(octet: number): Promise<FoundFact>;
  /** What asks for a decision or was not seen, as `verdict .octet`. */
  open(): Promise<string[]>;
  /** The order for some addresses of the last sweep; with the stamps of its preview. */
  order(octets: readonly number[], order: Order): Promise<AcceptOrder>;
}

export const macOf = (octet: number): string => `001B210000${octet.toString(16).toUpperCase().padStart(2, '0')}`;
export const pc = (octet: number, more: Partial<FakeHost> = {}): FakeHost => ({
  ip: `10.20.30.${octet}`,
  mac: macOf(octet),
  ...more,
});
interface Held {
  readonly octet: number;
  readonly mac?: string | null;
  readonly state?: 'active' | 'reserved';
  readonly hostname?: string;
  readonly port?: { readonly switch_name: string; readonly switch_port: string };
}

/** Bound are `.5` and `.9` unless told otherwise; the gateway is `.1`, dynamic from `.200` to `.240`. */
export async function office(
  network: { hosts: FakeHost[] } & Partial<FakeNetwork>,
  held: readonly Held[] = [{ octet: 5 }, { octet: 9 }],
): Promise<Office> {
  const test = await testEngine({ ports: { wire: () => fakeWire(network) } });
  const { call, engine } = test;
  const room = await call.locations.create({ name: '财务室', kind: 'room', parent_id: null });
  const person = await call.people.create({ name: '王芳', identity: 'staff', letter: 'signed', status: 'active' });
  const subnet = await call.ipam.createSubnet({
    cidr: '10.20.30.0/24',
    name: '行政办公',
    purpose: 'office',
    gateway: '10.20.30.1',
  });
  engine.command('test.register', (tx) => {
    for (const { octet, mac, state, hostname, port } of held)
      tx.insert(bindings, {
        ip: `10.20.30.${octet}`,
        mac: mac === undefined ? macOf(octet) : mac,
        person_id: person.id,
        location_id: room.id,
        subnet_id: subnet.id,
        hostname: hostname ?? null,
        ...port,
        opened_on: '2026-09-01',
        opened_at: Date.parse('2026-09-01T09:00+08:00'),
        state: state ?? 'active',
      });
    tx.insert(addressRanges, { subnet_id: subnet.id, kind: 'dhcp', first_ip: '10.20.30.200', last_ip: '10.20.30.240' });
  });
  const made = Object.assign(test, {
    network,
    person: person.id,
    room: room.id,
    subnet: subnet.id,
    async sweep(): Promise<string> {
      test.clock.set(60_000);
      // a new wire: the kernel remembers nothing of the sweep before
      test.reopen();
      let id = '';
      for await (const event of await test.call.discovery.sweep({ cidrs: ['10.20.30.0/24'], rtt: false }))
        if (event.kind === 'started') id = event.sweep_id;
      return id;
    },
    facts: async () => (await test.call.discovery.findings({ ignored: true })).findings,
    async fact(octet: number): Promise<FoundFact> {
      const found = (await made.facts()).find(({ ip }) => ip === `10.20.30.${octet}`);
      if (!found) throw new Error(`nothing found at .${octet}`);
      return found;
    },
    open: async () =>
      (await test.call.discovery.findings({})).findings
        .filter(({ verdict }) => verdict !== 'known')
        .map(({ verdict, ip }) => `${verdict} .${ip.split('.')[3]}`),
    async order(octets: readonly number[], order: Order): Promise<AcceptOrder> {
      const { sweep, findings } = await test.call.discovery.findings({ ignored: true });
      const rows = octets.map((octet) => {
        const key = findings.find(({ ip }) => ip === `10.20.30.${octet}`)?.key;
        if (!sweep || key === undefined) throw new Error(`nothing found at .${octet}`);
        return { key };
      });
      const whole = { sweep_id: sweep?.id ?? '', all: {}, tickets: 'each' as const, rows, ...order };
      const shown = await test.call.discovery.preview(whole);
      return { ...whole, rows: whole.rows.map((row, at) => ({ ...row, stamp: shown.rows[at]?.stamp ?? null })) };
    },
  });
  return made;
}
