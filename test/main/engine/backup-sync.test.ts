import { refusalOf, type TestEngine } from '../../support/engine.ts';
import {
  hasPostgres,
  laptopOf,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../../support/hub.ts';
import { describeIf } from '../../support/skip.ts';

const pc = { name: '台式机', category: 'desktop', status: 'in_use' } as const;

describeIf(hasPostgres, noPostgres)('a restored notebook and its central store', () => {
  jest.setTimeout(60_000);
  let cluster: Cluster;
  let hub: TestHub;
  let a: TestEngine;
  let b: TestEngine;
  beforeAll(async () => {
    cluster = await startCluster();
    hub = await cluster.hub();
    a = await laptopOf(hub, 'L03', '李明');
    b = await laptopOf(hub, 'L04', '张伟');
  });
  afterAll(async () => {
    a.close();
    b.close();
    await cluster.stop();
  });
  const tags = async (laptop: TestEngine): Promise<(string | null)[]> =>
    (await laptop.call.assets.list({ sort: [{ field: 'tag', dir: 'asc' }] })).rows.map(({ tag }) => tag);

  test('what was synced after the backup comes back, what waited in it is sent once, and both notebooks end equal', async () => {
    await a.call.assets.create({ ...pc, tag: 'A-1' });
    await syncNow(a);
    await a.call.assets.create({ ...pc, tag: 'A-2' });
    const backup = await a.call.system.backup();
    await a.call.assets.create({ ...pc, tag: 'A-3' });
    await syncNow(a);
    await syncNow(b);
    await b.call.assets.create({ ...pc, tag: 'B-1' });
    await syncNow(b);
    await a.call.assets.create({ ...pc, tag: 'A-4 never synced' });
    expect((await a.call.system.inspectBackup({ name: backup.name })).loss).toMatchObject({ commits: 2, unsent: 1 });
    await a.call.system.restore({ name: backup.name });
    expect(await tags(a)).toEqual(['A-1', 'A-2']);
    await a.call.assets.create({ ...pc, tag: 'A-5' });
    await syncNow(a);
    await syncNow(a);
    await syncNow(b);
    expect(await tags(a)).toEqual(['A-1', 'A-2', 'A-3', 'A-5', 'B-1']);
    expect(await tags(b)).toEqual(await tags(a));
    expect((await a.call.sync.status({})).unsynced).toBe(0);
    expect(await a.call.audit.verify()).toMatchObject({ ok: true });
  });

  test('a backup of another notebook does not bring that one’s place at the store along', async () => {
    const backup = await b.call.system.backup();
    const parts: string[] = [];
    for await (const { data } of await b.call.system.backupFile({ name: backup.name })) parts.push(data);
    const other = await laptopOf(await cluster.hub(), 'L09', '王工');
    const { staged } = await other.call.system.stageBackup({ data: parts.join('') });
    await other.call.system.restore({ staged });
    expect(await other.call.system.state()).toMatchObject({ setup: { machine: 'L09', technician: '王工' } });
    expect((await refusalOf(syncNow(other))).code).toBe('not_enrolled');
    other.close();
  });
});
