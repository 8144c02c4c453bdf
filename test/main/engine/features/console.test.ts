import { assets } from '../../../../shared/features/assets.ts';
import { switchPorts } from '../../../../shared/features/cabling.ts';
import { MAX_TEXT } from '../../../../shared/features/console/clean.ts';
import { neighboursOf } from '../../../../main/engine/features/console/reading.ts';
import { comware5, huaweiOld } from '../../../support/console/fixtures.ts';
import { testEngine, type TestEngine } from '../../../support/engine.ts';

let t: TestEngine;
let id: string;
beforeEach(async () => {
  t = await testEngine();
  id = t.engine.command('test.switch', (tx) =>
    tx.insert(assets, {
      name: '接入交换机',
      category: 'switch',
      status: 'in_use',
      hostname: 'JX-A1-SW1',
      ip: '10.20.10.21',
    }),
  ).id;
});
afterEach(() => t.close());

const ports = () =>
  t.engine.db.all(
    'SELECT id, name, position, vlan, speed, light, state FROM switch_ports WHERE deleted_at IS NULL ORDER BY position',
  );

it('knows the switch by its prompt, and becomes a reading that ports are found by', async () => {
  const seen = await t.call.console.read({ text: huaweiOld });
  expect(seen.unread_count).toBe(0);
  expect(seen.switches).toMatchObject([
    {
      host: 'JX-A1-SW1',
      vendor: 'huawei',
      asset: { id },
      ip: '10.20.10.21',
      tables: { arp: 3, mac: 3, interfaces: 7, neighbours: 1 },
    },
  ]);
  expect(seen.switches[0]?.ports.map(({ name, kind }) => [name, kind])).toEqual([
    ['GigabitEthernet0/0/23', 'fresh'],
    ['GigabitEthernet0/0/5', 'fresh'],
    ['GigabitEthernet0/0/6', 'fresh'],
    ['GigabitEthernet0/0/7', 'fresh'],
    ['GigabitEthernet0/0/24', 'fresh'],
  ]);
  expect(ports()).toEqual([]);
  const taken = await t.call.console.take({ text: huaweiOld });
  expect(taken).toMatchObject({ created: 5, changed: 0, proposed: 0 });
  expect(ports()).toMatchObject([
    { name: 'GigabitEthernet0/0/5', position: 5, vlan: 20, light: 'on', state: 'good' },
    { name: 'GigabitEthernet0/0/6', position: 6, vlan: 20, light: 'off', state: 'unused' },
    { name: 'GigabitEthernet0/0/7', position: 7, light: 'off', state: 'disabled' },
    { name: 'GigabitEthernet0/0/23', position: 23 },
    { name: 'GigabitEthernet0/0/24', position: 24 },
  ]);
  const [found] = await t.call.switches.find({ text: '8c16-4500-0035' });
  expect(found?.candidates[0]).toMatchObject({
    device: 'JX-A1-SW1',
    port: 'GigabitEthernet0/0/5',
    vlan: 20,
    kind: 'edge',
  });
  const page = await t.call.switches.device({ ip: '10.20.10.21' });
  expect(page.last).toMatchObject({ source: 'console', end: 'complete' });
  expect(page.arp).toContainEqual(expect.objectContaining({ ip: '10.20.20.35', port: 'GigabitEthernet0/0/5' }));
  expect(await t.call.switches.links()).toMatchObject([
    { a: { ip: '10.20.10.21', port: 'GigabitEthernet0/0/24' }, b: { name: 'JX-核心 S7706', port: 'GE1/0/3' } },
  ]);
  // the same again changes nothing
  expect((await t.call.console.read({ text: huaweiOld })).switches[0]?.ports.every(({ kind }) => kind === 'same')).toBe(
    true,
  );
  const back = await t.call.console.takeBack({ batch: taken.batch, reads: taken.reads });
  expect(back).toEqual({ undone: 6, kept: 0 });
  expect(ports()).toEqual([]);
  expect(await t.call.switches.find({ text: '8c16-4500-0035' })).toMatchObject([{ candidates: [] }]);
});

it('never overwrites what a person entered: it proposes, and takes it when told to', async () => {
  const port = t.engine.command('test.port', (tx) =>
    tx.insert(switchPorts, {
      asset_id: id,
      name: 'Gi0/0/6',
      position: 6,
      vlan: 30,
      state: 'damaged',
      tested_on: '2026-09-01',
      tested_by: '陈敏',
    }),
  );
  const seen = await t.call.console.read({ text: huaweiOld });
  expect(seen.switches[0]?.ports.find((each) => each.id === port.id)).toEqual({
    id: port.id,
    name: 'Gi0/0/6',
    kind: 'changed',
    fields: [
      { field: 'vlan', before: 30, after: 20, proposed: true },
      { field: 'light', before: null, after: 'off', proposed: false },
    ],
  });
  expect(await t.call.console.take({ text: huaweiOld })).toMatchObject({ created: 4, changed: 1, proposed: 1 });
  expect(ports().find((each) => each['id'] === port.id)).toMatchObject({ vlan: 30, light: 'off', state: 'damaged' });
  await t.call.console.take({ text: huaweiOld, accept: [port.id] });
  expect(ports().find((each) => each['id'] === port.id)).toMatchObject({ vlan: 20, state: 'damaged' });
});

it('writes down what an earlier paste wrote anew, when the switch says something else', async () => {
  await t.call.console.take({ text: huaweiOld });
  const later = huaweiOld.replace('GigabitEthernet0/0/7        *down down', 'GigabitEthernet0/0/7        up    up  ');
  expect(await t.call.console.take({ text: later })).toMatchObject({ created: 0, changed: 1, proposed: 0 });
  expect(ports().find(({ name }) => name === 'GigabitEthernet0/0/7')).toMatchObject({ light: 'on', state: 'good' });
});

it('asks which switch it is, and says why nothing can be written', async () => {
  const seen = await t.call.console.read({ text: comware5 });
  expect(seen.switches).toMatchObject([{ host: 'B1-JR', asset: null }]);
  await expect(t.call.console.take({ text: comware5 })).rejects.toMatchObject({ data: { code: 'console_nothing' } });
  const chosen = { text: comware5, assets: { 'B1-JR': id } };
  expect((await t.call.console.read(chosen)).switches).toMatchObject([{ asset: { id } }]);
  expect(await t.call.console.take(chosen)).toMatchObject({ created: 3 });
  expect(ports().find(({ name }) => name === 'GE1/0/7')).toMatchObject({ vlan: 30, speed: 'm1000', light: 'on' });
  await expect(t.call.console.read({ text: '  \n' })).rejects.toMatchObject({ data: { code: 'console_empty' } });
  await expect(t.call.console.read({ text: 'x'.repeat(MAX_TEXT + 1) })).rejects.toMatchObject({
    data: { code: 'console_too_long', params: { size: 201, most: 200 } },
  });
});

it('keeps what SNMP told of neighbours when only cards are pasted', async () => {
  await t.call.console.take({ text: huaweiOld });
  t.clock.set(60_000);
  const cards = huaweiOld.slice(
    huaweiOld.indexOf('<JX-A1-SW1>display mac'),
    huaweiOld.indexOf('<JX-A1-SW1>display interface'),
  );
  await t.call.console.take({ text: cards });
  expect(await t.call.switches.links()).toHaveLength(1);
});

it('lays a short list of neighbours and a long one together, however many', () => {
  const row = { remote: null, description: null, name: null, system: null, ip: null, capabilities: null };
  const short = Array.from({ length: 10_000 }, (_, n) => ({
    ...row,
    port: `GE0/0/${n % 48}`,
    chassis: null,
    name: `AP${n}`,
  }));
  const long = short.map((each, n) => ({ ...each, chassis: n.toString(16).padStart(12, '0'), remote: 'GE0/0/1' }));
  const section = { vendor: null, table: 'neighbours', host: null, line: 1 } as const;
  const began = performance.now();
  const told = neighboursOf([
    { ...section, rows: short },
    { ...section, rows: long },
  ]);
  expect(performance.now() - began).toBeLessThan(5000);
  expect([told.length, told[7]]).toEqual([10_000, { ...long[7], chassis: '000000000007' }]);
});
