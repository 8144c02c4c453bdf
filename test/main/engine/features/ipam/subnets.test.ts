import { refusalOf, testEngine, type TestEngine } from '../../../../support/engine.ts';
import { macOf, office } from '../../../../support/office.ts';

let t: TestEngine;
beforeEach(async () => {
  t = await testEngine();
});
afterEach(() => t.close());

const net = (cidr: string, more: { gateway?: string; name?: string } = {}) =>
  t.call.ipam.createSubnet({ cidr, name: more.name ?? '办公', purpose: 'office', ...more });

test('host bits are cleared, and the list is in the order of addresses', async () => {
  await net('10.20.100.7/24');
  await net('10.20.20.0/24');
  await net('10.20.3.0/24');
  const { rows } = await t.call.ipam.listSubnets({});
  expect(rows.map(({ cidr }) => cidr)).toEqual(['10.20.3.0/24', '10.20.20.0/24', '10.20.100.0/24']);
});

test.each([
  ['10.20.30.0', { code: 'invalid', params: { field: 'subnets.cidr', problem: 'cidr' } }],
  ['10.0.0.0/8', { code: 'subnet_too_wide', params: { cidr: '10.0.0.0/8', widest: 16 } }],
  ['127.0.0.0/24', { code: 'subnet_unusable', params: { cidr: '127.0.0.0/24' } }],
  [
    '10.20.30.128/25',
    { code: 'subnet_overlap', params: { cidr: '10.20.30.128/25', other: '10.20.30.0/24', name: '教师办公' } },
  ],
  [
    '10.20.0.0/16',
    { code: 'subnet_overlap', params: { cidr: '10.20.0.0/16', other: '10.20.30.0/24', name: '教师办公' } },
  ],
])('the subnet %s is refused', async (cidr, refusal) => {
  await net('10.20.30.0/24', { name: '教师办公' });
  expect(await refusalOf(net(cidr))).toEqual(refusal);
});

test('a gateway is a host of its subnet', async () => {
  for (const gateway of ['10.20.31.1', '10.20.30.0', '10.20.30.255'])
    expect((await refusalOf(net('10.20.30.0/24', { gateway }))).code).toBe('gateway_outside');
  await net('10.20.30.0/24', { gateway: '10.20.30.254' });
});

test('a removed subnet frees its addresses for another', async () => {
  const first = await net('10.20.30.0/24');
  await t.call.ipam.removeSubnet({ id: first.id, reason: '改造' });
  expect((await net('10.20.0.0/16')).cidr).toBe('10.20.0.0/16');
});

test('a subnet that is narrowed must keep what lies in it, and one in use stays', async () => {
  const s = await office(t);
  await t.call.ipam.createRange({
    subnet_id: s.subnet,
    kind: 'allocate',
    first_ip: '10.20.30.10',
    last_ip: '10.20.30.50',
  });
  await t.call.ipam.bind({ ip: '10.20.30.200', mac: macOf(1), person_id: await s.person('王芳'), reason: '原有地址' });
  const narrow = (cidr: string) => t.call.ipam.updateSubnet({ id: s.subnet, changes: { cidr } });
  expect(await refusalOf(narrow('10.20.30.0/25'))).toEqual({
    code: 'subnet_holds_outside',
    params: { cidr: '10.20.30.0/25', ip: '10.20.30.200' },
  });
  expect((await refusalOf(t.call.ipam.removeSubnet({ id: s.subnet, reason: '不用了' }))).params).toEqual({
    cidr: '10.20.30.0/24',
    n: 1,
  });
  expect((await narrow('10.20.30.0/23')).cidr).toBe('10.20.30.0/23');
});

test('a gateway cannot be set on an address that somebody holds', async () => {
  const s = await office(t);
  await t.call.ipam.bind({ subnet_id: s.subnet, mac: macOf(1), person_id: await s.person('王芳') });
  const refusal = await refusalOf(t.call.ipam.updateSubnet({ id: s.subnet, changes: { gateway: '10.20.30.2' } }));
  expect(refusal).toMatchObject({ code: 'ip_in_use', params: { ip: '10.20.30.2', holder: '王芳（语文组）' } });
});

describe('parts', () => {
  const part = (subnet_id: string, kind: 'allocate' | 'dhcp' | 'reserved', first: number, last: number) =>
    t.call.ipam.createRange({ subnet_id, kind, first_ip: `10.20.30.${first}`, last_ip: `10.20.30.${last}` });

  test('lie inside, run forward and do not overlap', async () => {
    const s = await office(t);
    await part(s.subnet, 'allocate', 10, 50);
    expect((await refusalOf(part(s.subnet, 'dhcp', 90, 80))).code).toBe('range_backwards');
    expect((await refusalOf(part(s.subnet, 'dhcp', 200, 255))).code).toBe('range_outside');
    expect(await refusalOf(part(s.subnet, 'dhcp', 50, 80))).toEqual({
      code: 'range_overlap',
      params: { first: '10.20.30.50', last: '10.20.30.80', other: '10.20.30.10–10.20.30.50' },
    });
    await part(s.subnet, 'dhcp', 51, 80);
    expect((await t.call.ipam.ranges({ subnet_id: s.subnet })).map(({ first_ip }) => first_ip)).toEqual([
      '10.20.30.10',
      '10.20.30.51',
    ]);
  });

  test('may be changed within themselves, and are removed', async () => {
    const s = await office(t);
    const range = await part(s.subnet, 'allocate', 10, 50);
    expect((await t.call.ipam.updateRange({ id: range.id, changes: { last_ip: '10.20.30.60' } })).last_ip).toBe(
      '10.20.30.60',
    );
    await t.call.ipam.removeRange({ id: range.id });
    expect(await t.call.ipam.ranges({ subnet_id: s.subnet })).toEqual([]);
  });

  test('DHCP takes no address that somebody holds', async () => {
    const s = await office(t);
    await t.call.ipam.bind({ ip: '10.20.30.60', mac: macOf(1), person_id: await s.person('王芳'), reason: '原有地址' });
    expect(await refusalOf(part(s.subnet, 'dhcp', 50, 80))).toMatchObject({
      code: 'range_holds',
      params: { ip: '10.20.30.60', holder: '王芳（语文组）' },
    });
    await part(s.subnet, 'reserved', 50, 80);
  });
});

test('the map shows every address with its state, and usage says how full the subnet is', async () => {
  const s = await office(t, '10.20.51.0/26', '10.20.51.62');
  await t.call.ipam.createRange({ subnet_id: s.subnet, kind: 'dhcp', first_ip: '10.20.51.40', last_ip: '10.20.51.49' });
  await t.call.ipam.createRange({
    subnet_id: s.subnet,
    kind: 'reserved',
    first_ip: '10.20.51.50',
    last_ip: '10.20.51.54',
    label: '打印机',
  });
  await t.call.assets.create({
    name: '交换机',
    category: 'switch',
    status: 'in_use',
    ip: '10.20.51.3',
    mac: macOf(99),
  });
  const person_id = await s.person('王芳');
  const one = await t.call.ipam.bind({ subnet_id: s.subnet, mac: macOf(1), person_id, location_id: s.office });
  const two = await t.call.ipam.bind({ subnet_id: s.subnet, mac: macOf(2), person_id });
  await t.call.ipam.bind({ subnet_id: s.subnet, person_id, state: 'reserved' });
  await t.call.ipam.suspend({ id: two.id, reason: '欠费' });
  const gone = await t.call.ipam.bind({ subnet_id: s.subnet, mac: macOf(4), person_id });
  await t.call.ipam.release({ id: gone.id, reason: '调走' });
  const map = await t.call.ipam.map({ subnet_id: s.subnet });
  const state = (last: number) => map.cells[last]?.state;
  expect([0, 1, 2, 3, 4, 5, 6, 40, 50, 62, 63].map(state)).toEqual([
    'edge',
    'active',
    'suspended',
    'device',
    'reserved',
    'cooling',
    'free',
    'dhcp',
    'kept',
    'gateway',
    'edge',
  ]);
  expect(map.cells[1]).toMatchObject({
    ip: '10.20.51.1',
    binding_id: one.id,
    person: '王芳',
    department: '语文组',
    place: '教学楼 / 2F / B210',
  });
  expect(map.cells[5]).toMatchObject({ person: '王芳', free_on: '2026-10-06' });
  expect(map.cells[50]).toMatchObject({ remark: '打印机' });
  expect(map.counts).toMatchObject({
    active: 1,
    reserved: 1,
    suspended: 1,
    cooling: 1,
    device: 1,
    gateway: 1,
    dhcp: 10,
    kept: 5,
    edge: 2,
    free: 41,
  });
  expect(map.total).toBe(64);
  expect((await t.call.ipam.usage()).find(({ subnet_id }) => subnet_id === s.subnet)).toMatchObject({
    hosts: 47,
    used: 5,
    free: 41,
    cooling: 1,
    percent: 10,
    level: 'plenty',
    next: '10.20.51.6',
  });
});

test('a computer room at 61 of 62 is short, then full; a DHCP subnet is neither', async () => {
  const s = await office(t, '10.20.51.0/26', '10.20.51.1');
  const person_id = await s.person('王芳');
  for (let seat = 0; seat < 60; seat += 1) await t.call.ipam.bind({ subnet_id: s.subnet, mac: macOf(seat), person_id });
  const [short] = await t.call.ipam.usage();
  expect(short).toMatchObject({ hosts: 62, used: 61, free: 1, percent: 98, level: 'short' });
  await t.call.ipam.bind({ subnet_id: s.subnet, mac: macOf(60), person_id });
  expect((await t.call.ipam.usage())[0]).toMatchObject({ free: 0, percent: 100, level: 'full', next: null });
  expect(await refusalOf(t.call.ipam.next({ subnet_id: s.subnet }))).toEqual({
    code: 'subnet_full',
    params: { cidr: '10.20.51.0/26', cooling: 0 },
  });
  const wireless = await t.call.ipam.createSubnet({
    cidr: '10.20.100.0/22',
    name: '无线',
    purpose: 'wireless',
    gateway: '10.20.100.1',
  });
  await t.call.ipam.createRange({
    subnet_id: wireless.id,
    kind: 'dhcp',
    first_ip: '10.20.100.2',
    last_ip: '10.20.103.254',
  });
  expect((await t.call.ipam.usage())[1]).toMatchObject({ level: 'dynamic', percent: null });
  const second = await t.call.ipam.map({ subnet_id: wireless.id, offset: 256, limit: 256 });
  expect([second.total, second.cells.length, second.cells[0]?.ip]).toEqual([1024, 256, '10.20.101.0']);
});
