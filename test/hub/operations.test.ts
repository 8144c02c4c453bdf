/** The hub as software that others watch, read and drive: health, numbers, its description. */
import { request as plainRequest } from 'node:http';
import { buildServer } from '../../hub/server.ts';
import { FRAMES } from '../../shared/sync/wire.ts';
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
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
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
