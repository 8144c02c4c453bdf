/** Letters, ends of terms, completeness and the sheet of one person, through their contract. */
import { people } from '../../../../shared/features/people.ts';
import { addMonths } from '../../../../shared/day.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';
import { makeSchool, type School } from '../../../support/school.ts';

let t: TestEngine;
let school: School;
beforeEach(async () => {
  t = await testEngine();
  school = makeSchool(t.engine, { users: 8 });
});
afterEach(() => t.close());

const idsOf = (name: string): string[] =>
  t.engine.db.all<{ id: string }>('SELECT id FROM people WHERE name = ? ORDER BY id', name).map(({ id }) => id);
const idOf = (name: string): string => idsOf(name)[0] ?? '';
const counts = async () => {
  const { signed, unsigned, expired } = await t.call.letters.counts({});
  return [signed, unsigned, expired];
};

test.each([
  ['2026-09-29', 36, '2029-09-29'],
  ['2026-08-31', 1, '2026-09-30'],
  ['2027-12-31', 2, '2028-02-29'],
  ['2026-12-01', 1, '2027-01-01'],
])('%s and %i months is %s', (day, months, expected) => expect(addMonths(day, months)).toBe(expected));

test('letters are counted as they stand today, over those who hold an address', async () => {
  t.engine.command('test.more', (tx) =>
    tx.insert(people, { name: '门卫老周', identity: 'staff', letter: 'unsigned', status: 'active' }),
  );
  expect(await counts()).toEqual([6, 2, 0]);
  await t.call.people.update({ id: idOf('李静'), changes: { letter_until: '2026-09-28' } });
  expect(await counts()).toEqual([5, 2, 1]);
  const all = await t.call.letters.counts({ holders: false });
  expect([all.signed, all.unsigned, all.expired]).toEqual([5, 3, 1]);
  expect(all.departments.map(({ name, unsigned }) => [name, unsigned])).toEqual([
    ['教务处', 2],
    [null, 1],
  ]);
  const { rows } = await t.call.letters.list({ state: 'expired' });
  expect(rows.map(({ name, letter }) => [name, letter])).toEqual([['李静', 'expired']]);
  const none = await t.call.letters.list({ holders: false, department: null });
  expect(none.rows.map(({ name }) => name)).toEqual(['门卫老周']);
});

test('returned letters are ticked in bulk with day and term, keep the text they were signed under, and go back in one step', async () => {
  const open = (await t.call.letters.list({ state: 'unsigned' })).rows.map(({ id }) => id);
  expect(open).toHaveLength(2);
  const ticked = await t.call.letters.tick({ people: open, signed_on: '2026-09-28' });
  expect(ticked.n).toBe(2);
  const one = (await t.call.letters.list({})).rows.find(({ id }) => id === open[0]);
  expect(one).toMatchObject({
    letter: 'signed',
    letter_on: '2026-09-28',
    letter_until: '2029-09-28',
    letter_text_id: null,
  });
  // a new text does not touch what was signed under the old one
  const text = await t.call.letters.addText({
    title: '网络安全责任书',
    body: '一、遵守规定。\n二、不外传。',
    months: 12,
  });
  expect(text.version).toBe(1);
  const third = idOf('李静');
  await t.call.letters.tick({ people: [third], signed_on: '2026-09-29' });
  const texts = await t.call.letters.texts();
  expect(texts.map(({ version, signed, months }) => [version, signed, months])).toEqual([
    [1, 1, 12],
    [0, 7, 36],
  ]);
  expect((await t.call.people.get({ id: third })).letter_until).toBe('2027-09-29');
  // an older one that only comes back now
  const old = { people: [open[0] ?? ''], signed_on: '2026-03-01', until: '2026-09-01', text_id: null };
  await t.call.letters.tick(old);
  expect((await t.call.people.get({ id: open[0] ?? '' })).letter).toBe('expired');
  await t.call.system.undo({ batch: ticked.batch }).catch(() => undefined);
  expect((await t.call.people.get({ id: open[1] ?? '' })).letter).toBe('unsigned');
});

test('the second version of a text follows the first; saving it unchanged is refused', async () => {
  const given = { title: '网络安全承诺书', body: '第一条', months: 24 };
  await t.call.letters.addText(given);
  expect((await refusalOf(t.call.letters.addText(given))).code).toBe('letters_same_text');
  expect((await t.call.letters.addText({ ...given, months: 12 })).version).toBe(2);
});

test('one frozen document for a department, a page for each person, with the text of that day', async () => {
  const ids = (await t.call.letters.list({ department: '教务处' })).rows.map(({ id }) => id);
  const printed = await t.call.letters.print({ people: ids });
  expect(printed).toMatchObject({ form: 'F-19', number: 'ZS-202609-L03-0001', title: '网络安全责任书 教务处（8 人）' });
  await t.call.letters.addText({ title: '新责任书', body: '新文本', months: 12 });
  const { paper } = await t.call.papers.get({ id: printed.id });
  expect(paper.sections).toHaveLength(8);
  const [first] = paper.sections;
  expect(first?.title).toBe('临江市第三中学网络安全责任书');
  expect(JSON.stringify(first)).toContain('不私自更改IP地址');
  expect(paper.sections.map((section) => JSON.stringify(section)).join()).toContain('10.20.30.10  3C-52-82-1A-00-00');
  const next = await t.call.letters.print({ people: ids.slice(0, 1) });
  expect([next.number, next.title.split(' ')[0]]).toEqual(['ZS-202609-L03-0002', '新责任书']);
  expect(JSON.stringify(await t.call.papers.blank({ form: 'F-19' }))).toContain('新文本');
});

test('nobody chosen, a day to come, an end before the start: said in words', async () => {
  expect((await refusalOf(t.call.letters.print({ people: [] }))).code).toBe('letters_nobody');
  expect((await refusalOf(t.call.letters.tick({ people: [], signed_on: '2026-09-29' }))).code).toBe('letters_nobody');
  const some = [idOf('李静')];
  expect((await refusalOf(t.call.letters.tick({ people: some, signed_on: '2026-09-30' }))).code).toBe('letters_future');
  const back = t.call.letters.tick({ people: some, signed_on: '2026-09-29', until: '2026-09-01' });
  expect((await refusalOf(back)).code).toBe('letters_backwards');
  await t.call.letters.untick({ people: some, reason: '原件遗失' });
  expect((await t.call.people.get({ id: some[0] ?? '' })).letter).toBe('unsigned');
});

test('people of a term are listed when it ends; closing releases every address they hold', async () => {
  const [guest, other] = [idOf('张伟'), idOf('刘洋')];
  t.engine.command('test.term', (tx) => {
    tx.patch(people, guest, { identity: 'outside', valid_until: '2026-09-28', sponsor_id: idOf('李静') });
    tx.patch(people, other, { identity: 'temporary', valid_until: '2026-10-29', sponsor_id: idOf('李静') });
  });
  expect((await t.call.upkeep.expiry()).counts.people).toEqual({ expired: 1, soon: 1 });
  // whoever is past the last day gets no further address
  const wish = {
    person_id: guest,
    mac: '3C5282770009',
    subnet_id: (await t.call.ipam.listSubnets({})).rows[0]?.id ?? '',
  };
  expect(await refusalOf(t.call.ipam.bind(wish))).toEqual({
    code: 'person_over',
    params: { name: '张伟', day: '2026-09-28' },
  });
  const { rows, refs } = await t.call.upkeep.expiringPeople({});
  expect(rows.map(({ name, valid_until }) => [name, valid_until])).toEqual([
    ['张伟', '2026-09-28'],
    ['刘洋', '2026-10-29'],
  ]);
  // two 李静 are registered: told apart
  expect(refs[idOf('李静')]).toBe('李静（教务处）');
  const closed = await t.call.upkeep.close({ people: [guest], reason: '有效期已到' });
  expect(closed).toMatchObject({ people: 1, addresses: 1 });
  expect(await t.call.people.get({ id: guest })).toMatchObject({ status: 'left' });
  const held = await t.call.ipam.list({ filter: [{ field: 'person_id', op: 'equals', value: guest }] });
  expect(held.rows.map(({ state, reason }) => [state, reason])).toEqual([['released', '有效期已到']]);
  expect((await t.call.upkeep.expiry()).counts.people).toEqual({ expired: 0, soon: 1 });
  await t.call.system.undo({ batch: closed.batch });
  expect((await t.call.people.get({ id: guest })).status).toBe('active');
  expect((await refusalOf(t.call.upkeep.extend({ people: [guest], until: '2026-09-28' }))).code).toBe('extend_past');
  await t.call.upkeep.extend({ people: [guest, other], until: '2027-06-30' });
  expect((await t.call.upkeep.expiry()).counts.people).toEqual({ expired: 0, soon: 0 });
  expect((await refusalOf(t.call.upkeep.close({ people: [], reason: 'x' }))).code).toBe('upkeep_nobody');
});

test('what addresses in use lack is counted by department and building, and each count has its rows', async () => {
  const none = await t.call.upkeep.gaps();
  expect(none).toMatchObject({
    rows: 8,
    whole: 6,
    gaps: { mac: 0, room: 0, phone: 0, letter: 2, hostname: 0, outlet: 0 },
  });
  t.engine.db.prepare("UPDATE bindings SET outlet = NULL WHERE ip IN ('10.20.30.11', '10.20.30.12')").run();
  t.engine.db.prepare("UPDATE bindings SET location_id = NULL WHERE ip = '10.20.30.12'").run();
  t.engine.db.prepare("UPDATE bindings SET mac = NULL, state = 'reserved' WHERE ip = '10.20.30.13'").run();
  t.engine.db.prepare("UPDATE people SET phone = NULL, department = '财务室' WHERE id = ?").run(idOf('陈敏'));
  const found = await t.call.upkeep.gaps();
  expect(found.gaps).toEqual({ mac: 1, room: 1, phone: 1, letter: 2, hostname: 0, outlet: 2 });
  // 陈敏 lacks phone and letter, 王芳 the letter
  expect(found.whole).toBe(3);
  expect(found.departments.map(({ name, rows, gaps }) => [name, rows, gaps.phone])).toEqual([
    ['财务室', 1, 1],
    ['教务处', 7, 0],
  ]);
  expect(found.buildings.map(({ name, rows, gaps }) => [name, rows, gaps.outlet])).toEqual([
    ['综合楼', 7, 1],
    ['', 1, 1],
  ]);
  for (const group of [...found.departments, ...found.buildings])
    for (const [gap, n] of Object.entries(group.gaps) as [keyof typeof group.gaps, number][]) {
      const where = found.departments.includes(group) ? { department: group.id } : { building: group.id };
      expect([group.name, gap, (await t.call.upkeep.gapRows({ gap, ...where })).total]).toEqual([group.name, gap, n]);
    }
});

test('the sheet of one person holds all that is held, and stays as it was printed', async () => {
  const id = idOf('李静');
  await t.call.people.update({ id, changes: { phone: '13911110000' } });
  await t.call.applications.create({ kind: 'binding', draft: { person_id: id, purpose: '第二台电脑' } });
  const printed = await t.call.upkeep.printPerson({ id });
  expect(printed).toMatchObject({ form: 'R-33', number: 'GR-202609-L03-0001', title: '个人信息登记表 李静' });
  const { paper } = await t.call.papers.get({ id: printed.id });
  const words = JSON.stringify(paper);
  for (const expected of ['李静', '13911110000', '10.20.30.11', 'PC-2', '第二台电脑', '需要更正的内容', '李明'])
    expect(words).toContain(expected);
  expect(words).not.toContain('张伟');
  expect(school.rooms).toHaveLength(3);
});
