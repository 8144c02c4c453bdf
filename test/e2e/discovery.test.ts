/** A sweep through the window on a network of our own making: watch, settle each kind of finding, undo, and what may not be swept. */
import type { Page } from 'playwright-core';
import { bindings } from '../../shared/features/ipam.ts';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { fakeWire, type FakeHost } from '../support/fake-wire.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(120_000);
const mac = (octet: number): string => `001B210000${octet.toString(16).toUpperCase().padStart(2, '0')}`;
const pc = (octet: number, card = octet): FakeHost => ({ ip: `10.20.30.${octet}`, mac: mac(card), echo: true });
// .5 as registered, .6 with a strange card, .12 is the card of .9, .7 nobody knows, .8 registered and silent
const hosts = [pc(5), pc(6, 66), pc(12, 9), pc(7)];

describeIf(hasChromium, noChromium)('discovery in the window', () => {
  let app: TestApp;
  let page: Page;
  beforeAll(async () => {
    app = await testApp({ ports: { wire: () => fakeWire({ hosts }) } });
    const { id } = await app.call.people.create({
      name: '王芳',
      identity: 'teacher',
      letter: 'signed',
      status: 'active',
    });
    const subnet = await app.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '教师办公', purpose: 'office' });
    const opened = {
      opened_on: '2026-09-01',
      opened_at: Date.parse('2026-09-01T09:00+08:00'),
      state: 'active',
    } as const;
    app.host.engine.command('test.register', (tx) => {
      for (const octet of [5, 6, 8, 9])
        tx.insert(bindings, {
          ip: `10.20.30.${octet}`,
          mac: mac(octet),
          person_id: id,
          subnet_id: subnet.id,
          ...opened,
        });
    });
    page = await app.open();
    await page.getByRole('link', { name: '网络发现' }).click();
  });
  afterAll(() => app.close());

  const finding = (ip: string) => page.locator('.finding').filter({ hasText: ip });
  const cell = (octet: number) => page.locator(`[data-at="${octet}"]`);
  const more = async (ip: string, action: string): Promise<void> => {
    await finding(ip).getByRole('button', { name: '更多' }).click();
    await page.getByRole('menuitem', { name: action }).click();
  };
  const notice = (text: string) => page.locator('.ant-message').getByText(text);

  test('one press sweeps the own subnet and shows what differs from the register', async () => {
    await page.getByText('还没有扫描过').waitFor();
    await page.getByText('教师办公').waitFor();
    await page.getByRole('button', { name: '开始扫描' }).click();
    await page.getByText('探测了 254 个地址，发现 5 台').waitFor();
    await finding('10.20.30.6').getByText(`应为王芳的 00-1B-21-00-00-06`).waitFor();
    await finding('10.20.30.12').getByText('王芳的网卡，登记的 IP 是 10.20.30.9').waitFor();
    await finding('10.20.30.7').getByText('台账里没有这块网卡').waitFor();
    await finding('10.20.30.8').getByText('连续 1 次没有应答').waitFor();
    expect(await cell(5).getAttribute('title')).toBe('10.20.30.5 一致 王芳');
    expect(await cell(255).getAttribute('title')).toContain('广播地址');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('a press on the legend leaves only those, and a press on the map finds the row', async () => {
    await page
      .locator('.sweep-legend')
      .getByRole('button', { name: /已登记未在线/ })
      .click();
    expect(await page.locator('.finding').count()).toBe(1);
    await page.getByRole('button', { name: '显示全部' }).click();
    await cell(12).click();
    expect(await finding('10.20.30.12').getAttribute('class')).toContain('picked');
    await cell(12).press('ArrowLeft');
    expect(await cell(11).evaluate((each) => each === document.activeElement)).toBe(true);
  });

  test('an unknown host is bound in one form, and the binding can be taken back', async () => {
    await finding('10.20.30.7')
      .getByRole('button', { name: /^绑 ?定$/ })
      .click();
    // The address is known; who uses it must be said.
    await page.locator('.form .field:has(input:focus)', { hasText: '使用人' }).waitFor();
    await page.getByLabel(/^使用人/).fill('wf');
    await page.locator('.ant-select-dropdown').getByText('王芳').first().click();
    await page.keyboard.press('Control+Enter');
    await notice('10.20.30.7 已绑定').waitFor();
    await finding('10.20.30.7').waitFor({ state: 'detached' });
    expect((await app.call.discovery.findings({})).counts.new_mac).toBe(0);
    await page.locator('.undoable').getByRole('button').click();
    await finding('10.20.30.7').waitFor();
  });

  test('a host that moved is moved in the register, with a reason', async () => {
    await more('10.20.30.12', '改登记的 IP');
    await page.locator('.ant-modal textarea').fill('换了座位');
    await page.keyboard.press('Control+Enter');
    await finding('10.20.30.12').waitFor({ state: 'detached' });
    const { findings } = await app.call.discovery.findings({});
    expect(findings.find(({ ip }) => ip === '10.20.30.12')).toMatchObject({
      verdict: 'known',
      holder: { person: '王芳' },
    });
  });

  test('a ticket is filled in from the finding', async () => {
    await finding('10.20.30.6').getByRole('button', { name: '开工单' }).click();
    await page.locator('.form').getByText('应为王芳的').first().waitFor();
    await page.keyboard.press('Control+Enter');
    await notice('已开工单').waitFor();
    const [ticket] = (await app.call.tickets.list({})).rows;
    expect(ticket).toMatchObject({ ip: '10.20.30.6', category: 'ip_conflict', channel: 'scan' });
    expect(ticket?.symptom).toBe('10.20.30.6 被网卡 00-1B-21-00-00-42 占用，应为王芳的 00-1B-21-00-00-06');
    // The finding leads to it now, and offers no second one.
    const row = finding('10.20.30.6');
    expect(await row.getByRole('link', { name: ticket?.number ?? '?' }).getAttribute('href')).toBe(
      `#/tickets/${ticket?.id}`,
    );
    expect(await row.getByRole('button', { name: '开工单' }).count()).toBe(0);
  });

  test('a silent one is ignored until a day, and can be shown again', async () => {
    await more('10.20.30.8', '忽略');
    await page.locator('.ant-modal textarea').fill('暑假停用');
    await page.keyboard.press('Control+Enter');
    await finding('10.20.30.8').waitFor({ state: 'detached' });
    await page.getByText('显示已忽略（1）').click();
    await finding('10.20.30.8').getByText('暑假停用').waitFor();
    await finding('10.20.30.8').getByRole('button', { name: '取消忽略' }).click();
    await finding('10.20.30.8').getByText('连续 1 次没有应答').waitFor();
  });

  test('public, nonsense and very wide ranges are answered in a sentence', async () => {
    const scope = page.getByRole('textbox', { name: '扫描范围' });
    await scope.fill('8.8.8.0/24');
    await scope.press('Enter');
    await notice('“8.8.8.0/24”不是可扫描的内网地址').waitFor();
    await scope.fill('教学楼');
    await scope.press('Enter');
    await notice('“教学楼”不是网段也不是 IP').waitFor();
    await scope.fill('10.0.0.0/8');
    await scope.press('Enter');
    await notice('太大了').waitFor();
    await scope.fill('10.20.64.0/19');
    await scope.press('Enter');
    await page.locator('.ant-modal-confirm-title').getByText('范围有 8448 个地址').waitFor();
    await page.getByRole('button', { name: /^取 ?消$/ }).click();
    await scope.fill('');
    expect(app.faults).toEqual([]);
  });
});
