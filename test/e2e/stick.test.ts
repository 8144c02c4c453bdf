/** A technician without a network and the operator of the store, with a USB stick between them: through the window and the store's command line. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { carryBundle } from '../../hub/bundle-console.ts';
import { withClient } from '../../hub/db.ts';
import { identityIn } from '../../hub/identity.ts';
import { hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { hasPostgres, noPostgres, startCluster, type Cluster, type TestHub } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';

describeIf(hasPostgres && hasChromium, hasPostgres ? noChromium : noPostgres)('carrying changes by USB stick', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let stick: string;
  let keys: string;
  let app: TestApp;
  let page: Page;
  beforeAll(async () => {
    cluster = await startCluster();
    stick = mkdtempSync(join(tmpdir(), 'lanbook-stick-'));
    keys = mkdtempSync(join(tmpdir(), 'lanbook-key-'));
    hub = await cluster.hub({ identity: await identityIn(keys) });
    app = await testApp();
    await app.call.sync.enrol({ address: hub.url, code: await hub.newCode() });
    await app.call.sync.setAuto({ on: false });
    await hub.stopServer();
    await hub.restart();
    page = await app.open();
  }, 180_000);
  afterAll(async () => {
    await app.close();
    await cluster.stop();
    for (const dir of [stick, keys]) rmSync(dir, { recursive: true, force: true });
  });

  test('three steps, and what is wrong in one sentence', async () => {
    await app.call.assets.create({ name: '机房交换机', category: 'desktop', status: 'in_use' });
    await app.call.assets.create({ name: '备用电脑', category: 'desktop', status: 'idle' });
    await page.goto(page.url().replace(/#.*$/, '#/sync'));
    await page.getByText('用 U 盘传递').click();
    await page.getByText('待上传的改动：2 项').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '写出到 U 盘…' }).click();
    const file = join(stick, (await download).suggestedFilename());
    await (await download).saveAs(file);
    expect(file).toMatch(/L03-\d{8}-1\.lanbook$/);
    await page.getByText('含 2 项改动').waitFor();
    if (process.env['LANBOOK_SHOTS'])
      await page.screenshot({ path: join(process.env['LANBOOK_SHOTS'], 'stick-1.png') });

    // The wrong file first: what was just written.
    const choose = async (path: string): Promise<void> => {
      const chooser = page.waitForEvent('filechooser');
      await page.locator('button', { hasText: '读入回执…' }).click();
      await (await chooser).setFiles(path);
    };
    await choose(file);
    await page.getByText('这是 L03 写出的上传文件').waitFor();
    if (process.env['LANBOOK_SHOTS'])
      await page.screenshot({ path: join(process.env['LANBOOK_SHOTS'], 'stick-2.png') });

    const pool = hub.pool;
    const said = await withClient(pool, (client) => carryBundle(client, file, null, keys));
    expect(said).toContain('Applied: 2');
    const answer = join(stick, 'L03-1-answer.lanbook');
    expect(readdirSync(stick).filter((name) => name.endsWith('.part'))).toEqual([]);
    writeFileSync(join(stick, 'half.lanbook'), 'LANBOOK BUNDLE 1\n{"ki');
    await choose(join(stick, 'half.lanbook'));
    await page.getByText('文件不完整').waitFor();
    await choose(answer);
    await page.locator('.stick-note').getByText('中心库已收下 2 项改动').waitFor();
    await page.getByText('本机没有待上传的改动').waitFor();
    expect((await app.call.sync.status({})).unsynced).toBe(0);
    if (process.env['LANBOOK_SHOTS']) {
      await page.waitForTimeout(3000);
      await page.screenshot({ path: join(process.env['LANBOOK_SHOTS'], 'stick-3.png') });
    }
    // A file that is not from a laptop of this store is refused at its command line too.
    await expect(withClient(pool, (client) => carryBundle(client, answer, null, keys))).rejects.toThrow(
      'This file is an answer of a store.',
    );
    expect(app.faults).toEqual([]);
  }, 120_000);
});
