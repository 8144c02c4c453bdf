/** Subnets as a whole through the window: runs kept back by drag and by keyboard, what runs short, released addresses, range requests, F-02. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(120_000);
const hasPoppler = spawnSync('pdftotext', ['-v']).status === 0;
const sentence = hasChromium
  ? 'Printed pages are read with poppler; install it (apt-get install poppler-utils).'
  : noChromium;

describeIf(hasChromium && hasPoppler, sentence)('subnets as a whole', () => {
  let app: TestApp;
  let page: Page;
  let subnet: string;
  let wang: string;
  const dir = mkdtempSync(join(tmpdir(), 'lanbook-subnets-'));
  beforeAll(async () => {
    app = await testApp();
    const { call } = app;
    subnet = (
      await call.ipam.createSubnet({
        cidr: '10.20.30.0/24',
        name: '教师办公',
        purpose: 'office',
        gateway: '10.20.30.1',
      })
    ).id;
    const printers = await call.ipam.createSubnet({ cidr: '10.20.80.0/30', name: '打印', purpose: 'printer' });
    const person = { identity: 'teacher', status: 'active', letter: 'signed' } as const;
    wang = (await call.people.create({ ...person, name: '王芳', department: '语文组' })).id;
    for (const [n, subnet_id] of [subnet, subnet, printers.id, printers.id].entries()) {
      const { id } = await call.ipam.bind({ person_id: wang, subnet_id, mac: `3C52821A000${n}` });
      if (n === 1) await call.ipam.release({ id, reason: '调走' });
    }
    page = await app.open();
    await page.getByRole('navigation').first().waitFor();
  });
  afterAll(async () => {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const show = (path: string) => page.evaluate((hash) => (location.hash = hash), `#/${path}`);
  const notice = (text: string) => page.locator('.ant-message').getByText(text);
  const cell = (octet: number) => page.locator(`[data-at="${octet}"]`);
  const noBarriers = async (): Promise<void> => expect(await accessibilityFaults(page)).toEqual([]);

  test('Today counts what runs short, and opens exactly these', async () => {
    await page.getByRole('button', { name: '快满的网段 1' }).click();
    await page.getByText('10.20.80.0/30').waitFor();
    await page.getByText('已用完').waitFor();
    expect(await page.getByText('10.20.30.0/24').count()).toBe(0);
    await noBarriers();
    await page.getByText('只看快满的').click();
    await page.getByText('10.20.30.0/24').click();
  });

  test('a run is kept back by dragging, another by keyboard; the legend shows several states at once', async () => {
    await cell(20).hover();
    await page.mouse.down();
    await cell(24).hover();
    await cell(36).hover();
    await page.mouse.up();
    const dialog = page.getByRole('dialog', { name: '保留这一段' });
    await dialog.getByText('10.20.30.20 到 10.20.30.36，共 17 个地址').waitFor();
    await noBarriers();
    await dialog.getByLabel('原因').fill('门禁系统');
    await dialog.getByRole('button', { name: '保留这一段' }).click();
    await notice('已保留 10.20.30.20–10.20.30.36').waitFor();
    await page.getByRole('button', { name: /^保留 17/ }).click();
    await page.getByRole('button', { name: /^网关 1/ }).click();
    await page.locator('.addresses[aria-rowcount="19"]').waitFor();
    await page.getByRole('button', { name: '显示全部' }).click();
    await cell(0).focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Enter'])
      await page.keyboard.press(key);
    await dialog.getByText('10.20.30.48 到 10.20.30.50，共 3 个地址').waitFor();
    await dialog.getByRole('button', { name: '取消' }).click();
    await dialog.waitFor({ state: 'hidden' });
  });

  test('a released address is given out at once when its cool-down is ended with a reason', async () => {
    await page.getByRole('link', { name: '回收池' }).click();
    await page.getByText('10.20.30.3', { exact: true }).waitFor();
    await noBarriers();
    await page.getByRole('button', { name: '提前结束回收', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '提前结束回收' });
    await dialog.getByLabel('原因').fill('地址紧张');
    await dialog.getByRole('button', { name: '提前结束回收' }).click();
    await notice('10.20.30.3 可以分配了').waitFor();
    await page.locator('.grid-row').getByText('可分配', { exact: true }).waitFor();
  });

  test('a request is filed, too large for one subnet, and given the lowest run of another', async () => {
    const tiny = (await app.call.ipam.listSubnets({})).rows.find(({ name }) => name === '打印')?.id ?? '';
    const { id } = await app.call.addressing.createRequest({
      department: '语文组',
      person_id: wang,
      purpose: '录播教室',
      addresses: 8,
      from_on: '2026-10-08',
      subnet_id: tiny,
    });
    await page.getByRole('link', { name: '地址段申请' }).click();
    await page.getByText('录播教室').click();
    await page.getByRole('button', { name: '同意并划分' }).click();
    const dialog = page.getByRole('dialog', { name: '同意并划分' });
    await dialog.getByText('网段 10.20.80.0/30 没有连续 8 个空闲地址：共空闲 0 个，最长连续 0 个').waitFor();
    await dialog.getByRole('combobox').fill('教师');
    await page.locator('.ant-select-dropdown').getByText('教师办公 10.20.30.0/24').click();
    await dialog.getByText('将划出 10.20.30.3–10.20.30.10，归语文组专用').waitFor();
    await noBarriers();
    await dialog.getByRole('button', { name: '同意并划分' }).click();
    await notice('已划给语文组：10.20.30.3–10.20.30.10').waitFor();
    expect((await app.call.addressing.getRequest({ id })).request.state).toBe('approved');
  });

  test('F-02 prints the table and the map in letters, numbered', async () => {
    await show(`subnets/${subnet}`);
    await page.getByRole('button', { name: '更多' }).click();
    await page.getByRole('menuitem', { name: '打印IP地址分配表' }).click();
    await page.locator('.leaf').first().waitFor();
    const file = join(dir, 'f02.pdf');
    await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true });
    const pages = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
      .split('\f')
      .slice(0, -1)
      .map((text) => text.replace(/\s+/g, ''));
    expect(pages).toHaveLength(2);
    expect(pages[0]).toContain('临江市第三中学IP地址分配表');
    expect(pages[0]).toContain('10.20.30.20–36');
    expect(pages[0]).toContain('共17个门禁');
    expect(pages[0]).toMatch(/制表人.*审核人/);
    expect(pages[1]).toContain('地址图：教师办公10.20.30.0/24');
    expect(pages[1]?.match(/留/g)?.length).toBe(19);
    pages.forEach((text, index) => expect(text).toContain(`第${index + 1}页共2页`));
  });

  test('the subnet of a day before stands beside today, also in English and dark', async () => {
    await app.call.system.setup({ unit: '临江市第三中学', technician: '李明', machine: 'L03', language: 'en-US' });
    const english = await app.open({ dark: true });
    await english.getByRole('navigation').first().waitFor();
    for (const [hash, text] of [
      [`subnets/${subnet}`, 'Kept back'],
      ['subnets', 'Half a year'],
      ['released', 'Last holder'],
      ['requests', 'Approved'],
    ] as const) {
      await english.evaluate((to) => (location.hash = to), `#/${hash}`);
      await english.getByText(text, { exact: true }).first().waitFor();
    }
    await english.evaluate((to) => (location.hash = to), `#/subnets/${subnet}`);
    await english.getByText('On a day', { exact: true }).click();
    await english.getByLabel('At the end of').fill('2020-01-02');
    await english.keyboard.press('Enter');
    await english.getByText('Given out since').first().waitFor();
    expect(await accessibilityFaults(english)).toEqual([]);
  });

  test('nothing was thrown and nothing broke the content security policy', () => {
    expect(app.faults).toEqual([]);
  });
});
