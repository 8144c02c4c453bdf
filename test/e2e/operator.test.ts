import type { Page } from 'playwright-core';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { refusalOf, testEngine, type TestEngine } from '../support/engine.ts';
import { hasPostgres, noPostgres, startCluster, syncNow, type Cluster, type TestHub } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';

describeIf(hasChromium && hasPostgres, hasChromium ? noPostgres : noChromium)('the central store in the window', () => {
  jest.setTimeout(180_000);
  let cluster: Cluster;
  let hub: TestHub;
  let app: TestApp;
  let page: Page;
  let laptop: TestEngine;
  let subnet: string;
  beforeAll(async () => {
    cluster = await startCluster();
    hub = await cluster.hub();
    app = await testApp();
    await app.call.sync.enrol({ address: hub.url, code: await hub.newCode() });
    await app.call.locations.create({ kind: 'building', name: '教学楼' });
    subnet = (await app.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '办公', purpose: 'office' })).id;
    for await (const event of await app.call.sync.run()) void event;
    laptop = await testEngine({ machine: 'L07', technician: '孙丽' });
    page = await app.open();
    await page.getByRole('navigation').first().waitFor();
  });
  afterAll(async () => {
    laptop.close();
    await app.close();
    await cluster.stop();
  });
  const show = (hash: string): Promise<void> =>
    page.evaluate((to) => {
      location.hash = to;
    }, hash);

  test('a code is made for a role and an area, and lets a laptop in', async () => {
    await show('#/store');
    await page.getByText('还没有备份过').waitFor();
    await page.getByRole('button', { name: '接入码' }).click();
    const dialog = page.getByRole('dialog', { name: '接入码' });
    await dialog.getByLabel('角色').click();
    await page.getByTitle('区域负责人').click();
    await dialog.getByLabel('负责区域').fill('教学');
    await page.getByTitle('教学楼').click();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: '生成接入码' }).click();
    const code = await dialog.locator('.operator-secret').innerText();
    await dialog.getByText(hub.url).waitFor();
    await laptop.call.sync.enrol({ address: hub.url, code });
    await syncNow(laptop);
    expect(await laptop.call.sync.status({})).toMatchObject({ role: 'lead' });
    await dialog.getByRole('button', { name: '关闭', exact: true }).last().click();
    await show('#/today');
    await show('#/store');
    const row = page.getByRole('row', { name: /L07/ });
    await row.getByText('区域负责人').waitFor();
    await row.getByText('教学楼').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('a lost laptop is shut out with two presses, and what it still held is taken over', async () => {
    await laptop.call.people.create({ name: '新教师', identity: 'teacher', letter: 'unsigned', status: 'active' });
    const row = page.getByRole('row', { name: /L07/ });
    await row.getByRole('button', { name: '停用' }).click();
    await page.getByText('停用 L07（孙丽）？').waitFor();
    await page.getByRole('tooltip').getByRole('button', { name: '停用' }).click();
    await row.getByText(/\d 停用/).waitFor();
    expect(await refusalOf(syncNow(laptop))).toMatchObject({ code: 'device_revoked' });
    await show('#/today');
    await show('#/store');
    await page.getByText('待审改动 1').click();
    await page.getByText('姓名: 新教师').waitFor();
    await page.getByText('电脑已停用').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '采用', exact: true }).click();
    await page.getByText('没有待审的改动').waitFor();
    await page.getByRole('main').getByText('事件').click();
    await page.getByRole('cell', { name: '审核改动' }).waitFor();
    await page.locator('footer').getByRole('button', { name: '立即同步' }).click();
    await show('#/people');
    await page.getByText('新教师').waitFor();
  });

  test('addresses are taken along and given back where the subnet is', async () => {
    await show(`#/subnets/${subnet}`);
    await page.getByRole('button', { name: '更多' }).click();
    await page.getByRole('menuitem', { name: '带走一段地址' }).click();
    const dialog = page.getByRole('dialog', { name: '带走一段地址' });
    await dialog.getByLabel('几个地址').fill('5');
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: '带走一段地址' }).click();
    await page.getByText('本机预领 10.20.30.1–10.20.30.5，等同步确认').waitFor();
    await page.locator('footer').getByRole('button', { name: '立即同步' }).click();
    await page.getByText('本机带走 10.20.30.1–10.20.30.5，还有 5 个可用').waitFor();
    await page.getByRole('button', { name: '归还' }).click();
    await page.getByText('本机带走').waitFor({ state: 'hidden' });
    expect(app.faults).toEqual([]);
  });
});
