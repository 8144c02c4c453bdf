import { sweep, type Host, type SweepEvent, type SweepOrder } from '../../../../main/engine/wire/sweep.ts';
import { targetsOf } from '../../../../shared/features/discovery/scope.ts';
import { parseCidr, type Cidr } from '../../../../shared/ip.ts';
import { fakeLink, fakeWire, type FakeHost, type FakeWire } from '../../../support/fake-wire.ts';

const net = (cidr: string): number[] => targetsOf([parseCidr(cidr) as Cidr], [parseCidr(fakeLink.cidr) as Cidr]);
const order = (more: Partial<SweepOrder> = {}): SweepOrder => ({
  targets: net('10.20.30.0/24'),
  effort: 'thorough',
  rtt: false,
  identify: 'none',
  ...more,
});
const mac = (octet: number): string => `001B210000${octet.toString(16).toUpperCase().padStart(2, '0')}`;
const pc = (octet: number, more: Partial<FakeHost> = {}): FakeHost => ({
  ip: `10.20.30.${octet}`,
  mac: mac(octet),
  ...more,
});

interface Told {
  hosts: Map<string, Host>;
  end: Extract<SweepEvent, { kind: 'end' }>;
  events: SweepEvent[];
  took: number;
}
async function run(
  wire: FakeWire,
  what: SweepOrder,
  signal = new AbortController().signal,
  each: (event: SweepEvent) => void = () => undefined,
): Promise<Told> {
  const events: SweepEvent[] = [];
  for await (const event of sweep(wire, what, signal)) {
    events.push(event);
    each(event);
  }
  const end = events.at(-1);
  if (end?.kind !== 'end') throw new Error('a sweep must end by saying so');
  const hosts = new Map(
    events.flatMap((event) =>
      event.kind === 'host' ? [[`${event.host.ip} ${event.host.mac}`, event.host] as const] : [],
    ),
  );
  return { hosts, end, events, took: wire.now() };
}
const ips = (told: Told): string[] => [...told.hosts.values()].map((host) => host.ip);

test('finds everybody, the laptop too, and asks neither network nor broadcast address', async () => {
  const wire = fakeWire({ hosts: [pc(5), pc(6, { answersAfter: 150 }), pc(7, { answersAfter: 2500 })] });
  const told = await run(wire, order());
  expect(ips(told)).toEqual(['10.20.30.250', '10.20.30.5', '10.20.30.6', '10.20.30.7']);
  expect(told.hosts.get(`10.20.30.5 ${mac(5)}`)).toMatchObject({
    proof: 'arp',
    vendor: 'Intel Corporate',
    random: false,
  });
  expect(wire.poked).not.toContain('10.20.30.0');
  expect(wire.poked).not.toContain('10.20.30.255');
  expect(told.end).toMatchObject({
    end: 'finished',
    covered: [[net('10.20.30.0/24')[0], net('10.20.30.0/24').at(-1)]],
  });
});

test('a quick sweep ends soon after the answers do; where they are slow it waits longer', async () => {
  const fast = await run(fakeWire({ hosts: [pc(5), pc(200)] }), order({ effort: 'quick' }));
  expect(fast.took).toBeLessThan(500);
  const slow = await run(
    fakeWire({ hosts: [pc(5, { answersAfter: 190 }), pc(253, { answersAfter: 600 })] }),
    order({ effort: 'quick' }),
  );
  expect(ips(slow)).toContain('10.20.30.253');
  expect(slow.took).toBeGreaterThan(700);
});

describe('what the kernel remembers is no proof of life', () => {
  const remembered = [5, 6, 7].map((octet) => ({ ip: `10.20.30.${octet}`, mac: mac(octet), device: 'eth0' }));
  test('until the host says so itself, or the kernel has asked it', async () => {
    const told = await run(fakeWire({ hosts: [pc(5, { refusesUdp: true }), pc(6)], remembered }), order());
    expect(told.hosts.get(`10.20.30.5 ${mac(5)}`)?.proof).toBe('udp');
    expect(told.hosts.get(`10.20.30.6 ${mac(6)}`)?.proof).toBe('arp');
    expect(ips(told)).not.toContain('10.20.30.7');
  });
  test('an echo is proof as well, and is asked for once', async () => {
    const wire = fakeWire({ hosts: [pc(5, { echo: true })], remembered: remembered.slice(0, 1) });
    const told = await run(wire, order({ rtt: true }));
    expect(told.hosts.get(`10.20.30.5 ${mac(5)}`)).toMatchObject({ proof: 'icmp', rtt_ms: 2 });
    expect(wire.pinged).toEqual(['10.20.30.5']);
  });
  test('a quick sweep tells such a host, and how little it knows', async () => {
    const told = await run(fakeWire({ hosts: [], remembered: remembered.slice(0, 1) }), order({ effort: 'quick' }));
    expect(told.hosts.get(`10.20.30.5 ${mac(5)}`)?.proof).toBe('cache');
  });
});

test('two cards that answer for one address in one sweep are both told', async () => {
  const told = await run(fakeWire({ hosts: [pc(5), pc(5, { mac: mac(99), from: 1500 })] }), order());
  expect([...told.hosts.keys()].filter((key) => key.startsWith('10.20.30.5 '))).toEqual([
    `10.20.30.5 ${mac(5)}`,
    `10.20.30.5 ${mac(99)}`,
  ]);
});

test('stopped half-way: within a second, with what was found, and silent about the rest', async () => {
  const wire = fakeWire({ hosts: [pc(5), pc(200)] });
  const stop = new AbortController();
  const told = await run(wire, order(), stop.signal, (event) => {
    if (event.kind === 'host' && event.host.ip === '10.20.30.5') stop.abort();
  });
  expect(told.end.end).toBe('stopped');
  expect(told.took).toBeLessThan(1000);
  const covered = told.end.covered.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, at) => first + at),
  );
  expect(covered).toContain(net('10.20.30.5/32')[0]);
  expect(covered).not.toContain(net('10.20.30.200/32')[0]);
});

test('a pulled cable ends the sweep and keeps what was found', async () => {
  const told = await run(fakeWire({ hosts: [pc(5)], unpluggedAt: 700 }), order());
  expect(told.end.end).toBe('network_changed');
  expect(ips(told)).toContain('10.20.30.5');
});

test('behind a router: echo first, then TCP; no MAC is claimed', async () => {
  const hosts = [
    { ip: '10.99.0.5', mac: mac(5), echo: true },
    { ip: '10.99.0.6', mac: mac(6), openPort: 9100 },
  ];
  const wire = fakeWire({ hosts });
  const told = await run(wire, order({ targets: net('10.99.0.0/28') }));
  expect([...told.hosts.values()].map(({ ip, mac, proof, rtt_ms }) => ({ ip, mac, proof, rtt_ms }))).toEqual([
    { ip: '10.99.0.5', mac: null, proof: 'icmp', rtt_ms: 2 },
    { ip: '10.99.0.6', mac: null, proof: 'tcp', rtt_ms: null },
  ]);
  expect(wire.poked).toEqual([]);
});

test('behind a router: an echo that comes later than those of the neighbours still counts', async () => {
  const hosts = Array.from({ length: 20 }, (_, at) => ({ ip: `10.99.0.${at + 1}`, mac: mac(at + 1), echo: true }));
  const wire = fakeWire({ hosts });
  const ping: FakeWire['ping'] = async (ip, count, signal) => {
    if (ip !== '10.99.0.29') return wire.ping(ip, count, signal);
    await wire.sleep(900, signal);
    return { rtt_ms: 900, loss_percent: 0, ttl: 50 };
  };
  const told = await run({ ...wire, ping }, order({ targets: net('10.99.0.0/27'), effort: 'quick' }));
  expect(told.hosts.get('10.99.0.29 null')).toMatchObject({ proof: 'icmp', rtt_ms: 900, ttl: 50 });
  expect(told.hosts.size).toBe(21);
  expect(told.end.covered).toHaveLength(1);
});

test('without the ping program TCP finds what it can, and the end says so', async () => {
  const told = await run(
    fakeWire({ hosts: [{ ip: '10.99.0.6', mac: mac(6), openPort: 80 }], pingMissing: true }),
    order({ targets: net('10.99.0.6/32') }),
  );
  expect(ips(told)).toEqual(['10.99.0.6']);
  expect(told.end.ping_missing).toBe(true);
});

test('names and round trips come later, to the same host; never more than 32 echoes at once', async () => {
  const hosts = Array.from({ length: 100 }, (_, at) =>
    pc(at + 1, { echo: at % 2 === 0, name: `pc-${at + 1}.school.lan` }),
  );
  const wire = fakeWire({ hosts });
  const told = await run(wire, order({ rtt: true, identify: 'names' }));
  expect(told.hosts.get(`10.20.30.1 ${mac(1)}`)).toMatchObject({ rtt_ms: 2, name: 'pc-1.school.lan' });
  expect(told.hosts.get(`10.20.30.2 ${mac(2)}`)).toMatchObject({ rtt_ms: null, name: 'pc-2.school.lan' });
  expect(wire.mostAtOnce()).toBeLessThanOrEqual(32);
  // a silent host is asked once more, an answering one is not
  expect(wire.pinged).toHaveLength(150);
});

test('loss is measured where an echo was lost and the next one answered', async () => {
  const hosts = [pc(5, { echo: true }), pc(6, { echo: true, losesFirstEcho: true }), pc(7)];
  const wire = fakeWire({ hosts });
  const told = await run(wire, order({ rtt: true }));
  const at = (octet: number): unknown => told.hosts.get(`10.20.30.${octet} ${mac(octet)}`);
  expect(at(5)).toMatchObject({ rtt_ms: 2, ttl: 64, loss_percent: null });
  expect(at(6)).toMatchObject({ rtt_ms: 2, ttl: 64, loss_percent: 25 });
  expect(at(7)).toMatchObject({ rtt_ms: null, ttl: null, loss_percent: null });
  expect(wire.pinged.filter((ip) => ip === '10.20.30.6')).toHaveLength(4);
  expect(
    (await run(fakeWire({ hosts }), order({ rtt: true, effort: 'quick' }))).hosts.get(`10.20.30.6 ${mac(6)}`),
  ).toMatchObject({ rtt_ms: null });
});

test('a wide sweep never has more unanswered questions than the kernel has room for', async () => {
  const wire = fakeWire({ hosts: [], links: [{ ...fakeLink, cidr: '10.20.0.0/20', address: '10.20.0.1' }] });
  let most = 0;
  const asked: number[] = [];
  const told = await run(
    {
      ...wire,
      poke: (ip) => {
        wire.poke(ip);
        asked.push(wire.now());
        most = Math.max(most, asked.filter((at) => wire.now() - at < 1000).length);
      },
    },
    order({ targets: net('10.20.0.0/21') }),
  );
  expect(told.end.end).toBe('finished');
  expect(most).toBeLessThanOrEqual(900 + 64);
});

test('a full table loses nobody: what it had no room for is asked again', async () => {
  const hosts = [5, 60, 120, 180, 240].map((octet) => pc(octet));
  const told = await run(fakeWire({ hosts, room: 100 }), order());
  expect(ips(told)).toHaveLength(6);
  expect(told.end.covered).toHaveLength(1);
});

test('where the table stays full, what was not asked does not count as asked', async () => {
  const told = await run(fakeWire({ hosts: [pc(5), pc(240)], room: 0 }), order());
  expect(ips(told)).toEqual(['10.20.30.250']);
  expect(told.end.covered).toEqual([[net('10.20.30.250/32')[0], net('10.20.30.250/32')[0]]]);
});
