/** The register through the window: first run, a new asset, found by initials, changed, and its history. */
import type { Page } from 'playwright-core';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(120_000);

describeIf(hasChromium, noChromium)('the register in the window', () => {
  let app: TestApp;
  let page: Page;
  beforeAll(async () => {
    app = await testApp({ setup: false });
    page = await app.open();
  });
  afterAll(() => app.close());

  const field = (label: string) => page.locator('.form').getByLabel(label);
  /** Types into a list and takes its first line with Enter, as a technician does. */
  const pick = async (label: string, typed: string, shown = typed): Promise<void> => {
    await field(label).fill(typed);
    await page.locator('.ant-select-dropdown:visible').getByText(shown, { exact: true }).first().waitFor();
    await page.keyboard.press('Enter');
  };
  /** Nothing lies over it and no edge cuts it: it can be read without scrolling. */
  const inSight = (sentence: string) =>
    page
      .getByText(sentence)
      .first()
      .evaluate((element) => {
        const { left, right, top, bottom, height } = element.getBoundingClientRect();
        const upper = document.elementFromPoint((left + right) / 2, top + 2);
        const lower = document.elementFromPoint((left + right) / 2, bottom - 2);
        return (
          height > 0 &&
          [upper, lower].every((each) => each !== null && (element.contains(each) || each.contains(element)))
        );
      });
  const noBarriers = async (): Promise<void> => expect(await accessibilityFaults(page)).toEqual([]);

  test('the first run asks whose notebook this is and refuses half an answer', async () => {
    await page.getByRole('heading', { name: '开始使用网管手账' }).waitFor();
    await page.getByLabel('单位名称').fill('临江市第三中学');
    await page.getByLabel('技术员姓名').fill('李明');
    await page.getByLabel('本机代号').fill('3');
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByText('代号应为 1–2 个字母加 1–3 位数字').waitFor();
    await noBarriers();
    await page.getByLabel('本机代号').fill('l03');
    await page.getByRole('button', { name: '下一步' }).click();
    await noBarriers();
    await page.getByRole('button', { name: /从空白开始/ }).click();
    await page.getByRole('navigation', { name: '主导航' }).waitFor();
    const { setup } = await app.call.system.state();
    expect(setup).toEqual({ unit: '临江市第三中学', technician: '李明', machine: 'L03', language: 'zh-CN' });
  });

  test('a new asset names what is missing, then is saved with Ctrl+Enter and shown beside the list', async () => {
    const person = await app.call.people.create({
      name: '欧阳雪',
      department: '财务室',
      identity: 'staff',
      letter: 'signed',
      status: 'active',
    });
    await page.getByRole('link', { name: '资产台账' }).click();
    await page.getByRole('button', { name: '新建资产' }).first().click();
    await field('资产编号').fill('CW-2026-001');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('这一项必须填写').count()).resolves.toBe(2);
    await field('资产名称').fill('激光打印机');
    await pick('类别', '打印机');
    await pick('使用人', 'oyx', '欧阳雪');
    await field('MAC').fill('aabb.ccdd.eeff.00');
    await field('资产编号').focus();
    await page.keyboard.press('Control+Enter');
    await page.locator('.form .field-problem').waitFor();
    await expect(inSight(await page.locator('.form .field-problem').innerText())).resolves.toBe(true);
    await field('MAC').fill('aabb.ccdd.ee0f');
    await noBarriers();
    await page.keyboard.press('Control+Enter');
    await page.getByText('AA-BB-CC-DD-EE-0F').first().waitFor();
    const { rows } = await app.call.assets.list({});
    expect(rows).toEqual([
      expect.objectContaining({
        tag: 'CW-2026-001',
        name: '激光打印机',
        category: 'printer',
        mac: 'AABBCCDDEE0F',
        user_id: person.id,
        status: 'in_use',
      }),
    ]);
    await noBarriers();
  });

  test('a tag in use is refused in the form, naming the holder, and nothing typed is lost', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '新建资产' }).first().click();
    await field('资产编号').fill('CW-2026-001');
    await field('资产名称').fill('扫描仪');
    await pick('类别', '扫描仪');
    await pick('使用人', 'oyx', '欧阳雪');
    await page.keyboard.press('Control+Enter');
    await page.getByText('资产编号 CW-2026-001 已属于“激光打印机”').waitFor();
    await expect(inSight('资产编号 CW-2026-001 已属于“激光打印机”')).resolves.toBe(true);
    await expect(field('资产编号').evaluate((input) => input === document.activeElement)).resolves.toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '新建资产' }).first().click();
    await page.getByText('这里是上次没保存的内容').waitFor();
    await expect(field('资产名称').inputValue()).resolves.toBe('扫描仪');
    await page.locator('.form').getByText('欧阳雪', { exact: true }).waitFor();
    await page.getByRole('button', { name: '丢弃' }).click();
    await page.keyboard.press('Escape');
    expect((await app.call.assets.list({})).total).toBe(1);
  });

  test('Ctrl+K finds it by the initials of its name, by tag and by the tail of its MAC', async () => {
    for (const typed of ['jgdyj', 'cw2026', 'EE0F']) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: '全局搜索' }).fill(typed);
      await page
        .getByRole('option', { name: /激光打印机/ })
        .first()
        .waitFor();
      if (typed === 'jgdyj') await noBarriers();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByText('AA-BB-CC-DD-EE-0F').waitFor();
    }
  });

  test('Ctrl+K starts a report by its name and by the initials of it', async () => {
    for (const typed of ['登记', 'djbx', '工单']) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: '全局搜索' }).fill(typed);
      await page.getByRole('option', { name: /登记报修/ }).waitFor();
      await page.keyboard.press('Escape');
    }
  });

  test('an edit and a change of status with its reason stand in the history, before and after', async () => {
    await page.getByRole('button', { name: '编辑', exact: true }).click();
    await field('型号').fill('M7206W');
    // Meanwhile somebody else changes another field of the same record: neither change undoes the other.
    const [{ id } = { id: '' }] = (await app.call.assets.list({})).rows;
    await app.call.assets.update({ id, changes: { brand: '联想' } });
    await page.locator('.details').getByText('联想').waitFor();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('dialog').getByText('M7206W').waitFor();
    expect((await app.call.assets.get({ id })).asset).toMatchObject({ model: 'M7206W', brand: '联想' });
    await page.getByRole('button', { name: '更多' }).click();
    await page.getByRole('menuitem', { name: '变更状况' }).click();
    await field('变更为').click();
    await page.getByTitle('待修').click();
    await field('原因').fill('卡纸，送修');
    await noBarriers();
    await page.getByRole('button', { name: '变更状况' }).click();
    await page.getByText('变更历史', { exact: true }).click();
    const history = page.locator('.history');
    await history.getByText('原因：卡纸，送修').waitFor();
    const text = (await history.innerText()).replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/变更状况 李明.*使用状况 在用 → 待修.*修改资产 李明.*型号 — → M7206W.*新建资产 李明/);
    await noBarriers();
  });

  test('the log names the record, words the refusal and leads back to the record', async () => {
    await page.getByRole('link', { name: '系统设置' }).click();
    await page.getByRole('link', { name: '操作日志' }).click();
    await page.getByText('资产编号 CW-2026-001 已属于“激光打印机”').waitFor();
    await page.getByRole('link', { name: 'CW-2026-001 · 激光打印机' }).first().click();
    await page.getByRole('dialog').getByText('AA-BB-CC-DD-EE-0F').waitFor();
    // It was left on its history; every opening starts on the details.
    await expect(page.locator('.history').count()).resolves.toBe(0);
    await page.keyboard.press('Escape');
  });

  test('own work is taken back from the log, long after its notice is gone', async () => {
    const { id } = await app.call.assets.create({ name: '误登记', category: 'other', status: 'in_use', tag: 'CW-9' });
    await page.getByRole('link', { name: '系统设置' }).click();
    await page.getByRole('link', { name: '操作日志' }).click();
    const row = page.getByRole('row').filter({ hasText: 'CW-9 · 误登记' });
    await row.getByRole('button', { name: '撤销' }).click();
    await noBarriers();
    await page.getByRole('tooltip').getByRole('button', { name: '撤销' }).click();
    await page.getByText('已撤销', { exact: true }).waitFor();
    expect((await app.call.assets.list({})).rows.map((asset) => asset.id)).not.toContain(id);
    // The undo itself stands in the log; a second one has nothing left, and says so.
    await page.getByRole('row').filter({ hasText: '撤销操作' }).first().waitFor();
    await row.filter({ hasText: '新建资产' }).getByRole('button', { name: '撤销' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: '撤销' }).click();
    await page.getByText('没有可以撤销的内容，可能已经撤销过了。').waitFor();
  });

  test('it reads in English, and dark, without a barrier', async () => {
    await page.getByRole('link', { name: '系统设置' }).click();
    await page.getByText('深色', { exact: true }).click();
    await page.getByText('English', { exact: true }).click();
    const notebook = page.locator('section').filter({ has: page.getByRole('heading', { name: 'This notebook' }) });
    await notebook.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Assets' }).click();
    await page.getByText('For repair').first().waitFor();
    await noBarriers();
    // A notice still on the screen speaks the language in which it was said.
    const words = await page.locator('.shell').innerText();
    expect(words.replaceAll(/激光打印机|欧阳雪|财务室|临江市第三中学|李明/g, '')).not.toMatch(/[\u4e00-\u9fff]/);
  });

  test('nothing was thrown and nothing broke the content security policy', () => {
    expect(app.faults).toEqual([]);
  });
});
