/** A morning through the window: add what must not fail, check it, write it down; then keep an eye on it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { fakeLink, fakeWire } from '../support/fake-wire.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(120_000);
/** Addresses that do not answer. */
const dead = new Set<string>();
let plugged = true;
const links = [fakeLink];
const realTime = {
  ...fakeWire({ hosts: [] }),
  now: () => performance.now(),
  sleep: (ms: number, signal?: AbortSignal) => delay(ms, undefined, { signal }).catch(() => undefined),
  links: () => (plugged ? links : []),
  ping: async (ip: string) =>
    dead.has(ip) ? { rtt_ms: null, loss_percent: 100, ttl: null } : { rtt_ms: 1.5, loss_percent: 0, ttl: 64 },
  connect: async () => 'silent' as const,
};

describeIf(hasChromium, noChromium)('watch, morning check and duty log in the window', () => {
  let app: TestApp;
  let page: Page;
  beforeAll(async () => {
    app = await testApp({ ports: { wire: () => realTime } });
    await app.call.ipam.createSubnet({
      cidr: '10.20.30.0/24',
      name: '教师办公',
      purpose: 'office',
      gateway: '10.20.30.1',
    });
    await app.call.assets.create({ name: '核心交换机', category: 'switch', status: 'in_use', ip: '10.20.30.2' });
    await app.call.assets.create({ name: '文件服务器', category: 'server', status: 'in_use', ip: '10.20.30.3' });
    page = await app.open();
  });
  afterAll(() => app.close());

  const row = (name: string) => page.locator('.watch-row').filter({ hasText: name });
  const checkRow = (name: string) => page.locator('.check-row').filter({ hasText: name });
  const notice = (text: string) => page.locator('.ant-message').getByText(text);

  test('gateways and key equipment are added in one go', async () => {
    await page.getByRole('link', { name: '网络发现' }).click();
    await page.getByRole('link', { name: '在线监测' }).click();
    await page.getByText('还没有监测设备').waitFor();
    await page.getByRole('button', { name: '网段网关和关键设备' }).click();
    await page.getByRole('button', { name: '加入 3 台' }).click();
    await row('核心交换机').getByText('未监测').waitFor();
    expect(await page.locator('.watch-row').count()).toBe(3);
  });

  test('the morning check is one press on the morning page, and one more writes it down', async () => {
    dead.add('10.20.30.2');
    await page.getByRole('link', { name: '工作台' }).click();
    await page.getByText('今天还没有早检').waitFor();
    await page.getByRole('button', { name: '开始早检' }).click();
    await page.getByText('2 台正常，1 台不通：核心交换机 10.20.30.2').waitFor();
    expect(await page.locator('.check-row').first().textContent()).toContain('核心交换机');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '写入值班日志' }).click();
    await page.getByRole('link', { name: '已写入值班日志' }).click();
    await page.locator('.duty-entry').getByText('早检：2 台正常，1 台不通：核心交换机 10.20.30.2。').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('a failure becomes a ticket or a note with one key', async () => {
    await page.getByRole('link', { name: '网络发现' }).click();
    await page.getByRole('link', { name: '早检', exact: true }).click();
    await checkRow('核心交换机').press('t');
    await page.locator('.quick').getByText('核心交换机').first().waitFor();
    await page.keyboard.press('Control+Enter');
    await notice('BX-').waitFor();
    const [ticket] = (await app.call.tickets.list({})).rows;
    expect(ticket).toMatchObject({ ip: '10.20.30.2', channel: 'scan', category: 'no_access' });
    expect(ticket?.symptom).toContain('核心交换机（10.20.30.2）不通');
    // one trouble, one ticket
    await checkRow('核心交换机')
      .getByRole('link', { name: `已开工单 ${ticket?.number ?? ''}` })
      .waitFor();
    expect(await checkRow('核心交换机').getByRole('button', { name: '开工单' }).count()).toBe(0);
    await checkRow('核心交换机').press('n');
    const box = page.getByRole('textbox', { name: '内容' });
    expect(await box.inputValue()).toContain('核心交换机（10.20.30.2）不通');
    await box.press('Control+Enter');
    await page.locator('.duty-entry').getByText('突发事件').waitFor();
    await page.locator('.fact').filter({ hasText: '受理报修' }).getByText('1').waitFor();
  });

  test('an entry that is too long is told, and kept as it was pasted', async () => {
    const box = page.getByRole('textbox', { name: '内容' });
    await box.fill('长'.repeat(2001));
    await page.getByText('太长：2,001 个字，一笔最多 2,000 个。').waitFor();
    await box.press('Control+Enter');
    expect(await page.getByRole('button', { name: '记一笔' }).isDisabled()).toBe(true);
    expect(await box.inputValue()).toHaveLength(2001);
    await box.fill('');
  });

  test('a line that was begun outlives a search and a look elsewhere', async () => {
    const box = page.getByRole('textbox', { name: '内容' });
    const go = (hash: string): Promise<void> =>
      page.evaluate((to) => {
        location.hash = to;
      }, hash);
    await go('#/duty');
    await page.getByRole('heading', { name: '值班日志' }).waitFor();
    await box.fill('来访：运营商巡检光缆');
    await page.getByRole('textbox', { name: '搜索全部日志' }).fill('核心');
    await box.waitFor({ state: 'detached' });
    await page.getByRole('textbox', { name: '搜索全部日志' }).fill('');
    expect(await box.inputValue()).toBe('来访：运营商巡检光缆');
    await go('#/watch');
    await box.waitFor({ state: 'detached' });
    await go('#/duty');
    expect(await box.inputValue()).toBe('来访：运营商巡检光缆');
    await box.fill('');
  });

  test('an entry is voided with a reason and stays to be read; the day is printed', async () => {
    await page.locator('.duty-entry').filter({ hasText: '突发事件' }).getByRole('button', { name: '作废' }).click();
    await page.locator('.ant-modal textarea').fill('已开工单，不另记');
    await page.keyboard.press('Control+Enter');
    const voided = page.locator('.duty-entry.voided');
    await voided.getByText('李明').first().waitFor();
    await voided.getByText('作废：已开工单，不另记').waitFor();
    expect(await voided.getByRole('button').count()).toBe(0);
    await page.getByRole('textbox', { name: '搜索全部日志' }).fill('核心交换机');
    await page.getByText('找到 2 条').waitFor();
    await page.getByRole('textbox', { name: '搜索全部日志' }).fill('');
    await page.getByRole('button', { name: '打印当天' }).click();
    await page.getByText('临江市第三中学值班记录').waitFor();
    await page.getByRole('button', { name: '返回' }).click();
  });

  test('a watched device that goes away is told on every screen, and stands first', async () => {
    dead.clear();
    const { devices } = await app.call.watch.list();
    for (const { id } of devices) await app.call.watch.update({ id, changes: { interval_s: 1 } });
    await page.getByRole('link', { name: '网络发现' }).click();
    await page.getByRole('link', { name: '在线监测' }).click();
    await page.getByRole('button', { name: '全部开始' }).click();
    await page.getByText('监测 3 台，正常 3 台').waitFor();
    await page.getByRole('link', { name: '工作台' }).click();
    dead.add('10.20.30.3');
    await notice('文件服务器 10.20.30.3 不通').waitFor();
    await page.locator('.bottom').getByText('不通 1').click();
    expect(await page.locator('.watch-row').first().textContent()).toContain('文件服务器');
    expect(await accessibilityFaults(page)).toEqual([]);
    await row('文件服务器').getByRole('link').click();
    await page.getByText('还没有恢复').waitFor();
    dead.clear();
    await notice('文件服务器 10.20.30.3 恢复正常').waitFor();
    await page.locator('.watch-outages li').filter({ hasText: '秒）' }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('a pulled cable is said as such, and calls nobody down', async () => {
    plugged = false;
    await page.getByText('本机断网，监测已暂停，设备不算掉线').waitFor();
    expect(await page.locator('.watch-down').count()).toBe(0);
    plugged = true;
    await page.getByText('监测 3 台，正常 3 台').waitFor();
  });

  test('another window sees the same, and stopping there stops it here', async () => {
    const second = await app.open();
    await second.getByRole('link', { name: '网络发现' }).click();
    await second.getByRole('link', { name: '在线监测' }).click();
    await second.getByText('监测 3 台，正常 3 台').waitFor();
    await second.getByRole('button', { name: '停止监测 文件服务器' }).click();
    await row('文件服务器').getByText('未监测').waitFor();
    await second.getByRole('button', { name: '全部停止' }).click();
    await page.getByText('共 3 台，没有在监测').waitFor();
    expect(app.faults).toEqual([]);
  });
});
