/** Around a repair in the window: first aid, vendors, an article, areas, lanes, and the month in bars that open their lists. */
import type { Locator, Page } from 'playwright-core';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(180_000);

describeIf(hasChromium, noChromium)('repairs in the window', () => {
  let app: TestApp;
  let page: Page;
  let building: string;
  beforeAll(async () => {
    app = await testApp();
    building = (await app.call.locations.create({ kind: 'building', name: '教学楼' })).id;
    const room = await app.call.locations.create({ kind: 'room', name: 'B101', parent_id: building });
    const secret = await app.call.assets.create({
      name: '涉密计算机',
      tag: 'SM-01',
      category: 'desktop',
      status: 'in_use',
      no_offsite: true,
    });
    const report = { reporter: '门卫老周', category: 'cable' } as const;
    await app.call.tickets.open({ ...report, symptom: '指示灯不亮', location_id: room.id });
    await app.call.tickets.open({ ...report, symptom: '网线又断了', location_id: room.id });
    await app.call.tickets.open({ ...report, symptom: '涉密机开不了机', asset_id: secret.id });
    page = await app.open();
    await page.getByRole('navigation', { name: '主导航' }).waitFor();
  });
  afterAll(() => app.close());

  const noBarriers = async (): Promise<void> => expect(await accessibilityFaults(page)).toEqual([]);
  const goTo = (hash: string): Promise<void> =>
    page.evaluate((path) => {
      location.hash = path;
    }, hash);
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name, exact: true });
  const openTicket = async (symptom: RegExp): Promise<void> => {
    await goTo('#/tickets/board');
    await page.getByRole('link', { name: symptom }).click();
  };

  test('first aid is told by a press, and stays in the work log', async () => {
    await openTicket(/指示灯不亮/);
    await button('排查步骤 0/4').click();
    await page.getByRole('group', { name: '看网口指示灯是否亮' }).getByRole('button', { name: '异常' }).click();
    await button('排查步骤 1/4').waitFor();
    await noBarriers();
    await page.getByText(/处理记录 2/).click();
    await page.locator('.history').getByText('看网口指示灯是否亮：异常').waitFor();
  });

  test('a device that must stay is not sent away; the sentence says what to do, and nothing typed is lost', async () => {
    await openTicket(/涉密机/);
    await button('外修').click();
    await page.getByLabel('外修单位').fill('恒信科技');
    await page.getByLabel('设备送出单位维修').check();
    await button('保存外修登记').click();
    await page
      .getByRole('alert')
      .getByText(/不得外修/)
      .waitFor();
    await expect(page.getByLabel('外修单位').inputValue()).resolves.toBe('恒信科技');
    await page.getByLabel('设备送出单位维修').uncheck();
    await button('保存外修登记').click();
    await page.getByText('已登记外修：恒信科技').waitFor();
  });

  test('a repaired ticket becomes an article, suggested at the next report of the kind', async () => {
    await openTicket(/指示灯不亮/);
    await page.locator('.steps').getByRole('button', { name: '到场' }).click();
    await page.locator('.steps').getByRole('button', { name: '处理', exact: true }).click();
    await button('重做水晶头').click();
    await button('水晶头 +2').click();
    await button('水晶头 加 1').click();
    await page.getByRole('radio', { name: '自然损坏' }).click();
    await button('完成').click();
    await page.getByText('用户怎么说').waitFor();
    await button('存为知识').click();
    await button('保存').click();
    await page
      .getByRole('heading', { name: '指示灯不亮' })
      .or(page.locator('.ant-drawer-title', { hasText: '指示灯不亮' }))
      .first()
      .waitFor();
    await noBarriers();
    const { rows } = await app.call.tickets.list({ filter: [{ field: 'state', op: 'equals', value: 'to_confirm' }] });
    expect(rows[0]).toMatchObject({ parts: '水晶头 ×3' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+n');
    await page.getByRole('textbox', { name: '故障现象' }).fill('指示灯不亮了');
    await page.getByRole('dialog', { name: '登记报修' }).getByText('重做水晶头').waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
  });

  test('an area names who goes there, and the board shows a lane for each', async () => {
    await goTo('#/tickets/areas/new');
    const form = page.getByRole('dialog', { name: '新建责任区' });
    await form.getByRole('combobox', { name: '责任区' }).fill('教学楼');
    await page.locator('.ant-select-item-option', { hasText: '教学楼' }).first().click();
    await form.getByRole('textbox', { name: '负责网管' }).fill('张伟');
    await noBarriers();
    await button('保存').click();
    await form.waitFor({ state: 'hidden' });
    await page.getByText('张伟').first().waitFor();
    await app.call.tickets.open({ location_id: building, symptom: '全楼没网' });
    await goTo('#/tickets/board');
    await page.getByText('按人分栏').click();
    await page.getByRole('region', { name: '张伟' }).getByText('全楼没网').waitFor();
    await noBarriers();
  });

  test('a bar of the month opens the tickets it counts; what came back is listed', async () => {
    await goTo('#/tickets/figures');
    await page.getByRole('table', { name: '按故障类别' }).waitFor();
    await page.getByText('教学楼 / B101').waitFor();
    await noBarriers();
    await page.getByRole('table', { name: '按故障类别' }).getByRole('button', { name: '水晶头/网线' }).click();
    await page.getByText('网线又断了').waitFor();
    await page.getByText('共 3 条').waitFor();
  });

  test('no window complained', () => expect(app.faults).toEqual([]));
});
