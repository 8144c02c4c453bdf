import type { Page } from 'playwright-core';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { makeSchool } from '../support/school.ts';
import { describeIf } from '../support/skip.ts';

describeIf(hasChromium, noChromium)('tools and envelopes', () => {
  jest.setTimeout(120_000);
  let app: TestApp;
  let page: Page;
  beforeAll(async () => {
    app = await testApp();
    const { building } = makeSchool(app.host.engine);
    for (const name of ['压线钳', '测线仪'])
      await app.call.custody.tools.create({ kind: 'tool', name, quantity: 1, condition: 'good' });
    await app.call.handover.create({ location_id: building, giver: '周工', receiver: '李明', start_on: '2026-09-01' });
    page = await app.open();
    await page.getByRole('navigation').first().waitFor();
  });
  afterAll(() => app.close());

  test('a late handover is on the morning page; two tools go out together and one comes back worn', async () => {
    await page.getByRole('link', { name: '综合楼 周工 → 李明' }).waitFor();
    await page.getByText(/已超期 \d+ 天/).waitFor();
    await page.getByRole('link', { name: '交接变更' }).click();
    await page.getByRole('link', { name: '工具', exact: true }).click();
    await page.getByText('压线钳').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const ticks = page.getByRole('checkbox');
    await ticks.nth(1).click();
    await ticks.nth(2).click();
    await page.getByRole('button', { name: '领用 2 件' }).click();
    await page.getByRole('dialog').getByLabel('领用人').fill('王芳');
    await page.getByRole('dialog').getByRole('button', { name: '领用' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('未归还', { exact: true }).nth(2).waitFor();
    // The same ticked rows: what can be done with them now.
    await page.getByRole('button', { name: '归还 2 件' }).waitFor();
    await page.getByText('压线钳').click();
    await page.getByRole('button', { name: '归还', exact: true }).click();
    await page.getByRole('dialog').getByText('磨损').last().click();
    await page.getByRole('dialog').getByRole('button', { name: '归还', exact: true }).last().click();
    await page.getByText('已归还').waitFor();
    const { rows } = await app.call.custody.tools.list({ filter: [{ field: 'name', op: 'equals', value: '压线钳' }] });
    expect(rows[0]).toMatchObject({ holder: '王芳', condition: 'worn', received_by: '李明' });
  });

  test('a password typed into an envelope is refused at its field, and not kept as a draft', async () => {
    await page.evaluate(() => (location.hash = '#/envelopes/new'));
    const form = page.getByRole('dialog', { name: '登记信封' });
    await form.getByLabel('信封编号').fill('MF-01');
    await form.getByLabel('系统').fill('核心交换机');
    await form.getByLabel('账号').fill('Lj3z#2026!');
    await page.keyboard.press('Control+Enter');
    await form.getByText(/好像写了密码/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('Lj3z#2026!');
    await form.getByLabel('账号').fill('admin');
    await page.keyboard.press('Control+Enter');
    await page.getByText('MF-01').first().waitFor();
    expect((await app.call.custody.envelopes.list({})).rows[0]).toMatchObject({ number: 'MF-01', account: 'admin' });
    expect(app.faults).toEqual([]);
  });
});
