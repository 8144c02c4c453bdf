import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';

let t: TestEngine;
beforeEach(async () => {
  t = await testEngine();
});
afterEach(() => t.close());

const lastBatch = async (): Promise<string> => (await t.call.audit.list({ limit: 1 })).rows[0]?.batch ?? '';
const person = async (name: string): Promise<string> =>
  (await t.call.people.create({ name, identity: 'teacher', letter: 'signed', status: 'active' })).id;

test('a release is not taken back over the head of who holds the card now', async () => {
  const subnet_id = (await t.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '办公', purpose: 'office' })).id;
  const mac = '3C-52-82-1A-00-01';
  const first = await t.call.ipam.bind({ ip: '10.20.30.1', mac, person_id: await person('王芳'), subnet_id });
  t.clock.set(60_000);
  await t.call.ipam.release({ id: first.id, reason: '调走' });
  const batch = await lastBatch();
  t.clock.set(60_000);
  const next = await t.call.ipam.next({ subnet_id });
  await t.call.ipam.bind({ ip: next.ip ?? '', mac, person_id: await person('李强'), subnet_id });
  t.clock.set(60_000);
  expect((await refusalOf(t.call.system.undo({ batch }))).code).toBe('mac_in_use');
  expect(await t.call.ipam.breaches()).toMatchObject({ rows: [] });
});

test('a removed asset does not come back with a tag that was given out again', async () => {
  const draft = { name: '台式机', category: 'desktop', status: 'in_use', tag: 'A-1' } as const;
  const asset = await t.call.assets.create(draft);
  t.clock.set(60_000);
  await t.call.assets.remove({ id: asset.id, reason: '登错' });
  const batch = await lastBatch();
  t.clock.set(60_000);
  await t.call.assets.create({ ...draft, name: '新台式机' });
  t.clock.set(60_000);
  expect(await refusalOf(t.call.system.undo({ batch }))).toEqual({
    code: 'tag_in_use',
    params: { tag: 'A-1', holder: '新台式机' },
  });
  expect((await t.call.assets.list({})).total).toBe(1);
});
