/** A hub that was killed could not take its images with it: the next one does, and touches nobody else's. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasPostgres, noPostgres, startCluster, type Cluster } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';

describeIf(hasPostgres, noPostgres)('images of a hub that was killed', () => {
  let cluster: Cluster;
  const made: string[] = [];
  const folder = (name: string, usedAt = Date.now()): string => {
    const dir = join(tmpdir(), `lanbook-hub-image-${name}`);
    made.push(dir);
    mkdirSync(dir);
    writeFileSync(join(dir, '1.zst'), 'image');
    utimesSync(dir, usedAt / 1000, usedAt / 1000);
    return dir;
  };
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(async () => {
    await cluster.stop();
    for (const dir of made) rmSync(dir, { recursive: true, force: true });
  }, 60_000);

  test('go when the next hub starts; those of a process that runs, or of another machine, stay', async () => {
    const { pid: dead } = spawnSync(process.execPath, ['--version']);
    const left = folder(`${hostname()}-${dead}-aaaaaa`);
    const ofMyNumber = folder(`${hostname()}-${process.pid}-bbbbbb`, performance.timeOrigin - 60_000);
    const mine = folder(`${hostname()}-${process.pid}-cccccc`);
    const running = folder(`${hostname()}-${process.ppid}-dddddd`);
    const elsewhere = folder(`elsewhere-${dead}-eeeeee`);
    const hub = await cluster.hub();
    expect([left, ofMyNumber, mine, running, elsewhere].map((dir) => existsSync(dir))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
    await hub.close();
  }, 30_000);
});
