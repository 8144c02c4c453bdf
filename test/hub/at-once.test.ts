/** Many laptops bring commits to two hub processes' worth of servers on one PostgreSQL at the same moment, each server with a single connection (sync.md L11). */
import { v7 } from 'uuid';
import { sha256 } from '../../hub/codec.ts';
import { startHub, type Hub } from '../../hub/hub.ts';
import { nextChain, type Result } from '../../shared/sync/frames.ts';
import { hasPostgres, noPostgres, NO_LIMITS, startCluster, type Cluster } from '../support/hub.ts';
import { LightLaptop } from '../support/light.ts';
import { describeIf } from '../support/skip.ts';

const LAPTOPS = 8;
const ROUNDS = 3;
const COMMITS = 12;

describeIf(hasPostgres, noPostgres)('two hubs at once', () => {
  let cluster: Cluster;
  let second: Hub | undefined;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(async () => {
    await second?.close();
    await cluster.stop();
  }, 60_000);

  test('number without a gap, follow one chain, and let nobody wait for ever', async () => {
    const first = await cluster.hub({ connections: 1 });
    second = await startHub({
      databaseUrl: first.databaseUrl,
      host: '127.0.0.1',
      port: 0,
      limits: NO_LIMITS,
      connections: 1,
    });
    const hubs = [first, second];
    const laptops: LightLaptop[] = [];
    for (let i = 0; i < LAPTOPS; i += 1) {
      const laptop = new LightLaptop(hubs[i % 2]?.url ?? '', null);
      await laptop.enrol(await first.newCode(), `L${i + 10}`);
      laptops.push(laptop);
    }
    const shared = v7();
    // One tag for all: exactly one of the assets that want it gets it.
    const work = (laptop: LightLaptop): Uint8Array =>
      laptop.request(
        Array.from({ length: COMMITS }, () =>
          laptop.own.commit('assets.create', [
            {
              op: 'insert',
              table: 'assets',
              id: v7(),
              values: { name: '机', category: 'desktop', status: 'in_use', tag: shared },
            },
          ]),
        ),
      );
    const results: Result[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const heard = await Promise.all(laptops.map((laptop) => laptop.round(work(laptop))));
      for (const { results: texts } of heard) results.push(...texts.map((text) => JSON.parse(text) as Result));
    }
    const all = LAPTOPS * ROUNDS * COMMITS;
    expect(results.map(({ seq }) => seq).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: all }, (_, i) => i + 1),
    );
    expect(results.filter(({ outcome }) => outcome === 'applied')).toHaveLength(1);

    const { rows } = await first.pool.query<{ seq: number; sha256: string; chain: string }>(
      'SELECT seq, sha256, chain FROM sync.commit ORDER BY seq',
    );
    const { rows: heads } = await first.pool.query<{ epoch: string; seq: number; chain: string }>(
      'SELECT epoch, seq, chain FROM sync.head',
    );
    let chain = sha256(heads[0]?.epoch ?? '');
    for (const row of rows) {
      chain = nextChain(sha256, chain, row.sha256);
      expect(row.chain).toBe(chain);
    }
    expect(heads[0]).toMatchObject({ seq: all, chain });
    for (const laptop of laptops) {
      await laptop.pull();
      expect(laptop.chain).toBe(chain);
      await laptop.close();
    }
  }, 120_000);
});
