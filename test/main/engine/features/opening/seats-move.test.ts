/** Seats of a computer room, moves with their notice, and what command lines are made of. */
import { readRow } from '../../../../../main/engine/read-row.ts';
import { cables, switchPorts } from '../../../../../shared/features/cabling.ts';
import { assets } from '../../../../../shared/features/assets.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../../support/engine.ts';
import { macOf, office, type Office } from '../../../../support/office.ts';

let t: TestEngine;
let s: Office;
beforeEach(async () => {
  t = await testEngine();
  s = await office(t);
});
afterEach(() => t.close());

const machine = (n: number, more: object = {}) =>
  t.call.assets.create({
    name: '学生机',
    tag: `ZC-${n}`,
    category: 'desktop',
    status: 'in_use',
    location_id: s.lab,
    mac: macOf(n),
    ...more,
  });
const words = (paper: unknown): string => JSON.stringify(paper);

test('seats get addresses, names and machines by their numbers; what is taken is left out with a reason', async () => {
  for (let n = 1; n <= 5; n += 1) await machine(n, n === 5 ? { mac: null } : {});
  const keeper = await s.person('李明远');
  await t.call.ipam.bind({ ip: '10.20.30.4', subnet_id: s.subnet, mac: macOf(99), person_id: keeper, reason: '旧机' });
  const wish = {
    location_id: s.lab,
    subnet_id: s.subnet,
    first: 1,
    last: 6,
    offset: 0,
    pattern: 'JF1-##',
    person_id: keeper,
  };
  const plan = await t.call.opening.seatPlan(wish);
  expect(
    plan.rows.map(({ seat, ip, hostname, mac, problem }) => [seat, ip, hostname, mac, problem?.code ?? null]),
  ).toEqual([
    [1, '10.20.30.1', 'JF1-01', macOf(1), 'ip_gateway'],
    [2, '10.20.30.2', 'JF1-02', macOf(2), null],
    [3, '10.20.30.3', 'JF1-03', macOf(3), null],
    [4, '10.20.30.4', 'JF1-04', macOf(4), 'ip_in_use'],
    [5, '10.20.30.5', 'JF1-05', null, null],
    [6, '10.20.30.6', 'JF1-06', null, null],
  ]);
  expect([plan.ok, plan.machines, (await t.call.ipam.list({})).total]).toEqual([4, 5, 1]);
  const done = await t.call.opening.seats(wish);
  expect([done.ids.length, done.left.map(({ seat }) => seat)]).toEqual([4, [1, 4]]);
  const rows = (await t.call.ipam.list({})).rows;
  expect(rows.map(({ ip, state, hostname }) => `${ip} ${state} ${hostname}`)).toEqual([
    '10.20.30.2 active JF1-02',
    '10.20.30.3 active JF1-03',
    '10.20.30.4 active null',
    '10.20.30.5 reserved JF1-05',
    '10.20.30.6 reserved JF1-06',
  ]);
  await t.call.system.undo({ batch: done.batch });
  expect((await t.call.ipam.list({})).total).toBe(1);
});

test('seats that cannot be are said', async () => {
  const wish = {
    location_id: s.lab,
    subnet_id: s.subnet,
    first: 1,
    last: 2,
    pattern: 'JF',
    person_id: await s.person('李明远'),
  };
  expect(await refusalOf(t.call.opening.seatPlan({ ...wish, first: 9 }))).toMatchObject({ code: 'seats_backwards' });
  expect(await refusalOf(t.call.opening.seatPlan({ ...wish, last: 900 }))).toMatchObject({ code: 'seats_too_many' });
  const { rows } = await t.call.opening.seatPlan({ ...wish, offset: 254, pattern: 'JF1' });
  expect(rows.map(({ problem }) => problem?.code)).toEqual(['ip_edge', 'seat_outside']);
});

test('a move takes the next address of the new room, releases the old one, moves machine and person, and freezes a notice', async () => {
  const far = await t.call.ipam.createSubnet({
    cidr: '10.20.40.0/24',
    name: '机房',
    vlan: 40,
    gateway: '10.20.40.1',
    dns: '10.20.1.2',
    purpose: 'lab',
    location_id: s.lab,
  });
  const person = await s.person('王芳', { location_id: s.office });
  const pc = await machine(1, { location_id: s.office });
  const old = await t.call.ipam.bind({
    subnet_id: s.subnet,
    mac: macOf(1),
    person_id: person,
    location_id: s.office,
    outlet: 'B210-1',
    switch_name: 'SW2',
    switch_port: 'GE0/0/5',
  });
  expect(old.asset_id).toBe(pc.id);
  const moving = await t.call.opening.moving({ person_id: person });
  expect([moving.department, moving.bindings.map(({ id }) => id)]).toEqual(['语文组', [old.id]]);
  const to = {
    location_id: s.lab,
    lines: [{ id: old.id, outlet: 'C301-2', switch_name: 'SW3', switch_port: 'GE0/0/9' }],
    person_id: person,
    department: '信息组',
  };
  const plan = await t.call.opening.movePlan(to);
  expect(plan.lines[0]).toMatchObject({
    problem: null,
    free_on: '2026-10-06',
    after: { ip: '10.20.40.2', subnet_id: far.id, outlet: 'C301-2' },
  });
  expect((await t.call.ipam.get({ id: old.id })).binding.state).toBe('active');
  const done = await t.call.opening.move({ ...to, reason: '调到信息组' });
  const [id = ''] = done.ids;
  expect((await t.call.ipam.get({ id })).binding).toMatchObject({
    ip: '10.20.40.2',
    mac: macOf(1),
    switch_port: 'GE0/0/9',
    asset_id: pc.id,
  });
  expect((await t.call.ipam.get({ id: old.id })).binding.state).toBe('released');
  expect(readRow(t.engine.db, assets, pc.id)).toMatchObject({ location_id: s.lab, ip: '10.20.40.2' });
  expect(await t.call.people.get({ id: person })).toMatchObject({ location_id: s.lab, department: '信息组' });
  const { document, paper } = await t.call.papers.get({ id: done.document_id });
  expect(document).toMatchObject({ form: 'F-18B', number: 'TZ-202609-L03-0001' });
  for (const each of [
    '10.20.30.2',
    '10.20.40.2',
    '语文组 → 信息组',
    '255.255.255.0',
    '10.20.1.2',
    'B210-1',
    'C301-2',
    '调到信息组',
  ])
    expect(words(paper)).toContain(each);
  // printed again from the binding: the same number
  expect((await t.call.opening.notice({ id })).number).toBe(document.number);
  await t.call.system.undo({ batch: done.batch });
  expect((await t.call.ipam.get({ id: old.id })).binding.state).toBe('active');
  expect(readRow(t.engine.db, assets, pc.id)).toMatchObject({ location_id: s.office, ip: '10.20.30.2' });
  expect(await t.call.people.get({ id: person })).toMatchObject({ location_id: s.office, department: '语文组' });
});

test('within one subnet the address stays; a new card and a taken address are judged', async () => {
  const person = await s.person('王芳');
  const one = await t.call.ipam.bind({ subnet_id: s.subnet, mac: macOf(1), person_id: person, location_id: s.office });
  await t.call.ipam.bind({
    subnet_id: s.subnet,
    mac: macOf(2),
    person_id: await s.person('李强'),
    location_id: s.office,
  });
  const line = async (more: object) =>
    (await t.call.opening.movePlan({ location_id: s.floor, lines: [{ id: one.id, ...more }] })).lines[0];
  expect(await line({})).toMatchObject({ after: { id: one.id, ip: one.ip, location_id: s.floor }, free_on: null });
  expect((await line({ mac: 'aabb.ccdd.0001' }))?.after?.mac).toBe('AABBCCDD0001');
  expect((await line({ mac: macOf(2) }))?.problem?.code).toBe('mac_in_use');
  expect((await line({ mac: '00-00-00-00-00-00' }))?.problem?.code).toBe('invalid');
  expect((await line({ ip: '10.20.30.3' }))?.problem?.code).toBe('ip_in_use');
  expect(
    await refusalOf(
      t.call.opening.move({ location_id: s.floor, lines: [{ id: one.id, ip: '10.20.30.3' }], reason: '换座' }),
    ),
  ).toMatchObject({ code: 'ip_in_use' });
  // without taking the person along, the notice still says whose department it goes to, and leaves the DNS to be written in
  const wu = await s.person('吴东', { department: '总务处' });
  const two = await t.call.ipam.bind({ subnet_id: s.subnet, mac: macOf(3), person_id: wu, location_id: s.office });
  const moved = await t.call.opening.move({ location_id: s.floor, lines: [{ id: two.id }], reason: '换座' });
  expect(words((await t.call.papers.get({ id: moved.document_id })).paper)).toContain('总务处');
  await t.call.ipam.release({ id: one.id, reason: '调走' });
  expect(await refusalOf(t.call.opening.moving({ binding_id: one.id }))).toMatchObject({ code: 'wrong_move' });
  expect(await refusalOf(t.call.opening.notice({ id: one.id }))).toMatchObject({ code: 'notice_no_change' });
});

test('outlets of a room, free ones first, from those who sat there; command lines from the register', async () => {
  const bound = await t.call.ipam.bind({
    subnet_id: s.subnet,
    mac: macOf(1),
    person_id: await s.person('王芳'),
    location_id: s.office,
    outlet: 'B210-1',
    switch_name: 'SW2',
    switch_port: 'GE0/0/5',
  });
  const left = await t.call.ipam.bind({
    subnet_id: s.subnet,
    mac: macOf(2),
    person_id: await s.person('李强'),
    location_id: s.office,
    outlet: 'B210-2',
  });
  await t.call.ipam.release({ id: left.id, reason: '调走' });
  expect(await t.call.opening.ends({ location_id: s.office })).toEqual([
    { outlet: 'B210-2', switch_name: null, switch_port: null, taken: null },
    { outlet: 'B210-1', switch_name: 'SW2', switch_port: 'GE0/0/5', taken: '王芳' },
  ]);
  expect(await t.call.opening.ends({ location_id: s.lab })).toEqual([]);
  const line = {
    id: bound.id,
    ip: '10.20.30.2',
    mac: macOf(1),
    vlan: 30,
    mask: '255.255.255.0',
    port: 'GE0/0/5',
    switch_name: 'SW2',
  };
  expect(await t.call.opening.deviceLines({ subnet_id: s.subnet })).toEqual([line]);
  expect((await t.call.opening.deviceLines({ ids: [bound.id, left.id] })).map(({ ip }) => ip)).toEqual([
    '10.20.30.2',
    '10.20.30.3',
  ]);
});

test('outlets on record lead along panel and cables to their port; damaged ones are not offered', async () => {
  const { call } = t;
  const sw = await call.assets.create({
    name: '接入交换机',
    tag: 'SW-1',
    category: 'switch',
    status: 'in_use',
    location_id: s.floor,
    hostname: 'JX-2F-SW1',
  });
  const outlet = await call.cabling.createOutlet({ location_id: s.office, label: 'B210-9', state: 'good' });
  await call.cabling.createOutlet({ location_id: s.office, label: 'B210-8', state: 'damaged' });
  const panel = await call.cabling.createPanel({ location_id: s.floor, code: 'C-2A', name: 'B', ports: 24 });
  t.engine.command('test.cables', (tx) => {
    const port = tx.insert(switchPorts, { asset_id: sw.id, name: 'GE0/0/9', state: 'good' });
    tx.insert(cables, { a_outlet_id: outlet.id, b_panel_id: panel.id, b_position: 12, b_side: 'rear' });
    tx.insert(cables, { a_panel_id: panel.id, a_position: 12, a_side: 'front', b_port_id: port.id });
  });
  expect(await call.opening.ends({ location_id: s.office })).toEqual([
    { outlet: 'B210-9', switch_name: 'JX-2F-SW1', switch_port: 'GE0/0/9', taken: null },
  ]);
});

test('the blank notice has its lines and no number', async () => {
  const paper = await t.call.papers.blank({ form: 'F-18B' });
  expect(words(paper)).toContain('信息点');
  expect(paper.number).toBe('');
});
