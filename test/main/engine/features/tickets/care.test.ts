/** First aid, parts, vendors, escalation, areas, the unit's rule, and the knowledge base: by the engine's own calls. */
import { showMoment } from '../../../../../shared/day.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../../support/engine.ts';

let t: TestEngine;
beforeEach(async () => {
  t = await testEngine();
});
afterEach(() => t.close());

const at = (written: string): number => Date.parse(`${written}:00+08:00`);
const open = async (more: object = {}): Promise<string> =>
  (await t.call.tickets.open({ reporter: '王芳', symptom: '没网', ...more })).id;

test('a step of first aid stays in the log with what came of it, in words for older laptops too', async () => {
  const id = await open();
  await t.call.tickets.aid({ id, step: '看网口指示灯是否亮', outcome: 'bad', remark: '不亮' });
  const { events, ticket } = await t.call.tickets.get({ id });
  expect(events.at(-1)).toMatchObject({
    kind: 'note',
    aid_step: '看网口指示灯是否亮',
    aid_outcome: 'bad',
    remark: '看网口指示灯是否亮：异常，不亮',
  });
  expect(ticket.state).toBe('open');
});

test("the unit's own first-aid list replaces the shipped one, and gives way to it again", async () => {
  await t.call.knowledge.setFirstAid({ category: 'cable', steps: '看灯\n测线' });
  expect(await t.call.knowledge.setFirstAid({ category: 'cable', steps: '看灯\n测线\n换口' })).toEqual([
    expect.objectContaining({ category: 'cable', steps: '看灯\n测线\n换口' }),
  ]);
  expect(await t.call.knowledge.setFirstAid({ category: 'cable', steps: null })).toEqual([]);
});

test('parts in lines are told in words too, and come back as what is used most', async () => {
  const id = await open();
  await t.call.tickets.advance({ id, step: 'arrive' });
  const part_lines = [
    { name: '水晶头', spec: '超六类', quantity: 2 },
    { name: '跳线', spec: '', quantity: 1 },
  ];
  const worked = await t.call.tickets.advance({
    id,
    step: 'work',
    remark: '重做',
    part_lines,
    requisition: '8 口交换机 1 台',
  });
  expect(worked).toMatchObject({ parts: '水晶头 超六类 ×2，跳线 ×1', requisition: '8 口交换机 1 台' });
  const done = await t.call.tickets.advance({ id, step: 'finish', cause: 'wear' });
  expect([done.parts, JSON.parse(done.part_lines ?? '')]).toEqual(['水晶头 超六类 ×2，跳线 ×1', part_lines]);
  expect(await t.call.tickets.usualParts()).toEqual(part_lines);
});

test('a vendor is called and comes; a device that must stay is never sent away', async () => {
  const pc = await t.call.assets.create({
    name: '涉密计算机',
    tag: 'SM-1',
    category: 'desktop',
    status: 'in_use',
    no_offsite: true,
  });
  const id = await open({ asset_id: pc.id });
  const sent = await refusalOf(t.call.tickets.dispatch({ id, vendor: '恒信', off_site: true }));
  expect(sent).toMatchObject({ code: 'ticket_no_offsite' });
  await t.call.tickets.advance({ id, step: 'arrive' });
  expect((await refusalOf(t.call.tickets.advance({ id, step: 'pause', reason: 'vendor' }))).code).toBe(
    'ticket_no_offsite',
  );
  await t.call.tickets.dispatch({ id, vendor: '恒信', vendor_contact: '小王 13800000000' });
  expect((await t.call.tickets.advance({ id, step: 'pause', reason: 'vendor' })).state).toBe('paused');
  t.clock.set('2026-09-30T10:00+08:00');
  const came = await t.call.tickets.dispatch({ id, vendor: '恒信', vendor_arrived_at: t.clock.now(), cost: 8000 });
  expect([showMoment(came.vendor_called_at ?? 0), came.cost]).toEqual(['2026-09-29 16:20', 8000]);
  await t.call.tickets.advance({ id, step: 'resume' });
  const away = await refusalOf(
    t.call.tickets.advance({ id, step: 'finish', cause: 'wear', action: '送修', result: 'sent_out' }),
  );
  expect(away.code).toBe('ticket_no_offsite');
  const { events } = await t.call.tickets.get({ id });
  expect(events.filter(({ kind }) => kind === 'note').map(({ remark }) => remark)).toEqual([
    '已联系 恒信 上门维修',
    '恒信 已到场',
  ]);
});

test.each([
  [{ vendor_called_at: at('2026-09-29T17:00') }, 'ticket_vendor_future'],
  [{ vendor_called_at: at('2026-09-29T15:00'), vendor_arrived_at: at('2026-09-29T14:00') }, 'ticket_vendor_order'],
])('a visit at %j is refused', async (times, code) => {
  const id = await open();
  expect((await refusalOf(t.call.tickets.dispatch({ id, vendor: '恒信', ...times }))).code).toBe(code);
});

test('a vendor who is there already was called by then', async () => {
  const id = await open();
  const came = await t.call.tickets.dispatch({ id, vendor: '恒信', vendor_arrived_at: at('2026-09-29T16:00') });
  expect(came.vendor_called_at).toBe(at('2026-09-29T16:00'));
});

test('an escalation keeps its first moment and its last reason', async () => {
  const id = await open();
  await t.call.tickets.escalate({ id, reason: '全楼断网' });
  t.clock.set('2026-09-29T17:00+08:00');
  expect(await t.call.tickets.escalate({ id, reason: '全校断网' })).toMatchObject({
    escalated_at: at('2026-09-29T16:20'),
    escalation: '全校断网',
  });
});

test('a ticket goes to who looks after the place on its day: the smaller area first, the stand-in while it holds', async () => {
  const building = await t.call.locations.create({ kind: 'building', name: '教学楼' });
  const room = await t.call.locations.create({ kind: 'room', name: 'B101', parent_id: building.id });
  const other = await t.call.locations.create({ kind: 'room', name: 'B102', parent_id: building.id });
  await t.call.areas.create({ location_id: building.id, owner: '张伟' });
  await t.call.areas.create({
    location_id: room.id,
    owner: '刘洋',
    stand_in: '陈敏',
    stand_in_from: '2026-10-01',
    stand_in_until: '2026-10-07',
  });
  const charge = async (location_id: string, reported_at?: number): Promise<string | null> =>
    (await t.call.tickets.open({ location_id, symptom: '没网', ...(reported_at ? { reported_at } : {}) })).assignee;
  expect([await charge(room.id), await charge(other.id)]).toEqual(['刘洋', '张伟']);
  t.clock.set('2026-10-07T09:00+08:00');
  expect(await charge(room.id)).toBe('陈敏');
  t.clock.set('2026-10-08T09:00+08:00');
  expect(await charge(room.id)).toBe('刘洋');
  expect(await t.call.areas.technicians()).toEqual(
    ['李明', '刘洋', '张伟', '陈敏'].toSorted((a, b) => (a === '李明' ? -1 : b === '李明' ? 1 : a < b ? -1 : 1)),
  );
  const id = await open({ location_id: room.id });
  expect((await t.call.tickets.advance({ id, step: 'accept' })).assignee).toBe('李明@L03');
});

test('an area that cannot be is refused', async () => {
  const room = await t.call.locations.create({ kind: 'room', name: 'B101' });
  const area = { location_id: room.id, owner: '张伟' };
  expect((await refusalOf(t.call.areas.create({ ...area, stand_in: '张伟' }))).code).toBe('area_stand_in_self');
  expect((await refusalOf(t.call.areas.create({ ...area, stand_in_from: '2026-10-01' }))).code).toBe(
    'area_stand_in_missing',
  );
  const backwards = { stand_in: '刘洋', stand_in_from: '2026-10-02', stand_in_until: '2026-10-01' };
  expect((await refusalOf(t.call.areas.create({ ...area, ...backwards }))).code).toBe('area_stand_in_days');
  await t.call.areas.create(area);
  expect((await refusalOf(t.call.areas.create({ ...area, owner: '刘洋' }))).code).toBe('area_twice');
});

test('by the other rule 2 x 8 working hours run from acceptance; open deadlines move with the rule, and back', async () => {
  const id = await open();
  const due = async (): Promise<string> => showMoment((await t.call.tickets.get({ id })).ticket.due_at);
  expect(await due()).toBe('2026-10-08 17:30');
  const hours = { rule: 'working_hours', workdays: 2, vacation: 'duty_days' } as const;
  const { moved, batch } = await t.call.tickets.setRules(hours);
  expect([moved, await due()]).toEqual([1, '2026-10-08 16:20']);
  await t.call.system.undo({ batch });
  expect([await due(), (await t.call.tickets.rules()).rule]).toEqual(['2026-10-08 17:30', 'close_of_day']);
  await t.call.tickets.setRules(hours);
  t.clock.set('2026-09-30T10:00+08:00');
  await t.call.tickets.advance({ id, step: 'accept' });
  expect(await due()).toBe('2026-10-09 10:00');
});

test('in a vacation only the days kept as duty count, or by the public calendar every working day', async () => {
  t.clock.set('2026-07-13T09:00+08:00');
  await t.call.calendar.setDays({ from: '2026-07-11', to: '2026-08-30', kind: 'off', name: '暑假' });
  await t.call.calendar.setDays({ from: '2026-07-15', to: '2026-07-15', kind: 'work', name: '值班' });
  await t.call.calendar.setDays({ from: '2026-07-22', to: '2026-07-22', kind: 'work', name: '值班' });
  const id = await open();
  const due = async (): Promise<string> => showMoment((await t.call.tickets.get({ id })).ticket.due_at);
  expect(await due()).toBe('2026-07-22 17:30');
  await t.call.tickets.setRules({ rule: 'close_of_day', workdays: 2, vacation: 'public' });
  expect(await due()).toBe('2026-07-15 17:30');
});

test('a repaired ticket becomes an article that is found by its words, suggested, and printed', async () => {
  const id = await open({ category: 'printer', symptom: '打印机脱机，无法打印' });
  expect((await refusalOf(t.call.knowledge.draft({ ticket_id: id }))).code).toBe('article_needs_action');
  await t.call.tickets.advance({ id, step: 'arrive' });
  await t.call.tickets.advance({ id, step: 'finish', cause: 'wear', action: '清除打印队列；重启打印服务' });
  const draft = await t.call.knowledge.draft({ ticket_id: id });
  expect(draft).toMatchObject({
    title: '打印机脱机，无法打印',
    category: 'printer',
    solution: '清除打印队列；重启打印服务',
  });
  const article = await t.call.knowledge.create(draft);
  expect(article.author).toBe('李明@L03');
  const hits = await t.call.search.find({ text: '打印队列', tables: ['knowledge_articles'] });
  expect(hits.map((hit) => [hit.table, hit.title])).toEqual([['knowledge_articles', '打印机脱机，无法打印']]);
  expect(await t.call.knowledge.suggest({ category: 'printer', symptom: '' })).toHaveLength(1);
  expect(await t.call.knowledge.suggest({ category: 'other', symptom: '办公室打印机脱机' })).toHaveLength(1);
  expect(await t.call.knowledge.suggest({ category: 'loop', symptom: '投影没有信号' })).toEqual([]);
  const paper = await t.call.papers.get({ id: (await t.call.knowledge.print({ id: article.id })).id });
  expect(JSON.stringify(paper.paper)).toContain('1. 清除打印队列');
});
