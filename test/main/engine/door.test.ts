import { assets } from '../../../shared/features/assets.ts';
import { refusalOf, testEngine, type TestEngine } from '../../support/engine.ts';

let t: TestEngine;
beforeEach(async () => {
  t = await testEngine();
});
afterEach(() => t.close());

const pc = { name: '台式机', category: 'desktop', status: 'in_use' } as const;

test('a created asset is found, changed, and tells its history', async () => {
  const asset = await t.call.assets.create({ ...pc, tag: 'XX-2024-0017', mac: '3c52.821a.0001', ip: '10.20.30.4' });
  expect(asset.mac).toBe('3C52821A0001');
  t.clock.set(60_000);
  await t.call.assets.update({ id: asset.id, changes: { name: '台式机甲', mac: '3C-52-82-1A-00-01' } });
  const { entries } = await t.call.assets.history({ id: asset.id });
  expect(entries.map(({ op, actor }) => [op, actor])).toEqual([
    ['patch', '李明@L03'],
    ['insert', '李明@L03'],
  ]);
  expect(entries[0]?.fields).toEqual([{ field: 'name', before: '台式机', after: '台式机甲' }]);
});

test('a refused command leaves no half record and one audit row', async () => {
  await t.call.assets.create({ ...pc, tag: 'A-1' });
  const refusal = await refusalOf(t.call.assets.create({ ...pc, name: '另一台', tag: 'A-1' }));
  expect(refusal).toEqual({ code: 'tag_in_use', params: { tag: 'A-1', holder: '台式机' } });
  expect((await t.call.assets.list({})).total).toBe(1);
  const audit = await t.call.audit.list({ failures: true });
  expect(audit.rows.map(({ command, success }) => [command, success])).toEqual([['assets.create', false]]);
});

test('one machine is not registered twice: tag in any case, serial, card and address name their holder', async () => {
  await t.call.assets.create({ ...pc, tag: 'ZC-001', serial: 'S1', mac: '3C-52-82-1A-00-01', ip: '10.20.30.4' });
  const again = (draft: object) => refusalOf(t.call.assets.create({ ...pc, ...draft }));
  expect(await again({ tag: 'zc-001' })).toMatchObject({ code: 'tag_in_use' });
  expect(await again({ serial: 'S1' })).toMatchObject({ code: 'asset_serial_in_use' });
  expect(await again({ mac: '3c52.821a.0001' })).toEqual({
    code: 'asset_mac_in_use',
    params: { mac: '3C-52-82-1A-00-01', holder: 'ZC-001 · 台式机' },
  });
  expect(await again({ ip: '10.20.30.4' })).toMatchObject({ code: 'asset_ip_in_use' });
  expect((await t.call.assets.list({})).total).toBe(1);
});

test('bad values are refused naming the field and the problem', async () => {
  const refusal = await refusalOf(t.call.assets.create({ ...pc, mac: '00:00:00:00:00:00' }));
  expect(refusal).toEqual({ code: 'invalid', params: { field: 'assets.mac', problem: 'mac' } });
});

test('what is no id is the id of no record', async () => {
  expect((await refusalOf(t.call.assets.get({ id: 'xyz' }))).code).toBe('not_found');
});

test('the chain verifies, and names a commit that was altered', async () => {
  await t.call.assets.create({ ...pc, tag: 'A-1' });
  await t.call.assets.create({ ...pc, tag: 'A-2' });
  expect(await t.call.audit.verify()).toMatchObject({ ok: true, checked: 2 });
  t.engine.db.raw.exec(`UPDATE _ops SET body = replace(body, 'A-1', 'A-9')`);
  expect(await t.call.audit.verify()).toMatchObject({ ok: false, broken: expect.stringMatching(/-1$/) as string });
});

test('undo takes a batch back, and leaves what was changed since', async () => {
  const { batch } = t.engine.commit('test.batch', (tx) => {
    for (let i = 0; i < 1200; i += 1) tx.insert(assets, { ...pc, tag: `B-${i}` });
  });
  const touched = (await t.call.assets.list({ filter: [{ field: 'tag', op: 'equals', value: 'B-7' }] })).rows[0];
  await t.call.assets.update({ id: touched?.id ?? '', changes: { remark: '后来改过' } });
  expect(await t.call.system.undo({ batch })).toEqual({ undone: 1199, kept: 1 });
  expect((await t.call.assets.list({})).total).toBe(1);
  expect((await refusalOf(t.call.system.undo({ batch }))).code).toBe('undo_in_use');
  expect(await t.call.audit.verify()).toMatchObject({ ok: true });
});

test('a reopened file keeps synchronous=FULL and every commit', async () => {
  await t.call.assets.create({ ...pc, tag: 'A-1' });
  t.reopen();
  expect(t.engine.db.raw.pragma('synchronous', { simple: true })).toBe(2);
  expect((await t.call.assets.list({})).total).toBe(1);
});
