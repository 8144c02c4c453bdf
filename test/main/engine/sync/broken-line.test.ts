import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Ports } from '../../../../main/engine/engine.ts';
import {
  laptopOf,
  hasPostgres,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../../../support/hub.ts';
import { describeIf } from '../../../support/skip.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';

const pc = { name: '台式机', category: 'desktop', status: 'in_use' } as const;
type Fault = (ask: () => Promise<Response>) => Promise<Response>;

/** A line to the hub that can be made to fail in a chosen way at the next request of a path. */
class Line {
  #fault: { path: string; fault: Fault } | null = null;
  requests = 0;
  break(path: string, fault: Fault): void {
    this.#fault = { path, fault };
  }
  readonly fetch: Ports['fetch'] = async (input, init) => {
    this.requests += 1;
    const ask = (): Promise<Response> => fetch(input, init);
    const broken = this.#fault;
    if (!broken || !input.includes(broken.path)) return ask();
    this.#fault = null;
    return broken.fault(ask);
  };
}
const cutAt =
  (bytes: number): Fault =>
  async (ask) => {
    const answer = await ask();
    const whole = new Uint8Array(await answer.arrayBuffer());
    return new Response(whole.slice(0, bytes), { status: answer.status, headers: answer.headers });
  };
const flip =
  (at: number): Fault =>
  async (ask) => {
    const answer = await ask();
    const whole = new Uint8Array(await answer.arrayBuffer());
    whole[at % whole.length] = (whole[at % whole.length] ?? 0) ^ 1;
    return new Response(whole, { status: answer.status, headers: answer.headers });
  };
const lost: Fault = async (ask) => {
  await ask();
  throw new TypeError('socket hang up');
};

describeIf(hasPostgres, noPostgres)('a line that breaks', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let line: Line;
  let a: TestEngine;
  let b: TestEngine;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);
  beforeEach(async () => {
    hub = await cluster.hub();
    line = new Line();
    a = await laptopOf(hub, 'L03', '李明', { ports: { fetch: line.fetch } });
    b = await laptopOf(hub, 'L04', '张伟');
  });
  afterEach(() => {
    a.close();
    b.close();
  });
  const headOf = async (): Promise<number> => Number((await hub.pool.query('SELECT seq FROM sync.head')).rows[0].seq);

  test('a lost answer is asked for again and changes nothing twice', async () => {
    const { id } = await a.call.assets.create({ ...pc, tag: 'A-1' });
    await a.call.assets.update({ id, changes: { brand: '联想' } });
    line.break('/v1/sync', lost);
    expect((await refusalOf(syncNow(a))).code).toBe('hub_unreachable');
    expect((await a.call.sync.status({})).unsynced).toBe(2);
    expect(await headOf()).toBe(2);
    expect(await syncNow(a)).toMatchObject({ sent: 2, applied: 2 });
    expect(await headOf()).toBe(2);
    const stored = await hub.pool.query('SELECT mut_no FROM sync.commit ORDER BY seq');
    expect(stored.rows.map(({ mut_no }) => mut_no)).toEqual([1, 2]);
  });

  test('the same commit is answered with the same bytes', async () => {
    await a.call.assets.create({ ...pc, tag: 'A-1' });
    await syncNow(a);
    const before = await hub.pool.query('SELECT result FROM sync.commit');
    a.engine.db.raw.exec("UPDATE _commits SET state = 'pending', seq = NULL, result = NULL");
    await syncNow(a);
    expect((await hub.pool.query('SELECT result FROM sync.commit')).rows).toEqual(before.rows);
    expect(a.engine.db.value('SELECT result FROM _commits')).toBe(before.rows[0].result);
  });

  test('a folder restored from a backup goes on under a new incarnation, and what it had lost comes back', async () => {
    await a.call.assets.create({ ...pc, tag: 'before' });
    await syncNow(a);
    await a.call.assets.create({ ...pc, tag: 'waiting at the backup' });
    const backup = join(a.dir, 'backup.db');
    a.engine.db.raw.prepare('VACUUM INTO ?').run(backup);
    await a.call.assets.create({ ...pc, tag: 'lost with the disk' });
    await syncNow(a);
    a.engine.close();
    for (const end of ['', '-wal', '-shm']) rmSync(join(a.dir, `lanbook.db${end}`), { force: true });
    renameSync(backup, join(a.dir, 'lanbook.db'));
    a.reopen();
    const incarnation = a.engine.incarnation;
    // The numbers of these are those of "lost with the disk" and what came after it.
    await a.call.assets.create({ ...pc, tag: 'after' });
    const { id } = await a.call.assets.create({ ...pc, tag: 'after too' });
    await a.call.assets.update({ id, changes: { brand: '联想' } });
    expect(await syncNow(a)).toMatchObject({ held: 0, rejected: 0 });
    await syncNow(b);
    expect(a.engine.incarnation).not.toBe(incarnation);
    const tags = ['after', 'after too', 'before', 'lost with the disk', 'waiting at the backup'];
    for (const laptop of [a, b]) {
      expect((await laptop.call.assets.list({})).rows.map(({ tag }) => tag).toSorted()).toEqual(tags);
      expect(await laptop.call.audit.verify()).toMatchObject({ ok: true });
    }
    expect(await headOf()).toBe(6);
    expect((await a.call.sync.log({})).map(({ code }) => code)).toContain('forked');
  });

  test('an answer cut at any of many places leaves a whole notebook, and the next sync goes on from there', async () => {
    for (let i = 0; i < 900; i += 1)
      await b.call.assets.create({ ...pc, tag: `B-${i}`, serial: randomBytes(60).toString('base64') });
    await syncNow(b);
    let cursor = 0;
    let whole = 0;
    line.break('/v1/sync', async (ask) => {
      const answer = await ask();
      whole = (await answer.clone().arrayBuffer()).byteLength;
      return cutAt(0)(() => Promise.resolve(answer));
    });
    await a.call.assets.create({ ...pc, tag: 'A-start' });
    await refusalOf(syncNow(a));
    expect(whole).toBeGreaterThan(60_000);
    for (let i = 0; i < 40; i += 1) {
      await a.call.assets.create({ ...pc, tag: `A-${i}` });
      line.break(
        '/v1/sync',
        i % 4 === 3 ? flip(Math.floor((whole * i) / 40)) : cutAt(Math.floor((whole * (i + 1)) / 41)),
      );
      const refusal = await refusalOf(syncNow(a)).catch(() => null);
      if (refusal) expect(refusal.code).toBe('hub_cut');
      const state = JSON.parse(a.engine.db.value<string>("SELECT value FROM _settings WHERE key = 'sync'") ?? '') as {
        cursor: { rv: number };
      };
      expect(state.cursor.rv).toBeGreaterThanOrEqual(cursor);
      cursor = state.cursor.rv;
      // The cursor never speaks of rows that are not there.
      expect(a.engine.db.value("SELECT count(*) FROM assets WHERE tag LIKE 'B-%'")).toBe(Math.min(cursor, 900));
    }
    await syncNow(a);
    await syncNow(b);
    expect((await b.call.assets.list({})).total).toBe(941);
    expect((await a.call.assets.list({})).total).toBe(941);
    expect(await headOf()).toBe(941);
    expect(await a.call.audit.verify()).toMatchObject({ ok: true });
  }, 60_000);

  test('a login page, a silent hub, a wrong address: one sentence each, the queue stays', async () => {
    await a.call.assets.create({ ...pc, tag: 'A-1' });
    const page = (): Promise<Response> =>
      Promise.resolve(new Response('<html>请登录</html>', { headers: { 'content-type': 'text/html' } }));
    line.break('/v1/sync', page);
    expect(await refusalOf(syncNow(a))).toMatchObject({ code: 'hub_not_hub', params: { address: hub.url } });
    line.break('/v1/sync', () =>
      Promise.resolve(new Response(null, { status: 302, headers: { location: 'http://login.example/' } })),
    );
    expect((await refusalOf(syncNow(a))).code).toBe('hub_not_hub');
    line.break('/v1/sync', () =>
      Promise.resolve(
        new Response('<html>Bad gateway</html>', { status: 502, headers: { 'content-type': 'text/html' } }),
      ),
    );
    expect((await refusalOf(syncNow(a))).code).toBe('hub_not_hub');
    await hub.stopServer();
    expect(await refusalOf(syncNow(a))).toMatchObject({ code: 'hub_unreachable' });
    expect(await a.call.sync.status({ probe: true })).toMatchObject({
      online: false,
      unsynced: 1,
      last_error: 'hub_unreachable',
    });
    await hub.restart();
    expect(await syncNow(a)).toMatchObject({ applied: 1 });
    expect(await a.call.sync.status({ probe: true })).toMatchObject({ online: true, unsynced: 0, last_error: null });
    const log = await a.call.sync.log({});
    expect(log.map(({ code }) => code)).toEqual(['done', 'failed', 'failed', 'enrolled']);
    // Rounds that move nothing, however many, are one line with the time of the last.
    for (let i = 0; i < 3; i += 1) {
      a.clock.set(60_000);
      await syncNow(a);
    }
    const [quiet, done] = await a.call.sync.log({});
    expect([quiet?.code, done?.code, quiet?.at]).toEqual(['quiet', 'done', a.clock.now()]);
  });

  test('a disk that fills in mid-page keeps the pages before it and loses nothing', async () => {
    const { id } = await b.call.assets.create({ ...pc, tag: 'B-0' });
    await syncNow(b);
    await syncNow(a);
    await a.call.assets.update({ id, changes: { brand: '联想' } });
    const fill = 'x'.repeat(1900);
    for (let i = 1; i < 1500; i += 1) await b.call.assets.create({ ...pc, tag: `B-${i}`, remark: fill });
    await syncNow(b);
    const pages = Number(a.engine.db.raw.pragma('page_count', { simple: true }));
    a.engine.db.raw.pragma(`max_page_count=${pages + 300}`);
    expect((await refusalOf(syncNow(a))).code).toBe('disk_full');
    expect((await a.call.assets.get({ id })).asset.brand).toBe('联想');
    a.engine.db.raw.pragma('max_page_count=1000000');
    await syncNow(a);
    expect((await a.call.assets.list({})).total).toBe(1500);
    expect((await a.call.assets.get({ id })).asset.brand).toBe('联想');
    expect(await a.call.audit.verify()).toMatchObject({ ok: true });
  }, 60_000);

  test('a hub that was restored from a backup is found out at the first contact', async () => {
    await a.call.assets.create({ ...pc, tag: 'A-1' });
    await a.call.assets.create({ ...pc, tag: 'A-2' });
    await syncNow(a);
    await hub.pool.query('UPDATE sync.head SET seq = 1, chain = (SELECT chain FROM sync.commit WHERE seq = 1)');
    await a.call.assets.create({ ...pc, tag: 'A-3' });
    expect((await refusalOf(syncNow(a))).code).toBe('hub_forked');
    expect(await a.call.sync.status({})).toMatchObject({ unsynced: 1, last_error: 'hub_forked' });
  });

  test('enrolment says what is wrong with a code, an address, a machine code', async () => {
    const c = await testEngine({ machine: 'L05', technician: '王磊' });
    const twin = await testEngine({ machine: 'L04', technician: '孙丽' });
    try {
      expect((await refusalOf(c.call.sync.run().then((stream) => stream.next()))).code).toBe('not_enrolled');
      expect((await refusalOf(c.call.sync.enrol({ address: hub.url, code: 'AAAA-BBBB-CCCC-DDDD' }))).code).toBe(
        'code_wrong',
      );
      expect((await refusalOf(c.call.sync.enrol({ address: 'ftp://x/', code: 'A' }))).code).toBe('hub_address');
      expect(await refusalOf(c.call.sync.enrol({ address: '127.0.0.1:1', code: 'A' }))).toMatchObject({
        code: 'hub_not_found',
        params: { address: 'https://127.0.0.1:1' },
      });
      expect(await refusalOf(twin.call.sync.enrol({ address: hub.url, code: await hub.newCode() }))).toMatchObject({
        code: 'machine_in_use',
        params: { machine: 'L04', holder: '张伟' },
      });
      const code = await hub.newCode();
      expect(
        await c.call.sync.enrol({
          address: ` ${hub.url}/`,
          code: code.toLowerCase().replaceAll('-', ' '),
        }),
      ).toMatchObject({ enrolled: true, address: hub.url });
      // The answer may have been lost: the same laptop may use its code again, nobody else may.
      await c.call.sync.enrol({ address: hub.url, code });
      expect((await refusalOf(twin.call.sync.enrol({ address: hub.url, code }))).code).toBe('code_used');
      await syncNow(c);
      const other = await cluster.hub();
      expect((await refusalOf(c.call.sync.enrol({ address: other.url, code: await other.newCode() }))).code).toBe(
        'other_hub',
      );
      await hub.pool.query("UPDATE sync.device SET revoked_at = now() WHERE machine = 'L05'");
      expect((await refusalOf(syncNow(c))).code).toBe('device_revoked');
    } finally {
      c.close();
      twin.close();
    }
  });
});
