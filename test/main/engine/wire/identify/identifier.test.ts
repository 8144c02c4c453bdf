import type { IdentifyDepth } from '../../../../../shared/features/discovery/identity.ts';
import { sweep, type Host, type SweepEnd } from '../../../../../main/engine/wire/sweep.ts';
import { parseCidr } from '../../../../../shared/ip.ts';
import { targetsOf } from '../../../../../shared/features/discovery/scope.ts';
import type { FakeTold } from '../../../../support/fake-probes.ts';
import { fakeLink, fakeWire, type FakeHost, type FakeWire } from '../../../../support/fake-wire.ts';
import { untrustedText } from '../../../../../main/engine/wire/untrusted-bytes.ts';
import { hostileStrings } from '../../../../support/hostile.ts';

const host = (octet: number, told?: FakeTold, more: Partial<FakeHost> = {}): FakeHost => ({
  ip: `10.20.30.${octet}`,
  mac: `001B210000${octet.toString(16).toUpperCase().padStart(2, '0')}`,
  ...(told ? { told } : {}),
  ...more,
});
interface Run {
  readonly hosts: Map<string, Host>;
  readonly end: SweepEnd | undefined;
  readonly told: Host[];
  readonly took: number;
}
async function run(
  wire: FakeWire,
  identify: IdentifyDepth,
  cidr = '10.20.30.0/24',
  signal = new AbortController().signal,
): Promise<Run> {
  const range = parseCidr(cidr);
  if (!range) throw new Error(cidr);
  const told: Host[] = [];
  let end: SweepEnd | undefined;
  const began = wire.now();
  for await (const event of sweep(
    wire,
    { targets: targetsOf([range], [range]), effort: 'quick', rtt: false, identify },
    signal,
  ))
    if (event.kind === 'host') told.push(event.host);
    else if (event.kind === 'end') ({ end } = event);
  return { hosts: new Map(told.map((each) => [each.ip, each])), end, told, took: wire.now() - began };
}
/** Every port asked, by host. */
function watched(wire: FakeWire): { wire: FakeWire; asked: Map<string, number[]>; pages: string[] } {
  const asked = new Map<string, number[]>();
  const pages: string[] = [];
  return {
    asked,
    pages,
    wire: {
      ...wire,
      connect: (ip, port, ...rest) => {
        asked.set(ip, [...(asked.get(ip) ?? []), port]);
        return wire.connect(ip, port, ...rest);
      },
      page: (ip, port, ...rest) => {
        pages.push(`${ip}:${port}`);
        return wire.page(ip, port, ...rest);
      },
    },
  };
}

const windows: FakeTold = { open: [135, 445], netbios: { name: '财务-PC01', mac: '001B21000005' } };
const printer: FakeTold = {
  open: [80, 631, 9100],
  title: 'HP LaserJet M405dn',
  mdns: { names: ['NPI4A2F10'], labels: ['三楼打印机'], services: ['_ipp._tcp'] },
};

test('a Windows computer and a printer are known by name, ports, page and kind, with what decided', async () => {
  const { hosts } = await run(
    fakeWire({ hosts: [host(5, windows), host(6, printer, { name: 'prn-3f.school.lan' })] }),
    'full',
  );
  expect(hosts.get('10.20.30.5')).toMatchObject({
    name: '财务-PC01',
    names: [{ source: 'netbios', name: '财务-PC01' }],
    ports: [135, 445],
    kind: 'pc',
    evidence: expect.arrayContaining([{ clue: 'service', value: 'NetBIOS' }]) as unknown,
  });
  expect(hosts.get('10.20.30.6')).toMatchObject({
    name: 'NPI4A2F10',
    title: 'HP LaserJet M405dn',
    kind: 'printer',
    names: expect.arrayContaining([
      { source: 'dns', name: 'prn-3f.school.lan' },
      { source: 'mdns', name: '三楼打印机' },
      { source: 'http', name: 'HP LaserJet M405dn' },
    ]) as unknown,
  });
});

test('names only: no port is touched; nothing: nobody is asked', async () => {
  for (const [depth, name] of [
    ['names', '财务-PC01'],
    ['none', null],
  ] as const) {
    const { wire, asked, pages } = watched(fakeWire({ hosts: [host(5, windows)] }));
    const { hosts } = await run(wire, depth);
    expect(hosts.get('10.20.30.5')?.name).toBe(name);
    expect([asked.size, pages.length]).toEqual([0, 0]);
  }
});

test('the laptop itself is asked for its name only', async () => {
  const { wire, asked } = watched(fakeWire({ hosts: [host(5, windows)] }));
  await run(wire, 'full');
  expect([...asked.keys()]).toEqual(['10.20.30.5']);
});

test('a page that sends on to HTTPS is asked for there, at the same address', async () => {
  const base = fakeWire({ hosts: [host(5, { open: [80] })] });
  const { wire, pages } = watched({
    ...base,
    page: async (ip, port) =>
      port === 80
        ? { title: null, says: [] }
        : (await base.page(ip, 80, true)) && { title: 'USG6530E' as never, says: [] },
  });
  const { hosts } = await run(wire, 'full');
  expect(pages).toEqual(['10.20.30.5:80', '10.20.30.5:443']);
  expect(hosts.get('10.20.30.5')).toMatchObject({ title: 'USG6530E', ports: [80, 443], kind: 'firewall' });
});

test('a title that every device of the make has is shown, but is nobody’s name', async () => {
  const { hosts } = await run(fakeWire({ hosts: [host(5, { open: [80], title: '登录' })] }), 'full');
  expect(hosts.get('10.20.30.5')).toMatchObject({ title: '登录', names: [], name: null });
});

test('behind a router: the claimed MAC is shown as evidence and becomes no fact', async () => {
  const far: FakeHost = {
    ip: '10.99.0.5',
    mac: '',
    echo: true,
    told: { open: [445], netbios: { name: 'PC-9', mac: '001B21000009' } },
  };
  const { hosts } = await run(fakeWire({ hosts: [far] }), 'full', '10.99.0.0/29');
  expect(hosts.get('10.99.0.5')).toMatchObject({ mac: null, name: 'PC-9', kind: 'pc' });
  expect(hosts.get('10.99.0.5')?.evidence).toContainEqual({ clue: 'service', value: 'NetBIOS 00-1B-21-00-00-09' });
});

test('hostile answers by every way in: nothing crashes, nothing unsafe passes', async () => {
  const hosts = hostileStrings.map((text, at) =>
    host(at + 1, {
      open: [22, 80, 554],
      netbios: { name: text },
      title: text,
      says: [text],
      ssh: text,
      rtsp: [text],
      mdns: { names: [text], labels: [text], services: [text] },
    }),
  );
  const { told, end } = await run(fakeWire({ hosts }), 'full');
  expect(end).toBe('finished');
  expect(JSON.stringify(told.map((each) => JSON.stringify(each)))).not.toMatch(/[\p{Cf}\u0080-\u009f]|\\\\u00[01]/u);
});

test('beyond 1,024 hosts only names are asked for', async () => {
  const link = { ...fakeLink, address: '10.20.63.250', cidr: '10.20.48.0/20' };
  const many = Array.from({ length: 1040 }, (_, at) => ({
    ip: `10.20.${48 + (at >> 8)}.${at & 255}`,
    mac: `001B21${(at + 1).toString(16).toUpperCase().padStart(6, '0')}`,
    name: `pc-${at}`,
    told: {},
  })).slice(1);
  const { wire, asked } = watched(fakeWire({ hosts: many, links: [link] }));
  const { hosts } = await run(wire, 'full', link.cidr);
  expect([...hosts.values()].filter(({ name }) => name !== null).length).toBe(1039);
  expect(asked.size).toBe(1024);
}, 60_000);

test('while hosts are identified the progress is theirs, up to the last of them', async () => {
  const wire = fakeWire({
    hosts: Array.from({ length: 60 }, (_, at) => host(at + 1, { open: [80], firewalled: true })),
  });
  const range = parseCidr('10.20.30.0/24');
  if (!range) throw new Error('cidr');
  const steps: string[] = [];
  const order = { targets: targetsOf([range], [range]), effort: 'quick', rtt: true, identify: 'full' } as const;
  for await (const event of sweep(wire, order, new AbortController().signal))
    if (event.kind === 'progress' && event.phase === 'identifying') steps.push(`${event.asked}/${event.total}`);
  expect(steps.length).toBeGreaterThan(10);
  expect(steps.at(-1)).toBe('61/61');
  expect(new Set(steps).size).toBeGreaterThan(5);
});

test('a probe that throws costs its own answer only', async () => {
  const base = fakeWire({ hosts: [host(5, windows), host(6, printer)] });
  const broken = (): never => {
    throw new Error('the driver went away');
  };
  const { hosts, end } = await run({ ...base, listen: broken, greeting: async () => broken() }, 'full');
  expect(end).toBe('finished');
  expect(hosts.get('10.20.30.5')).toMatchObject({ name: '财务-PC01', kind: 'pc' });
});

test('never more than 32 questions at once nor 100 a second; stopped within a second', async () => {
  const base = fakeWire({
    hosts: Array.from({ length: 100 }, (_, at) => host(at + 1, { open: [80], firewalled: at % 2 === 0 })),
  });
  let running = 0;
  let most = 0;
  const starts: number[] = [];
  const counted = <T>(ask: () => Promise<T>): Promise<T> => {
    starts.push(base.now());
    most = Math.max(most, ++running);
    return ask().finally(() => running--);
  };
  const wire: FakeWire = {
    ...base,
    connect: (...args) => counted(() => base.connect(...args)),
    nodeStatus: (...args) => counted(() => base.nodeStatus(...args)),
    page: (...args) => counted(() => base.page(...args)),
    greeting: (...args) => counted(() => base.greeting(...args)),
  };
  const done = await run(wire, 'full');
  expect(done.hosts.size).toBe(101);
  expect(most).toBeLessThanOrEqual(32);
  const busiest = Math.max(...starts.map((at) => starts.filter((other) => other >= at && other < at + 1000).length));
  expect(busiest).toBeLessThanOrEqual(110);

  const stop = new AbortController();
  let stoppedAt = NaN;
  const again = fakeWire({
    hosts: Array.from({ length: 100 }, (_, at) => host(at + 1, { open: [80], firewalled: true })),
  });
  void again.sleep(3000).then(() => {
    stoppedAt = again.now();
    stop.abort();
  });
  expect((await run(again, 'full', undefined, stop.signal)).end).toBe('stopped');
  expect(again.now() - stoppedAt).toBeLessThan(1000);
});

test('a host that announces new names without end is believed for a few, and costs the sweep nothing', async () => {
  const wire = fakeWire({ hosts: [host(5), host(6, printer)] });
  const chatter: FakeWire = {
    ...wire,
    listen: (address, heard) => ({
      ...wire.listen(address, heard),
      ask(ip) {
        for (let at = 0; at < 2000; at++)
          heard(ip, {
            names: [untrustedText(`pc-${at}`)],
            labels: [untrustedText(`label ${at}`)],
            services: [untrustedText(`_s${at}._tcp`)],
          });
      },
    }),
  };
  const { hosts, told, end } = await run(chatter, 'full');
  expect(end).toBe('finished');
  expect(hosts.get('10.20.30.5')?.names.length).toBeLessThanOrEqual(25);
  expect(told.filter(({ ip }) => ip === '10.20.30.5').length).toBeLessThan(150);
  // the others tell what they are beside it
  expect(hosts.get('10.20.30.6')?.kind).toBe('printer');
});
