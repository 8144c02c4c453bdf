import { refusalOf, testEngine, type TestEngine } from '../../../../support/engine.ts';
import { macOf, office, type Office } from '../../../../support/office.ts';

let t: TestEngine;
let s: Office;
let wang: string;
let li: string;
beforeEach(async () => {
  t = await testEngine();
  s = await office(t);
  wang = await s.person('王芳');
  li = await s.person('李强', { department: '数学组' });
});
afterEach(() => t.close());

type Opening = Parameters<TestEngine['call']['ipam']['bind']>[0];
const bind = (more: Partial<Opening> = {}) =>
  t.call.ipam.bind({ subnet_id: s.subnet, mac: macOf(1), person_id: wang, ...more });
const ip = (last: number): string => `10.20.30.${last}`;

test('opening a user stores address, card, person, place and port in one commit', async () => {
  const binding = await bind({
    mac: '3c52.8200.0001',
    location_id: s.office,
    outlet: '2-05',
    switch_name: 'B2F-1',
    switch_port: '12',
    hostname: '语文-王芳',
  });
  expect(binding).toMatchObject({
    ip: ip(2),
    mac: macOf(1),
    person_id: wang,
    location_id: s.office,
    outlet: '2-05',
    switch_port: '12',
    state: 'active',
    opened_on: '2026-09-29',
    skipped: false,
  });
  const { entries } = await t.call.ipam.history({ id: binding.id });
  expect(entries).toMatchObject([{ op: 'insert', command: 'ipam.bind', actor: '李明@L03', batch: binding.batch }]);
});

test.each([
  ['3C-52-82-1A-00-01'],
  ['3c:52:82:1a:0:1'],
  ['3c52-821a-0001'],
  ['3c52.821a.0001'],
  ['3C52821A0001'],
  ['３Ｃ：５２：８２：１Ａ：００：０１'],
])('the MAC %s is taken and stored in one form', async (mac) => {
  expect((await bind({ mac })).mac).toBe('3C52821A0001');
});

test.each([['01005E000001'], ['FFFFFFFFFFFF'], ['000000000000'], ['3C52821A00'], ['打印机']])(
  '%s is not the card of a host',
  async (mac) => {
    expect(await refusalOf(bind({ mac }))).toEqual({
      code: 'invalid',
      params: { field: 'bindings.mac', problem: 'mac' },
    });
  },
);

describe('addresses are given out in order', () => {
  test('the next is the lowest free one of the parts that are given out', async () => {
    await t.call.ipam.createRange({ subnet_id: s.subnet, kind: 'allocate', first_ip: ip(20), last_ip: ip(22) });
    expect(await t.call.ipam.next({ subnet_id: s.subnet })).toEqual({ ip: ip(20), subnet_id: s.subnet, free: 3 });
    await bind();
    expect((await t.call.ipam.next({ subnet_id: s.subnet })).ip).toBe(ip(21));
  });

  test('skipping asks for a reason, which is recorded', async () => {
    expect(await refusalOf(bind({ ip: ip(57) }))).toEqual({
      code: 'skip_needs_reason',
      params: { ip: ip(57), lowest: ip(2) },
    });
    const binding = await bind({ ip: ip(57), reason: '打印服务器写死了这个地址' });
    expect(binding).toMatchObject({ ip: ip(57), skipped: true, reason: '打印服务器写死了这个地址' });
    expect((await t.call.ipam.history({ id: binding.id })).entries[0]?.reason).toBe('打印服务器写死了这个地址');
  });

  test('a second part for another purpose has an order of its own', async () => {
    await t.call.ipam.createRange({
      subnet_id: s.subnet,
      kind: 'allocate',
      first_ip: ip(20),
      last_ip: ip(50),
      label: '教师',
    });
    const students = await t.call.ipam.createRange({
      subnet_id: s.subnet,
      kind: 'allocate',
      first_ip: ip(100),
      last_ip: ip(150),
      label: '学生',
    });
    expect((await t.call.ipam.next({ subnet_id: s.subnet, range_id: students.id })).ip).toBe(ip(100));
    expect((await bind({ ip: ip(100) })).skipped).toBe(false);
    expect(await refusalOf(bind({ ip: ip(60), mac: macOf(2) }))).toEqual({
      code: 'plan_needs_reason',
      params: { ip: ip(60) },
    });
  });

  test('a reserved part is left out, and open to a reason', async () => {
    await t.call.ipam.createRange({ subnet_id: s.subnet, kind: 'reserved', first_ip: ip(2), last_ip: ip(9) });
    expect((await t.call.ipam.next({ subnet_id: s.subnet })).ip).toBe(ip(10));
    expect((await refusalOf(bind({ ip: ip(5) }))).code).toBe('plan_needs_reason');
    expect((await bind({ ip: ip(5), reason: '门禁主机' })).ip).toBe(ip(5));
  });
});

test('outside, network, broadcast, gateway and DHCP addresses are refused, each in its own words', async () => {
  await t.call.ipam.createRange({ subnet_id: s.subnet, kind: 'dhcp', first_ip: ip(200), last_ip: ip(220) });
  const code = async (more: Partial<Opening>) => (await refusalOf(bind({ reason: '就要这个', ...more }))).code;
  expect(await code({ ip: '10.20.31.4' })).toBe('ip_outside');
  expect(await code({ ip: '10.20.31.4', subnet_id: null })).toBe('ip_unknown_subnet');
  expect(await code({ ip: ip(0) })).toBe('ip_edge');
  expect(await code({ ip: ip(255) })).toBe('ip_edge');
  expect(await code({ ip: ip(1) })).toBe('ip_gateway');
  expect(await code({ ip: ip(210) })).toBe('ip_dhcp');
  expect(await code({ subnet_id: null })).toBe('subnet_needed');
});

test.each(['reserved', 'active', 'suspended'] as const)(
  'an IP and a MAC that are held (%s) are refused naming the holder',
  async (state) => {
    const first = await bind({ state: state === 'reserved' ? 'reserved' : 'active' });
    if (state === 'suspended') await t.call.ipam.suspend({ id: first.id, reason: '毕业' });
    t.clock.set('2026-10-09T09:00+08:00');
    const holder = { holder: '王芳（语文组）', since: '2026-09-29', binding: first.id, ip: ip(2) };
    expect(await refusalOf(bind({ ip: ip(2), mac: macOf(2), person_id: li }))).toEqual({
      code: 'ip_in_use',
      params: holder,
    });
    expect(await refusalOf(bind({ person_id: li }))).toEqual({
      code: 'mac_in_use',
      params: { ...holder, mac: '3C-52-82-00-00-01' },
    });
    expect((await t.call.ipam.list({})).total).toBe(1);
  },
);

describe('no binding without a registered person', () => {
  test('who is present', async () => {
    expect((await refusalOf(bind({ person_id: s.office }))).code).toBe('person_not_registered');
    await t.call.people.update({ id: li, changes: { status: 'left' } });
    expect(await refusalOf(bind({ person_id: li }))).toEqual({ code: 'person_left', params: { name: '李强' } });
    expect((await refusalOf(t.call.ipam.bind({ subnet_id: s.subnet, mac: macOf(1) }))).params).toEqual({
      field: 'bindings.person_id',
      problem: 'required',
    });
  });
  test('and whose card is known', async () => {
    expect((await refusalOf(bind({ mac: null }))).code).toBe('mac_needed');
    const reserved = await bind({ mac: null, state: 'reserved' });
    expect((await refusalOf(t.call.ipam.activate({ id: reserved.id }))).code).toBe('mac_needed');
    t.clock.set('2026-10-09T09:00+08:00');
    const open = await t.call.ipam.activate({ id: reserved.id, mac: '3C-52-82-00-00-07' });
    expect(open).toMatchObject({ state: 'active', mac: macOf(7), opened_on: '2026-10-09' });
  });
});

test('an opening may be written down later, but not before it happened', async () => {
  expect((await bind({ opened_on: '2026-09-25' })).opened_on).toBe('2026-09-25');
  expect((await refusalOf(bind({ opened_on: '2026-10-08', mac: macOf(2) }))).code).toBe('opened_later');
});

describe('assets', () => {
  const pc = { name: '台式机', category: 'desktop', status: 'in_use' } as const;

  test('the asset of the card is bound along, and its IP follows', async () => {
    const asset = await t.call.assets.create({ ...pc, mac: macOf(1) });
    const binding = await bind();
    expect(binding.asset_id).toBe(asset.id);
    expect((await t.call.assets.get({ id: asset.id })).asset.ip).toBe(ip(2));
    const moved = await t.call.ipam.move({ id: binding.id, to: {}, reason: '冲突' });
    expect((await t.call.assets.get({ id: asset.id })).asset.ip).toBe(ip(3));
    await t.call.ipam.release({ id: moved.id, reason: '停' });
    expect((await t.call.assets.get({ id: asset.id })).asset.ip).toBeNull();
  });

  test('a card of one asset is not bound for another, nor an address that another card carries', async () => {
    await t.call.assets.create({ ...pc, tag: 'PC-1', mac: macOf(1) });
    const other = await t.call.assets.create({ ...pc, tag: 'PC-2', mac: macOf(2), ip: ip(2) });
    expect(await refusalOf(bind({ asset_id: other.id }))).toEqual({
      code: 'mac_of_device',
      params: { mac: '3C-52-82-00-00-01', asset: 'PC-1 台式机' },
    });
    expect(await refusalOf(bind({ ip: ip(2), mac: macOf(3) }))).toEqual({
      code: 'ip_of_device',
      params: { ip: ip(2), asset: 'PC-2 台式机' },
    });
    expect((await bind({ mac: macOf(3) })).ip).toBe(ip(3));
  });

  test('an address the register already shows for the device is bound without a word, and its MAC filled in', async () => {
    const asset = await t.call.assets.create({ ...pc, ip: ip(40) });
    expect(await bind({ ip: ip(40) })).toMatchObject({ asset_id: asset.id, skipped: false });
    expect((await t.call.assets.get({ id: asset.id })).asset.mac).toBe(macOf(1));
  });
});

test('suggestions fill in the room, the subnet of that room, its next address and the only PC', async () => {
  const person = await s.person('单雪', { location_id: s.office, letter: 'unsigned' });
  const asset = await t.call.assets.create({
    name: '台式机',
    category: 'desktop',
    status: 'in_use',
    user_id: person,
    mac: macOf(9),
    hostname: '语文-单雪',
  });
  expect(await t.call.ipam.suggest({ person_id: person })).toMatchObject({
    location_id: s.office,
    subnet_id: s.subnet,
    ip: ip(2),
    asset_id: asset.id,
    mac: macOf(9),
    hostname: '语文-单雪',
    letter: 'unsigned',
  });
  const far = await t.call.ipam.createSubnet({ cidr: '10.20.51.0/26', name: '机房1', purpose: 'lab' });
  expect((await t.call.ipam.suggest({ location_id: s.lab })).subnet_id).toBeNull();
  await t.call.ipam.bind({ subnet_id: far.id, mac: macOf(1), person_id: wang, location_id: s.lab });
  expect(await t.call.ipam.suggest({ location_id: s.lab })).toMatchObject({ subnet_id: far.id, ip: '10.20.51.2' });
});

test('an asset alone tells its room and its user, unless that user left', async () => {
  const person = await s.person('单雪', { location_id: s.office });
  const { id } = await t.call.assets.create({
    name: '台式机',
    category: 'desktop',
    status: 'in_use',
    user_id: person,
    location_id: s.lab,
    mac: macOf(9),
  });
  // The person's own room is elsewhere: the machine stands where it stands.
  const filled = await t.call.ipam.suggest({ asset_id: id });
  expect(filled).toMatchObject({ person_id: person, location_id: s.lab, mac: macOf(9) });
  expect(filled.refs[person]).toBe('单雪');
  await t.call.people.update({ id: person, changes: { status: 'left' } });
  expect(await t.call.ipam.suggest({ asset_id: id })).toMatchObject({ person_id: null, location_id: s.lab });
});

test('the form hears what the engine would say', async () => {
  await bind();
  const check = await t.call.ipam.check({
    ip: '10.20.30.57',
    mac: '3c:52:82:0:0:1',
    subnet_id: s.subnet,
    person_id: li,
  });
  expect(check.ip).toEqual({ refused: null, asks: 'skips', lowest: ip(3) });
  expect(check.mac).toMatchObject({ hex: macOf(1), random: false, refused: { code: 'mac_in_use' } });
  expect(await t.call.ipam.check({ ip: '10.20.30.300', mac: '02-00-00-00-00-01' })).toMatchObject({
    ip: { refused: { code: 'invalid' } },
    mac: { random: true, refused: null },
  });
  expect((await t.call.ipam.check({ mac: 'ff-ff-ff-ff-ff-ff' })).mac).toMatchObject({
    hex: null,
    refused: { code: 'invalid' },
  });
});

test('two laptops can each be right: what both hold is listed for a person to settle', async () => {
  const first = await bind();
  t.clock.set(1000);
  const second = await bind({ mac: macOf(2), person_id: li });
  expect((await t.call.ipam.breaches()).rows).toEqual([]);
  t.engine.db.raw.prepare('UPDATE bindings SET ip = ?, mac = ? WHERE id = ?').run(ip(2), macOf(1), second.id);
  const { rows } = await t.call.ipam.breaches();
  expect(rows.map(({ kind, value, bindings }) => [kind, value, bindings.map(({ id }) => id)])).toEqual([
    ['ip', ip(2), [first.id, second.id]],
    ['mac', macOf(1), [first.id, second.id]],
  ]);
  expect((await t.call.ipam.map({ subnet_id: s.subnet })).cells[2]?.state).toBe('conflict');
});

test('a room in which somebody has an address stays', async () => {
  const { id } = await bind({ location_id: s.lab });
  expect(await refusalOf(t.call.locations.remove({ id: s.lab }))).toMatchObject({
    code: 'location_in_use',
    params: { n: 1 },
  });
  await t.call.ipam.release({ id, reason: '停' });
  await t.call.locations.remove({ id: s.lab });
});
