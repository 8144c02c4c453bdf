import { canResume, type DiscoveryEvent } from '../../../../shared/features/discovery.ts';
import { parseIp } from '../../../../shared/ip.ts';
import { testEngine, type TestEngine } from '../../../support/engine.ts';
import { fakeLink, fakeWire, type FakeHost, type FakeNetwork, type FakeWire } from '../../../support/fake-wire.ts';

type Network = { -readonly [Key in keyof FakeNetwork]: FakeNetwork[Key] };
let test_: TestEngine | undefined;
let wire: FakeWire;
/** An engine on a network that may change under it. */
async function on(network: Network): Promise<TestEngine> {
  test_ = await testEngine({ ports: { wire: () => (wire = fakeWire(network)) } });
  return test_;
}
afterEach(() => test_?.close());

const mac = (octet: number): string => `001B210000${octet.toString(16).toUpperCase().padStart(2, '0')}`;
const pc = (octet: number, more: Partial<FakeHost> = {}): FakeHost => ({
  ip: `10.20.30.${octet}`,
  mac: mac(octet),
  ...more,
});
const gateway = [{ cidr: '0.0.0.0/0', gateway: '10.20.30.1' }];
const CIDRS = ['10.20.30.0/24'];
const QUIET = { rtt: false, identify: 'none' } as const;
type Options = Parameters<TestEngine['call']['discovery']['sweep']>[0];
type Done = Extract<DiscoveryEvent, { kind: 'done' }>;

/** Sweeps until it is over, or until `enough` says so; then it is stopped. */
async function sweep(
  test: TestEngine,
  options: Options,
  enough: (event: DiscoveryEvent) => boolean = () => false,
): Promise<{ events: DiscoveryEvent[]; done: Done }> {
  const events: DiscoveryEvent[] = [];
  for await (const event of await test.call.discovery.sweep(options)) {
    events.push(event);
    if (enough(event)) await test.call.discovery.stop();
  }
  return { events, done: events.at(-1) as Done };
}
const idOf = ({ done }: { done: Done }): string => done.sweep.id;
const code = async (doing: Promise<unknown>): Promise<unknown> =>
  doing.then(
    () => 'no refusal',
    (error: { code?: string; data?: { code?: string } }) => error.data?.code ?? error.code,
  );
const hostsTold = (events: readonly DiscoveryEvent[]): string[] => [
  ...new Set(events.flatMap((event) => (event.kind === 'host' ? [event.host.ip] : []))),
];
/** Half of the addresses are dead and settle late; the sweep is stopped when this one has answered. */
const stoppedAt =
  (octet: number) =>
  (event: DiscoveryEvent): boolean =>
    event.kind === 'host' && event.host.ip === `10.20.30.${octet}`;

describe('a sweep that was broken off goes on', () => {
  test('after it was stopped: as the same sweep, asking only the rest, with all it had', async () => {
    const test = await on({ hosts: [pc(5), pc(6), pc(200, { answersAfter: 900 }), pc(201, { answersAfter: 2500 })] });
    const first = await sweep(test, { ...QUIET, cidrs: CIDRS }, stoppedAt(200));
    expect(first.done.sweep).toMatchObject({ ending: 'stopped', found: 4, total: 254 });
    expect(first.done.sweep.covered).toBeGreaterThanOrEqual(3);
    expect(first.done.sweep.covered).toBeLessThan(254);

    wire.poked.length = 0;
    const { events, done } = await sweep(test, { ...QUIET, resume: idOf(first) });
    expect(done.sweep).toMatchObject({ id: idOf(first), ending: 'finished', covered: 254, found: 5 });
    expect(hostsTold(events).toSorted()).toEqual([200, 201, 250, 5, 6].map((octet) => `10.20.30.${octet}`));
    expect(events[0]).toMatchObject({ kind: 'started', sweep_id: idOf(first), total: 254 });
    for (const octet of [5, 6]) expect(wire.poked).not.toContain(`10.20.30.${octet}`);
    const progress = events.flatMap((event) =>
      event.kind === 'progress' && event.phase !== 'identifying' ? [event.asked] : [],
    );
    expect(progress[0]).toBeGreaterThanOrEqual(first.done.sweep.covered);
    expect(progress.at(-1)).toBe(254);
    expect(await test.call.discovery.sweeps({})).toHaveLength(1);
    expect(await code(sweep(test, { resume: idOf(first) }))).toBe('sweep_complete');
  });

  test('after the laptop lost its power in the middle', async () => {
    const test = await on({ hosts: [pc(1), pc(5, { answersAfter: 2000 })] });
    for await (const event of await test.call.discovery.sweep({ ...QUIET, cidrs: CIDRS }))
      if (event.kind === 'progress' && wire.now() > 1200) test.engine.close();
    test.reopen();
    const [broken] = await test.call.discovery.sweeps({});
    // written while it ran: nobody got to end it
    expect(broken).toMatchObject({ ending: 'running', found: 2, covered: 2 });
    const { done } = await sweep(test, { ...QUIET, resume: broken?.id ?? '' });
    expect(done.sweep).toMatchObject({ ending: 'finished', covered: 254, found: 3 });
  });

  test('after its reader walked away', async () => {
    const test = await on({ hosts: [pc(5), pc(9, { answersAfter: 1200 })] });
    for await (const event of await test.call.discovery.sweep({ ...QUIET, cidrs: CIDRS }))
      if (stoppedAt(9)(event)) break;
    const [left] = await test.call.discovery.sweeps({});
    expect(left).toMatchObject({ ending: 'stopped', found: 3 });
    expect(left?.covered).toBeGreaterThanOrEqual(2);
    const { done } = await sweep(test, { ...QUIET, resume: left?.id ?? '' });
    expect(done.sweep).toMatchObject({ ending: 'finished', covered: 254, found: 3 });
  });

  test('after all addresses were settled, but not all hosts asked what they are', async () => {
    const hosts = Array.from({ length: 60 }, (_, at) => pc(at + 5, { echo: true, name: `pc-${at + 5}` }));
    const test = await on({ hosts });
    const first = await sweep(
      test,
      { cidrs: CIDRS, identify: 'full', effort: 'thorough' },
      (event) => event.kind === 'progress' && event.phase === 'identifying',
    );
    expect(first.done.sweep).toMatchObject({ ending: 'stopped', covered: 254, total: 254 });
    expect(canResume(first.done.sweep, test.engine.clock.now())).toBe(true);
    const { done } = await sweep(test, { resume: idOf(first), identify: 'full' });
    expect(done.sweep).toMatchObject({ id: idOf(first), ending: 'finished' });
    expect(canResume(done.sweep, test.engine.clock.now())).toBe(false);
    const { findings } = await test.call.discovery.findings({});
    expect(findings.filter(({ host }) => host !== null && !host.self && host.name === null)).toEqual([]);
  });

  test('hosts that were found but not yet asked anything are asked then', async () => {
    const test = await on({ hosts: [pc(5, { echo: true, name: 'pc-5' }), pc(6, { echo: true, name: 'pc-6' })] });
    const first = await sweep(test, { cidrs: CIDRS, identify: 'names' }, stoppedAt(6));
    const { done, events } = await sweep(test, { resume: idOf(first), identify: 'names' });
    expect(done.sweep.ending).toBe('finished');
    const last = events.findLast((event) => event.kind === 'host' && event.host.ip === '10.20.30.5');
    expect(last).toMatchObject({ host: { rtt_ms: 2, name: 'pc-5' } });
  });
});

test.each(['quick', 'thorough'] as const)(
  'who only wants to know which hosts there are waits for no echo (%s)',
  async (effort) => {
    const test = await on({ hosts: [pc(5, { echo: true }), pc(6, { echo: true })] });
    expect((await sweep(test, { cidrs: CIDRS, identify: 'none', effort })).done.sweep.found).toBe(3);
    expect(wire.pinged).toEqual([]);
    await sweep(test, { cidrs: CIDRS, identify: 'names', effort });
    expect(wire.pinged).toEqual(expect.arrayContaining(['10.20.30.5', '10.20.30.6']));
  },
);

describe('what may not go on', () => {
  test('a sweep nobody knows, one of another program, one of yesterday', async () => {
    const test = await on({ hosts: [pc(5)] });
    expect(await code(sweep(test, { resume: 'nobody' }))).toBe('sweep_unknown');
    const id = idOf(await sweep(test, { ...QUIET, cidrs: CIDRS }, stoppedAt(5)));
    test.clock.set(24 * 3_600_000 + 1);
    expect(await code(sweep(test, { resume: id }))).toBe('sweep_too_old');
    test.clock.set(-3_600_000);
    test.engine.db.raw.prepare("UPDATE _sweeps SET source = 'nmap'").run();
    expect(await code(sweep(test, { resume: id }))).toBe('sweep_imported');
  });

  test('in another network with the same addresses', async () => {
    const network: Network = { hosts: [pc(1), pc(5)], routes: gateway };
    const test = await on(network);
    const id = idOf(await sweep(test, { ...QUIET, cidrs: CIDRS }, stoppedAt(5)));
    network.hosts = [pc(1, { mac: mac(77) }), pc(5)];
    expect(await code(sweep(test, { ...QUIET, resume: id }))).toBe('sweep_other_network');
    // a new sweep may always begin
    expect((await sweep(test, { ...QUIET, cidrs: CIDRS })).done.sweep.ending).toBe('finished');
    network.hosts = [pc(1), pc(5)];
    expect((await sweep(test, { ...QUIET, resume: id })).done.sweep).toMatchObject({
      ending: 'finished',
      covered: 254,
    });
  });
});

describe('the network changes under a running sweep', () => {
  test('another gateway answers: it ends, and only what was settled before counts', async () => {
    const network: Network = { hosts: [pc(1), pc(5)], routes: gateway };
    const test = await on(network);
    const { done } = await sweep(test, { ...QUIET, cidrs: CIDRS }, (event) => {
      if (event.kind === 'progress' && wire.now() > 1000) network.hosts = [pc(1, { mac: mac(77) }), pc(5)];
      return false;
    });
    expect(done.sweep).toMatchObject({ ending: 'network_changed', found: 3 });
    expect(done.sweep.covered).toBeLessThan(254);
    expect(done.counts.silent).toBe(0);
  });

  test('the cable is pulled: what was found stays, and the rest goes on when it is back', async () => {
    const network: Network = { hosts: [pc(1), pc(5), pc(9, { answersAfter: 1500 })], routes: gateway };
    const test = await on(network);
    network.unpluggedAt = 1100;
    const first = await sweep(test, { ...QUIET, cidrs: CIDRS });
    expect(first.done.sweep).toMatchObject({ ending: 'network_changed', found: 3 });
    expect(await code(sweep(test, { resume: idOf(first) }))).toBe('no_network');
    network.unpluggedAt = Infinity;
    expect((await sweep(test, { ...QUIET, resume: idOf(first) })).done.sweep).toMatchObject({
      ending: 'finished',
      covered: 254,
      found: 4,
    });
  });
});

describe('the kernel table cannot be read', () => {
  test('from the start: said before anything is asked', async () => {
    const test = await on({ hosts: [pc(5)], unreadableFrom: 0 });
    expect(await code(sweep(test, { ...QUIET, cidrs: CIDRS }))).toBe('neighbours_unreadable');
    expect(wire.poked).toEqual([]);
    expect(await test.call.discovery.sweeps({})).toEqual([]);
    expect(await code(test.call.discovery.lookUp({ ip: '10.20.30.5' }))).toBe('neighbours_unreadable');
  });
  test('half-way: said, and what was found stays as a partial sweep', async () => {
    const test = await on({ hosts: [pc(5)], unreadableFrom: 1500 });
    expect(await code(sweep(test, { ...QUIET, cidrs: CIDRS }))).toBe('neighbours_unreadable');
    const [partial] = await test.call.discovery.sweeps({});
    expect(partial).toMatchObject({ ending: 'stopped', found: 2 });
    expect(partial?.covered).toBeLessThan(254);
  });
});

describe('one sweep per subnet in five minutes', () => {
  test('holds for machines, not for people', async () => {
    const test = await on({ hosts: [pc(5)] });
    await sweep(test, { ...QUIET, cidrs: ['10.20.30.0/25'] });
    test.clock.set(60_000);
    expect(await code(sweep(test, { ...QUIET, cidrs: CIDRS, automatic: true }))).toBe('sweep_too_soon');
    expect((await sweep(test, { ...QUIET, cidrs: CIDRS })).done.sweep.ending).toBe('finished');
    expect((await sweep(test, { ...QUIET, cidrs: ['10.99.0.0/30'], automatic: true })).done.sweep.ending).toBe(
      'finished',
    );
    test.clock.set(5 * 60_000);
    expect((await sweep(test, { ...QUIET, cidrs: CIDRS, automatic: true })).done.sweep.ending).toBe('finished');
  });

  test('a quick one does not ask again what a host has just told; a thorough one does', async () => {
    const network: Network = { hosts: [pc(1), pc(5, { name: 'pc-5' })], routes: gateway };
    const test = await on(network);
    const nameTold = async (effort: 'quick' | 'thorough'): Promise<unknown> => {
      const { events } = await sweep(test, { cidrs: CIDRS, rtt: false, identify: 'names', effort });
      const last = events.findLast((event) => event.kind === 'host' && event.host.ip === '10.20.30.5');
      return last?.kind === 'host' && last.host.name;
    };
    expect(await nameTold('quick')).toBe('pc-5');
    network.hosts = [pc(1), pc(5, { name: 'renamed' })];
    expect(await nameTold('quick')).toBe('pc-5');
    expect(await nameTold('thorough')).toBe('renamed');
    network.hosts = [pc(1), pc(5, { name: 'again' })];
    test.clock.set(5 * 60_000 + 1);
    expect(await nameTold('quick')).toBe('again');
  });
});

describe('which subnets are offered', () => {
  const tunnel = { name: 'wg0', address: '10.8.0.2', mac: null, cidr: '10.8.0.0/24', virtual: true };
  const hyperV = {
    ...fakeLink,
    name: 'vEthernet (Default Switch)',
    address: '172.22.0.1',
    cidr: '172.22.0.0/20',
    virtual: true,
  };
  test('a tunnel and a virtual card are, with the reason why they are not chosen', async () => {
    const test = await on({ hosts: [], links: [fakeLink, tunnel, hyperV] });
    const offered = await test.call.discovery.interfaces();
    expect(offered.map(({ name, suggested, doubt }) => [name, suggested, doubt])).toEqual([
      ['eth0', true, null],
      ['wg0', false, 'tunnel'],
      ['vEthernet (Default Switch)', false, 'virtual'],
    ]);
  });
  test('where there are only such, none is swept unasked, unless the gateway is behind it', async () => {
    const network: Network = { hosts: [], links: [tunnel, hyperV] };
    const test = await on(network);
    expect(await code(sweep(test, QUIET))).toBe('only_virtual');
    network.routes = [{ cidr: '0.0.0.0/0', gateway: '172.22.0.254' }];
    expect((await test.call.discovery.interfaces()).map(({ suggested }) => suggested)).toEqual([false, true]);
  });
  test('through a tunnel hosts are asked themselves; no datagram is meant for the neighbour table', async () => {
    const test = await on({ hosts: [{ ip: '10.8.0.9', mac: mac(9), echo: true }], links: [tunnel] });
    const { done } = await sweep(test, { ...QUIET, cidrs: ['10.8.0.8/29'] });
    expect(done.sweep).toMatchObject({ ending: 'finished', found: 1 });
    expect(wire.poked).toEqual([]);
    expect(parseIp(wire.pinged[0] ?? '')).not.toBeNull();
  });
});
