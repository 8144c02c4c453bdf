/** Walk-through 9 (domain.md §3.1): six presses to the first print, then one for each group that was checked. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { switchPorts } from '../../shared/features/cabling.ts';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { walkOn } from '../support/clicks.ts';
import { makeSchool } from '../support/school.ts';
import { describeIf } from '../support/skip.ts';

describeIf(hasChromium, noChromium)('the walk-through of a handover', () => {
  jest.setTimeout(120_000);
  let app: TestApp;
  let page: Page;
  const dir = mkdtempSync(join(tmpdir(), 'lanbook-walk-'));
  beforeAll(async () => {
    app = await testApp();
    makeSchool(app.host.engine);
    app.host.engine.command('test.ports', (tx) => {
      const asset_id = tx.value<string>("SELECT id FROM assets WHERE name = '接入交换机1'") ?? '';
      for (let position = 1; position <= 8; position += 1)
        tx.insert(switchPorts, { asset_id, name: `G0/0/${position}`, position, state: 'good' });
    });
    const tool = await app.call.custody.tools.create({ kind: 'tool', name: '测线仪', quantity: 1, condition: 'good' });
    await app.call.custody.tools.issue({ ids: [tool.id], holder: '李明' });
    await app.call.custody.envelopes.create({
      number: 'MF-01',
      system: '核心交换机',
      account: 'admin',
      holder: '李明',
    });
    page = await app.open();
    await page.getByRole('navigation').first().waitFor();
  });
  afterAll(async () => {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  });

  test('six presses to the first print, original and copy, every page to be initialled', async () => {
    const walk = walkOn(page);
    await walk.click(page.getByRole('link', { name: '交接变更' }), '交接');
    await walk.click(page.getByRole('button', { name: '新建交接' }).first(), '新建');
    // The hand is in the field of the area already; who hands over is the technician of this notebook.
    await page.getByRole('combobox', { name: '交接区域' }).waitFor();
    await walk.type('zhl');
    await walk.click(page.getByText('综合楼', { exact: true }).first(), '区域');
    await page.waitForFunction(() => document.activeElement?.closest('.field')?.textContent?.startsWith('接收人'));
    await walk.type('wf');
    await walk.click(page.locator('.ref-choice').getByText('王芳'), '接收人');
    await walk.click(page.getByRole('button', { name: '汇集资料' }), '汇集资料');
    await page.getByText('李明 → 王芳').waitFor();
    await walk.click(page.getByRole('button', { name: '打印清单' }), '打印预览');
    await page.getByRole('heading', { name: '临江市第三中学网络管理交接清单' }).waitFor();
    walk.within({ clicks: 6, keys: 5 });

    await page.getByText('复印件', { exact: true }).waitFor();
    const file = join(dir, 'f25.pdf');
    await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true });
    const pages = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
      .split('\f')
      .slice(0, -1)
      .map((text) => text.replace(/[\s\u2060]+/g, ''));
    pages.forEach((text, index) => {
      expect(text).toContain(`第${index + 1}页共${pages.length}页`);
      expect(text).toContain('每页签字');
    });
    const all = pages.join('');
    for (const words of [
      'A资料五表',
      '纸质、电子',
      '测线仪',
      'MF-01',
      '水晶头制作与测线',
      '附表四用户端口状况表',
      '交换机面板'.slice(0, 3),
    ])
      expect(all).toContain(words);
  });

  test('then one press for each group: a whole room, a whole switch; a port that differs on its own', async () => {
    await page.getByRole('button', { name: '返回' }).click();
    await page.getByRole('link', { name: /^B 设备/ }).click();
    const walk = walkOn(page);
    const places = page.getByRole('button', { name: '本处全部相符' });
    const groups = await places
      .first()
      .waitFor()
      .then(() => places.count());
    for (let left = groups; left > 0; left -= 1) {
      await walk.click(places.first(), '本处全部相符');
      await page.waitForFunction(
        (wanted) =>
          [...document.querySelectorAll('.handover-items button')].filter((each) => each.textContent === '本处全部相符')
            .length === wanted,
        left - 1,
      );
    }
    walk.within({ clicks: groups, keys: 0 });
    await page.getByRole('link', { name: 'B 设备 7/7' }).waitFor();

    await page.getByRole('link', { name: /^C 端口核查/ }).click();
    await page.getByRole('button', { name: '逐口核对' }).first().click();
    await page.locator('.handover-port-mode').getByText('不符').click();
    await page.getByLabel('差异说明').fill('水晶头松动');
    await page.getByRole('button', { name: /^G0\/0\/2 / }).click();
    await page.locator('.handover-note').getByText('水晶头松动').waitFor();
    const rest = walkOn(page);
    await rest.click(page.getByRole('button', { name: '相符', exact: true }).first(), '整台相符');
    await page.getByText('1 口有差异，其余相符').waitFor();
    rest.within({ clicks: 1, keys: 0 });
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '转报修' }).first().click();
    await page.getByRole('link', { name: /^报修工单 BX-/ }).waitFor();
    expect(app.faults).toEqual([]);
  });
});
