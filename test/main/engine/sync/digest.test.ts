/** A row that differs from the store's without anybody having changed it (a bug, a damaged file) is found, mended once, and then told. */
import { assets } from '../../../../shared/features/assets.ts';
import type { TestEngine } from '../../../support/engine.ts';
import {
  hasPostgres,
  laptopOf,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../../../support/hub.ts';
import { describeIf } from '../../../support/skip.ts';

const NOW = '2026-09-29T08:00+08:00';

describeIf(hasPostgres, noPostgres)('comparison of rows', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let laptop: TestEngine;
  let room: string;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);
  beforeEach(async () => {
    hub = await cluster.hub({ now: () => Date.parse(NOW) });
    laptop = await laptopOf(hub, 'L01', '张三', { now: NOW });
    room = (await laptop.call.locations.create({ kind: 'room', name: '机房' })).id;
    for (let n = 0; n < 20; n += 1)
      await laptop.call.assets.create({ name: `机${n}`, category: 'desktop', status: 'in_use', location_id: room });
    await syncNow(laptop);
  });
  afterEach(async () => {
    laptop.close();
    await hub.close();
  });

  const verify = () => laptop.call.sync.verify();
  /** Behind the door's back. */
  const damage = (sql: string): unknown => laptop.engine.db.prepare(sql).run();
  const name = (): string | undefined =>
    laptop.engine.db.value<string>('SELECT name FROM locations WHERE id = ?', room);

  test('is equal after every kind of value, also while own changes are on their way', async () => {
    await laptop.call.people.create({ name: '王芳', identity: 'staff', letter: 'signed', status: 'active' });
    await laptop.call.ipam.createSubnet({
      cidr: '10.20.30.0/24',
      name: '办公',
      purpose: 'office',
      gateway: '10.20.30.1',
    });
    const { rows } = await laptop.call.assets.list({});
    await laptop.call.assets.update({
      id: rows[0]?.id ?? '',
      changes: {
        mac: '02:00:00:00:00:01',
        ip: '10.20.30.9',
        price: 123_400,
        purchased_on: '2024-02-29',
        remark: '一\n二',
      },
    });
    await laptop.call.assets.remove({ id: rows[1]?.id ?? '', reason: '报废' });
    await syncNow(laptop);
    expect(await verify()).toEqual({ outcome: 'equal', rows: 0 });
    await laptop.call.assets.update({ id: rows[0]?.id ?? '', changes: { brand: '联想' } });
    await laptop.call.locations.create({ kind: 'room', name: '新' });
    expect(await verify()).toEqual({ outcome: 'equal', rows: 0 });
  });

  test('a changed, a lost and a surplus row are fetched anew, and own changes stay over them', async () => {
    const { rows } = await laptop.call.assets.list({});
    const [first, second] = rows;
    await laptop.call.assets.update({ id: second?.id ?? '', changes: { brand: '联想' } });
    damage("UPDATE locations SET name = '坏' WHERE name = '机房'");
    damage(`DELETE FROM assets WHERE id = '${first?.id}'`);
    damage(
      `INSERT INTO people (id, name, identity, letter, status, rv) VALUES ('01990000-0000-7000-8000-000000000001', '鬼', 'staff', 'signed', 'active', 1)`,
    );
    const { outcome, rows: mended } = await verify();
    expect(outcome).toBe('repaired');
    expect(mended).toBeGreaterThanOrEqual(3);
    expect(name()).toBe('机房');
    expect((await laptop.call.assets.get({ id: first?.id ?? '' })).asset.name).toBe(first?.name);
    expect((await laptop.call.assets.get({ id: second?.id ?? '' })).asset.brand).toBe('联想');
    expect((await laptop.call.people.list({})).total).toBe(0);
    expect(await verify()).toEqual({ outcome: 'equal', rows: 0 });
    expect((await laptop.call.sync.log({})).map(({ code }) => code)).toContain('repaired');
  });

  test('what differs again within a week is told, and not repaired without end', async () => {
    damage("UPDATE locations SET name = '坏' WHERE name = '机房'");
    expect((await verify()).outcome).toBe('repaired');
    damage("UPDATE locations SET name = '坏' WHERE name = '机房'");
    expect(await verify()).toEqual({ outcome: 'diverged', rows: 0 });
    expect(await verify()).toEqual({ outcome: 'diverged', rows: 0 });
    expect(name()).toBe('坏');
    expect(await laptop.call.sync.verified()).toEqual({ at: Date.parse(NOW), diverged: 1 });
    laptop.clock.set(Date.parse('2026-10-07T08:00+08:00'));
    expect((await verify()).outcome).toBe('repaired');
    expect(name()).toBe('机房');
  });

  test('holds for thousands of rows too', async () => {
    laptop.engine.command('transfer.commit', (tx) => {
      for (let n = 0; n < 3000; n += 1)
        tx.insert(assets, { name: `机${n}`, category: 'desktop', status: 'in_use', remark: `第${n}台`.repeat(8) });
    });
    await syncNow(laptop);
    expect(await verify()).toEqual({ outcome: 'equal', rows: 0 });
    damage("UPDATE assets SET remark = '坏' WHERE name LIKE '机%7'");
    expect((await verify()).outcome).toBe('repaired');
    expect(await verify()).toEqual({ outcome: 'equal', rows: 0 });
    expect(laptop.engine.db.value("SELECT count(*) FROM assets WHERE remark = '坏'")).toBe(0);
  });

  test('says nothing while the store has moved on', async () => {
    const other = await laptopOf(hub, 'L02', '李四', { now: NOW });
    await other.call.locations.create({ kind: 'room', name: '新' });
    await syncNow(other);
    other.close();
    expect(await verify()).toEqual({ outcome: 'busy', rows: 0 });
    await syncNow(laptop);
    expect((await verify()).outcome).toBe('equal');
  });
});
