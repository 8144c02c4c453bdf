/** Walk-through 8: a damaged sheet comes in without doing harm, and the register goes out as it is shown. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { readHere } from '../support/sheets.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(120_000);

const FILE = `临江市第三中学固定资产台账,,,,,
编号,设备名称,资产类别,SN码,存放位置,使用人
ZC-001,台式计算机,台式机,SN0001,综合楼/2F/财务室,王芳
ZC-002,激光打印机,打印机,6.37702E+15,综合楼/2F/教务处,
ZC-003,神秘盒子,飞船,SN0003,,`;

describeIf(hasChromium, noChromium)('spreadsheets in the window', () => {
  let app: TestApp;
  let page: Page;
  let dir: string;
  beforeAll(async () => {
    app = await testApp();
    page = await app.open();
    dir = mkdtempSync(join(tmpdir(), 'transfer-'));
    writeFileSync(join(dir, '台账.csv'), FILE);
  });
  afterAll(async () => {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const saved = async (press: () => Promise<void>): Promise<Buffer> => {
    const [download] = await Promise.all([page.waitForEvent('download'), press()]);
    await download.saveAs(join(dir, 'saved.xlsx'));
    return readFileSync(join(dir, 'saved.xlsx'));
  };
  const decide = async (label: RegExp, choice: string): Promise<void> => {
    await page.locator('.import-decision').filter({ hasText: label }).locator('.ant-select').click();
    await page.locator('.ant-select-dropdown:visible').getByText(choice, { exact: true }).click();
  };

  test('the dry run names each damage; nothing is in the register yet', async () => {
    await page.getByRole('link', { name: '资产台账' }).click();
    // The empty register offers it a second time
    await button('导入').first().click();
    await page.setInputFiles('input[type=file]', join(dir, '台账.csv'));
    await button('只看错误').click();
    await page.getByText('“6.37702E+15”已被表格软件变成科学计数法').waitFor();
    await page.getByText('不认识“飞船”').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect((await app.call.assets.list({})).total).toBe(0);
  });

  test('the user decides, the good row goes in, the result file says why the others did not', async () => {
    await decide(/地点/, '自动新建');
    await decide(/人员/, '自动新建');
    await button('导入 1 行').click();
    await page.getByRole('heading', { name: '已导入：新增 1 行，更新 0 行' }).waitFor();
    const table = await readHere(await saved(() => button('保存结果文件').click()));
    expect(table).toMatchObject({
      rows: [
        {},
        { text: expect.arrayContaining(['新增']) },
        { text: expect.arrayContaining(['错误']) },
        { text: expect.arrayContaining(['错误']) },
      ],
    });
    expect(await accessibilityFaults(page)).toEqual([]);
    const { rows } = await app.call.assets.list({});
    expect(rows).toMatchObject([{ tag: 'ZC-001', category: 'desktop', serial: 'SN0001' }]);
  });

  test('export in three presses, marked as submitted, and the import taken back', async () => {
    await button('打开台账').click();
    await button('导出').click();
    const table = await readHere(await saved(() => button('保存文件').click()));
    expect(table).toMatchObject({
      rows: [
        { text: ['临江市第三中学固定资产台账'] },
        {},
        {},
        { text: expect.arrayContaining(['ZC-001', '台式计算机']) },
        {},
      ],
    });
    // Asked first, and a slip of the mouse is taken back
    const asked = page.getByRole('dialog', { name: '标记为已报送' });
    await button('标记为已报送').click();
    await asked.getByText('将以今天的 1 行作为第一份对照').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await asked
      .getByRole('button', { name: '取 消' })
      .or(asked.getByRole('button', { name: '取消' }))
      .click();
    expect(await app.call.transfer.submissions({ form: 'F-03' })).toEqual([]);
    await button('标记为已报送').click();
    await asked.getByRole('button', { name: '标记为已报送' }).click();
    await page.getByText(/已报送，编号 ZC-\d{6}-L03-0001，共 1 行/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByText('当前列表').click();
    const list = await readHere(await saved(() => button('保存文件').click()));
    expect(list).toMatchObject({
      rows: [{ text: expect.arrayContaining(['资产编号', '使用状况', 'Lanbook ID']) }, {}],
    });
    await page
      .getByRole('dialog', { name: '导出' })
      .getByRole('button', { name: /关闭|Close/ })
      .click();
    await page.getByRole('link', { name: '导入', exact: true }).click();
    await button('撤销这次导入').click();
    await page.getByText(/已撤销 \d+ 处/).waitFor();
    expect((await app.call.assets.list({})).total).toBe(0);
    expect(app.faults).toEqual([]);
  });

  test('cells copied in Excel are judged like a file', async () => {
    await button('换一个文件').first().click();
    await page.getByText('按 Ctrl+V').waitFor();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', '资产编号\t资产名称\t类别\r\nA-1\t电脑\t台式机\r\n');
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }));
    });
    await button('导入 1 行').waitFor();
  });

  test('a file that is no spreadsheet gets one sentence, and another may be chosen', async () => {
    await button('换一个文件').first().click();
    writeFileSync(join(dir, '照片.xlsx'), Buffer.from('89504e470d0a1a0a', 'hex'));
    await page.setInputFiles('input[type=file]', join(dir, '照片.xlsx'));
    await page.getByRole('alert').getByText('这不是表格文件。请选择 .xlsx 或 .csv 文件。').waitFor();
    await page.getByText('把 .xlsx 或 .csv 文件拖到这里').waitFor();
  });
});
