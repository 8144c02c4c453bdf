/** Naming rules and the count of misses in the settings: written, tried, refused, deleted, taken back. */
import type { Locator, Page } from 'playwright-core';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(120_000);

describeIf(hasChromium, noChromium)('naming rules in the window', () => {
  let app: TestApp;
  let page: Page;
  beforeAll(async () => {
    app = await testApp();
    page = await app.open();
    await page.getByRole('link', { name: '系统设置' }).click();
  });
  afterAll(() => app.close());
  const form = () => page.getByRole('dialog', { name: '新增规则' });
  const rules = async (): Promise<string[]> =>
    (await app.call.discovery.namingRules()).rules.map(({ pattern }) => pattern);

  test('a rule is tried while it is written: what it allows, where a name breaks it, and when it cannot be read', async () => {
    await page.getByRole('button', { name: '新增规则' }).click();
    await form().getByLabel('规则名称').fill('机房座位');
    await form().getByRole('button', { name: 'JF###-##' }).click();
    await form().getByLabel('试一个计算机名').fill('jf201-07');
    await form().getByText('符合', { exact: true }).waitFor();
    await form().getByLabel('试一个计算机名').fill('JF20-07');
    await form().getByText('不符合：“JF20”后面应为一位数字').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await form().getByLabel('格式').fill('JF{1|2');
    await form().getByText('大括号写得不对').first().waitFor();
    await page.keyboard.press('Control+Enter');
    // Said by the field too, once the refusal is there: a second press before that would be one too early.
    await form().getByText('大括号写得不对').nth(1).waitFor();
    expect(await rules()).toEqual([]);
    await form().getByLabel('格式').fill('JF###-##');
    await page.keyboard.press('Control+Enter');
    await page.getByText('规则已保存').waitFor();
    await page.getByRole('list', { name: '命名规则' }).getByText('JF###-##').waitFor();
    expect(await rules()).toEqual(['JF###-##']);
  });

  test('a deleted rule comes back within ten seconds', async () => {
    await page.getByRole('list', { name: '命名规则' }).getByRole('button', { name: '删除' }).click();
    await page.getByText('还没有规则').waitFor();
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByRole('list', { name: '命名规则' }).getByText('JF###-##').waitFor();
  });

  test('the count of misses is kept', async () => {
    const field = page.getByLabel('连续几次没有应答才算“已登记未在线”');
    await field.fill('5');
    await field.press('Enter');
    await page.getByText('已改为连续 5 次').waitFor();
    expect(await app.call.discovery.silence()).toEqual({ after: 5 });
    expect(app.faults).toEqual([]);
  });

  test('a list at the top leads to each panel, by keyboard as well, and comes along', async () => {
    await page.evaluate(() => (location.hash = '#/settings'));
    const jumps = page.getByRole('navigation', { name: '跳到' });
    await jumps.getByRole('link', { name: '网络证据保存期' }).focus();
    await page.keyboard.press('Enter');
    const panel = page.locator('#setting-retention');
    await page.waitForFunction(() => document.activeElement?.id === 'setting-retention');
    await expectInSight(panel.getByRole('heading', { name: '网络证据保存期' }));
    await expectInSight(jumps);
    await jumps
      .getByRole('link', { name: '网络证据保存期', exact: true })
      .and(page.locator('[aria-current]'))
      .waitFor();
    await jumps.getByRole('link', { name: '这本手账' }).click();
    await expectInSight(page.getByRole('heading', { name: '这本手账' }));
  });
  const expectInSight = async (place: Locator): Promise<void> => {
    const handle = await place.elementHandle();
    await page.waitForFunction((element) => {
      const box = element?.getBoundingClientRect();
      return box !== undefined && box.top >= 0 && box.bottom <= innerHeight;
    }, handle);
  };
});
