/** A store as hubs of before device keys left it (migration 6), opened by today's: nothing of it is lost, and its laptops go on with the token they have. */
import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { v7 } from 'uuid';
import { startHub } from '../../hub/hub.ts';
import { migrations } from '../../hub/migrations/index.ts';
import { administer, hasPostgres, noPostgres, NO_LIMITS, startCluster, type Cluster } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';

describeIf(hasPostgres, noPostgres)('a store of before there were keys', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);

  test('keeps its rows and its laptops', async () => {
    const name = `old_${randomUUID().replaceAll('-', '')}`;
    await administer(cluster.url, `CREATE DATABASE ${name}`);
    const databaseUrl = cluster.url.replace(/postgres$/, name);
    const old = migrations.filter(({ number }) => number <= 6);
    await administer(
      databaseUrl,
      'CREATE TABLE public.lanbook_schema (number int PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
      ...old.flatMap(({ number, sql }) => [sql, `INSERT INTO public.lanbook_schema (number) VALUES (${number})`]),
    );
    const device = randomUUID();
    const secret = 's'.repeat(43);
    // Two tags there, one on every laptop.
    const twins = [v7(), v7()];
    const db = new pg.Client({ connectionString: databaseUrl });
    await db.connect();
    await db.query(
      'INSERT INTO sync.device (id, machine, technician, token_sha256, enrolled_at) VALUES ($1, $2, $3, $4, now())',
      [device, 'L03', '李明', createHash('sha256').update(secret).digest()],
    );
    for (const [index, id] of twins.entries())
      await db.query(
        "INSERT INTO app.assets (id, name, category, status, tag, rv, fv) VALUES ($1, '机', 'desktop', 'in_use', $2, 1, '{}')",
        [id, index === 0 ? 'ZC-001' : 'zc-001'],
      );
    await db.end();

    const hub = await startHub({ databaseUrl, host: '127.0.0.1', port: 0, limits: NO_LIMITS, graceDays: 0 });
    try {
      const ask = (path: string, token: string): Promise<Response> =>
        fetch(`${hub.url}${path}`, { headers: { authorization: `Bearer ${device}.${token}` } });
      const head = await ask('/v1/head', secret);
      expect(head.status).toBe(200);
      // It may do what it could.
      expect(await head.json()).toMatchObject({ role: 'admin', areas: null });
      expect((await ask('/v1/head', 't'.repeat(43))).status).toBe(401);
      const { rows } = await hub.pool.query<{ id: string }>('SELECT id FROM pub.assets ORDER BY id');
      expect(rows.map(({ id }) => id)).toEqual(twins.toSorted());
      const { rows: done } = await hub.pool.query<{ number: number }>(
        'SELECT max(number) AS number FROM public.lanbook_schema',
      );
      expect(done[0]?.number).toBe(migrations.at(-1)?.number);
      // From now on a third one is kept out, in any case of letters.
      await expect(
        hub.pool.query(
          "INSERT INTO app.assets (id, name, category, status, tag, rv, fv) VALUES ($1, '机', 'desktop', 'in_use', 'Zc-001', 2, '{}')",
          [v7()],
        ),
      ).rejects.toThrow(/asset_tag/);
    } finally {
      await hub.close();
    }
  }, 60_000);
});
