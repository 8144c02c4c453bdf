import { showMoment } from '../../../../shared/day.ts';
import { refusalText } from '../../../../shared/refusal-text.ts';
import type { RefusalCode } from '../../../../shared/refusal.ts';
import { translator } from '../../../../shared/translate.ts';
import { assets } from '../../../../shared/features/assets.ts';
import { bindings } from '../../../../shared/features/ipam.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';

let t: TestEngine;
beforeEach(async () => {
  t = await testEngine();
});
afterEach(() => t.close());

const at = (written: string): number => Date.parse(`${written}:00+08:00`);

/** 王芳 of 财务室 with a computer and two addresses, one of them given back. */
async function wangFang(): Promise<{ person: string; room: string; pc: string }> {
  const room = await t.call.locations.create({ kind: 'room', name: '财务室' });
  const other = await t.call.locations.create({ kind: 'room', name: 'A101' });
  const person = await t.call.people.create({
    name: '王芳',
    department: '财务处',
    identity: 'staff',
    phone: '62003311',
    location_id: other.id,
    letter: 'signed',
    status: 'active',
  });
  const pc = t.engine.command('test', (tx) => {
    const asset = tx.insert(assets, {
      name: '台式计算机',
      tag: 'CW-2023-0007',
      category: 'desktop',
      status: 'in_use',
      user_id: person.id,
    });
    const common = {
      person_id: person.id,
      location_id: room.id,
      asset_id: asset.id,
      subnet_id: '019a0000-0000-7000-8000-000000000001',
      opened_on: '2026-09-01',
    };
    tx.insert(bindings, { ...common, ip: '10.20.30.40', state: 'released', opened_at: at('2026-09-20T08:00') });
    tx.insert(bindings, {
      ...common,
      ip: '10.20.30.41',
      state: 'active',
      opened_at: at('2026-09-01T08:00'),
      outlet: 'A-2F-07',
      switch_name: 'A-2F-SW1',
      switch_port: 'Gi0/7',
    });
    return asset.id;
  });
  return { person: person.id, room: room.id, pc };
}

test('person and symptom are enough: the rest comes from the register, the words and the calendar', async () => {
  const { person, room, pc } = await wangFang();
  const ticket = await t.call.tickets.open({ person_id: person, symptom: '电脑上不了网，水晶头好像松了' });
  expect(ticket).toMatchObject({
    number: 'BX-202609-L03-0001',
    phone: '62003311',
    department: '财务处',
    location_id: room,
    asset_id: pc,
    ip: '10.20.30.41',
    category: 'cable',
    kind: 'fault',
    priority: 'normal',
    channel: 'phone',
    state: 'open',
    due_on: '2026-10-08',
    reporter: null,
  });
  expect(showMoment(ticket.due_at)).toBe('2026-10-08 17:30');
  const { path, events } = await t.call.tickets.get({ id: ticket.id });
  expect(path).toMatchObject({ outlet: 'A-2F-07', switch_name: 'A-2F-SW1', switch_port: 'Gi0/7' });
  expect(events.map(({ kind, actor }) => [kind, actor])).toEqual([['open', '李明@L03']]);
});

test('prefill shows the same before saving, and what is open already', async () => {
  const { person, room } = await wangFang();
  await t.call.tickets.open({ person_id: person, symptom: '打印机卡纸' });
  const known = await t.call.tickets.prefill({ person_id: person });
  expect(known.values).toMatchObject({ phone: '62003311', location_id: room, ip: '10.20.30.41' });
  expect(known.refs[room]).toBe('财务室');
  expect(known.open.map(({ symptom }) => symptom)).toEqual(['打印机卡纸']);
});

test('what was given wins over what is known; null means none', async () => {
  const { person, pc } = await wangFang();
  const ticket = await t.call.tickets.open({
    person_id: person,
    symptom: '无线没信号',
    phone: '13800000000',
    ip: null,
    category: 'other',
  });
  expect(ticket).toMatchObject({ phone: '13800000000', ip: null, category: 'other', asset_id: pc });
});

test('a room, or somebody not in the register, is enough too; nobody is refused', async () => {
  const room = await t.call.locations.create({ kind: 'room', name: '301' });
  expect(await t.call.tickets.open({ location_id: room.id, symptom: '投影没信号' })).toMatchObject({
    category: 'projection',
    person_id: null,
  });
  expect(await t.call.tickets.open({ reporter: '门卫老张', symptom: '没网' })).toMatchObject({
    reporter: '门卫老张',
    number: 'BX-202609-L03-0002',
  });
  expect(await t.call.tickets.open({ channel: 'scan', ip: '10.20.30.77', symptom: '发现未登记主机' })).toMatchObject({
    reporter: '李明',
  });
  expect((await refusalOf(t.call.tickets.open({ symptom: '没网' }))).code).toBe('ticket_needs_who');
  expect((await refusalOf(t.call.tickets.open({ reporter: '甲', symptom: ' ' }))).params).toMatchObject({
    field: 'tickets.symptom',
    problem: 'required',
  });
  expect(
    (await refusalOf(t.call.tickets.open({ reporter: '甲', symptom: '没网', reported_at: at('2026-09-29T16:21') })))
      .code,
  ).toBe('ticket_future');
});

async function opened(): Promise<string> {
  return (await t.call.tickets.open({ reporter: '王芳', symptom: '没网' })).id;
}

test('the whole way, with every time stored and every step in the work log', async () => {
  const id = await opened();
  t.clock.set('2026-09-30T08:10+08:00');
  await t.call.tickets.advance({ id, step: 'accept' });
  t.clock.set('2026-09-30T09:00+08:00');
  await t.call.tickets.advance({ id, step: 'arrive' });
  await t.call.tickets.advance({ id, step: 'pause', reason: 'parts', remark: '等水晶头' });
  t.clock.set('2026-09-30T11:00+08:00');
  const resumed = await t.call.tickets.advance({ id, step: 'resume' });
  expect([resumed.state, resumed.pause_reason, resumed.paused_at, showMoment(resumed.due_at)]).toEqual([
    'working',
    null,
    null,
    '2026-10-09 10:00',
  ]);
  await t.call.tickets.advance({ id, step: 'finish', cause: 'wear', action: '重做水晶头', parts: '水晶头 ×2' });
  t.clock.set('2026-09-30T15:00+08:00');
  const closed = await t.call.tickets.advance({ id, step: 'close', satisfaction: 'good' });
  expect(closed).toMatchObject({
    state: 'closed',
    assignee: '李明@L03',
    accepted_at: at('2026-09-30T08:10'),
    arrived_at: at('2026-09-30T09:00'),
    finished_at: at('2026-09-30T11:00'),
    closed_at: at('2026-09-30T15:00'),
    cause: 'wear',
    action: '重做水晶头',
    parts: '水晶头 ×2',
    result: 'fixed',
    satisfaction: 'good',
  });
  const { events } = await t.call.tickets.get({ id });
  expect(events.map(({ kind }) => kind)).toEqual(['open', 'accept', 'arrive', 'pause', 'resume', 'finish', 'close']);
  expect(events[3]).toMatchObject({ reason: 'parts', remark: '等水晶头', at: at('2026-09-30T09:00') });
});

test('arriving at a ticket nobody took accepts it; work is noted as it is done', async () => {
  const id = await opened();
  await t.call.tickets.advance({ id, step: 'arrive' });
  await t.call.tickets.advance({ id, step: 'work', remark: '换了端口' });
  const worked = await t.call.tickets.advance({ id, step: 'work', remark: '换了网线', parts: '跳线 ×1' });
  expect(worked).toMatchObject({
    state: 'working',
    action: '换了端口；换了网线',
    parts: '跳线 ×1',
    assignee: '李明@L03',
    accepted_at: at('2026-09-29T16:20'),
  });
  expect(await t.call.tickets.advance({ id, step: 'finish', cause: 'wear' })).toMatchObject({
    state: 'to_confirm',
    action: '换了端口；换了网线',
  });
});

test('finishing asks for cause and action, out of scope for the advice given', async () => {
  const id = await opened();
  await t.call.tickets.advance({ id, step: 'arrive' });
  expect((await refusalOf(t.call.tickets.advance({ id, step: 'finish', action: '换线' }))).code).toBe(
    'ticket_needs_cause',
  );
  expect((await refusalOf(t.call.tickets.advance({ id, step: 'finish', cause: 'wear', action: ' ' }))).code).toBe(
    'ticket_needs_action',
  );
  expect((await refusalOf(t.call.tickets.advance({ id, step: 'advise' }))).code).toBe('ticket_needs_advice');
  const closed = await t.call.tickets.advance({ id, step: 'advise', advice: '系统问题，建议联系售后重装' });
  expect(closed).toMatchObject({
    state: 'closed',
    result: 'not_network',
    advice: '系统问题，建议联系售后重装',
    closed_at: at('2026-09-29T16:20'),
  });
});

test('reopening needs a reason and gives back only the time that was left', async () => {
  const id = await opened();
  await t.call.tickets.advance({ id, step: 'arrive' });
  t.clock.set('2026-10-08T16:30+08:00');
  await t.call.tickets.advance({ id, step: 'finish', cause: 'wear', action: '换线' });
  t.clock.set('2026-10-12T08:00+08:00');
  expect((await refusalOf(t.call.tickets.advance({ id, step: 'reopen' }))).code).toBe('ticket_needs_reason');
  const again = await t.call.tickets.advance({ id, step: 'reopen', remark: '又断了' });
  expect(again).toMatchObject({ state: 'working', finished_at: null, result: null });
  expect(showMoment(again.due_at)).toBe('2026-10-12 09:00');
});

test.each([
  ['finish', [], { cause: 'wear', action: 'x' }, 'open'],
  ['resume', [], {}, 'open'],
  ['close', ['arrive'], {}, 'working'],
  ['accept', ['arrive'], {}, 'working'],
  ['arrive', ['arrive', 'cancel'], {}, 'cancelled'],
  ['pause', ['arrive', 'advise'], { reason: 'user' }, 'closed'],
  ['reopen', ['cancel'], { remark: 'x' }, 'cancelled'],
] as const)('%s after %j is refused, naming the state, and changes nothing', async (step, before, more, state) => {
  const id = await opened();
  for (const each of before) await t.call.tickets.advance({ id, step: each, remark: '因为', advice: '重启' });
  const earlier = await t.call.tickets.get({ id });
  const refusal = await refusalOf(
    t.call.tickets.advance({ id, step, ...more } as Parameters<typeof t.call.tickets.advance>[0]),
  );
  expect(refusal).toEqual({ code: 'ticket_step', params: { number: 'BX-202609-L03-0001', state, step } });
  expect(await t.call.tickets.get({ id })).toEqual(earlier);
});

test("the refusal is a sentence with the state in the user's words", () => {
  const params = { number: 'BX-202609-L03-0001', state: 'cancelled', step: 'arrive' };
  const code: RefusalCode = 'ticket_step';
  expect(refusalText(translator('zh-CN'), code, params)).toBe(
    '工单 BX-202609-L03-0001 现在是“已取消”，不能执行“到场”。请刷新后按当前状态操作。',
  );
  expect(refusalText(translator('en-US'), code, params)).toContain('is now "Cancelled", so "Arrive" is not possible');
});

test('list and board go by due date; the board leaves out what is done', async () => {
  const late = await t.call.tickets.open({ reporter: '甲', symptom: '没网', reported_at: at('2026-09-24T10:00') });
  const soon = await t.call.tickets.open({ reporter: '乙', symptom: '没网', reported_at: at('2026-09-28T10:00') });
  const done = await opened();
  await t.call.tickets.advance({ id: done, step: 'advise', advice: '重启' });
  expect((await t.call.tickets.list({})).rows.map(({ id }) => id)).toEqual([late.id, soon.id, done]);
  const board = await t.call.tickets.board();
  expect(board.cards.map(({ id }) => id)).toEqual([late.id, soon.id]);
  expect(board.now).toBe(at('2026-09-29T16:20'));
});

test('a correction is kept, and a new priority counts the deadline again', async () => {
  t.clock.set('2026-10-03T09:00+08:00');
  const { id, due_on } = await t.call.tickets.open({ reporter: '甲', symptom: '没网' });
  expect(due_on).toBe('2026-10-09');
  const changed = await t.call.tickets.update({ id, changes: { priority: 'urgent', symptom: '全楼没网' } });
  expect([changed.symptom, showMoment(changed.due_at)]).toEqual(['全楼没网', '2026-10-05 09:00']);
  expect((await t.call.tickets.history({ id })).entries).toHaveLength(3);
});
