/** The monthly report through its contract: numbers that are their lists, texts that stay, deadlines, and what is handed in. */
import { calendarOf } from '../../../../shared/calendar.ts';
import { reportDueDay } from '../../../../shared/calendar/deadlines.ts';
import {
  evidenceOf,
  figureKeys,
  nextMonth,
  ticketFigureKeys,
  type FigureKey,
} from '../../../../shared/features/reports/figures.ts';
import { draftIfDue } from '../../../../main/engine/features/reports/draft.ts';
import { writeGrant } from '../../../../main/engine/grant.ts';
import { live, newState, writeState } from '../../../../main/engine/sync/state.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';
import { makeSchool } from '../../../support/school.ts';

jest.setTimeout(60_000);
const allKeys: FigureKey[] = Object.values<readonly FigureKey[]>(figureKeys).flat();
const receipt = { sent_to: '网络中心', sent_on: '2026-09-29' };

/** The total that a person sees who opens the list behind a number. */
async function listed(t: TestEngine, key: FigureKey, month: string, area: string | null): Promise<number | null> {
  const evidence = evidenceOf(key, month, area);
  if (!evidence) return null;
  const lists = {
    bindings: t.call.ipam.list,
    tickets: t.call.tickets.list,
    assets: t.call.assets.list,
  };
  return (await lists[evidence.table]({ filter: [...evidence.filter], limit: 1 })).total;
}

describe('of the demo school', () => {
  let t: TestEngine;
  beforeAll(async () => {
    t = await testEngine();
    for await (const _ of await t.call.system.demo({ scale: 1 }));
  });
  afterAll(() => t.close());

  test('April to August are handed in, one late; September is a draft', async () => {
    const { rows } = await t.call.reports.list({ sort: [{ field: 'month', dir: 'asc' }] });
    expect(rows.map(({ month, state }) => `${month} ${state}`)).toEqual([
      '2026-04 submitted',
      '2026-05 submitted',
      '2026-06 submitted',
      '2026-07 submitted',
      '2026-08 submitted',
      '2026-09 draft',
    ]);
    const late = rows.filter(({ submitted_on, due_on }) => submitted_on !== null && submitted_on > due_on);
    expect(late.map(({ month }) => month)).toEqual(['2026-07']);
    for (const { id, state } of rows) {
      const { papers, receipt: taken } = await t.call.reports.get({ id });
      expect([papers.length, taken === null]).toEqual(state === 'submitted' ? [1, false] : [0, true]);
    }
  });

  test('every number is the total of the list that it opens; the areas add up to the whole', async () => {
    const report = await t.call.reports.draft({ month: '2026-09' });
    await t.call.reports.refresh({ id: report.id });
    const { figures } = await t.call.reports.get({ id: report.id });
    const behind = allKeys.filter((key) => evidenceOf(key, '2026-09', null) !== null);
    expect(behind.length).toBeGreaterThan(9);
    for (const key of behind) expect([key, figures.n[key]]).toEqual([key, await listed(t, key, '2026-09', null)]);
    expect(figures.areas.length).toBeGreaterThanOrEqual(3);
    for (const key of ['users', 'opened', 'closed', 'reported', 'finished'] as const)
      expect([key, figures.areas.reduce((sum, row) => sum + row[key], 0)]).toEqual([key, figures.n[key]]);
    expect(figures.faults.reduce((sum, { count }) => sum + count, 0)).toBe(figures.n['reported']);
    expect(figures.n['opened']).toBeGreaterThanOrEqual(7);
    expect(figures.n['closed']).toBe(2);
    // Of those who hold an address: 21 unsigned, 8 expired (domain.md §4)
    expect(figures.n['letters_missing']).toBe(29);
    expect(figures.changed_total).toBe(18);
    expect(figures.common[0]?.action).not.toBe('');
  });

  test('on time, late, unfinished, overdue and paused open exactly the tickets they count', async () => {
    const { id } = await t.call.reports.draft({ month: '2026-09' });
    const { figures } = await t.call.reports.get({ id });
    for (const figure of ticketFigureKeys) {
      const numbers = await t.call.reports.behind({ id, figure });
      expect([figure, numbers.length]).toEqual([figure, figures.n[figure]]);
      const value = numbers.length > 0 ? numbers : [''];
      const { total } = await t.call.tickets.list({ filter: [{ field: 'number', op: 'in', value }], limit: 1 });
      expect([figure, total]).toEqual([figure, figures.n[figure]]);
    }
  });

  test('another rule for a 5th that is a day off moves the drafts, not what was handed in', async () => {
    const { id } = await t.call.reports.draft({ month: '2026-09' });
    const dueOf = async (of: string): Promise<string> => (await t.call.reports.get({ id: of })).report.due_on;
    const august = await t.call.reports.draft({ month: '2026-08' });
    await t.call.reports.setRule({ rule: 'later' });
    expect([await dueOf(id), await dueOf(august.id)]).toEqual(['2026-10-08', '2026-09-04']);
    await t.call.reports.setRule({ rule: 'earlier' });
    expect(await dueOf(id)).toBe('2026-09-30');
  });

  test('of one building: its own numbers, its own list', async () => {
    const places = await t.call.locations.tree();
    const building = places.find(({ kind }) => kind === 'building')!;
    const report = await t.call.reports.draft({ month: '2026-09', location_id: building.id });
    const { figures, area } = await t.call.reports.get({ id: report.id });
    expect(area).toContain(building.name);
    for (const key of ['users', 'reported', 'network_devices'] as const)
      expect([key, figures.n[key]]).toEqual([key, await listed(t, key, '2026-09', building.id)]);
    expect(figures.n['users']).toBeLessThan(
      (await t.call.reports.get({ id: (await t.call.reports.draft({ month: '2026-09' })).id })).figures.n['users']!,
    );
  });
});

describe('of a small school', () => {
  let t: TestEngine;
  beforeEach(async () => {
    t = await testEngine();
    makeSchool(t.engine);
  });
  afterEach(() => t.close());

  test('what a person wrote stays when the numbers are taken again, and what changed is said', async () => {
    const { id } = await t.call.reports.draft({ month: '2026-09' });
    await t.call.reports.write({ id, changes: { plan: '更换综合楼二层标签', problems: '缺备用交换机' } });
    const ticket = t.engine.db.value<string>('SELECT id FROM tickets')!;
    await t.call.tickets.update({ id: ticket, changes: { category: 'virus' } });
    const { changed, report } = await t.call.reports.refresh({ id });
    expect(changed).toEqual([{ key: 'viruses', before: 0, after: 1 }]);
    expect(report).toMatchObject({ text_plan: '更换综合楼二层标签', text_problems: '缺备用交换机' });
    expect((await t.call.reports.refresh({ id })).changed).toEqual([]);
  });

  test('printed, handed in with a receipt, then closed to changes until it is opened again with a reason', async () => {
    const { id, number } = await t.call.reports.draft({ month: '2026-09' });
    const first = await t.call.reports.print({ id });
    expect([first.number, first.form]).toEqual([number, 'F-11']);
    expect((await t.call.reports.print({ id })).id).toBe(first.id);
    expect((await t.call.reports.get({ id })).report.state).toBe('final');
    await t.call.reports.submit({ id, receipt: { ...receipt, receiver: '周启明', received_on: '2026-09-30' } });
    expect((await refusalOf(t.call.reports.write({ id, changes: { plan: '改' } }))).code).toBe('report_submitted');
    expect((await refusalOf(t.call.reports.refresh({ id }))).code).toBe('report_submitted');
    expect((await refusalOf(t.call.reports.remove({ id }))).code).toBe('report_submitted');
    expect((await t.call.reports.get({ id })).receipt).toMatchObject({ receiver: '周启明', received_on: '2026-09-30' });
    await t.call.reports.reopen({ id, reason: '漏写一项' });
    await t.call.reports.write({ id, changes: { plan: '补' } });
    const second = await t.call.reports.print({ id });
    expect(second.id).not.toBe(first.id);
    expect((await t.call.reports.get({ id })).papers).toHaveLength(2);
  });

  test('a month without data is still a report, with zeros and a sentence; one to come is refused', async () => {
    const empty = await testEngine();
    const report = await empty.call.reports.draft({ month: '2026-08' });
    expect(report.text_overview).toContain('没有登记用户');
    const { figures } = await empty.call.reports.get({ id: report.id });
    expect([figures.n['users'], figures.n['reported'], figures.n['online'], figures.faults]).toEqual([0, 0, null, []]);
    const paper = await empty.call.papers.get({ id: (await empty.call.reports.print({ id: report.id })).id });
    expect(JSON.stringify(paper.paper)).toContain('没有登记用户');
    expect((await refusalOf(empty.call.reports.draft({ month: '2026-10' }))).code).toBe('report_future');
    empty.close();
  });

  test('the paper has the nine sections in order; the empty form has them too', async () => {
    const { id } = await t.call.reports.draft({ month: '2026-09' });
    const { paper } = await t.call.papers.get({ id: (await t.call.reports.print({ id })).id });
    const titles = (of: typeof paper): string[] =>
      of.sections[0]!.blocks.flatMap((block) =>
        block.kind === 'text' && block.title ? [block.title.slice(0, 2)] : [],
      );
    const nine = ['一、', '二、', '三、', '四、', '五、', '六、', '七、', '八、', '九、'];
    expect(titles(paper)).toEqual(nine);
    expect(titles(await t.call.papers.blank({ form: 'F-11' }))).toEqual(nine);
  });

  test('on the 1st the draft of last month makes itself, once, and not for a month before the notebook', () => {
    // The National Day holiday brings September's forward into September
    expect(draftIfDue(t.engine)).toMatchObject({ month: '2026-09', state: 'draft', due_on: '2026-09-30' });
    expect(draftIfDue(t.engine)).toBeNull();
    t.clock.set('2026-10-31T08:00+08:00');
    expect(draftIfDue(t.engine)).toBeNull();
    t.clock.set('2026-11-01T08:00+08:00');
    expect(draftIfDue(t.engine)).toMatchObject({ month: '2026-10', due_on: '2026-11-05' });
    expect(draftIfDue(t.engine)).toBeNull();
  });

  test('a laptop that does not hear its store, and an auditor, leave the draft to others', () => {
    writeState(t.engine.db, newState({ address: 'https://hub.test', pin: null }, 'token', 'epoch', 'origin'));
    expect(draftIfDue(t.engine)).toBeNull();
    live(t.engine).online = true;
    writeGrant(t.engine.db, { role: 'auditor', areas: null });
    expect(draftIfDue(t.engine)).toBeNull();
    writeGrant(t.engine.db, { role: 'technician', areas: null });
    expect(draftIfDue(t.engine)).toMatchObject({ month: '2026-09' });
  });

  test('reminders on the 1st, the 3rd, the day it is due and after; none once it is handed in', async () => {
    const reminds: string[] = [];
    for (const day of ['11-01', '11-02', '11-03', '11-04', '11-05', '11-06']) {
      t.clock.set(`2026-${day}T08:00+08:00`);
      reminds.push((await t.call.reports.status()).remind);
    }
    expect(reminds).toEqual(['first', 'first', 'third', 'third', 'due', 'late']);
    const { id } = await t.call.reports.draft({ month: '2026-10' });
    await t.call.reports.submit({ id, receipt: { ...receipt, sent_on: '2026-11-06' } });
    expect(await t.call.reports.status()).toMatchObject({ month: '2026-10', state: 'submitted', remind: 'none' });
  });
});

test.each([
  ['2026-03', '2026-04-03', '2026-04-07'],
  ['2026-04', '2026-04-30', '2026-05-06'],
  ['2026-06', '2026-07-03', '2026-07-06'],
  ['2026-08', '2026-09-04', '2026-09-07'],
  ['2026-09', '2026-09-30', '2026-10-08'],
  ['2026-11', '2026-12-04', '2026-12-07'],
])('the report of %s is due %s, or %s where the unit moves it on', async (month, earlier, later) => {
  const calendar = calendarOf();
  expect(reportDueDay(calendar, nextMonth(month))).toBe(earlier);
  const t = await testEngine({ now: `${nextMonth(month)}-01T09:00+08:00` });
  expect((await t.call.reports.status()).due_on).toBe(earlier);
  await t.call.reports.setRule({ rule: 'later' });
  expect(await t.call.reports.status()).toMatchObject({ due_on: later, rule: 'later' });
  t.close();
});
