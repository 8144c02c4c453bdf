/** Telephone notes by paste: read in whatever order, judged, opened once, taken back together. */
import { showMoment } from '../../../../../shared/day.ts';
import { readNotes } from '../../../../../shared/features/tickets/notes.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../../support/engine.ts';

let t: TestEngine;
beforeEach(async () => {
  t = await testEngine();
});
afterEach(() => t.close());

test('times and telephone numbers are told by their shape, the header and empty lines are left out', () => {
  const read = readNotes(
    '时间\t报修人\t地点\t现象\n\n09-28 10:20\t王芳\t财务室\t上不了网\n李静，62003311，打印机卡纸\n2026-9-1,门卫,大门,摄像头黑屏,从早上开始',
    '2026-09-29',
  );
  expect(
    read.map(({ line, reported_at, reporter, place, phone, symptom }) => [
      line,
      reported_at === null ? null : showMoment(reported_at),
      reporter,
      place,
      phone,
      symptom,
    ]),
  ).toEqual([
    [3, '2026-09-28 10:20', '王芳', '财务室', null, '上不了网'],
    [4, null, '李静', null, '62003311', '打印机卡纸'],
    [5, '2026-09-01 00:00', '门卫', '大门', null, '摄像头黑屏，从早上开始'],
  ]);
});

test('a pad noted with spaces is read as well; what looks like a time and is none is not taken for a name', () => {
  const read = readNotes(
    '9:10 欧阳雪 网线断了\n昨天 14:20 单晓梅 B110 投影不亮\n2026-9-1 8:05 门卫 黑屏\n李梅,B110,网 很 慢\n10:99,李梅,没网',
    '2026-09-29',
  );
  expect(
    read.map(({ reported_at, reporter, place, symptom }) => [
      reported_at === null ? null : showMoment(reported_at),
      reporter,
      place,
      symptom,
    ]),
  ).toEqual([
    ['2026-09-29 09:10', '欧阳雪', null, '网线断了'],
    ['2026-09-28 14:20', '单晓梅', 'B110', '投影不亮'],
    ['2026-09-01 08:05', '门卫', null, '黑屏'],
    [null, '李梅', 'B110', '网 很 慢'],
    [null, null, null, '10:99,李梅,没网'],
  ]);
});

test('a day without a year is of the year it was noted in; a line that begins like a header is none further down', () => {
  const days = readNotes(
    '12-30 09:00，王芳，没网\n01-02，李静，没网\n02-09，门卫，没网\nname server，机房，解析不了',
    '2027-01-02',
  );
  expect(
    days.map(({ reporter, reported_at }) => [reporter, reported_at === null ? null : showMoment(reported_at)]),
  ).toEqual([
    ['王芳', '2026-12-30 09:00'],
    ['李静', '2027-01-02 00:00'],
    ['门卫', '2027-02-09 00:00'],
    ['name server', null],
  ]);
});

test('a row that no ticket could hold is said beforehand, and keeps no other back', async () => {
  const text = `${'王'.repeat(61)}，机房，没网\n王芳，${'断'.repeat(1001)}\n李静，没网`;
  const rows = await t.call.tickets.readNotes({ text });
  expect(rows.map(({ verdict }) => verdict)).toEqual(['unread', 'unread', 'ready']);
  expect((await t.call.tickets.takeNotes({ text, lines: [1, 2, 3] })).opened).toBe(1);
});

test('rows are judged, the whole ones opened in one batch, and not twice', async () => {
  const room = await t.call.locations.create({ kind: 'room', name: '财务室' });
  const wang = await t.call.people.create({ name: '王芳', identity: 'staff', letter: 'signed', status: 'active' });
  const text =
    '09-28 10:20，王芳，财务室，上不了网\n09-30 08:00，李静，教务处，没网\n只有一句话\n09-29 09:00，门卫老周，大门，摄像头黑屏';
  const rows = await t.call.tickets.readNotes({ text });
  expect(rows.map(({ line, verdict, person_id, location_id }) => [line, verdict, person_id, location_id])).toEqual([
    [1, 'ready', wang.id, room.id],
    [2, 'future', null, null],
    [3, 'no_symptom', null, null],
    [4, 'ready', null, null],
  ]);
  const { opened, batch } = await t.call.tickets.takeNotes({ text, lines: [1, 2, 3, 4] });
  expect(opened).toBe(2);
  const { rows: tickets } = await t.call.tickets.list({ sort: [{ field: 'reported_at', dir: 'asc' }] });
  expect(
    tickets.map(({ symptom, person_id, reporter, category, due_on }) => [
      symptom,
      person_id,
      reporter,
      category,
      due_on,
    ]),
  ).toEqual([
    ['上不了网', wang.id, null, 'no_access', '2026-09-30'],
    ['摄像头黑屏', null, '门卫老周', 'pc', '2026-10-08'],
  ]);
  expect((await t.call.tickets.readNotes({ text })).map(({ verdict }) => verdict)).toEqual([
    'known',
    'future',
    'no_symptom',
    'known',
  ]);
  expect((await refusalOf(t.call.tickets.takeNotes({ text, lines: [1] }))).code).toBe('notes_nothing');
  const office = { identity: 'staff', letter: 'signed', status: 'active', department: '教务处' } as const;
  const other = await t.call.people.create({ ...office, name: '王芳' });
  const namesakes = await t.call.tickets.readNotes({ text: '王芳，教务处，没网\n王芳，没网' });
  expect(namesakes.map((row) => [row.person_id, row.namesakes])).toEqual([
    [other.id, false],
    [null, true],
  ]);
  await t.call.system.undo({ batch });
  expect((await t.call.tickets.list({})).total).toBe(0);
});
