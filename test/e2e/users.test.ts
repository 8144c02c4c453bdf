/** Users on paper through the window: an application to its address, letters in bulk, ends of terms, completeness. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { people } from '../../shared/features/people.ts';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { makeSchool } from '../support/school.ts';
import { describeIf } from '../support/skip.ts';

const hasPoppler = spawnSync('pdftotext', ['-v']).status === 0;

describeIf(hasChromium && hasPoppler, noChromium)('users and their papers in the window', () => {
  jest.setTimeout(120_000);
  let app: TestApp;
  let page: Page;
  const dir = mkdtempSync(join(tmpdir(), 'lanbook-users-'));
  beforeAll(async () => {
    app = await testApp();
    makeSchool(app.host.engine);
    page = await app.open();
    await page.getByRole('link', { name: '地址与用户' }).click();
  });
  afterAll(async () => {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const tab = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  const field = (label: string) => page.locator('.form').getByLabel(new RegExp(`^${label}\\*?$`));
  const saveForm = () => page.locator('.form-foot').getByRole('button', { name: '保存' }).click();
  const notice = (text: string | RegExp) => page.locator('.ant-message').getByText(text);
  const noBarriers = async (): Promise<void> => expect(await accessibilityFaults(page)).toEqual([]);
  /** Text of every page of the paper on screen, without spaces. */
  const printed = async (): Promise<string[]> => {
    await page.locator('.leaf').first().waitFor();
    const file = join(dir, 'paper.pdf');
    await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true });
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    return text
      .split('\f')
      .slice(0, -1)
      .map((each) => each.replace(/[\s\u2060]+/g, ''));
  };

  test('an application: namesakes are shown, a bad MAC is refused, signed on paper, opened with the address', async () => {
    await tab('入网申请');
    await page.getByText('还没有申请').waitFor();
    await noBarriers();
    await page.getByRole('button', { name: '新建入网申请' }).first().click();
    await field('申请人姓名').fill('李静');
    await page.getByText('李静 教务处 · 综合楼 / 2F / 教务处 · 13800000001').waitFor();
    await page.getByRole('button', { name: '就是此人' }).click();
    await page.getByText('已登记的同名人员').waitFor({ state: 'detached' });
    await field('MAC 地址').fill('00-00-00-00-00-00');
    await saveForm();
    await page.locator('.field-problem').first().waitFor();
    await field('MAC 地址').fill('3C-52-82-77-00-01');
    await noBarriers();
    await saveForm();
    const sheet = page.locator('.sheet');
    await sheet.getByText('RW-').first().waitFor();
    await sheet.getByText('待签字').first().waitFor();
    await noBarriers();
    await sheet.getByRole('button', { name: '登记签字' }).click();
    const dialog = page.getByRole('dialog').filter({ hasText: '纸质申请签回后登记' });
    await dialog.getByLabel(/^签字人/).fill('周主任');
    await dialog.getByRole('button', { name: '登记签字' }).click();
    await sheet.getByRole('button', { name: '开通地址' }).click();
    await page.getByText(/^依据申请 RW-/).waitFor();
    await saveForm();
    await notice(/已开通|绑定/)
      .first()
      .waitFor();
    const { rows } = await app.call.applications.list({});
    expect(rows.map(({ state, signed_by, name }) => [state, signed_by, name])).toEqual([['opened', '周主任', '李静']]);
    const { binding } = await app.call.ipam.get({ id: rows[0]?.binding_id ?? '' });
    expect(binding).toMatchObject({ mac: '3C5282770001', reason: null });
  });

  test('the form F-18 on one page, with its number, version and page', async () => {
    const { rows } = await app.call.applications.list({});
    const [row] = rows;
    await page.evaluate((hash) => (location.hash = hash), `#/applications/${row?.id}`);
    await page.locator('.sheet').getByRole('button', { name: '打印申请表' }).click();
    const pages = await printed();
    expect(pages).toHaveLength(1);
    for (const words of [
      '临江市第三中学入网/IP-MAC绑定申请表',
      `编号：${row?.number}`,
      '李静',
      '3C-52-82-77-00-01',
      '申请人',
      '部门负责人',
      '信息部门',
      '经办人',
      '一式两份',
      '第1版',
      '第1页共1页',
    ])
      expect(pages[0]).toContain(words);
    await page.getByRole('button', { name: '返回' }).click();
  });

  test('letters: what is outstanding is printed in one document, what came back is ticked, and taken back by undo', async () => {
    await tab('责任书');
    await page.getByText('未签 2').waitFor();
    await noBarriers();
    await page.getByRole('button', { name: '打印未签和到期的（2）' }).click();
    const pages = await printed();
    expect(pages).toHaveLength(2);
    expect(pages.map((text) => text.includes('临江市第三中学网络安全责任书'))).toEqual([true, true]);
    expect(pages.join()).toContain('王芳');
    await page.getByRole('button', { name: '返回' }).click();
    await page.getByText('未签 2').click();
    const boxes = page.getByRole('grid').getByRole('checkbox');
    await page.getByRole('row').filter({ hasText: '王芳' }).waitFor();
    await boxes.first().click();
    await page.getByRole('button', { name: '登记已签回', exact: true }).click();
    const dialog = page.getByRole('dialog').filter({ hasText: '2 人的责任书已签字交回' });
    await dialog.waitFor();
    await noBarriers();
    await dialog.getByRole('button', { name: '登记已签回（2）' }).click();
    await page.getByText('未签 0').waitFor();
    await notice('已登记 2 份责任书').waitFor();
    await page.locator('.ant-message').getByRole('button', { name: '撤销' }).click();
    await page.getByText('未签 2').waitFor();
  });

  test('a guest whose time is over stands on the morning page and loses every address in one step', async () => {
    const guest = app.host.engine.db.value<string>("SELECT id FROM people WHERE name = '张伟'") ?? '';
    app.host.engine.command('test.guest', (tx) =>
      tx.patch(people, guest, { identity: 'temporary', valid_until: '2026-01-31' }),
    );
    await page.getByRole('link', { name: '工作台' }).click();
    await page.getByRole('button', { name: /^到期待处理.*1$/ }).click();
    await page.getByRole('row').filter({ hasText: '张伟' }).getByRole('checkbox').click();
    await noBarriers();
    await page.getByRole('button', { name: '停网', exact: true }).click();
    const dialog = page.getByRole('dialog').filter({ hasText: '1 人名下的地址全部释放' });
    await dialog.getByRole('button', { name: '停网' }).click();
    await notice('已停网：1 人，释放 1 个地址').waitFor();
    expect((await app.call.people.get({ id: guest })).status).toBe('left');
  });

  test('what is missing is counted, and a count opens its rows', async () => {
    await tab('资料完整性');
    await page.getByRole('link', { name: '教务处无有效责任书 2 条' }).click();
    await page.getByText('教务处：无有效责任书').waitFor();
    expect(await page.getByRole('row').filter({ hasText: '10.20.30.' }).count()).toBe(2);
    await noBarriers();
    await page.getByRole('button', { name: '返回汇总' }).click();
    await page.getByRole('table').waitFor();
    await noBarriers();
    expect(app.faults).toEqual([]);
  });
});
