import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';

let t: TestEngine;
beforeEach(async () => {
  t = await testEngine({ now: '2026-12-30T10:00+08:00' });
});
afterEach(() => t.close());

const notice2027 =
  '国务院办公厅关于2027年部分节假日安排的通知\n一、元旦：1月1日（周五）至3日（周日）放假，共3天。1月9日（周六）上班。';

test('a year without a notice is shown as missing until one is imported', async () => {
  const before = await t.call.calendar.state();
  expect(before.years.map(({ year, notice, workdays }) => [year, notice, workdays])).toEqual([
    [2025, 'shipped', 248],
    [2026, 'shipped', 248],
    [2027, 'none', 261],
  ]);
  expect((await t.call.calendar.preview({ text: notice2027 })).days).toHaveLength(4);
  expect((await t.call.calendar.state()).years).toEqual(before.years);
  expect(await t.call.calendar.importNotice({ text: notice2027 })).toMatchObject({ year: 2027, added: 4, removed: 0 });
  expect((await t.call.calendar.state()).years.at(-1)).toEqual({
    year: 2027,
    notice: 'imported',
    off: 3,
    work: 1,
    workdays: 261,
  });
});

test('importing moves the deadlines of live tickets with it, and undo takes both back', async () => {
  const { id, due_on } = await t.call.tickets.open({ reporter: '甲', symptom: '没网' });
  expect(due_on).toBe('2027-01-01');
  const { moved, batch } = await t.call.calendar.importNotice({ text: notice2027 });
  expect(moved).toBe(1);
  expect((await t.call.tickets.get({ id })).ticket.due_on).toBe('2027-01-04');
  await t.call.system.undo({ batch });
  expect((await t.call.tickets.get({ id })).ticket.due_on).toBe('2027-01-01');
});

test('the same notice twice changes nothing; a corrected one replaces it', async () => {
  await t.call.calendar.importNotice({ text: notice2027 });
  expect(await t.call.calendar.importNotice({ text: notice2027 })).toMatchObject({ added: 0, removed: 0 });
  const corrected = notice2027.replace('1月9日（周六）', '1月10日（周日）');
  expect(await t.call.calendar.importNotice({ text: corrected })).toMatchObject({ added: 1, removed: 1 });
});

test('the unit adds days and takes them away again', async () => {
  await t.call.calendar.setDays({ from: '2027-01-18', to: '2027-02-20', kind: 'off', name: '寒假' });
  const { days } = await t.call.calendar.state();
  expect([days.length, days[0]]).toEqual([34, { day: '2027-01-18', kind: 'off', name: '寒假', source: 'unit' }]);
  await t.call.calendar.setDays({ from: '2027-02-20', to: '2027-02-20', kind: 'work', name: '报到' });
  expect((await t.call.calendar.state()).days.filter(({ day }) => day === '2027-02-20')).toEqual([
    { day: '2027-02-20', kind: 'work', name: '报到', source: 'unit' },
  ]);
  await t.call.calendar.setDays({ from: '2027-01-18', to: '2027-02-20', kind: 'plain' });
  expect((await t.call.calendar.state()).days).toEqual([]);
});

test('refuses what cannot be right, and stores nothing of it', async () => {
  expect((await refusalOf(t.call.calendar.importNotice({ text: '今天天气不错' }))).code).toBe('notice_year');
  expect((await refusalOf(t.call.calendar.importNotice({ text: notice2027.replace('周五', '周四') }))).code).toBe(
    'notice_weekday',
  );
  expect((await refusalOf(t.call.calendar.setDays({ from: '2027-02-01', to: '2027-01-01', kind: 'off' }))).code).toBe(
    'calendar_range',
  );
  expect((await refusalOf(t.call.calendar.setDays({ from: '2027-01-01', to: '2027-12-31', kind: 'off' }))).code).toBe(
    'calendar_range',
  );
  expect((await t.call.calendar.state()).days).toEqual([]);
});
