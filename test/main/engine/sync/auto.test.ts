/** Two laptops that nobody tells to sync, a store that comes and goes, and how often they ask. */
import type { Ports } from '../../../../main/engine/engine.ts';
import { nodePorts } from '../../../../main/engine/engine.ts';
import { withClient } from '../../../../hub/db.ts';
import { revokeDevice } from '../../../../hub/devices.ts';
import { autoSync } from '../../../../main/engine/sync/auto.ts';
import type { TestEngine } from '../../../support/engine.ts';
import { hasPostgres, laptopOf, noPostgres, startCluster, type Cluster, type TestHub } from '../../../support/hub.ts';
import { describeIf } from '../../../support/skip.ts';

jest.setTimeout(60_000);
const pc = { name: '台式机', category: 'desktop', status: 'in_use' } as const;
const PACE = { quietMs: 100, firstMs: 100, longestMs: 800 };

describeIf(hasPostgres, noPostgres)('laptops that sync by themselves', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let a: TestEngine;
  let b: TestEngine;
  let asked: string[] = [];
  const counted: Ports['fetch'] = (url, init) => {
    asked.push(new URL(url).pathname);
    return nodePorts.fetch(url, init);
  };
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster.stop());
  beforeEach(async () => {
    hub = await cluster.hub();
    a = await laptopOf(hub, 'L03', '李明', { ports: { fetch: counted } });
    b = await laptopOf(hub, 'L04', '张伟');
    for (const { engine } of [a, b]) autoSync(engine, PACE);
    asked = [];
  });
  afterEach(async () => {
    a.close();
    b.close();
    await hub.close();
  });

  const tags = async ({ call }: TestEngine): Promise<(string | null)[]> =>
    (await call.assets.list({})).rows.map(({ tag }) => tag).toSorted();
  const eventually = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    for (let tries = 0; tries < 400; tries += 1) {
      if (await holds()) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error('it did not come about within 20 s');
  };
  const has = (laptop: TestEngine, ...wanted: string[]): Promise<void> =>
    eventually(async () => (await tags(laptop)).join() === wanted.join());

  test('what one writes stands at the other, and nothing is asked while nothing happens', async () => {
    await a.call.assets.create({ ...pc, tag: 'A-1' });
    await has(b, 'A-1');
    await b.call.assets.create({ ...pc, tag: 'B-1' });
    await has(a, 'A-1', 'B-1');
    await eventually(async () => (await a.call.sync.status({})).unsynced === 0);
    await eventually(() => asked.at(-1) === '/v1/news');
    asked = [];
    await new Promise((done) => setTimeout(done, 1500));
    expect(asked).toEqual([]);
  });

  test('several edits in a row go in one round', async () => {
    await eventually(() => asked.at(-1) === '/v1/news');
    asked = [];
    for (const tag of ['A-1', 'A-2', 'A-3']) await a.call.assets.create({ ...pc, tag });
    await has(b, 'A-1', 'A-2', 'A-3');
    expect(asked.filter((path) => path === '/v1/sync')).toHaveLength(1);
  });

  test('a store that was away is found again, asked less and less meanwhile; the failure is told once', async () => {
    await has(b);
    await hub.stopServer();
    await a.call.assets.create({ ...pc, tag: 'A-1' });
    await eventually(async () => (await a.call.sync.status({})).last_error === 'hub_unreachable');
    asked = [];
    await new Promise((done) => setTimeout(done, 3000));
    // Without patience there would be 30 of them.
    expect(asked.length).toBeLessThan(15);
    await hub.restart();
    await has(b, 'A-1');
    const { last_error } = await a.call.sync.status({});
    expect(last_error).toBeNull();
    expect((await a.call.sync.log({})).filter(({ code }) => code === 'failed')).toHaveLength(1);
  });

  test('a laptop that the store no longer knows, or whose store is another, does not ask without pause', async () => {
    await eventually(() => asked.at(-1) === '/v1/news');
    await withClient(hub.pool, (client) => revokeDevice(client, 'L03', Date.now()));
    await a.call.assets.create({ ...pc, tag: 'A-1' });
    await eventually(async () => (await a.call.sync.status({})).last_error === 'device_revoked');
    asked = [];
    await new Promise((done) => setTimeout(done, 1500));
    // The window asks too: that the store answers does not mean that it serves.
    await a.call.sync.status({ probe: true });
    await new Promise((done) => setTimeout(done, 1500));
    expect(asked.filter((path) => path === '/v1/sync').length).toBeLessThan(10);
  });

  test('a store that asks for patience is left alone for that long, whoever speaks for it', async () => {
    await eventually(() => asked.at(-1) === '/v1/news');
    const busy = (): Promise<Response> =>
      Promise.resolve(
        new Response('<html>busy</html>', {
          status: 503,
          headers: { 'content-type': 'text/html', 'retry-after': '2' },
        }),
      );
    const { fetch } = a.engine.ports;
    let sent = 0;
    const at: number[] = [];
    (a.engine.ports as { fetch: Ports['fetch'] }).fetch = (url, init) => {
      if (!url.includes('/v1/sync')) return fetch(url, init);
      at.push(performance.now());
      sent += 1;
      return sent === 1 ? busy() : fetch(url, init);
    };
    await a.call.assets.create({ ...pc, tag: 'A-1' });
    await eventually(async () => (await a.call.sync.status({})).last_error === 'hub_busy');
    // Neither more work nor the news that the store is there is a reason to ask before.
    await a.call.assets.create({ ...pc, tag: 'A-2' });
    await a.call.sync.status({ probe: true });
    await has(b, 'A-1', 'A-2');
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(1990);
  });

  test('a disk that is full for a while does not end it', async () => {
    await a.call.assets.create({ ...pc, tag: 'A-1' });
    await has(b, 'A-1');
    const { raw } = a.engine.db;
    raw.pragma(`max_page_count=${Number(raw.pragma('page_count', { simple: true }))}`);
    for (let i = 0; i < 200; i += 1) await b.call.assets.create({ ...pc, tag: `B-${i}`, remark: 'x'.repeat(1900) });
    await eventually(async () => (await b.call.sync.status({})).unsynced === 0);
    await new Promise((done) => setTimeout(done, 2000));
    expect((await a.call.assets.list({})).total).toBeLessThan(201);
    raw.pragma('max_page_count=1000000');
    await eventually(async () => (await a.call.assets.list({})).total === 201);
    await eventually(async () => (await a.call.sync.status({})).last_error === null);
  });

  test('switched off, it waits for the button', async () => {
    await eventually(() => asked.at(-1) === '/v1/news');
    await a.call.sync.setAuto({ on: false });
    await a.call.assets.create({ ...pc, tag: 'A-1' });
    await new Promise((done) => setTimeout(done, 800));
    expect((await a.call.sync.status({})).unsynced).toBe(1);
    await a.call.sync.setAuto({ on: true });
    await has(b, 'A-1');
  });
});
