import { assets } from '../../../../shared/features/assets.ts';
import { makeSchool, type School } from '../../../support/school.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';

let t: TestEngine;
let school: School;
beforeEach(async () => {
  t = await testEngine();
  school = makeSchool(t.engine);
});
afterEach(() => t.close());

const start = async () =>
  (
    await t.call.handover.create({
      location_id: school.building,
      giver: '李明',
      receiver: '张玉',
      supervisor: '赵主任',
      reason: 'leaving',
    })
  ).handover;
const ticked = async (id: string): Promise<void> => {
  const { items } = await t.call.handover.get({ id });
  await t.call.handover.tick({ items: items.map((item) => item.id), result: 'match' });
};

test('gathers every part of the form from the area, and names what the registers lack', async () => {
  const { handover, gaps } = await t.call.handover.create({
    location_id: school.building,
    giver: '李明',
    receiver: '张玉',
  });
  expect(handover).toMatchObject({
    number: 'JJ-202609-L03-0001',
    state: 'draft',
    start_on: '2026-09-29',
    due_on: '2026-10-08',
  });
  const { items } = await t.call.handover.get({ id: handover.id });
  const of = (part: string) => items.filter((item) => item.part === part).map(({ label, book }) => [label, book]);
  expect(of('A')[0]).toEqual(['用户资料表', '6 条']);
  expect(of('B')).toContainEqual(['XX-2024-0001 接入交换机1', '1 台']);
  expect(of('B')).toContainEqual(['综合楼 / 2F / 财务室 终端设备', '2 台']);
  expect(of('C')).toEqual([
    ['XX-2024-0001 接入交换机1', '6 个端口'],
    ['XX-2024-0004 接入交换机4', '0 个端口'],
  ]);
  expect(of('F')).toEqual([['BX-202609-L03-0001 水晶头松动，时通时断', '待受理']]);
  expect(of('G')).toHaveLength(5);
  expect(gaps).toEqual(
    expect.arrayContaining([
      { code: 'no_letter', n: 2, examples: ['10.20.30.14 陈敏', '10.20.30.10 王芳'] },
      { code: 'late_tickets', n: 1, examples: ['BX-202609-L03-0001'] },
      { code: 'no_supervisor', n: 1, examples: [] },
      { code: 'no_ports', n: 1, examples: ['XX-2024-0004 接入交换机4'] },
    ]),
  );
});

test('what lies outside the area is not gathered', async () => {
  const { handover } = await t.call.handover.create({ location_id: school.closet, giver: '李明', receiver: '张玉' });
  const { items } = await t.call.handover.get({ id: handover.id });
  expect(items.filter(({ part }) => part === 'B')).toHaveLength(4);
  expect(items.filter(({ part }) => part === 'F')).toHaveLength(0);
});

test('gathering again adds only what is new and keeps what was found', async () => {
  const handover = await start();
  const { items } = await t.call.handover.get({ id: handover.id });
  const first = items.find(({ part }) => part === 'B');
  await t.call.handover.tick({ items: [first?.id ?? ''], result: 'mismatch', actual: '0 台', note: '机柜内未见' });
  t.engine.command('test.more', (tx) =>
    tx.insert(assets, {
      name: '新交换机',
      tag: 'XX-2026-0001',
      category: 'switch',
      status: 'in_use',
      location_id: school.closet,
    }),
  );
  expect(await t.call.handover.gather({ id: handover.id })).toEqual({ added: 2 });
  expect(await t.call.handover.gather({ id: handover.id })).toEqual({ added: 0 });
  const after = await t.call.handover.get({ id: handover.id });
  expect(after.handover.state).toBe('running');
  expect(after.items.find(({ id }) => id === first?.id)).toMatchObject({
    result: 'mismatch',
    actual: '0 台',
    note: '机柜内未见',
    checked_by: '李明@L03',
  });
  expect(after.items.find(({ part }) => part === 'A')?.book).toBe('6 条');
  expect(after.items.find(({ subject }) => subject === 'F-04')?.book).toBe('5 条');
});

test('the leaving slip waits for every item, naming how many are open', async () => {
  const handover = await start();
  const { items, open } = await t.call.handover.get({ id: handover.id });
  expect(open).toBe(items.length);
  expect(await refusalOf(t.call.handover.print({ id: handover.id, paper: 'slip' }))).toEqual({
    code: 'handover_unsettled',
    params: { n: open },
  });
  await ticked(handover.id);
  const { id: disputed } = await t.call.handover.dispute({ item: items[0]?.id ?? '', note: '用户表缺三楼' });
  expect(await refusalOf(t.call.handover.settle({ id: handover.id }))).toEqual({
    code: 'handover_unsettled',
    params: { n: 2 },
  });
  expect(await t.call.handover.decide({ item: disputed, opinion: '三楼由王工补录，限一周', waive: true })).toEqual({
    open: 0,
  });
  const settled = await t.call.handover.settle({ id: handover.id });
  expect(settled).toMatchObject({ state: 'settled', done_on: '2026-09-29' });
  const slip = await t.call.handover.print({ id: handover.id, paper: 'slip' });
  const { paper } = await t.call.papers.get({ id: slip.id });
  expect(JSON.stringify(paper)).toContain(
    '李明 负责的“本部 / 综合楼”网络管理工作，已于 2026年9月29日 向 张玉 交接完毕',
  );
  expect((await refusalOf(t.call.handover.tick({ items: [items[0]?.id ?? ''], result: 'pending' }))).code).toBe(
    'handover_closed',
  );
});

test('it cannot be settled without a supervisor, nor handed over to oneself', async () => {
  expect(
    (await refusalOf(t.call.handover.create({ location_id: school.building, giver: '李明', receiver: '李明' }))).code,
  ).toBe('handover_same_person');
  const { handover } = await t.call.handover.create({ location_id: school.building, giver: '李明', receiver: '张玉' });
  expect(
    (await refusalOf(t.call.handover.create({ location_id: school.building, giver: '李明', receiver: '王工' }))).code,
  ).toBe('handover_running');
  await ticked(handover.id);
  expect((await refusalOf(t.call.handover.settle({ id: handover.id }))).code).toBe('handover_no_supervisor');
});

test('a reprint is the same paper; after a change the next version is frozen and the first stays as it was', async () => {
  const handover = await start();
  const first = await t.call.handover.print({ id: handover.id });
  t.clock.set(3_600_000);
  expect((await t.call.handover.print({ id: handover.id })).id).toBe(first.id);
  const before = await t.call.papers.get({ id: first.id });
  expect(before.paper.foot.made).toBe('第 1 版  打印 2026-09-29 16:20');
  await ticked(handover.id);
  const second = await t.call.handover.print({ id: handover.id });
  expect(second.id).not.toBe(first.id);
  expect(second.number).toBe(handover.number);
  expect((await t.call.papers.get({ id: second.id })).paper.foot.made).toBe('第 2 版  打印 2026-09-29 17:20');
  expect((await t.call.papers.get({ id: first.id })).paper).toEqual(before.paper);
  expect((await t.call.handover.get({ id: handover.id })).papers.map(({ id }) => id)).toEqual([second.id, first.id]);
});
