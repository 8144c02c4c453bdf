import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { describeIf } from '../support/skip.ts';

/** Two switches and an access switch that LLDP joins, as they print it. */
const PASTE = `<SW-core>display lldp neighbor brief
Local Intf       Neighbor Dev             Neighbor Intf             Exptime(s)
XGE1/0/1         SW-agg                   XGE1/0/49                 101
<SW-agg>display lldp neighbor brief
Local Intf       Neighbor Dev             Neighbor Intf             Exptime(s)
XGE1/0/49        SW-core                  XGE1/0/1                  101
XGE1/0/2         SW-acc                   XGE1/0/50                 101
<SW-agg>display interface brief
Interface                   PHY   Protocol InUti OutUti   inErrors  outErrors
XGigabitEthernet1/0/49      up    up          0%     0%          0          0
XGigabitEthernet1/0/2       down  down        0%     0%          0          0
一行谁也读不懂的文字
`;

const hasPoppler = spawnSync('pdftotext', ['-v']).status === 0;
describeIf(hasChromium && hasPoppler, noChromium)('console paste and topology', () => {
  let app: TestApp;
  let page: Page;
  beforeAll(async () => {
    app = await testApp();
    page = await app.open();
    for (const [n, [hostname, name]] of [
      ['SW-core', '核心交换机'],
      ['SW-agg', '汇聚交换机'],
      ['SW-acc', '接入交换机'],
    ].entries())
      await app.call.assets.create({
        name: name ?? '',
        hostname: hostname ?? '',
        category: 'switch',
        status: 'in_use',
        ip: `10.20.10.${n + 3}`,
      });
  }, 120_000);
  afterAll(async () => {
    await app.close();
  });
  const show = async (path: string): Promise<void> => {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/${path}`);
  };

  it('says what to do while nothing is joined, reads a paste, takes it over and back', async () => {
    await show('map');
    await page.getByText('还没有链路，画不出拓扑').waitFor();
    await page.getByRole('button', { name: '粘贴控制台输出' }).click();
    const box = page.getByRole('textbox', { name: '粘贴交换机控制台的输出' });
    await box.fill(PASTE);
    const agg = page.getByRole('region', { name: 'SW-agg' });
    await agg.getByText('LLDP/CDP 邻居 2 条').waitFor();
    await agg.getByText('端口表：新增 2，更改 0，待确认 0，相同 0').waitFor();
    await page.getByText('未读懂的 1 行').waitFor();
    await page.getByText('一行谁也读不懂的文字').last().waitFor();
    await page.getByRole('button', { name: '写入' }).click();
    await page.getByText('已写入：2 台设备的读数，新增端口 2 个，更改 0 个').waitFor();
    expect(await app.call.topology.map()).toMatchObject({ links: [{}, {}] });
    await page.getByRole('button', { name: /撤\s*销/ }).click();
    await page.getByText('已撤销').waitFor();
    expect((await app.call.topology.map()).links).toEqual([]);
    await box.fill(PASTE);
    await page.getByRole('region', { name: 'SW-agg' }).waitFor();
    await page.getByRole('button', { name: '写入' }).click();
    await page.getByText('已写入：2 台设备的读数').waitFor();
  }, 60_000);

  it('draws it, remembers a place that was moved by keys, and prints the frozen revision', async () => {
    await show('map');
    const core = page.locator('.react-flow__node', { hasText: 'SW-core' });
    await core.click();
    await page.getByRole('complementary', { name: 'SW-core 核心交换机' }).waitFor();
    await core.press('ArrowRight');
    await page.getByRole('button', { name: '恢复自动布局' }).waitFor();
    expect((await app.call.topology.map()).nodes.filter(({ pinned }) => pinned)).toHaveLength(1);
    await page.getByRole('textbox', { name: '查找设备' }).fill('10.20.10.5');
    await page.locator('.react-flow__node.topo-found', { hasText: 'SW-acc' }).waitFor();
    await page.getByRole('textbox', { name: '查找设备' }).fill('');
    await page.getByRole('button', { name: '打印', exact: true }).click();
    await page.locator('.leaf-drawing svg').waitFor();
    const file = join(mkdtempSync(join(tmpdir(), 'lanbook-f07-')), 'f07.pdf');
    writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    for (const words of [
      '临江市第三中学设备连接拓扑图',
      'SW-core 核心交换机',
      'XGE1/0/1—XGE1/0/49',
      '第 1 版',
      '绘制人',
      '李明',
      '审核人',
      '链路表',
      '断开',
    ])
      expect(text).toContain(words);
    const [first] = await app.call.topology.revisions();
    expect(text).toContain(first?.number);
    expect(app.faults).toEqual([]);
  }, 60_000);
});
