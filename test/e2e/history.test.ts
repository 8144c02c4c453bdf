/** Looking back through the window: two sweeps compared, another scanner's file, one host with everything known of it. */
import type { Page } from 'playwright-core';
import { bindings } from '../../shared/features/ipam.ts';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { fakeWire, type FakeHost } from '../support/fake-wire.ts';
import { angryTxt, nmapXml } from '../support/scans.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(120_000);
const mac = (octet: number): string => `001B210000${octet.toString(16).toUpperCase().padStart(2, '0')}`;
const pc = (octet: number, card = octet): FakeHost => ({ ip: `10.20.30.${octet}`, mac: mac(card), echo: true });

describeIf(hasChromium, noChromium)('history in the window', () => {
  let app: TestApp;
  let page: Page;
  const network: { hosts: FakeHost[] } = { hosts: [] };
  const sweep = async (hosts: FakeHost[]): Promise<void> => {
    network.hosts = hosts;
    for await (const event of await app.call.discovery.sweep({ cidrs: ['10.20.30.0/24'], rtt: false }))
      if (event.kind === 'done') return;
  };
  beforeAll(async () => {
    app = await testApp({ ports: { wire: () => fakeWire(network) } });
    const { id } = await app.call.people.create({
      name: '王芳',
      identity: 'teacher',
      letter: 'signed',
      status: 'active',
    });
    const subnet = await app.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '教师办公', purpose: 'office' });
    app.host.engine.command('test.register', (tx) => {
      tx.insert(bindings, {
        ip: '10.20.30.5',
        mac: mac(5),
        person_id: id,
        subnet_id: subnet.id,
        opened_on: '2026-09-01',
        opened_at: Date.parse('2026-09-01T09:00+08:00'),
        state: 'active',
      });
    });
    page = await app.open();
  });
  afterAll(() => app.close());
  const goTo = (hash: string): Promise<void> =>
    page.evaluate((to) => {
      location.hash = to;
    }, hash);
  const notice = (text: string) => page.locator('.ant-message').getByText(text);
  const change = (ip: string) => page.locator('.compare-list .grid-row').filter({ hasText: ip });

  test('without a sweep the history says what to do', async () => {
    await goTo('#/sweeps');
    await page.getByText('还没有扫描记录').waitFor();
  });

  test('the last two sweeps compared in one press: who moved, came, went or changed the card', async () => {
    await sweep([pc(5), pc(6), pc(7), pc(8)]);
    await sweep([pc(5, 55), pc(66, 6), pc(8), pc(9)]);
    await page.getByRole('button', { name: '对比最近两次' }).click();
    await page.getByText('两次都探测过的地址：254 个').waitFor();
    await change('10.20.30.66').getByText('原来在 10.20.30.6').waitFor();
    await change('10.20.30.5').getByText('00-1B-21-00-00-05 → 00-1B-21-00-00-37').waitFor();
    await change('10.20.30.5').getByText('王芳').waitFor();
    await change('10.20.30.7').getByText('不见了').waitFor();
    await change('10.20.30.9').getByText('新出现').waitFor();
    expect(await page.locator('.compare-list .grid-row').count()).toBe(4);
    await page.getByRole('button', { name: /^不见了/ }).click();
    expect(await page.locator('.compare-list .grid-row').count()).toBe(1);
    await page.getByRole('button', { name: /^不见了/ }).click();
    await page.getByLabel('IP、MAC、名称、厂商、人名').fill('00-37');
    await change('10.20.30.66').waitFor({ state: 'detached' });
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('two ticked ones are compared, the earlier first', async () => {
    await page.getByRole('button', { name: '返回扫描记录' }).click();
    const ticks = page.getByRole('checkbox');
    await ticks.nth(0).check();
    await page.getByText('已选 1 次，再选一次').waitFor();
    await ticks.nth(1).check();
    await page.getByRole('button', { name: '对比这两次' }).click();
    await change('10.20.30.7').getByText('不见了').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('a row leads to its host, which shows what was seen, what is registered and the finding between them', async () => {
    await change('10.20.30.5').getByRole('link').click();
    await page.getByRole('heading', { name: '10.20.30.5' }).waitFor();
    await page.locator('.host-verdict').getByText('IP 被占用').waitFor();
    await page.locator('.host-binding').getByText('王芳').waitFor();
    const rows = page.getByRole('table', { name: '什么时候在哪里' }).locator('tbody tr');
    expect(await rows.count()).toBe(2);
    await rows.nth(1).getByRole('link', { name: '00-1B-21-00-00-05' }).click();
    await page.getByText('00-1B-21-00-00-05').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('ping now and look again tell their answer beside the buttons', async () => {
    await goTo('#/hosts/10.20.30.8');
    await page.getByRole('button', { name: 'Ping' }).click();
    await page.getByText('往返 2.0 毫秒，丢包 0%').waitFor();
    await page.getByRole('button', { name: '再看一次' }).click();
    await page.getByText('有应答，下面已更新').waitFor();
    await goTo('#/hosts/10.20.30.222');
    await page.getByText('这个地址从来没有见过，台账里也没有').waitFor();
    await page.getByRole('button', { name: '再看一次' }).click();
    await page.locator('.host-told').getByText('没有应答').waitFor();
    await goTo('#/hosts/教学楼');
    await page.getByText('“教学楼”不是 IP 也不是 MAC').waitFor();
  });

  test('what is no address is told beside the box, with the reason', async () => {
    await goTo('#/hosts');
    const box = page.getByRole('textbox', { name: '查一台主机' });
    for (const [typed, told] of [
      ['10.20.30.999', '“10.20.30.999”不是 IP，也不是 MAC。'],
      ['教务处-01', '“教务处-01”不是 IP，也不是 MAC。'],
      ['00:00:00:00:00:00', '“00:00:00:00:00:00”不是某台设备的 MAC'],
      ['FF-FF-FF-FF-FF-FF', '“FF-FF-FF-FF-FF-FF”不是某台设备的 MAC'],
    ] as const) {
      await box.fill(typed);
      await box.press('Enter');
      await page.getByRole('alert').filter({ hasText: told }).waitFor();
    }
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(new URL(page.url()).hash).toBe('#/hosts');
  });

  test('the end of a MAC finds the host that a sweep saw', async () => {
    const seen = (await app.call.discovery.findings({})).findings.find(({ mac }) => mac !== null);
    const tail = (seen?.mac ?? '').slice(-4);
    const known = await app.call.discovery.history.find({ text: tail });
    await goTo('#/hosts');
    const box = page.getByRole('textbox', { name: '查一台主机' });
    await box.fill(`${tail.slice(0, 2)}-${tail.slice(2)}`.toLowerCase());
    const matches = page.getByRole('list', { name: '扫描见过的主机' });
    await matches
      .getByRole('link', { name: seen?.ip ?? '', exact: true })
      .first()
      .waitFor();
    expect(await matches.getByRole('listitem').count()).toBe(Math.min(8, known.length));
    expect(await accessibilityFaults(page)).toEqual([]);
    await matches
      .getByRole('link', { name: seen?.ip ?? '', exact: true })
      .first()
      .click();
    await page.getByRole('heading', { name: seen?.ip ?? '' }).waitFor();
  });

  test('a look at one host can be looked at again, and hides neither the last sweep of the subnet nor what to settle in it', async () => {
    const state = page.locator('.sweep-state');
    const findings = page.locator('.sweep-tools').getByText(/^与台账比对/);
    await goTo('#/discovery');
    await state.getByText('探测了 254 个地址').waitFor();
    await page.getByRole('combobox', { name: '以前的扫描' }).click();
    await page.locator('.ant-select-item-option').filter({ hasText: '10.20.30.222' }).click();
    await state.getByText('探测了 1 个地址').waitFor();
    await goTo('#/discovery');
    await state.getByText('探测了 254 个地址').waitFor();
    // the same from the bar above
    await page.getByRole('checkbox', { name: /10\.20\.30\.0/ }).uncheck();
    await page.getByRole('textbox', { name: '扫描范围' }).fill('10.20.30.8');
    await page.getByRole('button', { name: '开始扫描' }).click();
    await state.getByText('探测了 1 个地址').waitFor();
    await goTo('#/discovery');
    await state.getByText('探测了 254 个地址').waitFor();
    await findings.click();
    await page.locator('.finding-scroll').waitFor();
    // nor is it one of the last two that are compared
    await goTo('#/sweeps');
    await page.getByRole('button', { name: '对比最近两次' }).click();
    await page.getByText('两次都探测过的地址：254 个').waitFor();
  });

  test('the search box finds an address that only sweeps know', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: '搜索' }).fill('20.30.66');
    await page.getByRole('option').filter({ hasText: '10.20.30.66' }).click();
    await page.getByRole('heading', { name: '10.20.30.66' }).waitFor();
  });

  test('a file of nmap is shown before it is imported, and stands in the history; twice is refused', async () => {
    await goTo('#/sweeps/import');
    const file = { name: '旧楼.xml', mimeType: 'text/xml', buffer: Buffer.from(nmapXml) };
    await page.getByLabel('选择或拖入扫描文件').last().setInputFiles(file);
    await page.getByText('旧楼.xml：2 台在线主机').waitFor();
    await page.getByText('涵盖 16 个地址').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    // made after the clock of this machine, if that stands before the day of the scan
    await page.getByLabel('扫描时间').fill('2026-09-01 08:30');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^导 ?入$/ }).click();
    await notice('已导入 旧楼.xml').waitFor();
    const imported = page.getByRole('row').filter({ hasText: '旧楼.xml' });
    await imported.getByText('2026-09-01 08:30').waitFor();
    await goTo('#/sweeps/import');
    await page.getByLabel('选择或拖入扫描文件').last().setInputFiles(file);
    await page.getByText('这个文件已经导入过（旧楼.xml）').waitFor();
    const text = { name: 'scan.txt', mimeType: 'text/plain', buffer: Buffer.from(angryTxt('zh')) };
    await page.getByLabel('选择或拖入扫描文件').last().setInputFiles(text);
    await page.getByText('scan.txt：3 台在线主机').waitFor();
    await page.getByText('1 个地址没有应答').waitFor();
    // taken out again it is not one of two to compare any more
    await goTo('#/sweeps');
    await imported.getByRole('checkbox').check();
    await page.getByText('已选 1 次，再选一次').waitFor();
    await imported.getByRole('button').click();
    await page.getByRole('menuitem', { name: '移除这次导入' }).click();
    await page.locator('.ant-modal').getByRole('button', { name: '移除这次导入' }).click();
    await imported.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '对比最近两次' }).waitFor();
  });

  test('terms of evidence: nothing due, and no term below half a year', async () => {
    await goTo('#/settings');
    const days = page.getByLabel('扫描记录 保存天数');
    await days.fill('30');
    await days.blur();
    expect(await days.inputValue()).toBe('184');
    expect(await page.getByRole('button', { name: '没有到期的记录' }).isDisabled()).toBe(true);
    expect(app.faults).toEqual([]);
  });
});
