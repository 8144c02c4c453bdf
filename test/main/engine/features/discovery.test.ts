import type { DiscoveryEvent } from '../../../../shared/features/discovery.ts';
import { isRefusal } from '../../../../shared/refusal.ts';
import { testEngine, type TestEngine } from '../../../support/engine.ts';
import { fakeLink, fakeWire, type FakeHost, type FakeNetwork } from '../../../support/fake-wire.ts';

let test_: TestEngine | undefined;
/** An engine on a network that may change between sweeps: the wire looks it up at each question. */
async function on(network: { hosts: FakeHost[] } & Partial<FakeNetwork>): Promise<TestEngine> {
  test_ = await testEngine({ ports: { wire: () => fakeWire(network) } });
  return test_;
}
afterEach(() => test_?.close());

const mac = (octet: number): string => `001B210000${octet.toString(16).toUpperCase().padStart(2, '0')}`;
const pc = (octet: number, more: Partial<FakeHost> = {}): FakeHost => ({
  ip: `10.20.30.${octet}`,
  mac: mac(octet),
  ...more,
});
type Options = Parameters<TestEngine['call']['discovery']['sweep']>[0];

async function sweep(
  test: TestEngine,
  options: Options = { cidrs: ['10.20.30.0/24'], rtt: false },
): Promise<DiscoveryEvent[]> {
  const events: DiscoveryEvent[] = [];
  for await (const event of await test.call.discovery.sweep(options)) events.push(event);
  return events;
}
const open = async (test: TestEngine): Promise<string[]> =>
  (await test.call.discovery.findings({})).findings
    .filter(({ verdict }) => verdict !== 'known')
    .map(({ verdict, ip }) => `${verdict} ${ip}`);
const code = async (doing: Promise<unknown>): Promise<unknown> => {
  try {
    await doing;
    return 'no refusal';
  } catch (error) {
    return isRefusal(error) ? error.code : (error as { data?: { code?: string } }).data?.code;
  }
};

/** Person 王芳 with a bound PC at .5, and a silent one at .9; a DHCP range from .200. */
async function register(test: TestEngine): Promise<{ person: string; subnet: string }> {
  const person = await test.call.people.create({ name: '王芳', identity: 'staff', letter: 'signed', status: 'active' });
  const subnet = await test.call.ipam.createSubnet({
    cidr: '10.20.30.0/24',
    name: '行政办公',
    purpose: 'office',
    gateway: '10.20.30.1',
  });
  const day = { opened_on: '2026-09-01', opened_at: Date.parse('2026-09-01T09:00+08:00'), state: 'active' } as const;
  const { bindings, addressRanges } = await import('../../../../shared/features/ipam.ts');
  test.engine.command('test.register', (tx) => {
    for (const octet of [5, 9])
      tx.insert(bindings, {
        ip: `10.20.30.${octet}`,
        mac: mac(octet),
        person_id: person.id,
        subnet_id: subnet.id,
        ...day,
      });
    tx.insert(addressRanges, { subnet_id: subnet.id, kind: 'dhcp', first_ip: '10.20.30.200', last_ip: '10.20.30.240' });
  });
  return { person: person.id, subnet: subnet.id };
}

test('a sweep streams progress, hosts with their verdicts, and ends with counts', async () => {
  const test = await on({ hosts: [pc(1), pc(5), pc(6), pc(210)] });
  await register(test);
  const events = await sweep(test);
  expect(events[0]).toMatchObject({ kind: 'started', cidrs: ['10.20.30.0/24'], total: 254 });
  expect(events.some((event) => event.kind === 'progress')).toBe(true);
  const told = Object.fromEntries(
    events.flatMap((event) => (event.kind === 'host' ? [[event.host.ip, event.verdict]] : [])),
  );
  expect(told).toEqual({
    '10.20.30.1': 'known',
    '10.20.30.5': 'known',
    '10.20.30.6': 'new_mac',
    '10.20.30.210': 'dynamic',
    '10.20.30.250': 'known',
  });
  expect(events.at(-1)).toMatchObject({
    kind: 'done',
    sweep: { ending: 'finished', found: 5, covered: 254 },
    counts: { new_mac: 1, unseen: 1, known: 3 },
  });
});

test('findings name who holds what, and since when it is silent', async () => {
  const test = await on({ hosts: [pc(5, { mac: mac(77) }), pc(40, { mac: mac(9) })] });
  await register(test);
  await sweep(test);
  const { findings } = await test.call.discovery.findings({});
  expect(findings.find(({ ip }) => ip === '10.20.30.5')).toMatchObject({
    verdict: 'ip_taken',
    mac: mac(77),
    holder: { person: '王芳', mac: mac(5) },
    host: { vendor: 'Intel Corporate' },
  });
  expect(findings.find(({ ip }) => ip === '10.20.30.40')).toMatchObject({
    verdict: 'moved',
    other_holder: { ip: '10.20.30.9', person: '王芳' },
  });
});

test('a second identical sweep changes nothing in register or findings', async () => {
  const test = await on({ hosts: [pc(5), pc(6), pc(7, { from: 0 })] });
  await register(test);
  const commits = (): unknown => test.engine.db.value('SELECT count(*) FROM _commits');
  await sweep(test);
  const first = await test.call.discovery.findings({});
  const written = commits();
  test.clock.set(60_000);
  await sweep(test);
  const second = await test.call.discovery.findings({});
  expect(commits()).toBe(written);
  expect(second.counts).toEqual(first.counts);
  expect(second.findings.map(({ key }) => key)).toEqual(first.findings.map(({ key }) => key));
  expect(second.findings.find(({ verdict }) => verdict === 'unseen')?.misses).toBe(2);
});

test('two cards that take turns at one address are a conflict', async () => {
  const network = { hosts: [pc(5)] };
  const test = await on(network);
  await register(test);
  for (const card of [5, 88, 5]) {
    network.hosts = [pc(5, { mac: mac(card) })];
    // a new wire: nothing is remembered from the sweep before
    test.reopen();
    await sweep(test);
    test.clock.set(60_000);
  }
  const { findings } = await test.call.discovery.findings({});
  expect(findings.find(({ ip }) => ip === '10.20.30.5')).toMatchObject({
    verdict: 'conflict',
    macs: [mac(5), mac(88)],
    holder: { person: '王芳' },
  });
});

test('an ignored finding stays away until its day, and can be taken back', async () => {
  const test = await on({ hosts: [pc(5), pc(9), pc(6)] });
  await register(test);
  await sweep(test);
  expect(await open(test)).toEqual(['new_mac 10.20.30.6']);
  const finding = (await test.call.discovery.findings({})).findings.find(({ verdict }) => verdict === 'new_mac');
  if (!finding) throw new Error('no finding');
  const { batch } = await test.call.discovery.ignore({
    key: finding.key,
    ip: finding.ip,
    mac: finding.mac,
    until: '2026-10-15',
    reason: '施工单位临时电脑',
  });
  expect(await open(test)).toEqual([]);
  expect(
    (await test.call.discovery.findings({ ignored: true })).findings.find(({ key }) => key === finding.key)?.ignored
      ?.reason,
  ).toBe('施工单位临时电脑');
  test.clock.set('2026-10-16T09:00+08:00');
  expect(await open(test)).toEqual(['new_mac 10.20.30.6']);
  test.clock.set('2026-09-30T09:00+08:00');
  await test.call.system.undo({ batch });
  expect(await open(test)).toEqual(['new_mac 10.20.30.6']);
});

test('stopped half-way: what was found stays, and nobody is called silent', async () => {
  const test = await on({ hosts: [pc(1), pc(5, { answersAfter: 2000 })] });
  await register(test);
  for await (const event of await test.call.discovery.sweep({ cidrs: ['10.20.30.0/24'], rtt: false }))
    if (event.kind === 'host' && event.host.ip === '10.20.30.1') await test.call.discovery.stop();
  const { sweep: stored, findings } = await test.call.discovery.findings({});
  expect(stored).toMatchObject({ ending: 'stopped', found: 2 });
  expect(findings.filter(({ verdict }) => verdict === 'silent')).toEqual([]);
  expect(await sweep(test)).not.toEqual([]);
});

test('a reader that walks away stops the sweep as well', async () => {
  const test = await on({ hosts: [pc(1)] });
  await register(test);
  for await (const event of await test.call.discovery.sweep({ cidrs: ['10.20.30.0/24'] }))
    if (event.kind === 'host') break;
  expect((await test.call.discovery.sweeps({}))[0]).toMatchObject({ ending: 'stopped' });
  expect((await sweep(test)).at(-1)).toMatchObject({ kind: 'done' });
});

test.each([
  [['8.8.8.0/24'], 'scope_public'],
  [['10.0.0.0/8'], 'scope_too_wide'],
  [['10.20.0.0/19'], 'scope_confirm'],
  [['教学楼'], 'scope_nonsense'],
])('%s is refused with %s', async (cidrs, expected) => {
  const test = await on({ hosts: [] });
  expect(await code(sweep(test, { cidrs }))).toBe(expected);
  expect(await test.call.discovery.sweeps({})).toEqual([]);
});

test('what is wrong with a range is said also where there is no network', async () => {
  const test = await on({ hosts: [], links: [] });
  expect(await code(sweep(test, { cidrs: ['8.8.8.0/24'] }))).toBe('scope_public');
  expect(await code(sweep(test, { cidrs: ['10.20.30.0/24'] }))).toBe('no_network');
});

test('without a network there is nothing to sweep', async () => {
  const test = await on({ hosts: [], links: [] });
  expect(await code(sweep(test, {}))).toBe('no_network');
  expect(await test.call.discovery.interfaces()).toEqual([]);
});

test('one sweep at a time', async () => {
  const test = await on({ hosts: [pc(5)] });
  const first = await test.call.discovery.sweep({ cidrs: ['10.20.30.0/24'] });
  await first.next();
  expect(await code(sweep(test))).toBe('sweep_running');
  await first.return?.(undefined);
  expect((await sweep(test)).at(-1)).toMatchObject({ kind: 'done' });
});

test('own subnets are offered; of a very wide one the /24 around the own address', async () => {
  const wide = { ...fakeLink, name: 'eth1', address: '10.99.7.3', cidr: '10.99.0.0/16' };
  const test = await on({
    hosts: [],
    links: [
      fakeLink,
      wide,
      { ...fakeLink, name: 'docker0', address: '172.17.0.1', cidr: '172.17.0.0/16', virtual: true },
    ],
  });
  const offered = await test.call.discovery.interfaces();
  expect(offered.map(({ scope, suggested }) => [scope, suggested])).toEqual([
    ['10.20.30.0/24', true],
    ['10.99.7.0/24', true],
    ['172.17.0.0/24', false],
  ]);
});

test('one MAC is looked up for the binding form; not behind a router', async () => {
  const test = await on({ hosts: [pc(5)] });
  expect(await test.call.discovery.lookUp({ ip: '10.20.30.5' })).toEqual({
    ip: '10.20.30.5',
    mac: mac(5),
    vendor: 'Intel Corporate',
  });
  expect((await test.call.discovery.lookUp({ ip: '10.20.30.6' })).mac).toBeNull();
  expect(await code(test.call.discovery.lookUp({ ip: '10.99.0.5' }))).toBe('address_not_near');
});

test('a notebook that is closed in the middle of a sweep keeps what was found, and says that it was broken off', async () => {
  const test = await on({ hosts: [pc(1), pc(5, { answersAfter: 2000 })] });
  await register(test);
  for await (const event of await test.call.discovery.sweep({ cidrs: ['10.20.30.0/24'], rtt: false }))
    if (event.kind === 'host' && event.host.ip === '10.20.30.1') test.engine.close();
  test.reopen();
  expect((await test.call.discovery.sweeps({}))[0]).toMatchObject({ ending: 'running' });
  expect((await sweep(test)).at(-1)).toMatchObject({ kind: 'done' });
});

test('a finding names the live ticket about it, by address or device, until that is closed', async () => {
  const test = await on({ hosts: [pc(6), pc(7), pc(8)] });
  await register(test);
  const asset = await test.call.assets.create({ name: '台式机', category: 'desktop', status: 'in_use', mac: mac(7) });
  const scan = { symptom: '未登记的主机', kind: 'fault', channel: 'scan', reporter: '李明' } as const;
  const first = await test.call.tickets.open({ ...scan, ip: '10.20.30.6' });
  test.clock.set(60_000);
  const last = await test.call.tickets.open({ ...scan, ip: '10.20.30.6' });
  const ofDevice = await test.call.tickets.open({ ...scan, asset_id: asset.id });
  await sweep(test);
  const told = async (): Promise<unknown> =>
    Object.fromEntries(
      (await test.call.discovery.findings({})).findings.flatMap(({ ip, ticket }) =>
        ip < '10.20.30.6' || ip > '10.20.30.8' ? [] : [[ip, ticket?.number ?? null]],
      ),
    );
  expect(await told()).toEqual({
    '10.20.30.6': last.number,
    '10.20.30.7': ofDevice.number,
    '10.20.30.8': null,
  });
  for (const { id } of [last, ofDevice]) await test.call.tickets.advance({ id, step: 'cancel', remark: '误报' });
  expect(await told()).toEqual({ '10.20.30.6': first.number, '10.20.30.7': null, '10.20.30.8': null });
});
