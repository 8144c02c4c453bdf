/** Many users by paste: what is read, what every row is told, and what is opened. */
import { openRow, type OpenInput } from '../../../../../shared/features/opening.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../../support/engine.ts';
import { macOf, office, type Office } from '../../../../support/office.ts';

let t: TestEngine;
let s: Office;
beforeEach(async () => {
  t = await testEngine();
  s = await office(t);
});
afterEach(() => t.close());

const row = (n: number, more: object = {}) =>
  openRow.parse({ row: n, name: `用户${n}`, room: 'B210', mac: macOf(n), ...more });
const plan = (rows: OpenInput['rows'], more: Partial<OpenInput> = {}) => t.call.opening.plan({ rows, ...more });
const why = async (more: object, input: Partial<OpenInput> = {}) => {
  const { rows } = await plan([row(1, more)], input);
  return [rows[0]?.problems[0]?.field, rows[0]?.problems[0]?.code];
};

test('cells with a title and a header above them, in any order and style', async () => {
  const read = await t.call.opening.read({
    text: [
      '教学楼网络开通\t\t\t\t\t',
      '序号\t姓名\t部门\t房间\t网卡物理地址\t信息点\t端口\t星座',
      '1\t王芳\t语文组\tB210\t3c52.8200.0001\tB210-1\tGE0/0/5\t双鱼',
      '\t\t\t\t\t\t\t',
      '2\t李强\t语文组\t教学楼2F B210\t３Ｃ：５２：８２：００：００：０２\tB210-2\tGE0/0/6',
      '3\t张',
    ].join('\r\n'),
  });
  expect(read).toMatchObject({ header: true, unknown: ['星座'], blank: 1 });
  expect(read.rows.map(({ row: n, name, room, outlet, switch_port: port }) => [n, name, room, outlet, port])).toEqual([
    [3, '王芳', 'B210', 'B210-1', 'GE0/0/5'],
    [5, '李强', '教学楼2F B210', 'B210-2', 'GE0/0/6'],
    [6, '张', '', '', ''],
  ]);
  const { rows, ok } = await plan(read.rows);
  expect(ok).toBe(2);
  expect(rows.map(({ ip, problems }) => ip ?? problems[0]?.code)).toEqual(['10.20.30.2', '10.20.30.3', 'mac_needed']);
});

test('without a header columns are told by what they hold', async () => {
  const { rows, header } = await t.call.opening.read({
    text: 'aabb-ccdd-0001\tB210\t王芳\t语文组\t13800001111\nAA:BB:CC:DD:00:02\tB210\t李强\t数学组\t13800002222',
  });
  expect(header).toBe(false);
  expect(rows[1]).toMatchObject({
    mac: 'AA:BB:CC:DD:00:02',
    room: 'B210',
    name: '李强',
    department: '数学组',
    phone: '13800002222',
  });
  // from a chat, with blanks between
  const chat = await t.call.opening.read({
    text: '王芳 语文组 B210 3C-52-82-00-00-01\n李强 数学组 B210 3C-52-82-00-00-02',
  });
  expect(chat.rows[0]).toMatchObject({ name: '王芳', department: '语文组', room: 'B210', mac: '3C-52-82-00-00-01' });
  expect((await t.call.opening.read({ text: '"王芳\tB210\n李强\tB210' })).rows.length).toBeGreaterThan(0);
});

test('the number on the door finds the room, unless two doors bear it', async () => {
  const first = await t.call.locations.create({ kind: 'building', name: '信息楼' });
  await t.call.locations.create({ kind: 'room', name: 'C112 网络中心办公室', parent_id: first.id });
  const subnet = { subnet_id: s.subnet };
  expect(await why({ room: 'c112' }, subnet)).toEqual([undefined, undefined]);
  expect(await why({ room: '信息楼C112' }, subnet)).toEqual([undefined, undefined]);
  expect(await why({ room: '教学楼C112' }, subnet)).toEqual(['room', 'open_room_unknown']);
  const second = await t.call.locations.create({ kind: 'building', name: '实验楼' });
  await t.call.locations.create({ kind: 'room', name: 'C112 准备室', parent_id: second.id });
  expect(await why({ room: 'C112' }, subnet)).toEqual(['room', 'open_room_several']);
});

test('every cell that is wrong is named with a reason', async () => {
  expect(await why({ mac: '00-00-00-00-00-00' })).toEqual(['mac', 'open_mac_zero']);
  expect(await why({ mac: 'FFFF-FFFF-FFFF' })).toEqual(['mac', 'open_mac_broadcast']);
  expect(await why({ mac: '01-00-5E-00-00-01' })).toEqual(['mac', 'open_mac_group']);
  expect(await why({ mac: 'aabb-ccdd' })).toEqual(['mac', 'open_mac_bad']);
  expect(await why({ mac: '' })).toEqual(['mac', 'mac_needed']);
  expect(await why({ name: ' ' })).toEqual(['name', 'open_no_name']);
  expect(await why({ room: 'Z999' })).toEqual(['room', 'open_room_unknown']);
  expect(await why({ room: '' })).toEqual(['room', 'open_no_room']);
  expect(await why({ ip: '10.20.31.7' })).toEqual(['ip', 'ip_unknown_subnet']);
  expect(await why({ ip: '10.20.30.1' })).toEqual(['ip', 'ip_gateway']);
  expect(await why({ ip: '10.20.30.999' })).toEqual(['ip', 'open_ip_bad']);
  expect(await why({ ip: '10.20.30.77' })).toEqual(['ip', 'skip_needs_reason']);
  expect(await why({ ip: '10.20.30.77' }, { reason: '沿用旧地址' })).toEqual([undefined, undefined]);
  expect(await why({}, { register: false })).toEqual(['name', 'open_not_registered']);
  const other = await t.call.ipam.createSubnet({ cidr: '10.20.40.0/24', name: '学生', purpose: 'classroom' });
  expect(await why({ ip: '10.20.40.7' })).toEqual(['ip', 'ip_outside']);
  expect(await why({ room: '' }, { subnet_id: other.id })).toEqual([undefined, undefined]);
  const { rows } = await plan([row(1, { name: '', room: 'Z999', mac: '0000-0000-0000', ip: '10.20' })]);
  expect(rows[0]?.problems.map(({ field }) => field)).toEqual(['mac', 'room', 'ip', 'name']);
  expect((await t.call.people.list({})).total).toBe(0);
});

test('a MAC that is bound says to whom and since when; one that comes twice says where', async () => {
  await t.call.ipam.bind({ subnet_id: s.subnet, mac: macOf(7), person_id: await s.person('仇亮') });
  const { rows } = await plan([row(1, { mac: macOf(7) }), row(2), row(3, { mac: macOf(2) })]);
  expect(rows[0]?.problems[0]).toMatchObject({
    code: 'mac_in_use',
    params: { ip: '10.20.30.2', holder: '仇亮（语文组）', since: '2026-09-29' },
  });
  expect(rows[2]?.problems[0]).toMatchObject({ code: 'open_mac_again', params: { row: 2 } });
});

test('a port that somebody uses is said, and opened all the same', async () => {
  const port = { switch_name: 'SW2', switch_port: 'GE0/0/5' };
  await t.call.ipam.bind({ subnet_id: s.subnet, mac: macOf(7), person_id: await s.person('仇亮'), ...port });
  const written = [{ switch_port: '5' }, { switch_port: 'GE0/0/6' }, { switch_name: 'sw2' }];
  const { rows, ok } = await plan(written.map((each, at) => row(at + 1, { ...port, ...each })));
  expect([ok, rows.map(({ port_of }) => port_of)]).toEqual([3, ['仇亮', null, '仇亮']]);
});

test('people of one name are told by department, by room, or chosen; another department is asked about', async () => {
  const person = (department: string, room: string | null) =>
    t.call.people.create({
      name: '王芳',
      department,
      location_id: room,
      identity: 'teacher',
      status: 'active',
      letter: 'signed',
    });
  const one = await person('语文组', s.office);
  const other = await person('总务处', s.lab);
  const who = async (more: object) => (await plan([row(1, { name: '王芳', ...more })])).rows[0];
  expect((await who({ department: '总务处' }))?.person_id).toBe(other.id);
  expect((await who({}))?.person_id).toBe(one.id);
  const asked = await who({ department: '数学组' });
  expect(asked).toMatchObject({ is: 'wrong', problems: [{ code: 'open_other_department' }] });
  expect(asked?.persons.map(({ about }) => about)).toEqual(['语文组 · 教学楼 / 2F / B210', '总务处 · 教学楼 / C301']);
  expect(await who({ department: '数学组', person: 'new' })).toMatchObject({ is: 'ok', person: 'new' });
  expect(await who({ department: '数学组', person: other.id })).toMatchObject({ is: 'ok', person_id: other.id });
});

test('what is in order is opened in one batch, the rest comes back, and one undo takes all of it back', async () => {
  const rows = [row(1), row(2, { mac: 'x' }), row(3, { ip: '10.20.30.2' }), row(4, { name: '用户1' })];
  const done = await t.call.opening.open({ rows });
  expect(done.opened.map(({ row: n, ip }) => [n, ip])).toEqual([
    [1, '10.20.30.3'],
    [3, '10.20.30.2'],
    [4, '10.20.30.4'],
  ]);
  expect([done.people, done.left.map(({ row: n }) => n)]).toEqual([2, [2]]);
  const people = (await t.call.people.list({})).rows;
  expect(people.map(({ name, letter, location_id }) => [name, letter, location_id]).toSorted()).toEqual([
    ['用户1', 'unsigned', s.office],
    ['用户3', 'unsigned', s.office],
  ]);
  await t.call.system.undo({ batch: done.batch });
  expect([(await t.call.ipam.list({})).total, (await t.call.people.list({})).total]).toEqual([0, 0]);
  expect(await refusalOf(t.call.opening.open({ rows: [row(2, { mac: 'x' })] }))).toMatchObject({
    code: 'open_nothing',
  });
});

test('an address that is opened before the paperwork says so, also in a batch', async () => {
  const reasonOf = async (rows: OpenInput['rows'], more: Partial<OpenInput> = {}) => {
    const { opened } = await t.call.opening.open({ rows, ...more });
    return (await t.call.ipam.get({ id: opened[0]?.id ?? '' })).binding.reason;
  };
  expect(await reasonOf([row(1)])).toBe('先开通后补手续（无已签申请和责任书）');
  expect(await reasonOf([row(2)], { reason: '新学期开通' })).toBe('新学期开通');
});

test('who is here for a time has a sponsor and a last day: such people are registered one by one', async () => {
  expect(await why({}, { identity: 'outside' })).toEqual(['name', 'sponsor_needed']);
});

test('what is known of a person is completed and never overwritten', async () => {
  const id = await s.person('王芳', { department: '语文组' });
  await t.call.opening.open({ rows: [row(1, { name: '王芳', department: '语文组', phone: '13800001111' })] });
  expect(await t.call.people.get({ id })).toMatchObject({ phone: '13800001111', location_id: s.office });
  await t.call.opening.open({ rows: [row(2, { name: '王芳', department: '语文组', phone: '13900000000' })] });
  expect(await t.call.people.get({ id })).toMatchObject({ phone: '13800001111' });
});

test('the preview is the deed, also for 240 rows, and in a moment', async () => {
  const rows = Array.from({ length: 240 }, (_, at) => row(at + 1));
  const began = performance.now();
  const planned = await plan(rows);
  const took = performance.now() - began;
  const done = await t.call.opening.open({ rows });
  expect(done.opened.map(({ ip }) => ip)).toEqual(planned.rows.map(({ ip }) => ip));
  expect([planned.ok, planned.people, planned.rows[239]?.ip]).toEqual([240, 240, '10.20.30.241']);
  expect(took).toBeLessThan(10_000);
});
