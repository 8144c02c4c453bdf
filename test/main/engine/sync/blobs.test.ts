/** Photos between two laptops and a real hub: the thumbnail before the bytes, cuts and kills, wrong bytes, and what is let go. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { restoreBackup, writeBackup } from '../../../../hub/backup.ts';
import { BYTES_A_DAY, dropUnused, KEPT_MS, readPiece } from '../../../../hub/blobs.ts';
import { withClient } from '../../../../hub/db.ts';
import { openStore } from '../../../../hub/hub.ts';
import { hasBlob, hashOf } from '../../../../main/engine/blobs/files.ts';
import { setLimit } from '../../../../main/engine/blobs/ledger.ts';
import { nodePorts, type Ports } from '../../../../main/engine/engine.ts';
import { autoBlobs, transferBlobs } from '../../../../main/engine/sync/blobs.ts';
import { isRefusal } from '../../../../shared/refusal.ts';
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
import { attach, bytesOf, png, pngOf } from '../../../support/pictures.ts';
import { start } from '../../../sim/processes.ts';
import { describeIf } from '../../../support/skip.ts';

jest.setTimeout(120_000);
const pc = { name: '台式机', category: 'desktop', status: 'in_use' } as const;
const carry = ({ engine }: TestEngine): ReturnType<typeof transferBlobs> =>
  transferBlobs(engine, new AbortController().signal);

describeIf(hasPostgres, noPostgres)('photos', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let a: TestEngine;
  let b: TestEngine;
  let asset: string;
  /** What happens to a request for bytes of a file; null leaves it alone. */
  let fault: ((url: string, ask: () => Promise<Response>) => Promise<Response>) | null;
  let sent: { method: string; bytes: number; headers: Record<string, string> }[];
  const fetch: Ports['fetch'] = async (url, init) => {
    const ask = (): Promise<Response> => nodePorts.fetch(url, init);
    if (!url.includes('/v1/blob/')) return ask();
    const { body } = init;
    sent.push({
      method: init.method ?? 'GET',
      bytes: body instanceof Uint8Array ? body.length : 0,
      headers: init.headers as Record<string, string>,
    });
    return fault ? fault(url, ask) : ask();
  };
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster.stop());
  beforeEach(async () => {
    fault = null;
    sent = [];
    hub = await cluster.hub();
    a = await laptopOf(hub, 'L03', '李明', { ports: { fetch } });
    b = await laptopOf(hub, 'L04', '张伟', { ports: { fetch } });
    asset = (await a.call.assets.create({ ...pc, tag: 'A-1' })).id;
  });
  afterEach(async () => {
    a.close();
    b.close();
    await hub.close();
  });
  const list = ({ call }: TestEngine): ReturnType<TestEngine['call']['attachments']['list']> =>
    call.attachments.list({ table: 'assets', id: asset });
  const storedOf = async (sha256: string): Promise<{ state: string; received: number } | undefined> =>
    (
      await hub.pool.query<{ state: string; received: number }>(
        'SELECT state, received FROM sync.blob WHERE sha256 = $1',
        [sha256],
      )
    ).rows[0];

  test('a colleague sees the thumbnail first, hears where the photo still is, and has it once it is at the store', async () => {
    const photo = pngOf(900_000);
    const thumb = png(30, 20);
    const { attachment } = await attach(a, 'assets', asset, '机柜.png', photo, thumb);
    expect(await list(a)).toMatchObject([{ state: 'waiting' }]);
    // The row was never at the store: nothing is sent before it.
    expect(await carry(a)).toEqual({ sent: 0, fetched: 0 });
    await syncNow(a);
    await syncNow(b);
    expect(await list(b)).toMatchObject([{ here: false, machine: 'L03', thumb: thumb.toString('base64') }]);
    expect(await carry(b)).toEqual({ sent: 0, fetched: 0 });
    expect(await list(b)).toMatchObject([{ state: 'pending', machine: 'L03' }]);
    expect(await refusalOf(bytesOf(b, attachment.id))).toMatchObject({
      code: 'attachment_away',
      params: { machine: 'L03' },
    });
    expect(await carry(a)).toEqual({ sent: 1, fetched: 0 });
    expect(await list(a)).toMatchObject([{ state: 'stored', here: true }]);
    expect(await b.call.attachments.want({ id: attachment.id })).toEqual({ here: false });
    expect(await carry(b)).toEqual({ sent: 0, fetched: 1 });
    expect(await list(b)).toMatchObject([{ state: 'stored', here: true }]);
    expect((await bytesOf(b, attachment.id)).equals(photo)).toBe(true);
    // Nothing is left to do, and nothing is asked.
    sent = [];
    await carry(a);
    await carry(b);
    expect(sent).toEqual([]);
  });

  test('cut at random places both ways, it comes over whole, with no more than a piece lost for each cut', async () => {
    const photo = pngOf(1_500_000);
    const { attachment } = await attach(a, 'assets', asset, '配线间.png', photo);
    await syncNow(a);
    await syncNow(b);
    let cuts = 0;
    let asked = 0;
    fault = async (_url, ask) => {
      asked += 1;
      if (asked % 3 !== 0) return ask();
      cuts += 1;
      const way = asked % 9;
      if (way === 0) throw new TypeError('connection refused');
      const answer = await ask();
      // The piece arrived and its answer did not, or half of the answer.
      if (way === 3) throw new TypeError('socket hang up');
      const whole = new Uint8Array(await answer.arrayBuffer());
      const half = new ReadableStream({
        start(control) {
          control.enqueue(whole.slice(0, Math.floor(whole.length / 2)));
          control.error(new TypeError('terminated'));
        },
      });
      return new Response(half, { status: answer.status, headers: answer.headers });
    };
    const persist = async (laptop: TestEngine): Promise<number> => {
      for (let tries = 1; tries < 500; tries += 1) {
        try {
          const { sent: up, fetched } = await carry(laptop);
          if (up + fetched > 0) return tries;
        } catch (error) {
          if (!isRefusal(error)) throw error;
          expect(['hub_unreachable', 'hub_cut', 'hub_not_hub']).toContain(error.code);
        }
      }
      throw new Error('it never came over');
    };
    await persist(a);
    expect(cuts).toBeGreaterThan(3);
    const up = sent.filter(({ method }) => method === 'PUT').reduce((sum, { bytes }) => sum + bytes, 0);
    expect(up - photo.length).toBeLessThanOrEqual(cuts * 256 * 1024);
    expect(await storedOf(attachment.sha256)).toMatchObject({ state: 'whole', received: photo.length });
    await persist(b);
    expect((await bytesOf(b, attachment.id)).equals(photo)).toBe(true);
  });

  test('a laptop killed between two pieces (F12) goes on from there', async () => {
    const killed = await laptopOf(hub, 'L05', '王芳');
    const rack = (await killed.call.assets.create({ ...pc, tag: 'A-5' })).id;
    const photo = pngOf(1_000_000);
    const { attachment } = await attach(killed, 'assets', rack, '机房.png', photo);
    await syncNow(killed);
    killed.engine.close();
    const { signal, errors } = await start('../support/carry-blobs.ts', [killed.dir], 'F12:2').ended;
    expect([signal, errors]).toEqual(['SIGKILL', '']);
    const there = (await storedOf(attachment.sha256))?.received ?? 0;
    expect(there).toBeGreaterThan(0);
    expect(there).toBeLessThan(photo.length);
    killed.reopen();
    const moved = await laptopFetch(killed);
    expect(moved).toBeLessThanOrEqual(photo.length - there + 256 * 1024);
    expect(await storedOf(attachment.sha256)).toMatchObject({ state: 'whole' });
    killed.close();
  });
  /** Sends what is left over a line that counts. */
  async function laptopFetch(laptop: TestEngine): Promise<number> {
    let bytes = 0;
    const ports: Ports = {
      ...laptop.engine.ports,
      fetch: (url, init) => {
        if (init.body instanceof Uint8Array) bytes += init.body.length;
        return nodePorts.fetch(url, init);
      },
    };
    Object.defineProperty(laptop.engine, 'ports', { value: ports });
    expect(await carry(laptop)).toEqual({ sent: 1, fetched: 0 });
    return bytes;
  }

  test('the hub takes nothing that was not announced, too large, out of order or not what it was named', async () => {
    const photo = pngOf(120_000);
    const sha = hashOf(photo);
    await attach(a, 'assets', asset, '机柜.png', photo);
    await syncNow(a);
    await syncNow(b);
    await carry(b);
    const headers = sent.at(-1)?.headers;
    const authorization = headers?.['authorization'] ?? '';
    const put = async (
      at: number,
      bytes: Uint8Array,
      of = photo.length,
      name = sha,
    ): Promise<{ status: number; code: string; offset: number }> => {
      const answer = await globalThis.fetch(`${hub.url}/v1/blob/${name}`, {
        method: 'PUT',
        body: new Uint8Array(bytes),
        headers: {
          authorization,
          'content-type': 'application/octet-stream',
          'content-range': `bytes ${at}-${at + bytes.length - 1}/${of}`,
        },
      });
      const { code, offset } = (await answer.json()) as { code?: string; offset?: number };
      return { status: answer.status, code: code ?? '', offset: offset ?? -1 };
    };
    const get = (range: string): Promise<Response> =>
      globalThis.fetch(`${hub.url}/v1/blob/${sha}`, { headers: { authorization, range } });

    expect(await put(0, photo, photo.length, 'a'.repeat(64))).toMatchObject({ status: 404, code: 'BLOB_UNKNOWN' });
    expect(await put(0, photo.subarray(0, 100), 19_000_000)).toMatchObject({ status: 422, code: 'BLOB_WRONG' });
    expect(await put(0, Buffer.alloc(300_000), 400_000)).toMatchObject({ status: 413 });
    expect(await put(500, photo.subarray(500, 600))).toMatchObject({ status: 409, code: 'BLOB_GAP' });
    expect((await globalThis.fetch(`${hub.url}/v1/blob/${sha}/offset`)).status).toBe(401);

    // Other bytes of the same length: all of it is dropped, and nobody ever read any of it.
    const wrong = Buffer.from(photo);
    wrong[50_000] = (wrong[50_000] ?? 0) ^ 1;
    expect(await put(0, wrong.subarray(0, 60_000))).toMatchObject({ status: 200, offset: 60_000 });
    expect(await put(0, wrong.subarray(0, 60_000))).toMatchObject({ status: 200, offset: 60_000 });
    expect((await get('bytes=0-99')).status).toBe(404);
    expect(await put(60_000, wrong.subarray(60_000))).toMatchObject({ status: 422, code: 'BLOB_WRONG' });
    expect(await storedOf(sha)).toMatchObject({ state: 'partial', received: 0 });
    expect((await get('bytes=0-99')).status).toBe(404);

    // Half of the wrong ones lie there when the right laptop comes: it brings its own from the first byte.
    expect(await put(0, wrong.subarray(0, 60_000))).toMatchObject({ status: 200, offset: 60_000 });
    expect(await carry(a)).toEqual({ sent: 1, fetched: 0 });
    const part = await get('bytes=100-299');
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-299/${photo.length}`]);
    expect(Buffer.from(await part.arrayBuffer()).equals(photo.subarray(100, 300))).toBe(true);
    expect((await get(`bytes=${photo.length}-${photo.length + 9}`)).status).toBe(416);

    // A day's bytes of one laptop are bounded.
    const { rows } = await hub.pool.query<{ id: string }>("SELECT id FROM sync.device WHERE machine = 'L03'");
    await hub.pool.query(
      "INSERT INTO sync.blob (sha256, size, type, state, received, uploaded_by, at) VALUES ('x', $1, 'jpg', 'partial', 0, $2, $3)",
      [BYTES_A_DAY, rows[0]?.id, new Date(Date.now())],
    );
    await attach(a, 'assets', asset, '第二张.png', png());
    await syncNow(a);
    await expect(carry(a)).rejects.toMatchObject({ code: 'hub_busy', params: { seconds: 3600 } });
  });

  test('bytes that arrive changed are dropped, told, and fetched again', async () => {
    const photo = pngOf(60_000);
    const { attachment } = await attach(a, 'assets', asset, '机柜.png', photo);
    await syncNow(a);
    await carry(a);
    await syncNow(b);
    fault = async (_url, ask) => {
      const answer = await ask();
      const bytes = new Uint8Array(await answer.arrayBuffer());
      bytes[9] = (bytes[9] ?? 0) ^ 4;
      return new Response(bytes, { status: answer.status, headers: answer.headers });
    };
    expect(await carry(b)).toEqual({ sent: 0, fetched: 0 });
    expect(await list(b)).toMatchObject([{ here: false, problem: 'attachment_wrong' }]);
    fault = null;
    b.clock.set(60_000);
    expect(await carry(b)).toEqual({ sent: 0, fetched: 1 });
    expect((await bytesOf(b, attachment.id)).equals(photo)).toBe(true);
  });

  test('a store restored to a time before the photo gets it again from whoever has it', async () => {
    await syncNow(a);
    const before = await hub.backup();
    const photo = pngOf(80_000);
    const { attachment } = await attach(a, 'assets', asset, '机柜.png', photo);
    await syncNow(a);
    await carry(a);
    expect(await list(a)).toMatchObject([{ state: 'stored' }]);
    await hub.restoreTo(before);
    await syncNow(a);
    expect(await list(a)).toMatchObject([{ state: 'waiting' }]);
    expect(await carry(a)).toEqual({ sent: 1, fetched: 0 });
    expect(await storedOf(attachment.sha256)).toMatchObject({ state: 'whole' });
  });

  test('a backup of the hub has the photos, and what nothing refers to goes after 30 days', async () => {
    const photo = pngOf(300_000);
    const { attachment } = await attach(a, 'assets', asset, '机柜.png', photo);
    await syncNow(a);
    await carry(a);
    const dir = mkdtempSync(join(tmpdir(), 'lanbook-backup-'));
    await withClient(hub.pool, (client) => writeBackup(client, join(dir, 'store'), Date.now()));
    const other = await cluster.hub();
    await other.close();
    const pool = await openStore(other.databaseUrl, 2);
    await withClient(pool, async (client) => {
      await restoreBackup(client, join(dir, 'store'));
      const { bytes } = await readPiece(client, attachment.sha256, 0, 256 * 1024);
      expect(bytes.equals(photo.subarray(0, 256 * 1024))).toBe(true);
    });
    await pool.end();
    rmSync(dir, { recursive: true });

    const late = Date.now() + KEPT_MS + 1000;
    expect(await withClient(hub.pool, (client) => dropUnused(client, late))).toBe(0);
    await a.call.attachments.remove({ id: attachment.id });
    await syncNow(a);
    expect(await withClient(hub.pool, (client) => dropUnused(client, Date.now()))).toBe(0);
    // Killed right after it let go (F18): what is gone is gone whole, and a second time finds nothing.
    const swept = await start('../support/sweep-blobs.ts', [hub.databaseUrl, String(late + KEPT_MS)], 'F18').ended;
    expect([swept.signal, swept.errors]).toEqual(['SIGKILL', '']);
    expect(await withClient(hub.pool, (client) => dropUnused(client, late + KEPT_MS))).toBe(0);
    const { rows } = await hub.pool.query('SELECT 1 FROM sync.blob_chunk');
    expect(rows).toEqual([]);
  });

  test('fetched photos make room for newer ones; what the store does not have never goes', async () => {
    const shas: string[] = [];
    for (const name of ['一.png', '二.png', '三.png'])
      shas.push((await attach(a, 'assets', asset, name, pngOf(100_000))).attachment.sha256);
    await syncNow(a);
    await carry(a);
    await syncNow(b);
    await carry(b);
    const own = (await attach(b, 'assets', asset, '自己拍的.png', pngOf(100_000))).attachment.sha256;
    const [first] = await list(b);
    b.clock.set(1000);
    await bytesOf(b, first?.id ?? '');
    setLimit(b.engine, 150_000);
    expect([...shas, own].map((sha) => hasBlob(b.dir, sha))).toEqual([true, false, false, true]);
    setLimit(a.engine, 1);
    expect(shas.map((sha) => hasBlob(a.dir, sha))).toEqual([true, true, true]);
    await syncNow(b);
    // One that went comes back when somebody opens it, and only then.
    expect(await carry(b)).toEqual({ sent: 1, fetched: 0 });
    const [, second] = await list(b);
    await b.call.attachments.want({ id: second?.id ?? '' });
    expect(await carry(b)).toEqual({ sent: 0, fetched: 1 });
  });

  test('by itself: what one attaches is at the other without a word, and not while sync is switched off', async () => {
    for (const { engine } of [a, b]) autoBlobs(engine);
    await b.call.sync.setAuto({ on: false });
    const { attachment } = await attach(a, 'assets', asset, '机柜.png', pngOf(50_000));
    await syncNow(a);
    const eventually = async (holds: () => Promise<boolean>): Promise<void> => {
      for (let tries = 0; tries < 200; tries += 1) {
        if (await holds()) return;
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error('it did not come about within 10 s');
    };
    await eventually(async () => (await list(a))[0]?.state === 'stored');
    expect(hasBlob(b.dir, attachment.sha256)).toBe(false);
    await syncNow(b);
    await eventually(async () => (await list(b))[0]?.here === true);
  });
});
