/** The anomalies of the demo school (domain.md §4) on a fake network, and exactly what a sweep must say of them. */
import { saveReading } from '../../../../../main/engine/features/switches/store.ts';
import { untrusted } from '../../../../../main/engine/wire/untrusted-bytes.ts';
import { macOf, office, pc, type Office } from '../../../../support/found.ts';
import type { FakeHost } from '../../../../support/fake-wire.ts';
import { access } from '../../../../support/readings.ts';

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
const conflicts = range(10, 15);
const otherPorts = range(16, 20);
const cloned = range(21, 23);
const misnamed = range(24, 30);
const gbk = range(31, 34);
const samePorts = range(36, 38);
const away = range(40, 53);
const bound = range(10, 59);
const strangers = range(60, 68);
const copies = range(70, 72);
const wireless = range(210, 215);

/** What Chinese Windows calls itself in NetBIOS: GBK bytes. */
const GBK = [
  [0xcd, 0xf5, 0xb7, 0xbc, 0x50, 0x43],
  [0xc0, 0xee, 0xc3, 0xf7],
  [0xd5, 0xc5, 0xc7, 0xbf, 0x2d, 0x31],
  [0xb2, 0xc6, 0xce, 0xf1, 0xca, 0xd2],
].map((bytes): string => untrusted(Uint8Array.from(bytes)));
const named = (name: string) => ({ told: { netbios: { name } } });

function nameOf(octet: number): string {
  if (misnamed.includes(octet)) return `DESKTOP-${octet}`;
  return gbk.includes(octet) ? (GBK[octet - 31] ?? '') : `SZ-${octet}`;
}
const hosts: FakeHost[] = [
  pc(1),
  ...bound.filter((octet) => !away.includes(octet)).map((octet) => pc(octet, named(nameOf(octet)))),
  ...conflicts.map((octet) => pc(octet, { mac: `00E04C0000${octet}`, from: 500 })),
  ...strangers.map((octet) => pc(octet)),
  ...cloned.map((octet, at) => pc(copies[at] as number, { mac: macOf(octet) })),
  ...wireless.map((octet) => pc(octet, { mac: `0200000000${octet.toString(16).toUpperCase()}` })),
];
const portOf = (octet: number) => ({ switch_name: '三楼接入', switch_port: `G0/0/${octet - 15}` });

let o: Office;
beforeAll(async () => {
  const held = bound.map((octet) => ({
    octet,
    ...(otherPorts.includes(octet) || samePorts.includes(octet) ? { port: portOf(octet) } : {}),
  }));
  o = await office({ hosts }, held);
  await o.call.discovery.createNamingRule({ label: '单位简称', pattern: 'SZ-*', subnet_id: o.subnet });
});
afterAll(() => o.close());
const read = (): string =>
  saveReading(
    o.engine.db,
    o.engine.clock.now(),
    'c',
    access({
      ...Object.fromEntries(otherPorts.map((octet) => [octet - 15 + 10, [macOf(octet)]])),
      ...Object.fromEntries(samePorts.map((octet) => [octet - 15, [macOf(octet)]])),
    }),
  );

test('three sweeps on end find exactly what is wrong, and nothing else', async () => {
  read();
  for (let n = 0; n < 3; n += 1) await o.sweep();
  const { counts, findings } = await o.call.discovery.findings({});
  expect(counts).toEqual({
    conflict: 6,
    mac_twice: 3,
    ip_taken: 0,
    moved: 0,
    port_moved: 5,
    proxied: 0,
    new_mac: 9,
    unbound: 0,
    misnamed: 11,
    silent: 14,
    unseen: 0,
    dynamic: 6,
    known: 1 + 1 + bound.length - 6 - 5 - 11 - 14,
  });
  const at = (verdict: string): number[] =>
    findings.filter((fact) => fact.verdict === verdict).map(({ ip }) => Number(ip.split('.')[3]));
  expect(at('conflict')).toEqual(conflicts);
  expect(at('mac_twice')).toEqual(copies);
  expect(at('port_moved')).toEqual(otherPorts);
  expect(at('new_mac')).toEqual(strangers);
  expect(at('misnamed')).toEqual([...misnamed, ...gbk]);
  expect(at('silent')).toEqual(away);
}, 60_000);

test('each says what it rests on', async () => {
  const conflict = await o.fact(10);
  expect(conflict.macs).toEqual([macOf(10), '00E04C000010']);
  expect(conflict.evidence.map(({ source, mac }) => [source, mac])).toEqual([
    ['sweep', macOf(10)],
    ['sweep', '00E04C000010'],
    ['register', macOf(10)],
  ]);
  expect(await o.fact(70)).toMatchObject({ other_ips: ['10.20.30.21'], other_holder: { ip: '10.20.30.21' } });
  const port = await o.fact(16);
  expect(port.port).toMatchObject({
    switch_name: '三楼接入',
    switch_port: 'GigabitEthernet0/0/11',
    registered: { switch_port: 'G0/0/1' },
  });
  expect(port.evidence.some(({ source, device }) => source === 'port' && device === '三楼接入')).toBe(true);
  expect((await o.fact(31)).naming).toMatchObject({ name: '王芳PC', pattern: 'SZ-*', at: 0, wanted: ['SZ-'] });
  expect((await o.fact(31)).evidence).toContainEqual(
    expect.objectContaining({ source: 'name', name: '王芳PC', name_source: 'netbios' }),
  );
  expect((await o.fact(40)).evidence).toContainEqual(expect.objectContaining({ source: 'asked', times: 3 }));
});

test('a fourth sweep of the same adds nothing but a miss', async () => {
  const before = (await o.facts()).map(({ key }) => key);
  const written = o.engine.db.value('SELECT count(*) FROM _commits');
  await o.sweep();
  expect((await o.facts()).map(({ key }) => key)).toEqual(before);
  expect((await o.fact(40)).misses).toBe(4);
  expect(o.engine.db.value('SELECT count(*) FROM _commits')).toBe(written);
});

test('the ports that were seen go into the bindings, and the names into a ticket each; undo brings both back', async () => {
  const ports = await o.call.discovery.accept(await o.order(otherPorts, { action: 'port' }));
  expect(ports.counts).toEqual({ ready: 5, refused: 0 });
  expect(await o.fact(16)).toMatchObject({ verdict: 'known', holder: { switch_port: 'GigabitEthernet0/0/11' } });
  const names = await o.call.discovery.accept(await o.order([...misnamed, ...gbk], { action: 'ticket' }));
  expect(names.tickets).toHaveLength(11);
  const [ticket] = (await o.call.tickets.list({ filter: [{ field: 'ip', op: 'equals', value: '10.20.30.31' }] })).rows;
  expect(ticket?.symptom).toBe('王芳（财务室）的 10.20.30.31 改名：现为“王芳PC”，应符合“SZ-*”');
  for (const { batch } of [names, ports]) await o.call.system.undo({ batch: batch ?? '' });
  expect((await o.call.discovery.findings({})).counts).toMatchObject({ port_moved: 5, misnamed: 11 });
});
