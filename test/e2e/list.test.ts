/** A long list with the keyboard: windows of rows, filters, sort, ticks, copy for Excel; and the frame when the engine is gone. */
import type { Page } from 'playwright-core';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(120_000);
const ROWS = 450;

describeIf(hasChromium, noChromium)('a long list in the window', () => {
  let app: TestApp;
  let page: Page;
  beforeAll(async () => {
    app = await testApp();
    for (let n = 1; n <= ROWS; n += 1)
      await app.call.assets.create({
        tag: `T-${String(n).padStart(4, '0')}`,
        name: n % 9 === 0 ? '核心交换机' : '台式计算机',
        category: n % 9 === 0 ? 'switch' : 'desktop',
        status: n % 50 === 0 ? 'repair' : 'in_use',
        mac: `00E0FC${n.toString(16).toUpperCase().padStart(6, '0')}`,
        model: n === 2 ? '带"引号"的型号' : null,
      });
    page = await app.open();
    await page.getByRole('link', { name: '资产台账' }).click();
    await page.getByText('T-0001').waitFor();
  });
  afterAll(() => app.close());

  const grid = () => page.getByRole('grid');
  const activeRow = (): Promise<string> => page.locator('.grid-row.active').innerText();
  const count = (n: number) => page.getByText(`共 ${n} 条`).waitFor();
  const copied = (): Promise<string> =>
    page.evaluate(() => {
      const data = new DataTransfer();
      document
        .querySelector('.grid-scroll')
        ?.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
      return data.getData('text/plain');
    });

  test('only the rows on the screen are drawn, and End reaches the last of them all', async () => {
    await count(ROWS);
    expect(await page.locator('.grid-row').count()).toBeLessThan(60);
    await grid().focus();
    await page.keyboard.press('End');
    await page.locator('.grid-row.active:not(.waiting)').waitFor();
    expect(await activeRow()).toContain('T-0450');
    await page.keyboard.press('ArrowUp');
    expect(await activeRow()).toContain('T-0449');
    await page.keyboard.press('Home');
    expect(await activeRow()).toContain('T-0001');
  });

  test('Enter opens the row beside the list, the keyboard stays in the list, Esc closes it', async () => {
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('T-0002').waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await activeRow()).toContain('T-0003');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('ticked rows are copied as a table with headings, quoted where Excel needs it', async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByText('已选 2 条').waitFor();
    const lines = (await copied()).split('\r\n').map((line) => line.split('\t'));
    expect(lines.map((line) => line.slice(0, 4))).toEqual([
      ['资产编号', '资产名称', '类别', '型号'],
      ['T-0001', '台式计算机', '台式计算机', ''],
      ['T-0002', '台式计算机', '台式计算机', '"带""引号""的型号"'],
    ]);
    expect(lines[1]).toContain('00-E0-FC-00-00-01');
    await page.getByRole('button', { name: '取消选择' }).click();
  });

  test('a filter on a column is shown in words, counted, and taken away again', async () => {
    await page.getByRole('button', { name: '按“类别”筛选' }).click();
    await page.getByLabel('交换机', { exact: true }).check();
    await count(50);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '关闭' }).click();
    await page.locator('.grid-filters').getByText('类别: 交换机').waitFor();
    await page.getByRole('button', { name: '清除筛选' }).click();
    await count(ROWS);
  });

  test('typing in the list finds by initials, and a sort runs over all rows', async () => {
    await page.keyboard.press('Control+f');
    await page.keyboard.type('hxjhj');
    await count(50);
    await page.getByRole('textbox', { name: '在列表中查找' }).fill('');
    await count(ROWS);
    const heading = page.getByRole('columnheader', { name: /资产编号/ });
    await heading.getByRole('button', { name: /^资产编号/ }).click();
    await heading.getByRole('button', { name: /^资产编号/ }).click();
    await expect(heading.getAttribute('aria-sort')).resolves.toBe('descending');
    await page.locator('.grid-row').first().getByText('T-0450').waitFor();
  });

  test('what an input method is still composing is not searched for, its Enter opens nothing', async () => {
    const input = await page.context().newCDPSession(page);
    await page.getByRole('textbox', { name: '在列表中查找' }).focus();
    await input.send('Input.imeSetComposition', { text: 'hexin', selectionStart: 5, selectionEnd: 5 });
    await page.waitForTimeout(400);
    await count(ROWS);
    await input.send('Input.insertText', { text: '核心' });
    await count(50);
    await page.getByRole('textbox', { name: '在列表中查找' }).fill('');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: '全局搜索' }).focus();
    await input.send('Input.imeSetComposition', { text: 'shezhi', selectionStart: 6, selectionEnd: 6 });
    const before = page.url();
    await input.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Enter', windowsVirtualKeyCode: 229 });
    expect(page.url()).toBe(before);
    await input.send('Input.insertText', { text: '设置' });
    await page.getByRole('option', { name: /设置/ }).first().waitFor();
    // An Esc right behind a composition may still be the input method's own, and is left alone.
    await page.waitForTimeout(500);
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: '全局搜索' }).waitFor({ state: 'detached' });
  });

  test('a commit made elsewhere shows without asking, and set columns outlive the browser', async () => {
    await app.call.assets.create({ tag: 'T-9999', name: '新到的一台', category: 'server', status: 'idle' });
    await page.getByText('T-9999').waitFor();
    await page.getByRole('button', { name: '列设置' }).click();
    await page.getByLabel('型号', { exact: true }).uncheck();
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByText('T-0001').waitFor();
    await expect(page.getByRole('columnheader', { name: /型号/ }).count()).resolves.toBe(0);
    // Another window shares nothing with this one but the notebook.
    const other = await app.open();
    await other.evaluate(() => (location.hash = '#/assets'));
    await other.getByText('T-0001').waitFor();
    await expect(other.getByRole('columnheader', { name: /型号/ }).count()).resolves.toBe(0);
    await other.close();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('nothing was thrown and nothing broke the content security policy', () => {
    expect(app.faults).toEqual([]);
  });

  test('a copy of a used link is told so, and a lost engine is said, with what was typed kept', async () => {
    const used = page.context();
    const copy = await used.browser()?.newPage();
    if (!copy) throw new Error('no browser');
    await copy.goto(`http://127.0.0.1:${app.host.port}/#c=neverIssuedCode0000000`);
    await copy.getByText('这个链接已失效').waitFor();
    await page.getByRole('button', { name: '新建资产' }).first().click();
    await page.locator('.form').getByLabel('资产名称').fill('写到一半');
    await app.host.close();
    await page.getByText('与网管手账的连接断开了').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await expect(page.locator('.form').getByLabel('资产名称').inputValue()).resolves.toBe('写到一半');
  });
});
