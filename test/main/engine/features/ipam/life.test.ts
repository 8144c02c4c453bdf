import { refusalOf, testEngine, type TestEngine } from '../../../../support/engine.ts';
import { macOf, office, type Office } from '../../../../support/office.ts';

let t: TestEngine;
let s: Office;
let wang: string;
let li: string;
beforeEach(async () => {
  t = await testEngine();
  s = await office(t);
  wang = await s.person('王芳');
  li = await s.person('李强', { department: '数学组' });
});
afterEach(() => t.close());

type Opening = Parameters<TestEngine['call']['ipam']['bind']>[0];
const bind = (more: Partial<Opening> = {}) =>
  t.call.ipam.bind({ subnet_id: s.subnet, mac: macOf(1), person_id: wang, ...more });
const ip = (last: number): string => `10.20.30.${last}`;

test('only legal moves between states, each with its reason', async () => {
  const { id } = await bind();
  const no = async (call: Promise<unknown>) => expect((await refusalOf(call)).code).toBe('wrong_move');
  await no(t.call.ipam.resume({ id, reason: 'x' }));
  await no(t.call.ipam.activate({ id }));
  expect((await refusalOf(t.call.ipam.suspend({ id, reason: ' ' }))).params).toEqual({
    field: 'bindings.reason',
    problem: 'required',
  });
  expect(await t.call.ipam.suspend({ id, reason: '违规' })).toMatchObject({ state: 'suspended', reason: '违规' });
  await no(t.call.ipam.suspend({ id, reason: 'x' }));
  await t.call.people.update({ id: wang, changes: { status: 'left' } });
  expect((await refusalOf(t.call.ipam.resume({ id, reason: '处理完毕' }))).code).toBe('person_left');
  await t.call.people.update({ id: wang, changes: { status: 'active' } });
  expect((await t.call.ipam.resume({ id, reason: '处理完毕' })).state).toBe('active');
  expect((await t.call.ipam.release({ id, reason: '停网' })).state).toBe('released');
  await no(t.call.ipam.release({ id, reason: 'x' }));
  await no(t.call.ipam.update({ id, changes: { outlet: '1' } }));
  await no(t.call.ipam.move({ id, to: {}, reason: 'x' }));
});

describe('a released address', () => {
  test('cools down for others, with the last holder shown, and then is free and next again', async () => {
    const { id } = await bind();
    await t.call.ipam.release({ id, reason: '调走' });
    expect(await t.call.ipam.get({ id })).toMatchObject({ free_on: '2026-10-06' });
    expect((await t.call.ipam.next({ subnet_id: s.subnet })).ip).toBe(ip(3));
    t.clock.set('2026-10-05T23:59+08:00');
    expect(await refusalOf(bind({ ip: ip(2), person_id: li, mac: macOf(2), reason: '想要' }))).toEqual({
      code: 'ip_cooling',
      params: { ip: ip(2), holder: '王芳（语文组）', until: '2026-10-06' },
    });
    t.clock.set('2026-10-06T00:00+08:00');
    expect((await bind({ person_id: li, mac: macOf(2) })).ip).toBe(ip(2));
  });

  test('goes back to the same person during its cool-down, with a reason', async () => {
    const { id } = await bind();
    expect((await refusalOf(t.call.ipam.reissue({ id, reason: '误停' }))).code).toBe('not_released');
    await t.call.ipam.release({ id, reason: '欠费停网' });
    expect((await refusalOf(bind({ ip: ip(2) }))).code).toBe('cooling_needs_reason');
    const back = await t.call.ipam.reissue({ id, reason: '已缴费' });
    expect(back).toMatchObject({ ip: ip(2), mac: macOf(1), person_id: wang, state: 'active', reason: '已缴费' });
    expect(back.id).not.toBe(id);
    expect((await refusalOf(t.call.ipam.reissue({ id, reason: '再来' }))).code).toBe('mac_in_use');
  });

  test('rests as long as its subnet says', async () => {
    await t.call.ipam.updateSubnet({ id: s.subnet, changes: { cooldown_days: 0 } });
    const { id } = await bind();
    await t.call.ipam.release({ id, reason: '停' });
    expect((await bind({ person_id: li, mac: macOf(2) })).ip).toBe(ip(2));
  });

  test('does not rest when it was only reserved', async () => {
    const { id } = await bind({ state: 'reserved' });
    await t.call.ipam.release({ id, reason: '取消申请' });
    expect((await t.call.ipam.next({ subnet_id: s.subnet })).ip).toBe(ip(2));
  });
});

describe('re-addressing', () => {
  test('opens the new address and lets the old one cool down, in one commit that undo takes back', async () => {
    const before = await bind({ location_id: s.office, outlet: '2-05' });
    const after = await t.call.ipam.move({ id: before.id, to: { location_id: s.lab }, reason: '换办公室' });
    expect(after).toMatchObject({
      ip: ip(3),
      mac: macOf(1),
      person_id: wang,
      location_id: s.lab,
      outlet: '2-05',
      state: 'active',
    });
    expect((await t.call.ipam.get({ id: before.id })).binding).toMatchObject({ state: 'released', reason: '换办公室' });
    expect((await t.call.ipam.map({ subnet_id: s.subnet })).cells[2]).toMatchObject({
      state: 'cooling',
      person: '王芳',
    });
    await t.call.system.undo({ batch: after.batch });
    expect((await t.call.ipam.list({})).rows).toMatchObject([
      { id: before.id, state: 'active', ip: ip(2), released_at: null },
    ]);
  });

  test('keeps a suspension, and obeys the order', async () => {
    const before = await bind();
    await t.call.ipam.suspend({ id: before.id, reason: '违规' });
    expect((await refusalOf(t.call.ipam.move({ id: before.id, to: { ip: ip(2) }, reason: 'x' }))).code).toBe(
      'same_address',
    );
    expect(await t.call.ipam.move({ id: before.id, to: { ip: ip(9) }, reason: '冲突改址' })).toMatchObject({
      ip: ip(9),
      state: 'suspended',
      skipped: true,
    });
  });

  test('a refused move leaves the old binding as it was', async () => {
    const before = await bind();
    await bind({ mac: macOf(2), person_id: li });
    expect((await refusalOf(t.call.ipam.move({ id: before.id, to: { ip: ip(3) }, reason: '冲突改址' }))).code).toBe(
      'ip_in_use',
    );
    expect((await t.call.ipam.get({ id: before.id })).binding.state).toBe('active');
  });
});

test('another card or another person needs a reason; the rest is a plain correction', async () => {
  const { id } = await bind();
  expect((await t.call.ipam.update({ id, changes: { outlet: '3-01', hostname: '语文-王芳' } })).outlet).toBe('3-01');
  expect((await refusalOf(t.call.ipam.update({ id, changes: { mac: macOf(5) } }))).code).toBe('change_needs_reason');
  expect((await refusalOf(t.call.ipam.update({ id, changes: { person_id: li } }))).code).toBe('change_needs_reason');
  expect((await refusalOf(t.call.ipam.update({ id, changes: { mac: null }, reason: '拆了' }))).code).toBe('mac_needed');
  await bind({ mac: macOf(6), person_id: li });
  expect((await refusalOf(t.call.ipam.update({ id, changes: { mac: macOf(6) }, reason: '换网卡' }))).code).toBe(
    'mac_in_use',
  );
  expect(await t.call.ipam.update({ id, changes: { mac: macOf(5) }, reason: '换网卡' })).toMatchObject({
    mac: macOf(5),
    reason: '换网卡',
  });
});
