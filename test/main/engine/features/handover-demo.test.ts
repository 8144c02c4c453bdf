/** The demo school's tools and handovers as domain.md §4 counts them. */
import { isOpen } from '../../../../shared/features/handover.ts';
import { testEngine, type TestEngine } from '../../../support/engine.ts';

let school: TestEngine;
beforeAll(async () => {
  school = await testEngine();
  for await (const _ of await school.call.system.demo({ scale: 1 }));
}, 60_000);
afterAll(() => school.close());

test('18 tools in custody, two of them overdue; six envelopes', async () => {
  const { rows, total } = await school.call.custody.tools.list({});
  expect(total).toBe(18);
  expect(
    rows.filter(({ back_by, returned_on }) => back_by !== null && back_by < '2026-09-29' && returned_on === null),
  ).toHaveLength(2);
  expect((await school.call.custody.envelopes.list({})).total).toBe(6);
  expect((await school.call.custody.tools.print()).form).toBe('F-20');
});

test('three handovers: done in five days, overdue since 09-17, running since 09-24 until 10-08', async () => {
  const { rows } = await school.call.handover.list({ sort: [{ field: 'start_on', dir: 'asc' }] });
  expect(rows.map(({ state, start_on, due_on, done_on }) => [state, start_on, due_on, done_on])).toEqual([
    ['settled', '2026-08-28', '2026-09-04', '2026-09-02'],
    ['running', '2026-09-10', '2026-09-17', null],
    ['running', '2026-09-24', '2026-10-08', null],
  ]);
  expect((await school.call.handover.due()).map(({ due_on }) => due_on)).toEqual(['2026-09-17', '2026-10-08']);
  for (const { id, state } of rows) {
    const { items, open } = await school.call.handover.get({ id });
    expect(items.filter(isOpen)).toHaveLength(open);
    expect(open === 0).toBe(state === 'settled');
    expect(new Set(items.map(({ part }) => part))).toEqual(new Set(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']));
  }
});

test('the whole list of a building prints, and so does the slip of the one that is done', async () => {
  const { rows } = await school.call.handover.list({ sort: [{ field: 'start_on', dir: 'asc' }] });
  const slip = await school.call.handover.print({ id: rows[0]?.id ?? '', paper: 'slip' });
  expect(JSON.stringify((await school.call.papers.get({ id: slip.id })).paper)).toContain('马会东 负责的');
  const list = await school.call.handover.print({ id: rows[2]?.id ?? '' });
  const { paper } = await school.call.papers.get({ id: list.id });
  expect(paper.sections.filter(({ title }) => title.startsWith('附表四'))).toHaveLength(10);
});
