import type { Result } from '../../../../../shared/sync/frames.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../../support/engine.ts';
import { macOf, office, type Office } from '../../../../support/office.ts';

let t: TestEngine;
let s: Office;
beforeEach(async () => {
  t = await testEngine({ now: '2026-05-01T09:00+08:00' });
  s = await office(t);
});
afterEach(() => t.close());

const IP = '10.20.30.2';
const who = async (question: { ip?: string; mac?: string; day?: string; moment?: number }) => {
  const { answers, refs } = await t.call.ipam.at(question);
  return answers.map(({ person_id, ip }) => `${refs[person_id]} ${ip}`);
};
const bind = async (name: string, mac: number, more: object = {}) =>
  t.call.ipam.bind({ subnet_id: s.subnet, mac: macOf(mac), person_id: await s.person(name), ...more });

test('two holders of one name are told apart, there and in the list of bindings', async () => {
  const first = await bind('王芳', 1);
  const other = await t.call.people.create({
    name: '王芳',
    identity: 'staff',
    letter: 'signed',
    status: 'active',
    department: '总务处',
  });
  await t.call.ipam.release({ id: first.id, reason: '调走' });
  const second = await t.call.ipam.bind({ subnet_id: s.subnet, mac: macOf(2), person_id: other.id });
  expect(await who({ ip: IP })).toEqual([]);
  expect(await who({ mac: macOf(2) })).toEqual([`王芳（总务处） ${second.ip}`]);
  const { refs } = await t.call.ipam.list({});
  expect([refs[first.person_id], refs[other.id]]).toEqual(['王芳（语文组）', '王芳（总务处）']);
  await t.call.ipam.release({ id: second.id, reason: '离职' });
  await t.call.people.remove({ id: other.id });
  expect((await t.call.ipam.list({})).refs[first.person_id]).toBe('王芳');
});

test('who had an address on a day, through two holders and a gap', async () => {
  const first = await bind('王芳', 1);
  t.clock.set('2026-05-10T17:30+08:00');
  await t.call.ipam.release({ id: first.id, reason: '调走' });
  t.clock.set('2026-05-20T08:00+08:00');
  await bind('李强', 2);
  t.clock.set('2026-09-29T16:20+08:00');
  expect(await who({ ip: IP, day: '2026-04-30' })).toEqual([]);
  expect(await who({ ip: IP, day: '2026-05-03' })).toEqual(['王芳 10.20.30.2']);
  expect(await who({ ip: IP, day: '2026-05-10' })).toEqual(['王芳 10.20.30.2']);
  expect(await who({ ip: IP, moment: Date.parse('2026-05-10T17:30+08:00') })).toEqual([]);
  expect(await who({ ip: IP, day: '2026-05-11' })).toEqual([]);
  expect(await who({ ip: IP, day: '2026-05-20' })).toEqual(['李强 10.20.30.2']);
  expect(await who({ ip: IP })).toEqual(['李强 10.20.30.2']);
});

test('the answer carries its proof: the binding, the commits, who made them and why', async () => {
  const first = await bind('王芳', 1);
  t.clock.set('2026-05-10T17:30+08:00');
  await t.call.ipam.release({ id: first.id, reason: '调走' });
  const { answers } = await t.call.ipam.at({ ip: IP, day: '2026-05-03' });
  expect(answers).toMatchObject([
    {
      binding_id: first.id,
      mac: macOf(1),
      from: Date.parse('2026-05-01T09:00+08:00'),
      to: Date.parse('2026-05-10T17:30+08:00'),
      began_by: { command: 'ipam.bind', actor: '李明@L03', reason: null },
      ended_by: { command: 'ipam.release', actor: '李明@L03', reason: '调走' },
    },
  ]);
  const { rows } = await t.call.audit.list({});
  const numbers = rows.map(({ incarnation, number }) => `${incarnation.slice(0, 8)}-${number}`);
  expect(numbers).toContain(answers[0]?.began_by?.commit);
  expect(numbers).toContain(answers[0]?.ended_by?.commit);
});

test('a day on which the address changed hands names both', async () => {
  await t.call.ipam.updateSubnet({ id: s.subnet, changes: { cooldown_days: 0 } });
  const first = await bind('王芳', 1);
  t.clock.set('2026-05-10T10:00+08:00');
  await t.call.ipam.release({ id: first.id, reason: '换人' });
  t.clock.set('2026-05-10T11:00+08:00');
  await bind('李强', 2);
  expect(await who({ ip: IP, day: '2026-05-10' })).toEqual(['王芳 10.20.30.2', '李强 10.20.30.2']);
});

test('a binding whose person changed answers for each in their own time', async () => {
  const { id } = await bind('王芳', 1);
  t.clock.set('2026-06-01T12:00+08:00');
  await t.call.ipam.update({ id, changes: { person_id: await s.person('李强') }, reason: '转给同事' });
  t.clock.set('2026-07-01T12:00+08:00');
  expect(await who({ ip: IP, day: '2026-05-15' })).toEqual(['王芳 10.20.30.2']);
  expect(await who({ ip: IP, day: '2026-06-15' })).toEqual(['李强 10.20.30.2']);
  expect(await who({ mac: '3c52-8200-0001', day: '2026-05-15' })).toEqual(['王芳 10.20.30.2']);
});

test('a card that was replaced is found by its old MAC', async () => {
  const { id } = await bind('王芳', 1);
  t.clock.set('2026-06-01T12:00+08:00');
  await t.call.ipam.update({ id, changes: { mac: macOf(8) }, reason: '换网卡' });
  expect(await who({ mac: macOf(1), day: '2026-05-15' })).toEqual(['王芳 10.20.30.2']);
  expect(await who({ mac: macOf(1), day: '2026-06-15' })).toEqual([]);
  expect(await who({ mac: macOf(8), day: '2026-06-15' })).toEqual(['王芳 10.20.30.2']);
});

test('a re-addressed user is found at both addresses, and the old address forgets them after', async () => {
  const { id } = await bind('王芳', 1);
  t.clock.set('2026-06-01T12:00+08:00');
  await t.call.ipam.move({ id, to: { ip: '10.20.30.9' }, reason: '冲突改址' });
  expect(await who({ ip: IP, day: '2026-05-15' })).toEqual(['王芳 10.20.30.2']);
  expect(await who({ ip: IP, day: '2026-06-15' })).toEqual([]);
  expect(await who({ mac: macOf(1), day: '2026-06-15' })).toEqual(['王芳 10.20.30.9']);
  expect((await t.call.ipam.at({ mac: macOf(1) })).timeline.map(({ ip }) => ip)).toEqual(['10.20.30.9', IP]);
});

test('a row whose address was patched in place (a settled conflict) is still found at the old one', async () => {
  const { id } = await bind('王芳', 1);
  t.clock.set('2026-06-01T12:00+08:00');
  const { bindings } = await import('../../../../../shared/features/ipam.ts');
  t.engine.command('sync.resolve', (tx) => tx.patch(bindings, id, { ip: '10.20.30.77' }));
  expect(await who({ ip: IP, day: '2026-05-15' })).toEqual(['王芳 10.20.30.2']);
  expect(await who({ ip: '10.20.30.77', day: '2026-05-15' })).toEqual([]);
  expect(await who({ ip: '10.20.30.77', day: '2026-06-01' })).toEqual(['王芳 10.20.30.77']);
  const plan = t.engine.db.all<{ detail: string }>(
    `EXPLAIN QUERY PLAN SELECT row_id FROM _ops WHERE tbl = 'bindings' AND op = 'patch' AND body ->> '$.fields.ip.before' = ?`,
    IP,
  );
  expect(plan.map(({ detail }) => detail).join()).toContain('_ops_former_ip');
});

test('what was opened earlier than written down counts from the day it was opened', async () => {
  t.clock.set('2026-05-04T09:00+08:00');
  await bind('王芳', 1, { opened_on: '2026-04-27' });
  expect(await who({ ip: IP, day: '2026-04-27' })).toEqual(['王芳 10.20.30.2']);
  expect(await who({ ip: IP, day: '2026-04-26' })).toEqual([]);
});

test('suspension and reservation are told from use', async () => {
  const { id } = await bind('王芳', 1, { state: 'reserved' });
  t.clock.set('2026-05-03T09:00+08:00');
  await t.call.ipam.activate({ id });
  t.clock.set('2026-05-05T09:00+08:00');
  await t.call.ipam.suspend({ id, reason: '违规' });
  const { timeline } = await t.call.ipam.at({ ip: IP });
  expect(timeline.map(({ state, to }) => [state, to === null])).toEqual([
    ['suspended', true],
    ['active', false],
    ['reserved', false],
  ]);
});

test('an entry that was undone is shown as taken back and answers nothing', async () => {
  const { batch } = await bind('王芳', 1, { opened_on: '2026-04-27' });
  t.clock.set(10_000);
  await t.call.system.undo({ batch });
  expect(await who({ ip: IP, day: '2026-04-28' })).toEqual([]);
  expect((await t.call.ipam.at({ ip: IP })).timeline).toMatchObject([
    { voided: true, ended_by: { command: 'system.undo' } },
  ]);
});

test('a release that was undone leaves the holder in place, but for the seconds between', async () => {
  const { id } = await bind('王芳', 1);
  t.clock.set('2026-05-10T10:00+08:00');
  const { batch } = await t.call.ipam.release({ id, reason: '点错了' });
  t.clock.set(5_000);
  await t.call.system.undo({ batch });
  t.clock.set('2026-06-01T10:00+08:00');
  expect(await who({ ip: IP })).toEqual(['王芳 10.20.30.2']);
});

test('a row without its log answers by its own columns', async () => {
  const { id } = await bind('王芳', 1);
  t.clock.set('2026-05-10T10:00+08:00');
  await t.call.ipam.release({ id, reason: '停' });
  t.engine.db.raw.exec('DELETE FROM _ops');
  expect(await who({ ip: IP, day: '2026-05-03' })).toEqual(['王芳 10.20.30.2']);
  expect(await who({ ip: IP, day: '2026-05-11' })).toEqual([]);
});

test('what the central store held or refused never took effect', async () => {
  const { id } = await bind('王芳', 1);
  t.clock.set('2026-06-01T12:00+08:00');
  await t.call.ipam.update({ id, changes: { person_id: await s.person('李强') }, reason: '转给同事' });
  const held: Result = {
    incarnation: t.engine.incarnation,
    mut_no: 1,
    seq: 9,
    outcome: 'held',
    code: null,
    held: [{ op: 0, conflict: 'some', fields: ['person_id', 'reason'] }],
    stored: [],
  };
  t.engine.db.raw
    .prepare("UPDATE _commits SET state = 'held', seq = 9, result = ? WHERE command = 'ipam.update'")
    .run(JSON.stringify(held));
  t.engine.db.raw.prepare("UPDATE _commits SET state = 'applied', seq = ord WHERE command <> 'ipam.update'").run();
  expect(await who({ ip: IP, day: '2026-06-15' })).toEqual(['王芳 10.20.30.2']);
});

test('asks for an address or a card, one of them', async () => {
  expect((await refusalOf(t.call.ipam.at({ day: '2026-05-03' }))).code).toBe('invalid');
  expect((await refusalOf(t.call.ipam.at({ ip: IP, mac: macOf(1) }))).code).toBe('invalid');
  expect((await refusalOf(t.call.ipam.at({ ip: 'abc' }))).params).toEqual({ field: 'bindings.ip', problem: 'ip' });
  expect((await refusalOf(t.call.ipam.at({ mac: 'abc' }))).params).toEqual({ field: 'bindings.mac', problem: 'mac' });
});
