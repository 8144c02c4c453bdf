/** Many laptops that come home at once ask for the same pages: PostgreSQL is read once for all of them, and each gets what it should. */
import { createHash } from 'node:crypto';
import { nodePorts, type Ports } from '../../main/engine/engine.ts';
import { keep, openPage, PageCache } from '../../hub/page-cache.ts';
import { WHOLE, type Cursor, type PageRow } from '../../shared/sync/frames.ts';
import { assets } from '../../shared/features/assets.ts';
import { records } from '../../shared/records.ts';
import type { TestEngine } from '../support/engine.ts';
import {
  hasPostgres,
  laptopOf,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(120_000);

const row = (rv: number): PageRow => ({
  table: 'assets',
  id: `id-${rv}`,
  rv,
  deleted_at: null,
  values: { name: 'x'.repeat(500) },
});
const at = (rv: number): Cursor => ({ rv, ord: WHOLE });
const pageOf = (from: number, to: number, atHead = false) =>
  keep({
    from: at(from),
    to: at(to),
    commits: [],
    rows: Array.from({ length: to - from }, (_, i) => row(from + i + 1)),
    atHead,
  });

describe('kept pages', () => {
  test('a full page is true for every head, one that ended at the head only for that one', async () => {
    const cache = new PageCache();
    let read = 0;
    const reading = (to: number, atHead: boolean) => () => {
      read += 1;
      return Promise.resolve(pageOf(to - 10, to, atHead));
    };
    await cache.page(at(0), 20, reading(10, false));
    await cache.page(at(0), 25, reading(10, false));
    expect(read).toBe(1);
    expect(openPage(await cache.page(at(10), 20, reading(20, true))).last).toBe(true);
    await cache.page(at(10), 20, reading(20, true));
    expect(read).toBe(2);
    await cache.page(at(10), 25, reading(20, false));
    expect(read).toBe(3);
  });

  test('whoever stands within a kept page gets the rest of it, and is at its border then', async () => {
    const cache = new PageCache();
    await cache.page(at(0), 50, () => Promise.resolve(pageOf(0, 40)));
    const rest = await cache.page(at(33), 50, () => Promise.reject(new Error('read again')));
    expect(rest.to).toEqual(at(40));
    expect(openPage(rest)).toMatchObject({ from: at(33), last: false });
    expect(openPage(rest).rows.map(({ rv }) => rv)).toEqual([34, 35, 36, 37, 38, 39, 40]);
  });

  test('all who ask while it is read wait for the one reading; one that fails is read again by the next', async () => {
    const cache = new PageCache();
    let read = 0;
    const slow = async () => {
      read += 1;
      await new Promise((done) => setTimeout(done, 20));
      if (read === 1) throw new Error('the connection was lost');
      return pageOf(0, 10);
    };
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => cache.page(at(0), 10, slow)));
    expect(asked.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(read).toBeLessThan(4);
  });

  test('memory has an end: what was not asked for longest goes', async () => {
    const { length } = pageOf(0, 10).frame;
    const cache = new PageCache(length * 3);
    for (const from of [0, 10, 20, 30]) await cache.page(at(from), 99, () => Promise.resolve(pageOf(from, from + 10)));
    expect(cache.bytes).toBeLessThanOrEqual(length * 3);
    await expect(cache.page(at(0), 99, () => Promise.reject(new Error('read')))).rejects.toThrow('read');
    await cache.page(at(30), 99, () => Promise.reject(new Error('read')));
  });
});

describeIf(hasPostgres, noPostgres)('pages over the wire', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let laptops: TestEngine[] = [];
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster.stop());
  beforeEach(async () => {
    hub = await cluster.hub();
    laptops = [];
  });
  afterEach(async () => {
    for (const laptop of laptops) laptop.close();
    await hub.close();
  });
  const join = async (machine: string, fetch?: Ports['fetch']): Promise<TestEngine> => {
    const laptop = await laptopOf(hub, machine, '张伟', fetch ? { ports: { fetch } } : {});
    laptops.push(laptop);
    return laptop;
  };
  const fill = (laptop: TestEngine, from: number, n: number): void =>
    laptop.engine.command('transfer.commit', (tx) => {
      for (let i = from; i < from + n; i += 1)
        tx.insert(assets, {
          name: `台式机${i}`,
          category: 'desktop',
          status: 'in_use',
          tag: `T-${i}`,
          serial: createHash('sha256').update(String(i)).digest('base64').slice(0, 40),
        });
    });
  const rowsOf = ({ engine }: TestEngine): unknown =>
    records.map(({ table }) => [table, engine.db.all(`SELECT * FROM ${table} ORDER BY id`)]);
  /** How often the hub reads the feed of PostgreSQL while `work` goes on. */
  const readsOf = async (work: () => Promise<unknown>): Promise<number> => {
    let reads = 0;
    const seen = new WeakSet<object>();
    hub.pool.on('acquire', (client) => {
      if (seen.has(client)) return;
      seen.add(client);
      const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
      Object.assign(client, {
        query: (...asked: unknown[]) => {
          if (typeof asked[0] === 'string' && asked[0].includes('FROM sync.feed WHERE (rv, ord)')) reads += 1;
          return query(...asked);
        },
      });
    });
    await work();
    return reads;
  };

  test('twelve laptops that are far apart pull the same news: the store is read about once, and all are equal', async () => {
    const a = await join('L10');
    for (let i = 1; i <= 12; i += 1) await join(`L${10 + i}`);
    const others = laptops.slice(1);
    for (const [i, laptop] of others.entries()) {
      fill(a, 10_000 + i, 1);
      await syncNow(a);
      await syncNow(laptop);
    }
    fill(a, 0, 2500);
    await syncNow(a);
    const alone = await readsOf(() => syncNow(others[0] as TestEngine));
    expect(alone).toBeGreaterThan(3);
    const together = await readsOf(() => Promise.all(others.slice(1).map((laptop) => syncNow(laptop))));
    expect(together).toBeLessThanOrEqual(2);
    await syncNow(a);
    for (const laptop of others) expect(rowsOf(laptop)).toEqual(rowsOf(a));
  });

  test('a store that was restored from a backup does not give pages of what it has lost', async () => {
    const a = await join('L10');
    const b = await join('L11');
    fill(a, 0, 600);
    await syncNow(a);
    await syncNow(b);
    const backup = await hub.backup();
    fill(a, 600, 600);
    await syncNow(a);
    await hub.restoreTo(backup);
    const c = await join('L12');
    fill(c, 5000, 700);
    await syncNow(c);
    await syncNow(b);
    expect((await b.call.assets.list({})).total).toBe(1300);
    await syncNow(a);
    for (const laptop of [a, b, c]) await syncNow(laptop);
    for (const laptop of [a, b, c]) expect((await laptop.call.assets.list({})).total).toBe(1900);
    expect(rowsOf(b)).toEqual(rowsOf(c));
  });

  /** Lets `bytes` of each answer of frames through, then the line dies. */
  const dying = (bytes: number, seen: { total: number; cuts: number }): Ports['fetch'] => {
    return async (url, init) => {
      const answer = await nodePorts.fetch(url, init);
      if (!/\/v1\/(pages|sync)/.test(url) || !answer.body) return answer;
      let left = bytes;
      const through = new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, control) => {
          // Dead already; the error is on its way.
          if (left === 0) return;
          const part = chunk.subarray(0, left);
          left -= part.length;
          seen.total += part.length;
          control.enqueue(part);
          if (part.length === chunk.length) return;
          seen.cuts += 1;
          // What came is read first, as from a socket.
          setTimeout(() => control.error(new TypeError('terminated')), 20);
        },
      });
      return new Response(answer.body.pipeThrough(through), { status: answer.status, headers: answer.headers });
    };
  };

  test('a line that dies every 64 kB completes a pull: each page alone is progress', async () => {
    const a = await join('L10');
    fill(a, 0, 4000);
    await syncNow(a);
    const clean = { total: 0, cuts: 0 };
    await syncNow(await join('L11', dying(Number.MAX_SAFE_INTEGER, clean)));
    const cut = { total: 0, cuts: 0 };
    const c = await join('L12', dying(65_536, cut));
    await syncNow(c);
    expect(cut.cuts).toBeGreaterThan(2);
    expect(cut.total).toBeLessThan(2 * clean.total);
    await syncNow(a);
    expect(rowsOf(c)).toEqual(rowsOf(a));
    expect((await c.call.sync.log({})).map(({ code }) => code)).not.toContain('failed');
  });
});
