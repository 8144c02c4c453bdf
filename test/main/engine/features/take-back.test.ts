import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';
import { previewOf } from '../../../support/transfer.ts';

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

const lastUndo = async (batch: string) => await refusalOf(t.call.system.undo({ batch }));

test('an imported person who was given an address since stays when the import is undone', async () => {
  const { token } = await previewOf(t.call, '姓名,部门,身份\n王芳,语文组,教师\n李强,数学组,教师\n', {
    target: 'people',
  });
  const { batch } = await t.call.transfer.commit({ token });
  const { rows } = await t.call.people.list({ sort: [{ field: 'name', dir: 'asc' }] });
  const held = rows.find(({ name }) => name === '王芳')?.id ?? '';
  const subnet_id = (await t.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '办公', purpose: 'office' })).id;
  await t.call.ipam.bind({ ip: '10.20.30.1', mac: '3C-52-82-1A-00-01', person_id: held, subnet_id });
  expect(await t.call.transfer.undo({ batch })).toEqual({ undone: 1, kept: 1 });
  expect((await t.call.people.list({})).rows.map(({ id }) => id)).toEqual([held]);
  // Nothing of it is left but her: the reason is that she is needed, not that it was undone.
  expect((await refusalOf(t.call.transfer.undo({ batch }))).code).toBe('undo_in_use');
});

test('a removed subnet does not come back over one that was made since', async () => {
  const { id } = await t.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '办公', purpose: 'office' });
  const { batch } = await t.call.ipam.removeSubnet({ id, reason: '重新规划' });
  t.clock.set(60_000);
  await t.call.ipam.createSubnet({ cidr: '10.20.30.0/25', name: '新办公', purpose: 'office' });
  expect((await lastUndo(batch)).code).toBe('subnet_overlap');
  expect((await t.call.ipam.listSubnets({})).rows.map(({ cidr }) => cidr)).toEqual(['10.20.30.0/25']);
});

test('a removed part of a subnet does not come back over one that was made since', async () => {
  const { id: subnet_id } = await t.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '办公', purpose: 'office' });
  const part = { subnet_id, kind: 'dhcp', first_ip: '10.20.30.100', last_ip: '10.20.30.150' } as const;
  const { id } = await t.call.ipam.createRange(part);
  await t.call.ipam.removeRange({ id });
  const batch = await lastBatch();
  t.clock.set(60_000);
  await t.call.ipam.createRange({ ...part, kind: 'reserved', first_ip: '10.20.30.140', last_ip: '10.20.30.160' });
  expect((await lastUndo(batch)).code).toBe('range_overlap');
});

test('a release is not taken back for a person who was removed since', async () => {
  const subnet_id = (await t.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '办公', purpose: 'office' })).id;
  const person_id = await person('王芳');
  const bound = await t.call.ipam.bind({ ip: '10.20.30.1', mac: '3C-52-82-1A-00-01', person_id, subnet_id });
  t.clock.set(60_000);
  await t.call.ipam.release({ id: bound.id, reason: '调走' });
  const batch = await lastBatch();
  t.clock.set(60_000);
  await t.call.people.remove({ id: person_id });
  expect((await lastUndo(batch)).code).toBe('person_not_registered');
});

test('a place does not go back under one that lies in it now', async () => {
  const { id: north } = await t.call.locations.create({ kind: 'building', name: '北楼' });
  const { id: south } = await t.call.locations.create({ kind: 'building', name: '南楼', parent_id: north });
  t.clock.set(60_000);
  await t.call.locations.update({ id: south, changes: { parent_id: null } });
  const batch = await lastBatch();
  t.clock.set(60_000);
  await t.call.locations.update({ id: north, changes: { parent_id: south } });
  expect((await lastUndo(batch)).code).toBe('location_loop');
});

test('a step of a ticket is not undone: its work log would say otherwise', async () => {
  const { id } = await t.call.tickets.open({ reporter: '张三', symptom: '网络不通' });
  t.clock.set(60_000);
  await t.call.tickets.advance({ id, step: 'work' });
  expect((await lastUndo(await lastBatch())).code).toBe('undo_not_possible');
  expect((await t.call.tickets.get({ id })).ticket.state).toBe('working');
});
