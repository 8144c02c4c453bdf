/** A notebook that never sees the network of its store, and an admin's beside it: the first has a window, and so has the second. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Download, Page } from 'playwright-core';
import { identityIn } from '../../hub/identity.ts';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { hasPostgres, noPostgres, startCluster, type Cluster, type TestHub } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';

describeIf(hasPostgres && hasChromium, hasPostgres ? noChromium : noPostgres)('joining by USB stick', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let stick: string;
  let keys: string;
  let far: TestApp;
  let admin: TestApp;
  let farPage: Page;
  let adminPage: Page;
  beforeAll(async () => {
    cluster = await startCluster();
    stick = mkdtempSync(join(tmpdir(), 'lanbook-stick-'));
    keys = mkdtempSync(join(tmpdir(), 'lanbook-key-'));
    hub = await cluster.hub({ identity: await identityIn(keys) });
    admin = await testApp();
    await admin.call.sync.enrol({ address: hub.url, code: await hub.newCode() });
    await admin.call.assets.create({ name: '中心机房交换机', category: 'desktop', status: 'in_use' });
    for await (const event of await admin.call.sync.run()) void event;
    far = await testApp({ ports: { fetch: () => Promise.reject(new TypeError('no network')) } });
    await far.call.system.setup({ unit: '临江市第三中学', technician: '王芳', machine: 'L08', language: 'zh-CN' });
    await far.call.assets.create({ name: '保密室电脑', category: 'desktop', status: 'in_use' });
    [farPage, adminPage] = [await far.open(), await admin.open()];
  }, 240_000);
  afterAll(async () => {
    await far.close();
    await admin.close();
    await cluster.stop();
    for (const dir of [stick, keys]) rmSync(dir, { recursive: true, force: true });
  });
  const shot = async (page: Page, name: string): Promise<void> => {
    const dir = process.env['LANBOOK_SHOTS'];
    if (dir) await page.screenshot({ path: join(dir, `${name}.png`) });
  };
  const onStick = async (download: Download): Promise<string> => {
    const file = join(stick, download.suggestedFilename());
    await download.saveAs(file);
    return file;
  };
  const choose = async (page: Page, button: string, file: string): Promise<void> => {
    const chooser = page.waitForEvent('filechooser');
    await page.locator('button', { hasText: button }).click();
    await (await chooser).setFiles(file);
  };

  test('code, file, answer: and the notebook has what the store has', async () => {
    await farPage.goto(farPage.url().replace(/#.*$/, '#/sync'));
    await farPage.getByRole('button', { name: '用 U 盘接入' }).click();
    const write = farPage.getByRole('button', { name: '写出接入文件…' });
    expect(await write.isDisabled()).toBe(true);
    await farPage.getByLabel('接入码').fill('不是接入码');
    await write.click();
    await farPage.getByText('接入码不对').waitFor();
    await shot(farPage, 'join-1');
    expect(await accessibilityFaults(farPage)).toEqual([]);
    const { code } = await admin.call.operator.code({ role: 'technician', areas: null });
    await farPage.getByLabel('接入码').fill(code.toLowerCase());
    const written = farPage.waitForEvent('download');
    await write.click();
    const file = await onStick(await written);
    expect(file).toMatch(/L08-\d{8}-1-join\.lanbook$/);

    await adminPage.goto(adminPage.url().replace(/#.*$/, '#/store'));
    await adminPage.getByText('U 盘文件', { exact: true }).click();
    const answered = adminPage.waitForEvent('download');
    await choose(adminPage, '选择同事的文件…', file);
    const answer = await onStick(await answered);
    await adminPage.getByText('L08（王芳），第 1 份文件').waitFor();
    await adminPage.getByText('已接入', { exact: true }).waitFor();
    // The answer is no file for the store.
    await choose(adminPage, '选择同事的文件…', answer);
    await adminPage.getByText('这是中心库写出的回执').waitFor();
    await shot(adminPage, 'join-2');
    expect(await accessibilityFaults(adminPage)).toEqual([]);

    await choose(farPage, '读入回执…', answer);
    await farPage.getByText('仅用 U 盘').first().waitFor();
    await farPage.getByText('全部已同步').waitFor();
    await shot(farPage, 'join-3');
    expect(await accessibilityFaults(farPage)).toEqual([]);
    expect((await far.call.assets.list({})).rows.map(({ name }) => name).sort()).toEqual([
      '中心机房交换机',
      '保密室电脑',
    ]);
    await farPage.getByRole('button', { name: '填地址' }).click();
    await farPage.getByRole('dialog', { name: '填写中心库地址' }).waitFor();
    await shot(farPage, 'join-4');
    expect([...far.faults, ...admin.faults]).toEqual([]);
  }, 120_000);
});
