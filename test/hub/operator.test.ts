/** The store's operator at a laptop: what a centre admin may see and do, and nobody else. */
import { refusalOf, type TestEngine } from '../support/engine.ts';
import {
  hasPostgres,
  laptopOf,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../support/hub.ts';
import { testEngine } from '../support/engine.ts';
import { describeIf } from '../support/skip.ts';

describeIf(hasPostgres, noPostgres)('the operator', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let admin: TestEngine;
  let building: string;
  beforeAll(async () => {
    cluster = await startCluster();
    hub = await cluster.hub();
    admin = await laptopOf(hub, 'L01', '主任');
    building = (await admin.call.locations.create({ kind: 'building', name: '教学楼' })).id;
    await syncNow(admin);
  }, 60_000);
  afterAll(async () => {
    admin.close();
    await cluster.stop();
  }, 60_000);

  const join = async (machine: string, technician: string, grant: Parameters<typeof admin.call.operator.code>[0]) => {
    const { code, address } = await admin.call.operator.code(grant);
    const laptop = await testEngine({ machine, technician });
    await laptop.call.sync.enrol({ address, code });
    return laptop;
  };

  test('gives codes with role and areas, and changes them later', async () => {
    const laptop = await join('L02', '李四', { role: 'lead', areas: [building] });
    await syncNow(laptop);
    expect(await laptop.call.sync.status({})).toMatchObject({ role: 'lead' });
    expect(await admin.call.operator.grant({ machine: 'L02', role: 'technician', areas: null })).toEqual({
      done: true,
    });
    await syncNow(laptop);
    expect(await laptop.call.sync.status({})).toMatchObject({ role: 'technician' });
    const { devices } = await admin.call.operator.devices();
    expect(devices).toMatchObject([
      { machine: 'L01', role: 'admin', areas: null },
      { machine: 'L02', technician: '李四', role: 'technician', areas: null },
    ]);
    const { events } = await admin.call.operator.events({});
    expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['code', 'enrol', 'role']));
    expect(events.find(({ kind }) => kind === 'role')?.address).toBe('主任@L01');
    laptop.close();
  });

  test('nobody else gets in: technicians, leads, auditors, and admins of one area', async () => {
    for (const [index, grant] of [
      { role: 'technician', areas: null },
      { role: 'lead', areas: null },
      { role: 'auditor', areas: null },
      { role: 'admin', areas: [building] },
    ].entries()) {
      const laptop = await join(`L1${index}`, '某人', grant as Parameters<typeof admin.call.operator.code>[0]);
      for (const call of [
        () => laptop.call.operator.store(),
        () => laptop.call.operator.devices(),
        () => laptop.call.operator.code({ role: 'admin', areas: null }),
        () => laptop.call.operator.grant({ machine: `L1${index}`, role: 'admin', areas: null }),
        () => laptop.call.operator.revoke({ machine: 'L01' }),
        () => laptop.call.operator.quarantine({}),
        () => laptop.call.operator.decide({ which: { number: 1 }, decision: 'accept' }),
        () => laptop.call.operator.events({}),
      ])
        expect(await refusalOf(call())).toMatchObject({ code: 'operator_only' });
      laptop.close();
    }
  }, 30_000);

  test('ends an access, reviews what was still on that laptop, and takes it over', async () => {
    const known = await admin.call.assets.create({
      name: '台式机',
      category: 'desktop',
      status: 'in_use',
      tag: 'ZC-001',
    });
    const room = await admin.call.locations.create({ kind: 'room', name: '财务室' });
    await syncNow(admin);
    const laptop = await join('L03', '王五', { role: 'technician', areas: null });
    await syncNow(laptop);
    await laptop.call.assets.update({ id: known.id, changes: { location_id: room.id } });
    await laptop.call.assets.create({ name: '遗失的电脑登记', category: 'desktop', status: 'in_use' });
    expect(await admin.call.operator.revoke({ machine: 'L03' })).toEqual({ done: true });
    expect(await admin.call.operator.revoke({ machine: 'L03' })).toEqual({ done: false });
    expect(await refusalOf(syncNow(laptop))).toMatchObject({ code: 'device_revoked' });
    expect((await admin.call.operator.store()).quarantine).toBe(2);
    const { items, names } = await admin.call.operator.quarantine({});
    const waits = { machine: 'L03', reason: 'revoked', actor: '王五@L03', state: 'waiting' };
    expect(items).toMatchObject([waits, waits]);
    expect(items.flatMap(({ bodies }) => bodies).join('\n')).toContain('遗失的电脑登记');
    // Which of the school's things a change is about, and where it would put it.
    expect(names).toEqual({ [known.id]: 'ZC-001 · 台式机', [room.id]: '财务室' });
    const decided = await admin.call.operator.decide({ which: { machine: 'L03' }, decision: 'accept' });
    expect(decided).toEqual({ decided: 2, settled: 2 });
    await syncNow(admin);
    expect((await admin.call.assets.list({})).rows.map(({ name }) => name)).toContain('遗失的电脑登记');
    expect((await admin.call.operator.store()).quarantine).toBe(0);
    laptop.close();
  });

  test('never the last access of a centre admin: not by taking it away, not by another role', async () => {
    for (const call of [
      () => admin.call.operator.revoke({ machine: 'L01' }),
      () => admin.call.operator.grant({ machine: 'L01', role: 'technician', areas: null }),
      () => admin.call.operator.grant({ machine: 'L01', role: 'admin', areas: [building] }),
    ])
      expect(await refusalOf(call())).toMatchObject({ code: 'last_admin' });
    expect(await admin.call.operator.store()).toMatchObject({ conflicts: 0 });
    const second = await join('L30', '副主任', { role: 'admin', areas: null });
    expect(await second.call.operator.grant({ machine: 'L01', role: 'lead', areas: null })).toEqual({ done: true });
    expect(await refusalOf(admin.call.operator.store())).toMatchObject({ code: 'operator_only' });
    expect(await second.call.operator.grant({ machine: 'L01', role: 'admin', areas: null })).toEqual({ done: true });
    expect(await admin.call.operator.revoke({ machine: 'L30' })).toEqual({ done: true });
    second.close();
  });

  test('tells how the store stands', async () => {
    const report = await admin.call.operator.store();
    expect(report).toMatchObject({ conflicts: 0, overdue: 0, backup_at: null, restored: null });
    expect(report.bytes).toBeGreaterThan(1_000_000);
    expect(report.laptops).toBeGreaterThanOrEqual(2);
  });

  test('a notebook without a store says so', async () => {
    const alone = await testEngine();
    expect(await refusalOf(alone.call.operator.store())).toMatchObject({ code: 'not_enrolled' });
    alone.close();
  });
});
