/** The hub as software that others watch, read and drive: health, numbers, its description. */
import { randomUUID } from 'node:crypto';
import { request as plainRequest } from 'node:http';
import { isFull, isOutage, openPool } from '../../hub/db.ts';
import { buildServer } from '../../hub/server.ts';
import { refusalFor } from '../../main/engine/sync/refusal-for.ts';
import { hubError } from '../../shared/sync/frames.ts';
import { FRAMES } from '../../shared/sync/wire.ts';
import {
  administer,
  hasPostgres,
  laptopOf,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';

describeIf(hasPostgres, noPostgres)('the hub as a process', () => {
  let cluster: Cluster;
  let hub: TestHub;
  beforeAll(async () => {
    cluster = await startCluster();
    hub = await cluster.hub();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);

  const text = async (path: string): Promise<string> => (await fetch(`${hub.url}${path}`)).text();

  test('says that it is there, and that its database is', async () => {
    expect(JSON.parse(await text('/health'))).toEqual({ ok: true });
    expect(JSON.parse(await text('/ready'))).toEqual({ ok: true });
  });

  test('gives its numbers', async () => {
    const laptop = await laptopOf(hub, 'L01', '张三');
    await laptop.call.locations.create({ kind: 'room', name: '机房' });
    await syncNow(laptop);
    laptop.close();
    const numbers = await text('/metrics');
    expect(numbers).toMatch(/^lanbook_commits 1$/m);
    expect(numbers).toMatch(/^lanbook_laptops 1$/m);
    expect(numbers).toMatch(/^lanbook_conflicts_open 0$/m);
    expect(numbers).toMatch(/^lanbook_database_up 1$/m);
    expect(numbers).toMatch(/lanbook_http_seconds_count\{route="\/v1\/sync",method="POST",status="200"\} \d/);
  });

  test('whose database is away says so to supervisors and laptops, and not that it failed', async () => {
    const pool = openPool('postgres://nobody@127.0.0.1:9/none', 1);
    const app = buildServer({ pool, now: Date.now });
    expect((await app.inject('/health')).statusCode).toBe(200);
    expect((await app.inject('/metrics')).body).toMatch(/^lanbook_database_up 0$/m);
    const nonce = { url: '/v1/session/nonce', method: 'POST', payload: { device: randomUUID() } } as const;
    for (const answer of [await app.inject('/ready'), await app.inject(nonce)]) {
      expect(answer.statusCode).toBe(503);
      expect(answer.headers['retry-after']).toBe('10');
      const said = hubError.parse(JSON.parse(answer.body));
      expect(said.code).toBe('NO_DATABASE');
      expect(refusalFor(said).code).toBe('hub_no_database');
    }
    await app.close();
    await pool.end();
  });

  test('goes on by itself after its database cut all connections, and tells errors of the database apart', async () => {
    await administer(
      cluster.url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lanbook-hub'`,
    );
    const tries = await Promise.all(Array.from({ length: 12 }, () => fetch(`${hub.url}/ready`)));
    expect(tries.map(({ status }) => status).filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect((await fetch(`${hub.url}/ready`)).status).toBe(200);
    const ofState = (code: string): Error => Object.assign(new Error('x'), { code });
    expect(['57P01', '57P03', '08006', '53300', 'ECONNRESET'].filter((code) => !isOutage(ofState(code)))).toEqual([]);
    expect(['23505', '42P01', '53100'].filter((code) => isOutage(ofState(code)))).toEqual([]);
    expect(isOutage(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isFull(ofState('53100'))).toBe(true);
  });

  test('tells its numbers to no other computer without the token', async () => {
    const app = buildServer({ pool: hub.pool, now: Date.now, metricsToken: 'geheim' });
    const ask = (authorization?: string) =>
      app.inject({ url: '/metrics', remoteAddress: '192.168.1.77', headers: authorization ? { authorization } : {} });
    expect((await ask()).statusCode).toBe(403);
    expect((await ask('Bearer anders')).statusCode).toBe(403);
    expect((await ask('Bearer geheim')).statusCode).toBe(200);
    await app.close();
  });

  test('describes every call that a laptop can make, and has a page for it', async () => {
    const app = buildServer({ pool: hub.pool, now: Date.now });
    expect(() => app.get('/v1/secret', () => null)).toThrow('describe itself');
    await app.ready();
    const { paths } = JSON.parse((await app.inject('/openapi.json')).body) as {
      paths: Record<string, Record<string, { requestBody?: { content: object }; security?: unknown[] }>>;
    };
    expect(Object.keys(paths['/v1/sync']?.['post']?.requestBody?.content ?? {})).toEqual([FRAMES]);
    expect(paths['/v1/enrol']?.['post']?.security).toEqual([]);
    expect(JSON.stringify(paths['/v1/enrol'])).toContain('"machine"');
    const page = await app.inject('/docs/');
    expect(page.statusCode).toBe(200);
    // It comes whole from here, and Swagger styles its elements in place: anything narrower is an error in the reader's console.
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("style-src 'self' 'unsafe-inline'");
    expect(policy).not.toMatch(/https:|swagger\.io/);
    expect(Object.values(paths).flatMap((each) => Object.keys(each))).not.toContain('head');
    await app.close();
  });

  test('answers a question that is not HTTP without falling', async () => {
    const { hostname, port } = new URL(hub.url);
    await new Promise<void>((done) => {
      plainRequest({ hostname, port, method: 'BREW', path: '/health' }, (answer) => {
        answer.resume();
        answer.on('end', () => done());
      })
        .on('error', () => done())
        .end();
    });
    expect(JSON.parse(await text('/health'))).toEqual({ ok: true });
  });
});
