/** Walk-through 10, the report's part (domain.md §3.1): from the reminder to the mark in four clicks; the pack in four; copies compared. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { nodePorts } from '../../main/engine/engine.ts';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { walkOn } from '../support/clicks.ts';
import { TestClock } from '../support/engine.ts';
import { makeSchool } from '../support/school.ts';
import { describeIf } from '../support/skip.ts';

const hasPoppler = spawnSync('pdftotext', ['-v']).status === 0;

describeIf(hasChromium && hasPoppler, noChromium)('the monthly report, the pack and what was handed in', () => {
  jest.setTimeout(120_000);
  let app: TestApp;
  let page: Page;
  const dir = mkdtempSync(join(tmpdir(), 'lanbook-report-'));
  beforeAll(async () => {
    const clock = new TestClock(Date.parse('2026-09-24T09:00+08:00'));
    app = await testApp({ ports: { ...nodePorts, clock } });
    makeSchool(app.host.engine);
    await app.call.transfer.submit({ form: 'F-01' });
    clock.set('2026-09-28T09:00+08:00');
    const [binding] = (await app.call.ipam.list({ limit: 1 })).rows;
    await app.call.ipam.update({ id: binding!.id, changes: { outlet: '2F-B-17' } });
    // Two days later, and the day before the holiday on which September's report is due
    clock.set('2026-09-30T08:10+08:00');
    await app.call.reports.draft({ month: '2026-09' });
    page = await app.open();
    await page.getByRole('navigation').first().waitFor();
  });
  afterAll(async () => {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  });

  test('reminder, text, preview, print, mark as handed in: 4 clicks and the text', async () => {
    const walk = walkOn(page);
    await walk.click(page.getByRole('button', { name: /2026-09 月报.*今天截止/ }), 'reminder');
    const plan = page.getByRole('textbox', { name: /^九、下月计划/ });
    await plan.waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await plan.focus();
    await walk.type('换标签');
    await walk.click(page.getByRole('button', { name: '预览打印' }), 'preview');
    await page.getByRole('heading', { name: '临江市第三中学月工作报告' }).waitFor();
    const file = join(dir, 'report.pdf');
    await page.pdf({ path: file, preferCSSPageSize: true });
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replace(/\s+/g, '');
    for (const words of [
      '一、概况',
      '九、下月计划换标签',
      '网络中心签收',
      '编号：YB-202609-L03-0001',
      '第1版',
      '第1页共',
    ])
      expect(text).toContain(words);
    await page.evaluate(() => {
      window.print = () => void window.dispatchEvent(new Event('afterprint'));
    });
    await walk.click(page.getByRole('button', { name: '打印', exact: true }), 'print');
    await walk.click(page.getByRole('button', { name: '标记已报送' }), 'mark');
    await page.getByText('未登记签收').waitFor();
    walk.within({ clicks: 4, keys: 3 });
    expect((await app.call.reports.status()).remind).toBe('none');
  });

  test('a number opens its list, filtered to what was counted', async () => {
    await page.getByRole('button', { name: /^6\s*在用用户/ }).click();
    await page.getByText('王芳').first().waitFor();
    expect(new URL(page.url()).hash).toBe('#/addresses');
  });

  test('the pack of address table and report: 4 clicks', async () => {
    await page.getByRole('link', { name: '工作台' }).click();
    const walk = walkOn(page);
    await walk.click(page.getByRole('link', { name: '报表打印' }), 'rail');
    await walk.click(page.getByRole('link', { name: '资料报送包' }), 'tab');
    await walk.click(page.getByRole('button', { name: '生成报送包' }).first(), 'new');
    await page.getByText('设备连接拓扑图 暂缺').waitFor();
    await walk.click(page.getByRole('button', { name: '生成并预览' }), 'make');
    await page.getByRole('heading', { name: '临江市第三中学网络资料报送包' }).waitFor();
    walk.within({ clicks: 4, keys: 0 });
  });

  test('the clock stands at two days; the copy of then is compared with now', async () => {
    await page.evaluate(() => (location.hash = '#/today'));
    await page.getByRole('button', { name: /1 条变更未报送，已 2 天.*快到 3 天/ }).waitFor();
    await page.evaluate(() => (location.hash = '#/submissions'));
    await page.getByRole('checkbox', { name: /^选择 YH-202609/ }).check();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '与现在比较' }).click();
    await page.getByRole('cell', { name: '2F-B-17' }).waitFor();
    await page.getByText('变更 1 行').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(app.faults).toEqual([]);
  });
});
