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
    await app.call.discovery.setSilence({ after: 1 });
    page = await app.open();
    await page.getByRole('link', { name: '网络发现' }).click();
  });
  afterAll(() => app.close());

  const finding = (ip: string) => page.locator('.finding').filter({ hasText: ip });
  const list = () => page.getByRole('grid', { name: '与台账比对' });
  const card = () => page.locator('.sweep-card');
  /** Where the square of an address is on the canvas of its block. */
  const square = async (octet: number): Promise<{ x: number; y: number }> => {
    const { width } = (await page.locator('.sweep-squares canvas').boundingBox()) ?? { width: NaN };
    const step = width / 16;
    return { x: ((octet % 16) + 0.5) * step, y: (Math.floor(octet / 16) + 0.5) * step };
  };
  const problem = (text: string) => page.locator('.sweep-problem').getByText(text);
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
    // every group says what it means and what to do
    await page.getByText('台账里没有的设备。知道是谁的就绑定').waitFor();
    await page.getByText('上次扫描：刚刚').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('a press on the legend leaves only those, and a press on the map finds the row', async () => {
    const legend = page.locator('.sweep-legend');
    await legend.getByRole('button', { name: /已登记未在线|本次未见/ }).click();
    await finding('10.20.30.12').waitFor({ state: 'detached' });
    await legend.getByRole('button', { name: '显示全部' }).click();
    await page.locator('.sweep-squares canvas').click({ position: await square(12) });
    await page.locator('.finding.picked').filter({ hasText: '10.20.30.12' }).waitFor();
  });

  test('the map tells every address under the pointer and under the keyboard', async () => {
    await page.locator('.sweep-squares canvas').hover({ position: await square(5) });
    await card().getByText('10.20.30.5', { exact: true }).waitFor();
    await card().getByText('王芳').waitFor();
    await page.locator('.sweep-squares canvas').hover({ position: await square(255) });
    await card().getByText('广播地址').waitFor();
    await page.mouse.move(0, 0);
    const map = page.getByRole('application');
    await map.focus();
    await card().getByText('10.20.30.12', { exact: true }).waitFor();
    await map.press('ArrowUp');
    await map.press('ArrowRight');
    await map.press('ArrowDown');
    await map.press('ArrowLeft');
    await map.press('Home');
    for (let steps = 0; steps < 7; steps++) await map.press('ArrowRight');
    await card().getByText('10.20.30.7', { exact: true }).waitFor();
    await map.press(' ');
    await page.locator('.finding.picked').filter({ hasText: '10.20.30.7' }).waitFor();
  });

  test('a whole group is registered at once, after a look at what would be done, and taken back', async () => {
    await page.getByRole('checkbox', { name: /勾选未登记全部/ }).check();
    await page
      .getByRole('toolbar')
      .getByRole('button', { name: /登记资产/ })
      .click();
    const sheet = page.locator('.sheet');
    await sheet.getByText(/1 项都可以做/).waitFor();
    await sheet.getByText(/00-1B-21-00-00-07/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await notice('登记资产：已处理 1 项').waitFor();
    await page.locator('.finding').filter({ hasText: '10.20.30.7' }).getByText('还没有绑定').waitFor();
    expect((await app.call.assets.list({})).total).toBe(1);
    await page.locator('.undoable').getByRole('button').click();
    await page.locator('.finding').filter({ hasText: '10.20.30.7' }).getByText('台账里没有这块网卡').waitFor();
    expect((await app.call.assets.list({})).total).toBe(0);
  });

  test('an unknown host is bound in one form, and the binding can be taken back', async () => {
    // by keyboard: the list is one place, Enter does the likely thing
    await list().focus();
    await list().press('Home');
    for (
      let steps = 0;
      (await page.locator('.finding.picked').filter({ hasText: '10.20.30.7' }).count()) === 0;
      steps++
    ) {
      if (steps > 10) throw new Error('the keyboard did not reach the row');
      await list().press('ArrowDown');
    }
    await list().press('Enter');
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

  test('the holder of a contested address gets the next free one where he is shown, and back', async () => {
    await more('10.20.30.6', '给登记人改址');
    const dialog = page.getByRole('dialog', { name: '改址' });
    await dialog.getByLabel('IP', { exact: true }).and(page.locator('[value="10.20.30.1"]')).waitFor();
    expect(await dialog.getByLabel('原因').inputValue()).toBe('IP 冲突，改址');
    await dialog.getByRole('button', { name: '改址' }).click();
    await notice('10.20.30.6 已改为 10.20.30.1').waitFor();
    const { rows } = await app.call.ipam.list({});
    expect(rows.find(({ mac: card }) => card === mac(6))).toMatchObject({ ip: '10.20.30.1' });
    await page.locator('.undoable').getByRole('button').last().click();
    await finding('10.20.30.6').getByText('应为王芳的').waitFor();
  });

  test('a ticket is filled in from the finding', async () => {
    await more('10.20.30.6', '开工单');
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

  test('all hosts are a list that sorts, filters, copies for Excel and opens the page of each', async () => {
    await page
      .locator('.sweep-tools')
      .getByText(/^主机 /)
      .click();
    const hosts = page.getByRole('grid', { name: '主机' });
    const first = async (): Promise<string | null> => hosts.locator('.grid-row a').first().textContent();
    expect(await first()).toBe('10.20.30.5');
    await hosts.getByRole('button', { name: /^IP/ }).click();
    await hosts.getByRole('button', { name: /^IP/ }).click();
    expect(await first()).toBe('10.20.30.250');
    const filter = page.getByRole('textbox', { name: 'IP、MAC、厂商、人名' });
    await filter.fill('001b.2100.0005');
    await hosts.locator('.grid-row', { hasText: '10.20.30.5' }).waitFor();
    expect(await hosts.locator('.grid-row').count()).toBe(1);
    await filter.fill('');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: '复制全部' }).click();
    await notice('行，可直接粘贴到 Excel').waitFor();
    const [heads, row] = (await page.evaluate(() => navigator.clipboard.readText())).split('\r\n');
    expect(heads?.split('\t').slice(0, 2)).toEqual(['判断', 'IP']);
    expect(row).toContain('10.20.30.250');
    // by keyboard: the list is one place, Enter opens the host
    await hosts.focus();
    await hosts.press('Home');
    await hosts.press('ArrowDown');
    await hosts.press('Enter');
    expect(new URL(page.url()).hash).toBe('#/hosts/10.20.30.12');
    await page.goBack();
    await page
      .locator('.sweep-tools')
      .getByText(/^与台账比对/)
      .click();
  });

  test('public, nonsense and very wide ranges are answered in a sentence', async () => {
    const scope = page.getByRole('textbox', { name: '扫描范围' });
    await scope.fill('8.8.8.0/24');
    await scope.press('Enter');
    await problem('“8.8.8.0/24”不是可扫描的内网地址').waitFor();
    await scope.fill('教学楼');
    await problem('8.8.8.0').waitFor({ state: 'detached' });
    await scope.press('Enter');
    await problem('“教学楼”不是网段也不是 IP').waitFor();
    await scope.fill('10.0.0.0/8');
    await scope.press('Enter');
    await problem('太大了').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    // a wide one is confirmed by typing how many
    await scope.fill('10.20.64.0/19');
    await scope.press('Enter');
    const dialog = page.locator('.ant-modal');
    const go = dialog.getByRole('button', { name: '开始扫描' });
    await dialog.getByText('输入地址个数 8448 确认').waitFor();
    expect(await go.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('8448');
    expect(await go.isDisabled()).toBe(false);
    await dialog.getByRole('button', { name: /^取 ?消$/ }).click();
    await scope.fill('');
    expect(app.faults).toEqual([]);
  });
});
