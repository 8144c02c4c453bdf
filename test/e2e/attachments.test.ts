/** Photos in the window: by button, by drop and by paste, looked at, renamed, removed and taken back; what only pretends to be one is refused. */
import { readFileSync } from 'node:fs';
import type { JSHandle, Page } from 'playwright-core';
import { imageOf } from '../../shared/features/attachments/image.ts';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { png, pngOf } from '../support/pictures.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(120_000);

describeIf(hasChromium, noChromium)('photos in the window', () => {
  let app: TestApp;
  let page: Page;
  let asset: string;
  beforeAll(async () => {
    app = await testApp();
    asset = (await app.call.assets.create({ name: '台式机', category: 'desktop', status: 'in_use', tag: 'A-1' })).id;
    page = await app.open();
    await page.getByRole('navigation', { name: '主导航' }).waitFor();
    await page.evaluate((id) => {
      location.hash = `#/assets/${id}`;
    }, asset);
  });
  afterAll(() => app.close());

  const panel = () => page.getByRole('region', { name: '附件' });
  const tile = (name: string) => panel().getByRole('button', { name });
  const list = () => app.call.attachments.list({ table: 'assets', id: asset });
  const noBarriers = async (): Promise<void> => expect(await accessibilityFaults(page)).toEqual([]);
  /** Files as the clipboard or the pointer carries them. */
  const carried = (files: readonly { name: string; type: string; bytes: Buffer }[]): Promise<JSHandle<DataTransfer>> =>
    page.evaluateHandle(
      (given) => {
        const data = new DataTransfer();
        for (const { name, type, text } of given)
          data.items.add(new File([Uint8Array.from(atob(text), (char) => char.charCodeAt(0))], name, { type }));
        return data;
      },
      files.map(({ name, type, bytes }) => ({ name, type, text: bytes.toString('base64') })),
    );

  test('chosen in the dialog: a thumbnail of its own, and the pretender is refused in a sentence', async () => {
    await panel().waitFor();
    await page.locator('[data-files=any]').setInputFiles([
      { name: '机柜.png', mimeType: 'image/png', buffer: pngOf(700_000) },
      {
        name: '伪装.png',
        mimeType: 'image/png',
        buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      },
      { name: '碎片.png', mimeType: 'image/png', buffer: png().subarray(0, 40) },
    ]);
    await tile('机柜.png').waitFor();
    await panel().getByText('“伪装.png”不是可用的附件').waitFor();
    await panel().getByText('“碎片.png”打不开').waitFor();
    const [row] = await list();
    const thumb = imageOf(Buffer.from(row?.thumb ?? '', 'base64'));
    expect(thumb?.type).toBe('webp');
    expect(Math.max(thumb?.width ?? 0, thumb?.height ?? 0)).toBeLessThanOrEqual(320);
    await noBarriers();
  });

  test('dropped and pasted', async () => {
    const dropped = await carried([{ name: '铭牌.png', type: 'image/png', bytes: png(80, 60) }]);
    await panel().dispatchEvent('dragenter', { dataTransfer: dropped });
    await panel().getByText('松开鼠标即可添加').waitFor();
    await panel().dispatchEvent('drop', { dataTransfer: dropped });
    await tile('铭牌.png').waitFor();
    const pasted = await carried([{ name: 'image.png', type: 'image/png', bytes: png(60, 60) }]);
    await page.evaluate(
      (clipboardData) => document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true })),
      pasted,
    );
    await tile('image.png').waitFor();
    expect((await list()).map(({ name }) => name)).toEqual(['机柜.png', '铭牌.png', 'image.png']);
  });

  test('looked at by keyboard alone, renamed, and saved under a name no program mistakes', async () => {
    await tile('机柜.png').focus();
    await page.keyboard.press('Enter');
    const stage = page.getByRole('group', { name: '机柜.png' });
    await stage.locator('img[src^="blob:"]').waitFor();
    const width = (): Promise<number> => stage.locator('img').evaluate((img) => img.getBoundingClientRect().width);
    const before = await width();
    await page.keyboard.press('=');
    expect(await width()).toBeGreaterThan(before);
    await noBarriers();
    await page.getByRole('button', { name: '改名、备注' }).click();
    await page.getByLabel('名称', { exact: true }).fill('三楼机柜正面.png');
    await page.getByLabel('备注', { exact: true }).fill('右上角光纤未标');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('右上角光纤未标').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '另存一份' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^lanbook-\d{8}-\d{6}\.png$/);
    expect(imageOf(readFileSync(await download.path()))?.type).toBe('png');
  });

  test('removed, and taken back', async () => {
    await page.getByRole('button', { name: '删除', exact: true }).click();
    await page.getByText('已删除“三楼机柜正面.png”').waitFor();
    await tile('三楼机柜正面.png').waitFor({ state: 'detached' });
    await page.locator('.undoable').filter({ hasText: '已删除' }).getByRole('button', { name: '撤销' }).click();
    await tile('三楼机柜正面.png').waitFor();
    expect(app.faults).toEqual([]);
  });
});
