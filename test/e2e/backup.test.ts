import type { Page } from 'playwright-core';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { describeIf } from '../support/skip.ts';

describeIf(hasChromium, noChromium)('backups in the settings', () => {
  jest.setTimeout(120_000);
  let app: TestApp;
  let page: Page;
  beforeAll(async () => {
    app = await testApp();
    page = await app.open();
    await page.getByRole('navigation').first().waitFor();
  });
  afterAll(() => app.close());

  test('taken with one click, restored in two steps that name what will be lost', async () => {
    await app.call.people.create({ name: '王芳', identity: 'teacher', letter: 'signed', status: 'active' });
    await page.evaluate(() => (location.hash = '#/settings'));
    await page.getByRole('button', { name: '立即备份' }).click();
    await page.getByText('已备份并校验：1 条记录').waitFor();
    await app.call.people.create({ name: '李静', identity: 'teacher', letter: 'signed', status: 'active' });
    await page.getByRole('button', { name: '恢复', exact: true }).first().click();
    await page.getByText('这份备份里没有最近的 1 次改动').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '下一步' }).click();
    const confirm = page.getByRole('dialog').getByRole('button', { name: '恢复', exact: true });
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByLabel('输入“恢复”二字确认').fill('恢复');
    await confirm.click();
    await page.getByText('已恢复。旧数据保留在').waitFor();
    expect((await app.call.people.list({})).rows.map(({ name }) => name)).toEqual(['王芳']);
    await page.getByText('恢复前的数据').first().waitFor();
  });

  test('a downloaded backup is restored from its file, and a wrong file is refused in words', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载' }).first().click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^临江市第三中学-\d{4}-\d{2}-\d{2}\.lanbook$/);
    const file = await download.path();
    const picker = page.getByLabel('从文件恢复…');
    await picker.setInputFiles({
      name: '备份.lanbook',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('没有这样的备份'),
    });
    await page.getByText('这个文件不是网管手账的备份').waitFor();
    await picker.setInputFiles(file);
    await page.getByRole('dialog').getByText('恢复后将有').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    expect(app.faults).toEqual([]);
  });
});
