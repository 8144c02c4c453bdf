import type { Page } from 'playwright-core';
import { writeLog } from '../../main/engine/sync/state.ts';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
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
import { describeIf } from '../support/skip.ts';

describeIf(hasChromium && hasPostgres, hasChromium ? noPostgres : noChromium)('sync in the window', () => {
  jest.setTimeout(180_000);
  let cluster: Cluster;
  let hub: TestHub;
  let colleague: TestEngine;
  let app: TestApp;
  let page: Page;
  beforeAll(async () => {
    cluster = await startCluster();
    hub = await cluster.hub();
    colleague = await laptopOf(hub, 'L08', '张伟');
    app = await testApp();
    page = await app.open();
    await page.getByRole('navigation').first().waitFor();
  });
  afterAll(async () => {
    await app.close();
    colleague.close();
    await cluster.stop();
  });
  const syncButton = (): ReturnType<Page['locator']> =>
    page.locator('footer').getByRole('button', { name: '立即同步' });

  test('joining says what is wrong with a code and goes on with the right one', async () => {
    await page.locator('footer').getByText('单机使用').waitFor();
    await page.locator('footer').getByRole('link', { name: '接入中心库' }).click();
    await page.getByRole('button', { name: '接入中心库' }).click();
    await page.getByLabel('中心库地址').fill(hub.url);
    await page.getByLabel('接入码').fill('AAAA-BBBB-CCCC-DDDD');
    await page.getByRole('button', { name: '接入', exact: true }).click();
    await page.getByText('接入码不对。请核对后重新输入。').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('接入码').fill(await hub.newCode());
    await page.getByRole('button', { name: '接入', exact: true }).click();
    await page.getByText(hub.url).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    // From here on the buttons are tried; what goes by itself has its own test.
    await page.getByRole('switch', { name: '连上中心库时自动同步' }).click();
  });

  test('a new address of the store can be written at any time; without a pinned key it asks for a code', async () => {
    await page.getByRole('main').getByRole('button', { name: '换地址' }).click();
    const dialog = page.getByRole('dialog', { name: '中心库换了地址' });
    expect(await dialog.getByLabel('中心库地址').inputValue()).toBe(hub.url);
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByLabel('中心库地址').press('Enter');
    await dialog.getByText('换地址要填接入码').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  test('a clash is one click to reach and one to settle, and stands in the history of both', async () => {
    const { id } = await app.call.assets.create({
      name: '台式机',
      category: 'desktop',
      status: 'in_use',
      tag: 'A-1',
      serial: 'S-0',
    });
    await syncButton().click();
    await page.getByText('同步完成：上传 1 项').waitFor();
    await syncNow(colleague);
    await colleague.call.assets.update({ id, changes: { serial: 'S-张' } });
    await syncNow(colleague);
    await app.call.assets.update({ id, changes: { serial: 'S-我' } });
    await page.evaluate(() => (location.hash = '#/assets'));
    await page.locator('footer').getByText('未同步 1').waitFor();
    // With a clash left over the sync itself leads to it.
    await syncButton().click();
    const card = page.getByRole('article', { name: 'A-1 · 台式机' });
    await card.getByText('S-我').waitFor();
    await card.getByText('S-张').waitFor();
    await card.getByText('张伟@L08').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await card.getByRole('button', { name: '采用我的' }).click();
    await page.getByText('没有要处理的冲突').waitFor();
    await syncButton().click();
    await page.locator('footer').getByText('未同步 0').waitFor();
    await syncNow(colleague);
    expect((await colleague.call.assets.get({ id })).asset.serial).toBe('S-我');
    await page.getByText('同步日志', { exact: true }).click();
    await page.getByText('处理了一项冲突：A-1 · 台式机').waitFor();
    // The longest sentence of all breaks, instead of making the page wider than the window.
    writeLog(app.host.engine, 'failed', { refusal: 'hub_other_key', address: hub.url });
    app.host.engine.changed(['sync']);
    const line = page.locator('.sync-log li').filter({ hasText: '密钥不同' });
    await line.waitFor();
    const { x, width } = (await line.boundingBox()) ?? { x: 0, width: Infinity };
    expect(x + width).toBeLessThanOrEqual(1366);
    expect(app.faults).toEqual([]);
  });
});
