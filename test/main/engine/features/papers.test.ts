import { freeze } from '../../../../main/engine/documents.ts';
import { blankForms } from '../../../../shared/features/papers.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';
import { makeSchool, type School } from '../../../support/school.ts';

let t: TestEngine;
let school: School;
beforeEach(async () => {
  t = await testEngine();
  school = makeSchool(t.engine);
});
afterEach(() => t.close());

test('a repair slip carries the ticket’s own number and is the same paper until the ticket changes', async () => {
  const first = await t.call.papers.ticket({ id: school.ticket });
  expect(first).toMatchObject({ number: 'BX-202609-L03-0001', form: 'F-12', kind: 'print' });
  t.clock.set(60_000);
  expect((await t.call.papers.ticket({ id: school.ticket })).id).toBe(first.id);
  await t.call.tickets.advance({ id: school.ticket, step: 'accept' });
  const second = await t.call.papers.ticket({ id: school.ticket });
  expect(second.id).not.toBe(first.id);
  const { paper } = await t.call.papers.get({ id: first.id });
  expect(paper.sections.map(({ page, under }) => [page, under?.[1]])).toEqual([
    ['half', '报修人联'],
    ['half', '存档联'],
  ]);
  expect(JSON.stringify(paper)).toContain('门卫老周');
  expect(await t.call.audit.verify()).toMatchObject({ ok: true });
});

test('every blank form has its signature lines and keeps nothing', async () => {
  const papers = await Promise.all(blankForms.map((form) => t.call.papers.blank({ form })));
  for (const paper of papers) {
    expect(paper).toMatchObject({ number: '', unit: '临江市第三中学', copies: [''], foot: { made: '空白表' } });
    expect(JSON.stringify(paper)).toMatch(/"role":"/);
  }
  expect((await t.call.papers.list({})).total).toBe(0);
});

test('submitted data is not printed as a paper', async () => {
  const { id, number } = t.engine.command('test.submit', (tx) =>
    freeze(tx, t.engine, { form: 'F-03', code: 'ZC', title: '台账', kind: 'submission', content: { rows: [] } }),
  );
  expect(await refusalOf(t.call.papers.get({ id }))).toEqual({ code: 'document_not_paper', params: { number } });
});

test('papers are made in the language of the notebook, and keep it', async () => {
  const chinese = await t.call.papers.ticket({ id: school.ticket });
  await t.call.system.setup({ unit: 'No. 3 School', technician: 'Li Ming', machine: 'L03', language: 'en-US' });
  const english = await t.call.papers.ticket({ id: school.ticket });
  expect((await t.call.papers.get({ id: english.id })).paper.sections[0]?.title).toBe('No. 3 School Repair slip');
  expect((await t.call.papers.get({ id: chinese.id })).paper.sections[0]?.title).toBe('临江市第三中学报修单');
});
