/** Walk-throughs 4 (IP conflict) and 5 (thirty rows by paste) within their budgets, then seats, a move and the command lines. */
import type { Page } from 'playwright-core';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { walkOn } from '../support/clicks.ts';
import { fakeWire, type FakeHost } from '../support/fake-wire.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(120_000);
const mac = (octet: number): string => `001B210000${octet.toString(16).toUpperCase().padStart(2, '0')}`;
// .6 answers with a strange card beside the registered one's place; .2 is on already and waits for its binding
const hosts: FakeHost[] = [
  { ip: '10.20.30.6', mac: mac(66), echo: true },
  { ip: '10.20.30.2', mac: mac(2), echo: true },
];

describeIf(hasChromium, noChromium)('opening many, moving, and settling a conflict', () => {
  let app: TestApp;
  let page: Page;
  let holder: string;
  beforeAll(async () => {
    app = await testApp({ ports: { wire: () => fakeWire({ hosts }) } });
    const building = await app.call.locations.create({ kind: 'building', name: '教学楼' });
    const room = await app.call.locations.create({ kind: 'room', name: 'B210', parent_id: building.id });
    const lab = await app.call.locations.create({ kind: 'room', name: 'C301', parent_id: building.id });
    const person = { identity: 'teacher', status: 'active', letter: 'signed' } as const;
    const wang = await app.call.people.create({ ...person, name: '王芳', department: '语文组', location_id: room.id });
    await app.call.people.create({ ...person, name: '王芳', department: '总务处' });
    await app.call.people.create({ ...person, name: '陈晓', department: '语文组', location_id: room.id });
    await app.call.cabling.createOutlet({ location_id: room.id, label: 'B210-7', state: 'good' });
    const office = await app.call.ipam.createSubnet({
      cidr: '10.20.30.0/24',
      name: '教师办公',
      vlan: 30,
      gateway: '10.20.30.1',
      purpose: 'office',
      location_id: room.id,
    });
    await app.call.ipam.createSubnet({
      cidr: '10.20.60.0/24',
      name: '机房一',
      vlan: 60,
      gateway: '10.20.60.254',
      purpose: 'lab',
      location_id: lab.id,
    });
    holder = (
      await app.call.ipam.bind({
        ip: '10.20.30.6',
        subnet_id: office.id,
        mac: mac(6),
        person_id: wang.id,
        location_id: room.id,
        reason: '旧地址',
      })
    ).id;
    for (let n = 1; n <= 3; n += 1)
      await app.call.assets.create({
        name: '学生机',
        tag: `ZC-${n}`,
        category: 'desktop',
        status: 'in_use',
        location_id: lab.id,
        mac: `3C528260000${n}`,
      });
    for await (const event of await app.call.discovery.sweep({ cidrs: ['10.20.30.0/28'], identify: 'none' }))
      void event;
    page = await app.open();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  afterAll(() => app.close());

  const hash = (to: string) =>
    page.evaluate((route) => {
      location.hash = route;
    }, to);
  const copy = (text: string) => page.evaluate((rows) => navigator.clipboard.writeText(rows), text);
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const noBarriers = async (): Promise<void> => expect(await accessibilityFaults(page)).toEqual([]);
  const pick = async (input: string, typed: string, choice: string): Promise<void> => {
    await page.locator(input).fill(typed);
    await page.locator('.ant-select-dropdown:visible').getByText(choice).first().click();
  };

  test('walk-through 5: a new user with the MAC from ARP, an outlet, and both papers, in seven clicks and twenty keys', async () => {
    await page.getByRole('link', { name: '地址与用户' }).click();
    const walk = walkOn(page);
    await walk.click(button('新建绑定').first(), 'new binding');
    await page.locator('.form').getByLabel('使用人').waitFor();
    await walk.type('cx');
    await page.locator('.ant-select-dropdown:visible').getByText('语文组 · 教学楼 / B210').waitFor();
    await walk.press('Enter');
    await page.getByText('教师办公 10.20.30.0/24 的下一个空闲地址').waitFor();
    await walk.click(button('从 ARP 取'), 'MAC from ARP');
    await page.locator('.form input[value="00-1B-21-00-00-02"]').waitFor();
    await walk.click(button('B210-7（空闲）'), 'outlet');
    await noBarriers();
    await walk.click(page.locator('.form-foot').getByRole('button', { name: '保存' }), 'save');
    await page.locator('.ant-message').getByText('已绑定 10.20.30.2').waitFor();
    await walk.click(page.getByRole('dialog').getByRole('button', { name: '打印' }), 'print');
    await walk.click(page.getByRole('menuitem', { name: '申请表和责任书' }), 'both papers');
    await page.locator('.leaf').getByText('陈晓').first().waitFor();
    await page.locator('.leaf').getByText('00-1B-21-00-00-02').first().waitFor();
    await walk.click(button('下一份'), 'the letter');
    await page.locator('.leaf h1').getByText('责任书').waitFor();
    walk.within({ clicks: 7, keys: 20 });
    const [row] = (await app.call.ipam.list({ filter: [{ field: 'ip', op: 'equals', value: '10.20.30.2' }] })).rows;
    expect(row).toMatchObject({ mac: mac(2), outlet: 'B210-7', state: 'active' });
    await hash('#/addresses');
  });

  test('walk-through 4: both cards, another address, the slip, and ticket and log closed, in six clicks', async () => {
    await page.getByRole('link', { name: '网络发现' }).click();
    const walk = walkOn(page);
    await walk.click(page.locator('.finding').filter({ hasText: '10.20.30.6' }).getByText('处理冲突'), 'finding');
    await page.getByRole('heading', { name: 'IP 冲突：10.20.30.6' }).waitFor();
    for (const seen of ['00-1B-21-00-00-06', '00-1B-21-00-00-42', '没有登记的网卡', '英特尔', '首次发现'])
      await page.locator('.open-move').getByText(seen).first().waitFor();
    await noBarriers();
    await page.locator('.clash-ip[value="10.20.30.3"]').waitFor();
    await walk.click(button('改址'), 're-address to the next free one');
    await page.getByText('王芳（语文组） 已由 10.20.30.6 改为 10.20.30.3').waitFor();
    await walk.click(button('打印通知单'), 'slip');
    await page.getByText('临江市第三中学用户变更通知单').first().waitFor();
    await walk.click(button('返回'), 'back from the slip');
    await walk.click(button('闭环'), 'settle');
    await page.getByText('工单和绑定记录一起关闭：补开一张并关闭').waitFor();
    await walk.click(page.locator('.ant-popconfirm').getByRole('button', { name: '闭环' }), 'confirm');
    await page
      .getByRole('status')
      .getByText(/已闭环，工单 BX-.* 已关闭/)
      .waitFor();
    walk.within({ clicks: 6, keys: 0 });
    const [ticket] = (await app.call.tickets.list({})).rows;
    expect(ticket).toMatchObject({ state: 'closed', category: 'ip_conflict', cause: 'configuration' });
    expect((await app.call.ipam.get({ id: holder })).binding.state).toBe('released');
    const [moved] = (await app.call.ipam.list({ filter: [{ field: 'ip', op: 'equals', value: '10.20.30.3' }] })).rows;
    expect(moved?.reason).toBe(`IP 冲突，由 10.20.30.6 改为 10.20.30.3（工单 ${ticket?.number}）`);
  });

  test('walk-through 5: thirty rows by paste, one of them corrected, in six clicks', async () => {
    await page.getByRole('link', { name: '地址与用户' }).click();
    const rows = Array.from(
      { length: 30 },
      (_, at) =>
        `教师${at + 1}\t英语组\tB210\t3c52-82bb-${String(at + 1).padStart(4, '0')}\tB210-${at + 1}\tGE0/0/${at + 1}`,
    );
    rows[2] = '王芳\t英语组\tB210\t3c52.82bb.0003\tB210-3\tGE0/0/3';
    await copy(['姓名\t部门\t房间\tMAC\t信息点\t端口', ...rows].join('\r\n'));
    const walk = walkOn(page);
    await walk.click(page.locator('.tabs, main, body').getByRole('button', { name: '批量开户' }).first(), 'open many');
    await page.locator('#open-paste').waitFor();
    await walk.press('Control+V');
    await page.getByText('共 30 行：29 行可开通（新登记 29 人），1 行待改').waitFor();
    await noBarriers();
    await walk.click(page.getByLabel('选择是哪一位 4'), 'which Wang Fang');
    await walk.click(page.locator('.ant-select-dropdown:visible').getByText('新登记一位'), 'a new one');
    await page.getByText('共 30 行：30 行可开通（新登记 30 人），0 行待改').waitFor();
    await walk.click(button('开通 30 行'), 'open');
    await page.getByText('已开通 30 个用户').waitFor();
    walk.within({ clicks: 6, keys: 2 });
    expect((await app.call.ipam.list({ filter: [{ field: 'state', op: 'equals', value: 'active' }] })).total).toBe(32);
    await page.locator('.ant-alert-success').getByRole('button', { name: '设备命令' }).click();
    const text = page.locator('.device-text');
    await text.getByText('arp static 10.20.30.4 3c52-82bb-0001').waitFor();
    await page.getByRole('tab', { name: '思科' }).click();
    await button('复制').click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('arp 10.20.30.4 3c52.82bb.0001 arpa');
    await noBarriers();
    await page.keyboard.press('Escape');
    await page.locator('.ant-alert-success').getByRole('button', { name: '撤销' }).click();
    await page.locator('.ant-message').getByText('已撤销').waitFor();
    expect((await app.call.ipam.list({ filter: [{ field: 'state', op: 'equals', value: 'active' }] })).total).toBe(2);
    // what was taken back stands there again, also after F5, and can be opened anew
    await page.getByText('共 30 行：30 行可开通（新登记 30 人），0 行待改').waitFor();
    await page.reload();
    await page.getByText('共 30 行：30 行可开通（新登记 30 人），0 行待改').waitFor();
    await button('清空').click();
  });

  test('rows that are wrong stay with their reason, are corrected in place, and can be copied back as a table', async () => {
    await page.locator('#open-paste').waitFor();
    await copy('李强\t数学组\tB999\t3c52-82bb-0001\n张伟\t数学组\tB210\t00-00-00-00-00-00');
    await page.locator('#open-paste').focus();
    await page.keyboard.press('Control+V');
    await page.getByText('没有登记过房间“B999”').waitFor();
    await button('复制待改的行').click();
    await page.locator('.ant-message').getByText('已复制 2 行，含原因').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('MAC 全是 0');
    await page.getByLabel('第 1 行房间').fill('B210');
    await page.keyboard.press('Enter');
    await page.getByText('共 2 行：1 行可开通（新登记 1 人），1 行待改').waitFor();
    await button('开通 1 行').click();
    await page.getByText('已开通 1 个用户，1 行留在下面待改').waitFor();
    await button('清空').click();
    await page.locator('#open-paste').waitFor();
  });

  test('seats of a computer room get addresses, names and machines', async () => {
    await page.getByText('机位批量分配').click();
    await pick('#seat-location_id', 'C301', 'C301');
    await pick('#seat-person_id', 'wf', '语文组');
    await page.locator('#seat-last').fill('5');
    await page.keyboard.press('Tab');
    await page.getByText('5 个座位：5 个可分配，0 个留空；机房里有 3 台未绑定的计算机').waitFor();
    await noBarriers();
    await button('分配 5 个座位').click();
    await page.locator('.ant-alert-success').getByText('已分配 5 个座位').waitFor();
    const { rows } = await app.call.ipam.list({ filter: [{ field: 'hostname', op: 'contains', value: 'C301-' }] });
    expect(rows.map(({ ip, state }) => `${ip} ${state}`)).toEqual([
      '10.20.60.1 active',
      '10.20.60.2 active',
      '10.20.60.3 active',
      '10.20.60.4 reserved',
      '10.20.60.5 reserved',
    ]);
  });

  test('a move shows the next address, releases the old one and ends in a printed notice', async () => {
    const [row] = (await app.call.ipam.list({ filter: [{ field: 'ip', op: 'equals', value: '10.20.30.3' }] })).rows;
    await hash(`#/opening/move?binding=${row?.id}`);
    await pick('#move-room', 'C301', 'C301');
    await page.getByText('10.20.60.6', { exact: true }).waitFor();
    await page.locator('#move-reason').fill('换到机房办公');
    await noBarriers();
    await button('搬迁并打印通知单').click();
    await page.getByRole('status').getByText('已搬迁，通知单已存档').waitFor();
    await button('打印通知单').click();
    await page.getByText('10.20.30.3 → 10.20.60.6').first().waitFor();
    expect((await app.call.ipam.get({ id: row?.id ?? '' })).binding.state).toBe('released');
  });

  test('it reads in English without a barrier, and nothing was thrown', async () => {
    await app.call.system.setup({ unit: '临江市第三中学', technician: '李明', machine: 'L03', language: 'en-US' });
    const english = await app.open({ dark: true });
    await english.getByRole('link', { name: 'Addresses' }).waitFor();
    for (const [route, word] of [
      ['#/opening', 'Copy rows from Excel'],
      ['#/opening/seats', 'Host names'],
      ['#/opening/clash?ip=10.20.30.6', 'IP conflict: 10.20.30.6'],
    ] as const) {
      await english.evaluate((to) => {
        location.hash = to;
      }, route);
      await english.getByText(word).first().waitFor();
      expect((await english.locator('main').innerText()).replaceAll(/王芳|语文组|英语组/g, '')).not.toMatch(
        /[\u4e00-\u9fff]/,
      );
      expect(await accessibilityFaults(english)).toEqual([]);
    }
    expect(app.faults).toEqual([]);
  });
});
