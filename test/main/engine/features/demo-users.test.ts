/** The demo school's users are those of domain.md §4. */
import { testEngine, type TestEngine } from '../../../support/engine.ts';

let t: TestEngine;
beforeAll(async () => {
  t = await testEngine();
  for await (const step of await t.call.system.demo({ scale: 1 })) expect(step.total).toBe(1);
}, 60_000);
afterAll(() => t.close());

test('250 people, 14 of them temporary with sponsor and last day', async () => {
  expect((await t.call.people.list({})).total).toBe(250);
  const guests = await t.call.people.list({ filter: [{ field: 'identity', op: 'equals', value: 'temporary' }] });
  expect(guests.total).toBe(14);
  expect(guests.rows.filter(({ sponsor_id, valid_until }) => sponsor_id && valid_until)).toHaveLength(14);
  expect((await t.call.upkeep.expiry()).counts.people).toEqual({ expired: 3, soon: 4 });
});

test('131 letters signed, 21 not, 8 expired, of those who hold an address', async () => {
  const { signed, unsigned, expired } = await t.call.letters.counts({});
  expect([signed, unsigned, expired]).toEqual([131, 21, 8]);
});

test('12 applications, three of them unsigned, one outside access to be taken back', async () => {
  const { rows, total, refs } = await t.call.applications.list({});
  expect(total).toBe(12);
  expect(rows.filter(({ state }) => state === 'applied')).toHaveLength(3);
  expect(rows.filter(({ signed_on }) => signed_on !== null)).toHaveLength(9);
  const opened = rows.filter(({ state, kind }) => state === 'opened' && kind === 'binding');
  expect(opened).toHaveLength(7);
  for (const { binding_id } of opened) expect(refs[binding_id ?? '']).toMatch(/^10\.20\.[23]0\./);
  expect(new Set(rows.map(({ number }) => number)).size).toBe(12);
  expect((await t.call.upkeep.expiry()).counts.applications).toEqual({ expired: 1, soon: 0 });
});

test('what the register lacks adds up the same by department and by building', async () => {
  const { rows, whole, gaps, departments, buildings } = await t.call.upkeep.gaps();
  for (const groups of [departments, buildings]) {
    expect(groups.reduce((sum, group) => sum + group.rows, 0)).toBe(rows);
    expect(groups.reduce((sum, group) => sum + group.whole, 0)).toBe(whole);
    expect(groups.reduce((sum, group) => sum + group.gaps.letter, 0)).toBe(gaps.letter);
  }
});
