/** The audit trail as its screen reads it: names instead of counts, and refusals with what they were about. */
import { assets } from '../../../../shared/features/assets.ts';
import { testEngine, type TestEngine } from '../../../support/engine.ts';

let t: TestEngine;
beforeEach(async () => {
  t = await testEngine({ now: '2026-09-29T16:20+08:00' });
});
afterEach(() => t.close());

const draft = { category: 'desktop', status: 'in_use', unit: 'tai', quantity: 1 } as const;

test('a commit names the first record that it touched, and how many more', async () => {
  const { id } = await t.call.assets.create({ ...draft, name: '台式机', tag: 'ZC-001' });
  t.clock.set(1000);
  const ticket = await t.call.tickets.open({ asset_id: id, reporter: '王老师', symptom: '上不了网' });
  const { rows } = await t.call.audit.list({});
  // Its log entry has no name of its own and counts as part of the ticket.
  expect(rows[0]).toMatchObject({
    command: 'tickets.open',
    record: { table: 'tickets', id: ticket.id, title: ticket.number, removed: false },
    more: 0,
  });
  expect(rows[1]).toMatchObject({
    command: 'assets.create',
    record: { table: 'assets', id, title: 'ZC-001 · 台式机', removed: false },
  });
});

test('a commit over several records counts the others', async () => {
  t.engine.command('assets.create', (tx) => {
    for (const name of ['甲', '乙', '丙']) tx.insert(assets, { ...draft, name });
  });
  const { rows } = await t.call.audit.list({ limit: 1 });
  expect(rows).toEqual([expect.objectContaining({ more: 2, detail: '3 assets' })]);
  expect(rows[0]?.record?.title).toBe('甲');
});

test('a removed record keeps its name in the log and says that it is gone', async () => {
  const { id } = await t.call.assets.create({ ...draft, name: '旧机', tag: 'ZC-002' });
  t.clock.set(1000);
  await t.call.assets.remove({ id, reason: '录错' });
  const { rows } = await t.call.audit.list({});
  expect(rows[0]).toMatchObject({ reason: '录错', record: { title: 'ZC-002 · 旧机', removed: true } });
});

test('refusals keep their parameters, and pages of both logs follow each other without gap or repetition', async () => {
  for (const n of [1, 2, 3]) {
    await t.call.assets.create({ ...draft, name: `机${n}`, tag: `T-${n}` });
    t.clock.set(1000);
    await expect(t.call.assets.create({ ...draft, name: '重', tag: `T-${n}` })).rejects.toThrow();
    t.clock.set(1000);
  }
  const all = await t.call.audit.list({});
  const pages = [
    ...(await t.call.audit.list({ limit: 2 })).rows,
    ...(await t.call.audit.list({ limit: 4, offset: 2 })).rows,
  ];
  expect(pages).toEqual(all.rows.slice(0, 6));
  const refused = await t.call.audit.list({ failures: true });
  expect(refused.total).toBe(3);
  expect(refused.rows.map(({ detail }) => detail)).toEqual(
    [3, 2, 1].map((n) => `tag_in_use ${JSON.stringify({ tag: `T-${n}`, holder: `机${n}` })}`),
  );
});
