import type { Page } from 'playwright-core';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { makeSchool } from '../support/school.ts';
import { describeIf } from '../support/skip.ts';

describeIf(hasChromium, noChromium)('handing over an area', () => {
  jest.setTimeout(120_000);
  let app: TestApp;
  let page: Page;
  beforeAll(async () => {
    app = await testApp();
    makeSchool(app.host.engine);
    page = await app.open();
    await page.getByRole('navigation').first().waitFor();
  });
  afterAll(() => app.close());

  test('from the rail to the first print: area, receiver, gather, print; then a whole room ticked at once', async () => {
    await page.getByRole('link', { name: '交接变更' }).click();
    await page.getByRole('button', { name: '新建交接' }).first().click();
    await page.getByRole('combobox').first().fill('zhl');
    await page.getByText('综合楼', { exact: true }).first().click();
    const receiver = page.getByRole('combobox', { name: '接收人' });
    await receiver.fill('wf');
    await page.locator('.ref-choice').getByText('王芳').waitFor();
    await receiver.press('Tab');
    await page.waitForFunction(() => [...document.querySelectorAll('input')].some(({ value }) => value === '王芳'));
    await page.getByRole('combobox', { name: '监交人' }).fill('赵主任');
    await page.getByRole('combobox', { name: '接收人' }).focus();
    await page.getByText('人员档案中没有，按所填姓名打印').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: '本部 / 综合楼' }).waitFor();
    await page.getByText('李明 → 王芳').waitFor();
    expect(await page.getByRole('heading', { name: '打印存档' }).count()).toBe(0);
    await page.getByRole('button', { name: '打印清单' }).click();
    await page.getByRole('heading', { name: '临江市第三中学网络管理交接清单' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '返回' }).click();
    await page.getByRole('heading', { name: '打印存档' }).waitFor();
    await page.getByRole('link', { name: /^B 设备/ }).click();
    await page.getByRole('button', { name: '本处全部相符' }).first().click();
    await page.getByRole('link', { name: 'B 设备 4/7' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('one notice at a time, above the bottom line, and none of an earlier screen', async () => {
    const notices = page.locator('.ant-message-notice');
    await page.getByRole('button', { name: '办结' }).click();
    await notices.getByText('没有核对清楚').waitFor();
    await page.getByRole('button', { name: '重新汇集' }).click();
    await notices.getByText('没有新增内容').waitFor();
    await notices.getByText('没有核对清楚').waitFor({ state: 'detached' });
    expect(await notices.count()).toBe(1);
    await page.waitForTimeout(400);
    const [box, bar] = [await notices.boundingBox(), await page.locator('footer.bottom').boundingBox()];
    expect(box?.y).toBeGreaterThan(600);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
    // The place under it can be pressed
    const under = await page.evaluate(
      ([x, y]) => document.elementFromPoint(x!, y!)?.closest('.ant-message') ?? null,
      [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2],
    );
    expect(under).toBeNull();
    await page.getByRole('button', { name: '办结' }).click();
    await notices.getByText('没有核对清楚').waitFor();
    await page.waitForTimeout(1100);
    await page.getByRole('link', { name: /^D 工具/ }).click();
    await notices.waitFor({ state: 'detached', timeout: 2000 });
  });

  test('a difference is noted, taken to the centre and decided; the slip is refused until then, in words', async () => {
    await page.getByRole('link', { name: /^D 工具/ }).click();
    await page.getByRole('button', { name: '不符' }).first().click();
    await page.getByLabel('差异说明').fill('少一把压线钳');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('少一把压线钳').waitFor();
    await page.getByRole('button', { name: '提争议' }).click();
    await page.getByLabel('争议内容').fill('移交人称已交仓库');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('button', { name: '打印离任单' }).click();
    await page
      .getByRole('dialog')
      .getByText(/还有 \d+ 项没有核对清楚/)
      .waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    // each part that is open is a way there
    await page.getByRole('dialog').getByRole('link', { name: 'H 争议意见' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '填意见' }).waitFor();

    const id = (await app.call.handover.list({})).rows[0]?.id ?? '';
    const { items } = await app.call.handover.get({ id });
    const pending = items.filter(({ part, result }) => part !== 'H' && result === 'pending');
    await app.call.handover.tick({ items: pending.map((item) => item.id), result: 'match' });
    await page.getByRole('link', { name: /^H 争议/ }).click();
    await page.getByRole('button', { name: '填意见' }).click();
    await page.getByRole('dialog').getByLabel('网络中心意见').fill('由仓库补交，限三日');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('全部已有结论').waitFor();
    await page.getByRole('button', { name: '办结' }).click();
    await page.getByText('交接已办结').waitFor();
    await page.getByRole('button', { name: '打印离任单' }).click();
    await page.getByText('同意离任。').waitFor();
    expect(await page.getByText('监交人 赵主任').count()).toBe(1);
    expect(app.faults).toEqual([]);
  });
});
