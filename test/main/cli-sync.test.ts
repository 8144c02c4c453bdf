/** `lanbook sync` as a script runs it: a round, then the bytes of photos, until nothing waits. */
import { execFile } from 'node:child_process';
import { attach, bytesOf, png } from '../support/pictures.ts';
import {
  hasPostgres,
  laptopOf,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../support/hub.ts';
import type { TestEngine } from '../support/engine.ts';
import { transferBlobs } from '../../main/engine/sync/blobs.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(60_000);

describeIf(hasPostgres, noPostgres)('lanbook sync', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let a: TestEngine;
  let b: TestEngine;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);
  beforeEach(async () => {
    hub = await cluster.hub();
    a = await laptopOf(hub, 'L03', '李明');
    b = await laptopOf(hub, 'L04', '张伟');
  });
  afterEach(async () => {
    for (const laptop of [a, b]) laptop.close();
    await hub.close();
  });

  const run = (dir: string, ...args: string[]): Promise<{ code: unknown; lines: Record<string, unknown>[] }> =>
    new Promise((done) =>
      execFile(
        process.execPath,
        ['main/cli.ts', '--data', dir, 'sync', ...args],
        { timeout: 40_000 },
        (error, out, err) => {
          if (err) console.error(err);
          const lines = out.split('\n').filter(Boolean);
          done({ code: error?.code ?? 0, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) });
        },
      ),
    );

  test('sends the photos that wait, a line for each, and says when none is left; without them when told so', async () => {
    const { id } = await a.call.assets.create({ name: '台式机', category: 'desktop', status: 'in_use', tag: 'A-1' });
    const bytes = [png(200, 100), png(100, 50)];
    const added = [];
    for (const [index, each] of bytes.entries()) added.push(await attach(a, 'assets', id, `机柜${index}.png`, each));
    a.engine.close();
    const bare = await run(a.dir, '--no-photos');
    expect(bare.code).toBe(0);
    expect(bare.lines.some(({ phase }) => phase === 'photos')).toBe(false);
    a.reopen();
    expect(await a.call.attachments.space()).toMatchObject({ unsent: 2 });
    a.engine.close();
    const { code, lines } = await run(a.dir);
    expect(code).toBe(0);
    expect(lines.filter(({ phase }) => phase === 'photos')).toEqual([
      { phase: 'photos', sent: 1, fetched: 0, left: 1 },
      { phase: 'photos', sent: 2, fetched: 0, left: 0 },
      { phase: 'photos', sent: 2, fetched: 0, left: 0 },
    ]);
    a.reopen();
    await syncNow(b);
    await transferBlobs(b.engine, new AbortController().signal);
    for (const [index, { attachment }] of added.entries())
      expect((await bytesOf(b, attachment.id)).equals(bytes[index] ?? Buffer.alloc(0))).toBe(true);
  });
});
