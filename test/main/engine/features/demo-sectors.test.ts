/** The demo of a hospital, a company and a town office: the same counts, and no word of a school. */
import { testEngine } from '../../../support/engine.ts';

const SCHOOL = /班\b|\)班|教师|教室|年级|教务|校长|教学楼|临江三中|教研|阅览/;

test.each(['hospital', 'company', 'town'] as const)('a demo %s', async (sector) => {
  const { call, engine, close } = await testEngine();
  const { setup } = await call.system.state();
  if (!setup) throw new Error('not set up');
  await call.system.setup({ ...setup, sector });
  for await (const step of await call.system.demo({ scale: 1 })) void step;
  expect((await call.assets.list({})).total).toBe(699);
  const { counts } = await call.discovery.findings({});
  expect([counts.conflict, counts.new_mac, counts.port_moved, counts.silent, counts.misnamed]).toEqual([
    6, 9, 5, 14, 11,
  ]);
  expect((await call.handover.list({})).total).toBe(3);
  for (const [table, field] of [
    ['locations', 'name'],
    ['people', 'department'],
    ['subnets', 'name'],
    ['assets', 'department'],
    ['assets', 'name'],
    ['tickets', 'department'],
    ['applications', 'department'],
    ['tools', 'name'],
  ] as const) {
    const words = engine.db
      .all<{ word: string | null }>(`SELECT DISTINCT ${field} AS word FROM ${table}`)
      .map(({ word }) => word ?? '');
    expect([table, words.length > 0, words.filter((word) => SCHOOL.test(word))]).toEqual([table, true, []]);
  }
  close();
});
