/** Ports, labels and their papers in the window, on the demo school: by keyboard at the rack, and on paper. */
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

describeIf(hasChromium && hasPoppler, sentence)('cabling in the window', () => {
  let app: TestApp;
  let page: Page;
  const dir = mkdtempSync(join(tmpdir(), 'lanbook-cabling-'));
  beforeAll(async () => {
    app = await testApp();
    for await (const _ of await app.call.system.demo({ scale: 1 }));
    page = await app.open();
    await page.getByRole('navigation').first().waitFor();
  });
  afterAll(async () => {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const at = (hash: string): Promise<void> => page.evaluate((to) => void (location.hash = to), hash);
  const printed = async (): Promise<string> => {
    await page.locator('.leaf').first().waitFor();
    const file = join(dir, 'paper.pdf');
    await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true });
    return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  };

  test('a row of ports is recorded in one line and taken back; the sheet F-05 carries faceplate and rows', async () => {
    await at('#/switch-ports');
    await page.getByRole('link', { name: /^SW-A1-1/ }).click();
    await page.getByRole('button', { name: /^端口 GE1\/0\/47，损坏/ }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const line = page.getByLabel('成批登记测试');
    await line.fill('25-28 预留 今天');
    await page.getByText(/^4 个端口（25-28）：预留/).waitFor();
    await line.press('Enter');
    await page.getByRole('button', { name: /^端口 GE1\/0\/28，预留/ }).waitFor();
    await page.locator('.undoable').getByRole('button').click();
    await page.getByRole('button', { name: /^端口 GE1\/0\/28，未用/ }).waitFor();
    await page.getByRole('button', { name: /^端口 GE1\/0\/1，正常/ }).click();
    await page.locator('.sheet .trace-hop').getByText('AGG-A').waitFor();
    await page.keyboard.press('Escape');
    // A damaged port is reported from where it is seen, and carries the number of its ticket from then on.
    await page.getByRole('button', { name: /^端口 GE1\/0\/47，损坏/ }).click();
    await page.locator('.sheet').getByRole('button', { name: '登记报修' }).click();
    await page.getByRole('dialog').getByText('SW-A1-1').first().waitFor();
    await page.keyboard.press('Control+Enter');
    await page
      .locator('tr', { hasText: 'GE1/0/47' })
      .getByText(/BX-\d{6}-/)
      .waitFor();
    await page.getByRole('button', { name: '打印端口状况表' }).click();
    const text = await printed();
    for (const word of ['用户端口状况表', 'SW-A1-1', 'GE1/0/24', '10.20.20.2', '检查人', '移交人', 'DK-'])
      expect(text).toContain(word);
  });

  test('labels are checked down the list with one key each, and only the bad ones are printed for both ends', async () => {
    await at('#/cables');
    await page.getByRole('link', { name: /B2F/ }).click();
    const rows = page.locator('.label-table tbody tr');
    await rows.first().focus();
    await page.keyboard.press('1');
    await page.keyboard.press('4');
    await page.keyboard.press('2');
    await page.getByLabel('实际写的是什么？').fill('B-2A-A-99');
    await page.keyboard.press('Enter');
    await rows.nth(2).getByText('B-2A-A-99').waitFor();
    await rows.nth(1).getByText('缺失').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '打印标签贴纸' }).click();
    await page.getByRole('dialog').getByText('只打错误或看不清的（3 根）').waitFor();
    await page.getByRole('button', { name: '生成 6 张标签' }).click();
    const text = await printed();
    expect(text.match(/B-2A-A-02$/gm) ?? []).not.toHaveLength(0);
    expect(text).toContain('100 mm');
    expect(app.faults).toEqual([]);
  });
});
