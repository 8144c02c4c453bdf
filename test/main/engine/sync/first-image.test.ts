/** A new laptop's first sync by image, over a line that fails in every way, into notebooks that are not empty, and by images that are not what they say. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { nodePorts, type Ports } from '../../../../main/engine/engine.ts';
import { hubOf } from '../../../../main/engine/sync/session.ts';
import { readState } from '../../../../main/engine/sync/state.ts';
import { SCHEMA } from '../../../../shared/commit.ts';
import { assets } from '../../../../shared/features/assets.ts';
import { records } from '../../../../shared/records.ts';
import type { ImageAnswer } from '../../../../shared/sync/image.ts';
import { laptopAs } from '../../../support/areas.ts';
import { refusalOf, type TestEngine } from '../../../support/engine.ts';
import {
  hasPostgres,
  laptopOf,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../../../support/hub.ts';
import { start } from '../../../sim/processes.ts';
import { describeIf } from '../../../support/skip.ts';

jest.setTimeout(120_000);
const N = 5200;
const draft = (i: number) => ({
  name: `台式机${i % 7}`,
  category: 'desktop' as const,
  status: 'in_use' as const,
  tag: `ZC-${10_000 + i}`,
  serial: createHash('sha256').update(String(i)).digest('base64').slice(0, 30),
});

describeIf(hasPostgres, noPostgres)('the first sync by image', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let a: TestEngine;
  let image: ImageAnswer;
  let room: string;
  const open: TestEngine[] = [];
  let number = 10;
  const newLaptop = async (fetch?: Ports['fetch']): Promise<TestEngine> => {
    number += 1;
    const laptop = await laptopOf(hub, `L${number}`, '张伟', fetch ? { ports: { fetch } } : {});
    open.push(laptop);
    return laptop;
  };
  const askImage = (laptop: TestEngine): Promise<ImageAnswer | null> => {
    const state = readState(laptop.engine.db);
    if (!state) throw new Error('not joined');
    return hubOf(laptop.engine, state).image(SCHEMA);
  };
  async function untilImage(): Promise<ImageAnswer> {
    for (let tries = 0; tries < 600; tries += 1) {
      const found = await askImage(a);
      if (found) return found;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error('no image was built');
  }
  beforeAll(async () => {
    cluster = await startCluster();
    hub = await cluster.hub();
    a = await laptopOf(hub, 'L03', '李明');
    a.engine.command('transfer.commit', (tx) => {
      for (let i = 0; i < N; i += 1) tx.insert(assets, draft(i));
    });
    const { id: vault } = await a.call.locations.create({ kind: 'room', name: '财务室' });
    await a.call.assets.create({ ...draft(N), tag: 'ZC-secret', location_id: vault });
    ({ id: room } = await a.call.locations.create({ kind: 'room', name: '实训楼 301' }));
    const { rows } = await a.call.assets.list({ limit: 3 });
    await a.call.assets.remove({ id: rows[0]?.id ?? '', reason: '报废' });
    await a.call.assets.update({ id: rows[1]?.id ?? '', changes: { brand: '联想' } });
    await syncNow(a);
    await syncNow(a);
    image = await untilImage();
  });
  afterEach(() => {
    for (const laptop of open.splice(0)) laptop.close();
  });
  afterAll(async () => {
    a.close();
    await cluster.stop();
  });

  const codes = async (laptop: TestEngine): Promise<string[]> =>
    (await laptop.call.sync.log({})).map(({ code }) => code);
  const rowsOf = ({ engine }: TestEngine): unknown =>
    records.map(({ table }) => [table, engine.db.all(`SELECT * FROM ${table} ORDER BY id`)]);
  const logOf = ({ engine }: TestEngine): unknown =>
    engine.db.all(
      `SELECT c.seq, c.sha256, c.signature, c.state, c.actor, o.op, o.tbl, o.row_id, o.body FROM _commits c JOIN _ops o ON o.commit_ord = c.ord ORDER BY c.seq, o.ord`,
    );
  const indexesOf = ({ engine }: TestEngine): unknown =>
    engine.db.all("SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name");
  const leftOver = ({ dir }: TestEngine): boolean => existsSync(join(dir, 'first-sync'));
  const equalToA = (laptop: TestEngine): void => {
    expect(rowsOf(laptop)).toEqual(rowsOf(a));
    expect(logOf(laptop)).toEqual(logOf(a));
    expect(indexesOf(laptop)).toEqual(indexesOf(a));
    expect(readState(laptop.engine.db)?.chain).toBe(readState(a.engine.db)?.chain);
    expect(leftOver(laptop)).toBe(false);
  };

  test('a laptop that has nothing gets everything: rows, log, history, search, and goes on as all others', async () => {
    const b = await newLaptop();
    expect(await syncNow(b)).toMatchObject({ received: N + 3 });
    expect(await codes(b)).toContain('image');
    equalToA(b);
    expect(await b.call.audit.verify()).toMatchObject({ ok: true });
    for (let tries = 0; tries < 800 && (await b.call.search.behind()).n > 0; tries += 1)
      await new Promise((done) => setTimeout(done, 25));
    expect(await b.call.search.find({ text: `ZC-${10_000 + N - 1}` })).toHaveLength(1);
    const { id } = (await b.call.assets.list({ text: 'ZC-12000' })).rows[0] ?? { id: '' };
    await b.call.assets.update({ id, changes: { brand: '惠普' } });
    expect(await syncNow(b)).toMatchObject({ sent: 1, applied: 1 });
    await syncNow(a);
    expect((await a.call.assets.get({ id })).asset.brand).toBe('惠普');
    equalToA(b);
  });

  test.each(['F9:1', 'F9:2', 'F10'])(
    'killed at %s it goes on where it was, and nothing is left over',
    async (point) => {
      const b = await newLaptop();
      b.engine.close();
      const { signal, errors } = await start('laptop-process.ts', [b.dir, '1', '0'], point).ended;
      expect([signal, errors]).toEqual(['SIGKILL', '']);
      b.reopen();
      expect(b.engine.db.raw.pragma('quick_check(1)', { simple: true })).toBe('ok');
      const rows = b.engine.db.value<number>('SELECT count(*) FROM assets');
      // All of it in one transaction, or nothing of it.
      expect([0, N + 1]).toContain(rows);
      await syncNow(b);
      await syncNow(b);
      equalToA(b);
    },
  );

  test('own work that was done before stays, and is sent', async () => {
    const b = await newLaptop();
    for (let i = 0; i < 3; i += 1)
      await b.call.assets.create({ ...draft(i), serial: `own-${number}-${i}`, tag: `own-${number}-${i}` });
    const state = readState(b.engine.db);
    expect(state?.cursor.rv).toBe(0);
    expect(await syncNow(b)).toMatchObject({ sent: 3, applied: 3 });
    expect(await codes(b)).toContain('image');
    await syncNow(a);
    expect(rowsOf(b)).toEqual(rowsOf(a));
    expect(await b.call.audit.verify()).toMatchObject({ ok: true });
    expect((await b.call.sync.status({})).unsynced).toBe(0);
  });

  /** Cuts the bytes of an image after every `bytes`. */
  const cutting = (bytes: number, seen: { from: number[]; total: number }): Ports['fetch'] => {
    return async (url, init) => {
      const answer = await nodePorts.fetch(url, init);
      if (!/\/v1\/image\/\d/.test(url) || !answer.body) return answer;
      seen.from.push(Number(/\d+/.exec(new Headers(init.headers).get('range') ?? '0')?.[0]));
      const whole = new Uint8Array(await answer.arrayBuffer());
      const part = whole.subarray(0, bytes);
      seen.total += part.length;
      let told = false;
      const stream = new ReadableStream<Uint8Array>(
        {
          pull: (control) => {
            if (!told) control.enqueue(part);
            else if (part.length < whole.length) control.error(new TypeError('terminated'));
            else control.close();
            told = true;
          },
        },
        { highWaterMark: 0 },
      );
      return new Response(stream, { status: answer.status, headers: answer.headers });
    };
  };

  test('a line that dies every 64 kB gets there, and no byte comes twice', async () => {
    const seen = { from: [] as number[], total: 0 };
    const b = await newLaptop(cutting(65_536, seen));
    await syncNow(b);
    expect(await codes(b)).toContain('image');
    expect(seen.from.length).toBeGreaterThan(3);
    expect(seen.from[2]).toBe(2 * 65_536);
    expect(seen.total).toBe(image.bytes);
    await syncNow(a);
    equalToA(b);
  });

  test('closed in the middle, it goes on from there', async () => {
    const seen = { from: [] as number[], total: 0 };
    const b = await newLaptop(cutting(65_536, seen));
    for await (const { phase } of await b.call.sync.run()) if (phase === 'pull' && seen.from.length === 3) break;
    await new Promise((done) => setTimeout(done, 50));
    expect(leftOver(b)).toBe(true);
    const before = seen.total;
    b.reopen();
    await syncNow(b);
    expect(seen.total - before).toBeLessThan(image.bytes);
    expect(seen.from.at(-1)).toBeGreaterThan(65_536);
    expect(await codes(b)).toContain('image');
    equalToA(b);
  });

  /** Another file in place of the image, told as `told`. */
  const instead = (file: Uint8Array, told: Partial<ImageAnswer> = {}): Ports['fetch'] => {
    return async (url, init) => {
      if (url.includes('/v1/image?'))
        return Response.json({
          ...image,
          bytes: file.length,
          sha256: createHash('sha256').update(file).digest('hex'),
          ...told,
        });
      if (url.includes('/v1/image/'))
        return new Response(Buffer.from(file), { headers: { 'content-type': 'application/octet-stream' } });
      return nodePorts.fetch(url, init);
    };
  };
  const fetchImage = async (): Promise<Buffer> => {
    const { engine } = a;
    const state = readState(engine.db);
    if (!state) throw new Error('not joined');
    const parts: Uint8Array[] = [];
    for await (const part of hubOf(engine, state).imageBytes(image, 0)) parts.push(part);
    return Buffer.concat(parts);
  };
  /** The image after some SQL. */
  const altered = async (sql: string): Promise<[Uint8Array, Partial<ImageAnswer>]> => {
    const dir = mkdtempSync(join(tmpdir(), 'lanbook-image-'));
    const file = join(dir, 'image.db');
    writeFileSync(file, zstdDecompressSync(await fetchImage()));
    const db = new Database(file);
    db.exec(sql);
    db.close();
    const plain = readFileSync(file);
    rmSync(dir, { recursive: true });
    return [zstdCompressSync(plain), { size: plain.length }];
  };
  const byPages = async (fetch: Ports['fetch']): Promise<void> => {
    const b = await newLaptop(fetch);
    await syncNow(b);
    const told = await codes(b);
    expect(told).toContain('image_failed');
    expect(told).not.toContain('image');
    await syncNow(a);
    equalToA(b);
  };

  test('an image with a flipped bit, one that is too short, one that would grow without end: pages do it', async () => {
    const flipped = Buffer.from(await fetchImage());
    flipped[5000] = (flipped[5000] ?? 0) ^ 1;
    await byPages(instead(flipped, { sha256: image.sha256 }));
    await byPages(instead(zstdCompressSync(Buffer.alloc(200_000_000)), { size: 1000 }));
  });

  test.each([
    ['a trigger', 'CREATE TRIGGER t AFTER INSERT ON assets BEGIN DELETE FROM assets; END'],
    ['a view in place of a table', 'DROP TABLE people; CREATE VIEW people AS SELECT 1'],
    ['a column more', 'ALTER TABLE assets ADD COLUMN evil'],
    ['an altered operation', "UPDATE _ops SET body = replace(body, 'ZC-10007', 'ZC-66666')"],
    ['a commit less', 'DELETE FROM _commits WHERE seq = (SELECT max(seq) FROM _commits)'],
    ['a commit out of nowhere', 'INSERT INTO _ops SELECT 999, op, tbl, row_id, body FROM _ops LIMIT 1'],
    ['a value of another kind', "UPDATE assets SET rv = 'x' WHERE rowid = 5"],
  ])('an image with %s is refused whole, and pages do it', async (_what, sql) => {
    await byPages(instead(...(await altered(sql))));
  });

  test('a store that was restored from a backup is fetched anew by image, and nothing of anybody is lost', async () => {
    const b = await newLaptop();
    const c = await newLaptop();
    const d = await newLaptop();
    for (const laptop of [a, b, c, d]) await syncNow(laptop);
    const backup = await hub.backup();
    const write = (laptop: TestEngine, tag: string): Promise<{ id: string }> =>
      laptop.call.assets.create({ ...draft(1), serial: tag, tag });
    await write(a, 'lost with the disk');
    for (const laptop of [a, b]) await syncNow(laptop);
    await hub.restoreTo(backup);
    await write(c, 'of the new past');
    await syncNow(c);
    await syncNow(a);
    for (let tries = 0; (await askImage(d)) === null && tries < 300; tries += 1)
      await new Promise((done) => setTimeout(done, 100));
    const { rows } = await b.call.assets.list({ text: 'ZC-13000' });
    await b.call.assets.update({ id: rows[0]?.id ?? '', changes: { brand: '海尔' } });
    await syncNow(b);
    expect((await codes(b)).filter((code) => code === 'image')).toHaveLength(2);
    for (const laptop of [a, c, b, d]) await syncNow(laptop);
    for (const laptop of [b, c]) expect(rowsOf(laptop)).toEqual(rowsOf(a));
    const tags = a.engine.db.all<{ tag: string }>("SELECT tag FROM assets WHERE tag LIKE '% % %' ORDER BY tag");
    expect(tags.map(({ tag }) => tag)).toEqual(['lost with the disk', 'of the new past']);
    expect(a.engine.db.value("SELECT count(*) FROM assets WHERE brand = '海尔'")).toBe(1);
    for (const laptop of [a, b]) expect(await laptop.call.audit.verify()).toMatchObject({ ok: true });
    expect(readState(b.engine.db)?.chain).toBe(readState(a.engine.db)?.chain);
    expect(readState(b.engine.db)?.resync ?? null).toBeNull();
  });

  test('a laptop with areas never gets the whole store, not even by asking for it by name', async () => {
    const b = await laptopAs(hub, 'L99', { role: 'technician', areas: [room] });
    open.push(b);
    expect(await askImage(b)).toBeNull();
    const state = readState(b.engine.db);
    if (!state) throw new Error('not joined');
    const bytes = hubOf(b.engine, state).imageBytes(image, 0);
    await expect(bytes.next()).rejects.toMatchObject({ code: 'hub_failed' });
    await syncNow(b);
    expect(await codes(b)).not.toContain('image');
    expect((await b.call.locations.list({})).total).toBeGreaterThan(0);
    expect(b.engine.db.value("SELECT 1 FROM assets WHERE tag = 'ZC-secret'")).toBeUndefined();
    expect(a.engine.db.value("SELECT 1 FROM assets WHERE tag = 'ZC-secret'")).toBe(1);
  });

  test('a disk that fills up is told in one sentence, nothing half-written stays, and the queue is kept', async () => {
    const b = await newLaptop();
    await b.call.assets.create({ ...draft(1), serial: 'full', tag: 'full' });
    const pages = Number(b.engine.db.raw.pragma('page_count', { simple: true }));
    b.engine.db.raw.pragma(`max_page_count=${pages + 200}`);
    expect((await refusalOf(syncNow(b))).code).toBe('disk_full');
    expect(leftOver(b)).toBe(false);
    expect((await b.call.assets.list({})).total).toBe(1);
    expect(indexesOf(b)).toEqual(indexesOf(a));
    expect(await b.call.sync.status({})).toMatchObject({ unsynced: 1, last_error: 'disk_full' });
    b.engine.db.raw.pragma('max_page_count=1000000');
    expect(await syncNow(b)).toMatchObject({ sent: 1, applied: 1 });
    await syncNow(a);
    expect(rowsOf(b)).toEqual(rowsOf(a));
  });

  test('a hub whose image builder is killed (F17) serves pages meanwhile, and builds again when it starts anew', async () => {
    const b = await newLaptop();
    await hub.stopServer();
    const other = start('hub-process.ts', [hub.databaseUrl, new URL(hub.url).port, String(Date.now())], 'F17:2');
    await other.spoke;
    await syncNow(b);
    expect(await codes(b)).not.toContain('image');
    expect(rowsOf(b)).toEqual(rowsOf(a));
    for (let tries = 0; tries < 20; tries += 1) {
      expect(await askImage(b)).toBeNull();
      await new Promise((done) => setTimeout(done, 50));
    }
    other.child.kill('SIGTERM');
    await other.ended;
    await hub.restart();
    await untilImage();
    const c = await newLaptop();
    await syncNow(c);
    expect(await codes(c)).toContain('image');
    equalToA(c);
  });
});
