/** Knowing hosts through the window: what a sweep tells of each device, and the table of card makers in the settings. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { assetFile } from '../../main/engine/place.ts';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { fakeWire, type FakeHost } from '../support/fake-wire.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(120_000);
const hosts: readonly FakeHost[] = [
  {
    ip: '10.20.30.15',
    mac: '10E7C6000015',
    told: {
      open: [80, 631, 9100],
      title: 'HP LaserJet M405dn',
      mdns: { names: ['NPI4A2F10'], labels: ['三楼打印机'], services: ['_ipp._tcp'] },
    },
  },
  {
    ip: '10.20.30.20',
    mac: '54E1AD000014',
    told: { open: [135, 445], netbios: { name: '财务-PC01', mac: '54E1AD000014' } },
  },
  { ip: '10.20.30.30', mac: '001B21000030', told: { firewalled: true } },
];
const shipped = readFileSync(assetFile('oui/oui.tsv'), 'utf8').trim().split('\n');
/** MA-S as the IEEE publishes it; `share` of it as a broken download. */
const oui36 = (share = 1): Buffer => {
  const rows = shipped.map((line) => line.split('\t')).filter(([prefix]) => prefix?.length === 9);
  const lines = rows
    .slice(0, rows.length * share)
    .map(([prefix, maker]) => `MA-S,${prefix},"${maker?.replaceAll('"', '""')}",CN`);
  return Buffer.from(['Registry,Assignment,Organization Name,Organization Address', ...lines].join('\r\n'));
};

describeIf(hasChromium, noChromium)('knowing hosts in the window', () => {
  let app: TestApp;
  let page: Page;
  beforeAll(async () => {
    app = await testApp({ ports: { wire: () => fakeWire({ hosts }) } });
    page = await app.open();
  });
  afterAll(() => app.close());
  const goTo = (hash: string): Promise<void> =>
    page.evaluate((to) => {
      location.hash = to;
    }, hash);
  const notice = (text: string) => page.locator('.ant-message').getByText(text);

  test('a sweep tells name and kind of a printer and of a computer, and nothing of one that does not answer', async () => {
    await goTo('#/discovery');
    await page
      .getByRole('button', { name: /开始扫描|再扫一次/ })
      .first()
      .click();
    await page.getByText('三楼打印机').or(page.getByText('NPI4A2F10')).first().waitFor();
    await page.getByText('财务-PC01').first().waitFor();
    await page.locator('.kind-mark').filter({ hasText: '打印机' }).first().waitFor();
    await page.locator('.kind-mark').filter({ hasText: '电脑' }).first().waitFor();
    expect(await page.locator('.kind-mark').count()).toBe(2);
  });

  test('a maker goes by the name that people use, and is found by every name of it', async () => {
    await page.getByText('英特尔').first().waitFor();
    const filter = page.getByRole('textbox', { name: 'IP、MAC、厂商、人名' });
    for (const typed of ['英特尔', 'intel', 'Intel Corporate']) {
      await filter.fill(typed);
      await page.getByText('10.20.30.30').first().waitFor();
      await page.getByText('财务-PC01').first().waitFor({ state: 'detached' });
    }
    await filter.fill('');
  });

  test('the table of makers: a broken file is refused by its name, a good one is used, and the way back', async () => {
    await goTo('#/settings');
    const panel = page.locator('.setting').filter({ hasText: '网卡厂商表' });
    await panel.getByText('随程序提供', { exact: true }).waitFor();
    const file = panel.locator('input[type=file]');
    await file.setInputFiles({ name: 'oui36.csv', mimeType: 'text/csv', buffer: oui36(0.3) });
    await notice('“oui36.csv”不完整').waitFor();
    await file.setInputFiles({ name: '资产.csv', mimeType: 'text/csv', buffer: Buffer.from('编号,名称\n1,打印机') });
    await notice('“资产.csv”不是厂商表').waitFor();
    await file.setInputFiles({ name: 'oui36.csv', mimeType: 'text/csv', buffer: oui36() });
    await notice('厂商表已更新').waitFor();
    await panel.getByText(/^\d{4}-\d{2}-\d{2} 更新$/).waitFor();
    await panel.getByRole('button', { name: '恢复随程序提供的表' }).click();
    await panel.getByText('随程序提供', { exact: true }).waitFor();
    expect(await panel.getByRole('button', { name: '恢复随程序提供的表' }).count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(app.faults).toEqual([]);
  });
});
