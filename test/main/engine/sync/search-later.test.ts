/** Records that come in bulk: lists have them at once, search finds them a little later, also after the notebook was closed in between. */
import { indexSlice, toIndexCount } from '../../../../main/engine/search-later.ts';
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

jest.setTimeout(60_000);
const N = 700;

describeIf(hasPostgres, noPostgres)('search after a large pull', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let a: TestEngine;
  let b: TestEngine;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster.stop());
  beforeEach(async () => {
    hub = await cluster.hub();
    a = await laptopOf(hub, 'L03', '李明');
    b = await laptopOf(hub, 'L04', '张伟');
    const { id: room } = await a.call.locations.create({ kind: 'room', name: '实训楼 301' });
    for (let i = 0; i < N; i += 1)
      await a.call.assets.create({
        name: `台式机${i}`,
        category: 'desktop',
        status: 'in_use',
        tag: `ZC-${1000 + i}`,
        location_id: room,
      });
    await syncNow(a);
  });
  afterEach(async () => {
    a.close();
    b.close();
    await hub.close();
  });
  const found = async (text: string): Promise<string[]> =>
    (await b.call.search.find({ text, tables: ['assets'], limit: 100 })).map(({ title }) => title);
  const behind = async (): Promise<number> => (await b.call.search.behind()).n;
  const caughtUp = async (): Promise<void> => {
    for (let tries = 0; tries < 400 && (await behind()) > 0; tries += 1)
      await new Promise((done) => setTimeout(done, 25));
    expect(await behind()).toBe(0);
  };

  test('lists are right at once, and search says how many it does not know yet, then finds all of them', async () => {
    await syncNow(b);
    expect((await b.call.assets.list({})).total).toBe(N);
    expect(await behind()).toBeGreaterThan(N / 2);
    const told: string[][] = [];
    b.engine.events.subscribe('changed', ({ tables }) => told.push(tables));
    await caughtUp();
    expect(told.flat()).toContain('search');
    for (const i of [0, 1, N / 2, N - 1]) expect(await found(`ZC-${1000 + i}`)).toHaveLength(1);
    expect((await b.call.assets.list({ text: '实训楼' })).total).toBe(N);
    const entries = (t: TestEngine): unknown => t.engine.db.value('SELECT count(*) FROM _search');
    expect(entries(b)).toBe(entries(a));
  });

  test('a notebook closed in the middle goes on where it stood', async () => {
    await syncNow(b);
    const before = await behind();
    indexSlice(b.engine.db, 1);
    const middle = await behind();
    expect(middle).toBeGreaterThan(0);
    expect(middle).toBeLessThan(before);
    b.reopen();
    expect(await behind()).toBe(middle);
    await caughtUp();
    expect((await b.call.assets.list({ text: '台式机' })).total).toBe(N);
    expect((await b.call.assets.list({ text: 'ZC-1' })).total).toBe(N);
  });

  test('what is edited or removed while it waits is found as it is now', async () => {
    await syncNow(b);
    const { rows } = await b.call.assets.list({ limit: 2 });
    const [edited, removed] = rows.map(({ id }) => id) as [string, string];
    await b.call.assets.update({ id: edited, changes: { name: '讲台电脑' } });
    const { tag } = (await b.call.assets.get({ id: removed })).asset;
    await b.call.assets.remove({ id: removed, reason: '报废' });
    expect(await found('讲台电脑')).toHaveLength(1);
    await caughtUp();
    expect(await found('讲台电脑')).toHaveLength(1);
    expect(await found(tag ?? '')).toEqual([]);
  });

  test('a small pull is found at once', async () => {
    await syncNow(b);
    await caughtUp();
    await a.call.assets.create({ name: '投影仪', category: 'projector', status: 'in_use', tag: 'ZC-9999' });
    await syncNow(a);
    await syncNow(b);
    expect(await behind()).toBe(0);
    expect(await found('ZC-9999')).toHaveLength(1);
  });

  test('no slice keeps the engine longer than a screen can bear', async () => {
    await syncNow(b);
    const times: number[] = [];
    for (let more = true; more;) {
      const start = performance.now();
      more = indexSlice(b.engine.db, 10);
      times.push(performance.now() - start);
    }
    expect(times.toSorted((x, y) => x - y)[Math.floor(times.length / 2)]).toBeLessThan(60);
    expect(toIndexCount(b.engine.db)).toBe(0);
  });
});
