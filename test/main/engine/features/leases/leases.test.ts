/** Two laptops that leave with addresses and tags of their own never give out the same, and say whose is whose (sync.md 2.7). */
import { leases } from '../../../../../shared/features/leases.ts';
import { refusalOf, type TestEngine } from '../../../../support/engine.ts';
import {
  hasPostgres,
  laptopOf,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../../../../support/hub.ts';
import { describeIf } from '../../../../support/skip.ts';

const NOW = '2026-09-29T08:00+08:00';

describeIf(hasPostgres, noPostgres)('slices of numbers', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let a: TestEngine;
  let b: TestEngine;
  let subnet: string;
  let person: string;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);
  beforeEach(async () => {
    hub = await cluster.hub({ now: () => Date.parse(NOW) });
    a = await laptopOf(hub, 'L01', '张三', { now: NOW });
    b = await laptopOf(hub, 'L02', '李四', { now: NOW });
    subnet = (await a.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '办公', purpose: 'office' })).id;
    person = (await a.call.people.create({ name: '王芳', identity: 'staff', letter: 'signed', status: 'active' })).id;
    await syncNow(a);
    await syncNow(b);
  });
  afterEach(async () => {
    a.close();
    b.close();
    await hub.close();
  });

  const bind = (laptop: TestEngine, mac: string, ip?: string) =>
    laptop.call.ipam.bind({ subnet_id: subnet, person_id: person, mac, ...(ip ? { ip } : {}) });
  const slicesOf = (laptop: TestEngine) => laptop.call.leases.ofSubnet({ subnet_id: subnet });

  test('asked for at the same time they do not overlap: the store moves the second', async () => {
    await a.call.leases.take({ subnet_id: subnet, count: 10 });
    await b.call.leases.take({ subnet_id: subnet, count: 10 });
    expect(await slicesOf(a)).toMatchObject([{ first: '10.20.30.1', last: '10.20.30.10', confirmed: false }]);
    await syncNow(a);
    await syncNow(b);
    await syncNow(a);
    for (const laptop of [a, b])
      expect(await slicesOf(laptop)).toMatchObject([
        { first: '10.20.30.1', last: '10.20.30.10', machine: 'L01', confirmed: true, free: 10 },
        { first: '10.20.30.11', last: '10.20.30.20', machine: 'L02', confirmed: true, free: 10 },
      ]);
    // Each goes on in order within its own, and both get through.
    expect(await bind(a, '02:00:00:00:00:01')).toMatchObject({ ip: '10.20.30.1' });
    expect(await bind(b, '02:00:00:00:00:02')).toMatchObject({ ip: '10.20.30.11' });
    expect((await bind(b, '02:00:00:00:00:03')).ip).toBe('10.20.30.12');
    expect(await syncNow(a)).toMatchObject({ held: 0 });
    expect(await syncNow(b)).toMatchObject({ held: 0 });
  });

  test('what is set apart for a department within a slice that is out goes to that department only', async () => {
    await a.call.leases.take({ subnet_id: subnet, count: 5 });
    await syncNow(a);
    const range = { subnet_id: subnet, kind: 'allocate' } as const;
    await a.call.ipam.createRange({ ...range, first_ip: '10.20.30.1', last_ip: '10.20.30.2', department: '财务科' });
    await a.call.ipam.createRange({ ...range, first_ip: '10.20.30.3', last_ip: '10.20.30.99' });
    expect((await bind(a, '02:00:00:00:00:01')).ip).toBe('10.20.30.3');
    await a.call.people.update({ id: person, changes: { department: '财务科' } });
    expect((await bind(a, '02:00:00:00:00:02')).ip).toBe('10.20.30.1');
  });

  test('an address of another laptop is refused with whose it is, shown on the map, and free again when given back', async () => {
    await a.call.leases.take({ subnet_id: subnet, count: 5 });
    await syncNow(a);
    await syncNow(b);
    expect(await refusalOf(bind(b, '02:00:00:00:00:01', '10.20.30.3'))).toMatchObject({
      code: 'ip_leased',
      params: { holder: '张三', machine: 'L01', until: '2026-10-13' },
    });
    expect((await b.call.ipam.next({ subnet_id: subnet })).ip).toBe('10.20.30.6');
    expect((await b.call.ipam.map({ subnet_id: subnet })).counts).toMatchObject({ leased: 5, free: 249 });
    expect((await a.call.ipam.map({ subnet_id: subnet })).counts).toMatchObject({ leased: 0, free: 254 });
    const [slice] = await slicesOf(a);
    await a.call.leases.giveBack({ id: slice?.id ?? '' });
    await syncNow(a);
    await syncNow(b);
    expect((await bind(b, '02:00:00:00:00:01', '10.20.30.1')).ip).toBe('10.20.30.1');
    expect(await slicesOf(b)).toEqual([]);
  });

  test('what was given out inside it before anybody knew is held, with the slice as the reason', async () => {
    await a.call.leases.take({ subnet_id: subnet, count: 5 });
    await syncNow(a);
    await bind(b, '02:00:00:00:00:01', '10.20.30.1');
    expect(await syncNow(b)).toMatchObject({ held: 1 });
    const { cards } = await b.call.sync.conflicts({});
    expect(cards).toMatchObject([{ kind: 'unique', rule: 'leased', table: 'bindings' }]);
    expect(await bind(a, '02:00:00:00:00:02')).toMatchObject({ ip: '10.20.30.1' });
    expect(await syncNow(a)).toMatchObject({ held: 0 });
  });

  test('it ends by itself, by the clock of the store', async () => {
    a.clock.set(Date.parse('2010-01-01T00:00+08:00'));
    await a.call.leases.take({ subnet_id: subnet, count: 5, days: 3 });
    await syncNow(a);
    await syncNow(b);
    const [row] = b.engine.db.all<{ expires_at: number }>(`SELECT expires_at FROM ${leases.table}`);
    expect(new Date(row?.expires_at ?? 0).toISOString()).toBe('2026-10-02T00:00:00.000Z');
    b.clock.set(Date.parse('2026-10-03T00:00+08:00'));
    expect(await slicesOf(b)).toEqual([]);
    expect((await bind(b, '02:00:00:00:00:01')).ip).toBe('10.20.30.1');
  });

  test('a subnet that insists on order gives out nothing away from the store but what was taken along', async () => {
    await a.call.ipam.updateSubnet({ id: subnet, changes: { strict_order: true } });
    await a.call.leases.take({ subnet_id: subnet, count: 2 });
    await syncNow(a);
    await syncNow(b);
    await hub.stopServer();
    await refusalOf(syncNow(a));
    await refusalOf(syncNow(b));
    expect(await refusalOf(bind(b, '02:00:00:00:00:01'))).toMatchObject({ code: 'strict_away' });
    expect((await bind(a, '02:00:00:00:00:01')).ip).toBe('10.20.30.1');
    expect(await refusalOf(bind(a, '02:00:00:00:00:02', '10.20.30.9'))).toMatchObject({ code: 'strict_away' });
  });

  test('a second slice of the same subnet, and any without a store, are refused', async () => {
    await a.call.leases.take({ subnet_id: subnet, count: 2 });
    expect(await refusalOf(a.call.leases.take({ subnet_id: subnet }))).toMatchObject({ code: 'lease_out' });
  });

  test('tags come from a block of each laptop', async () => {
    await a.call.assets.create({ name: '机', category: 'desktop', status: 'in_use', tag: 'XX-2026-0007' });
    await syncNow(a);
    await syncNow(b);
    expect(await a.call.leases.nextTag({})).toEqual({ tag: 'XX-2026-0008' });
    expect(await b.call.leases.nextTag({})).toEqual({ tag: 'XX-2026-0008' });
    for (const laptop of [a, b, a, b]) await syncNow(laptop);
    expect(await a.call.leases.nextTag({})).toEqual({ tag: 'XX-2026-0008' });
    expect(await b.call.leases.nextTag({})).toEqual({ tag: 'XX-2026-0208' });
    for (const [laptop, tag] of [
      [a, 'XX-2026-0008'],
      [b, 'XX-2026-0208'],
    ] as const)
      await laptop.call.assets.create({ name: '机', category: 'desktop', status: 'in_use', tag });
    expect(await b.call.leases.nextTag({})).toEqual({ tag: 'XX-2026-0209' });
    expect(await syncNow(a)).toMatchObject({ held: 0 });
    expect(await syncNow(b)).toMatchObject({ held: 0 });
  });
});
