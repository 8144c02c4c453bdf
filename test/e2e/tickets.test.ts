/** Tickets through the window: a telephone report by keys alone, a repair by eight presses, the board, and the calendar. */
import type { Locator, Page } from 'playwright-core';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(180_000);

/** Counts what a hand does: a chord is one key per finger, a typed character one key, a click one click. */
class Hand {
  keys = 0;
  clicks = 0;
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  async press(chord: string): Promise<void> {
    this.keys += chord.split('+').length;
    await this.page.keyboard.press(chord);
  }
  /** As an input method delivers it: each character counts as one key, which is what the budget counts too. */
  async type(text: string): Promise<void> {
    this.keys += [...text].length;
    await this.page.keyboard.type(text);
  }
  async click(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.click();
  }
}

describeIf(hasChromium, noChromium)('tickets in the window', () => {
  let app: TestApp;
  let page: Page;
  beforeAll(async () => {
    app = await testApp();
    page = await app.open();
    const building = await app.call.locations.create({ kind: 'building', name: '综合楼' });
    const room = await app.call.locations.create({ kind: 'room', name: '财务室', parent_id: building.id });
    const staff = { identity: 'staff', letter: 'signed', status: 'active' } as const;
    const wang = await app.call.people.create({
      ...staff,
      name: '王芳',
      department: '财务处',
      phone: '62003311',
      location_id: room.id,
    });
    const pc = await app.call.assets.create({
      name: '台式计算机',
      tag: 'CW-2023-0007',
      category: 'desktop',
      status: 'in_use',
      user_id: wang.id,
      location_id: room.id,
    });
    const subnet = await app.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '办公', purpose: 'office' });
    await app.call.ipam.bind({
      ip: '10.20.30.41',
      mac: '3C-52-82-1A-00-41',
      subnet_id: subnet.id,
      person_id: wang.id,
      asset_id: pc.id,
      location_id: room.id,
      outlet: 'A2-07',
      switch_name: 'SW-A2-1',
      switch_port: 'GE1/0/7',
      reason: '原来就用这个地址',
    });
    await app.call.people.create({ ...staff, name: '李娜', department: '教务处', phone: '62003312' });
    await app.call.people.create({ ...staff, name: '李娜', department: '七年级', phone: '62003313' });
    await page.getByRole('navigation', { name: '主导航' }).waitFor();
  });
  afterAll(() => app.close());

  const dialog = (): Locator => page.getByRole('dialog', { name: '登记报修' });
  const noBarriers = async (): Promise<void> => expect(await accessibilityFaults(page)).toEqual([]);
  const newest = async () =>
    (await app.call.tickets.list({ sort: [{ field: 'number', dir: 'desc' }], limit: 1 })).rows[0];

  test('a telephone report takes no click and at most 25 keys', async () => {
    const hand = new Hand(page);
    await hand.press('Control+n');
    await dialog().waitFor();
    await hand.type('wf');
    await hand.press('Enter');
    await hand.press('1');
    await hand.type('电脑上不了网，指示灯不亮');
    await hand.press('Control+Enter');
    await dialog().waitFor({ state: 'hidden' });
    expect([hand.clicks, hand.keys <= 25, hand.keys]).toEqual([0, true, 20]);
    expect(await newest()).toMatchObject({
      category: 'cable',
      symptom: '电脑上不了网，指示灯不亮',
      phone: '62003311',
      department: '财务处',
      ip: '10.20.30.41',
      state: 'open',
      channel: 'phone',
    });
  });

  test('what the register knows is shown, and what is open already', async () => {
    await page.keyboard.press('Alt+n');
    await dialog().waitFor();
    await page.keyboard.type('wf');
    await page.getByRole('option', { name: /王芳/ }).waitFor();
    await page.keyboard.press('Enter');
    await dialog().getByText('财务处 · 综合楼 / 财务室').waitFor();
    await dialog().getByRole('list', { name: '已有未完成的工单' }).getByText('电脑上不了网').waitFor();
    await noBarriers();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
  });

  test('what was typed comes back after closing, until it is cleared', async () => {
    await page.keyboard.press('Control+n');
    await dialog().getByText('这是上次没有保存的内容').waitFor();
    await dialog().getByRole('button', { name: '清空' }).click();
    await dialog().getByRole('combobox', { name: '报修人或地点' }).waitFor();
  });

  test('namesakes are never chosen blindly; a digit may start the symptom once a category is chosen', async () => {
    await dialog().getByRole('combobox', { name: '报修人或地点' }).focus();
    await page.keyboard.type('ln');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('有同名的人').waitFor();
    await page.getByRole('option', { name: /教务处/ }).waitFor();
    await page.getByRole('option', { name: /七年级/ }).waitFor();
    const rows = page.getByRole('option', { name: /李娜/ });
    await expect(rows.count()).resolves.toBe(2);
    const second = await rows.nth(1).innerText();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dialog()
      .getByText(second.includes('七年级') ? '七年级' : '教务处')
      .first()
      .waitFor();
    await page.keyboard.press('3');
    await page.keyboard.type('301 没网');
    await page.keyboard.press('Control+Enter');
    await dialog().waitFor({ state: 'hidden' });
    expect(await newest()).toMatchObject({
      category: 'no_access',
      symptom: '301 没网',
      phone: second.includes('七年级') ? '62003313' : '62003312',
    });
  });

  test('nothing is saved without who or what; the sentence says what is missing', async () => {
    await page.keyboard.press('Control+n');
    await dialog().waitFor();
    await page.keyboard.press('Control+Enter');
    await dialog().getByRole('alert').getByText('请先选报修人或地点').waitFor();
    await page.keyboard.type('门卫老张');
    await page.getByRole('option', { name: /按未登记报修人保存/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Enter');
    await dialog().getByRole('alert').getByText('请写下故障现象').waitFor();
    await page.keyboard.type('wifi 连不上');
    await page.getByRole('radio', { name: '无线/AP' }).and(page.locator('.guessed')).waitFor();
    await page.keyboard.press('Control+Enter');
    await dialog().waitFor({ state: 'hidden' });
    expect(await newest()).toMatchObject({ reporter: '门卫老张', category: 'wireless' });
  });

  test('an input method keeps its own Enter: nothing is picked before the name is chosen', async () => {
    await page.keyboard.press('Control+n');
    await dialog().waitFor();
    const line = await page.context().newCDPSession(page);
    await line.send('Input.imeSetComposition', { text: 'wang fang', selectionStart: 9, selectionEnd: 9 });
    // As Windows sends a key that the input method takes for itself.
    await line.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', windowsVirtualKeyCode: 229 });
    await expect(page.getByRole('option', { name: /王芳/ }).count()).resolves.toBe(0);
    await dialog().getByRole('combobox', { name: '报修人或地点' }).waitFor();
    await line.send('Input.insertText', { text: '王芳' });
    await page.getByRole('option', { name: /财务处/ }).waitFor();
    await page.keyboard.press('Enter');
    await dialog().getByText('财务处 · 综合楼 / 财务室').waitFor();
    // For 200 ms after a composition the dialog takes Esc for the input method's own.
    await page.waitForTimeout(300);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+n');
    await dialog().getByRole('button', { name: '清空' }).click();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
  });

  test('a repair takes eight presses from the board to the slip', async () => {
    const hand = new Hand(page);
    await page.getByRole('link', { name: '报修工单' }).click();
    await page.getByRole('heading', { name: /待受理/ }).waitFor();
    await noBarriers();
    await hand.click(page.getByRole('link', { name: /指示灯不亮/ }));
    await hand.click(page.getByRole('button', { name: '到场' }));
    // Without another press: the way to the port, and whether the address answers.
    const way = page.getByRole('list', { name: '链路追踪' });
    for (const station of ['王芳', 'A2-07', 'SW-A2-1', 'GE1/0/7']) await way.getByText(station).first().waitFor();
    await page
      .locator('.details h3', { hasText: '网络位置' })
      .getByText(/在线|无应答|无法 ping|正在 ping/)
      .waitFor();
    await hand.click(page.getByRole('button', { name: '处理', exact: true }));
    await hand.click(page.getByRole('button', { name: '重做水晶头' }));
    await hand.click(page.getByRole('button', { name: '水晶头 +2' }));
    await hand.click(page.getByRole('radio', { name: '自然损坏' }));
    await noBarriers();
    await hand.click(page.getByRole('button', { name: '完成', exact: true }));
    await page.getByText('用户怎么说').waitFor();
    const { rows } = await app.call.tickets.list({ filter: [{ field: 'state', op: 'equals', value: 'to_confirm' }] });
    expect(rows).toEqual([
      expect.objectContaining({
        action: '重做水晶头',
        parts: '水晶头 ×2',
        part_lines: JSON.stringify([{ name: '水晶头', spec: '', quantity: 2 }]),
        cause: 'wear',
        result: 'fixed',
        assignee: '李明@L03',
      }),
    ]);
    await hand.click(page.getByRole('button', { name: '打印报修单' }));
    await page
      .getByText(rows[0]?.number ?? '')
      .first()
      .waitFor();
    expect(hand.clicks).toBe(8);
    await page.goBack();
  });

  test('a pause shows why on the board, and the work log keeps it', async () => {
    await page.getByRole('link', { name: /301 没网/ }).click();
    await page.getByRole('button', { name: '受理', exact: true }).click();
    await page.getByRole('button', { name: '挂起', exact: true }).click();
    await page.getByRole('button', { name: '待用户' }).click();
    await page.locator('.board-card', { hasText: '301 没网' }).getByText('待用户').waitFor();
    await page.getByText(/处理记录 3/).click();
    await page.locator('.history').getByText('待用户').waitFor();
    await page.keyboard.press('Escape');
  });

  test('what finishing needs is said at its own field', async () => {
    const { id } = await app.call.tickets.open({ reporter: '门卫', symptom: '广播没声音', category: 'other' });
    await app.call.tickets.advance({ id, step: 'arrive' });
    await page.evaluate((ticket) => {
      location.hash = `#/tickets/${ticket}`;
    }, id);
    await page.getByRole('button', { name: '处理', exact: true }).click();
    await page.getByRole('button', { name: '完成', exact: true }).click();
    await page
      .locator('.step-panel')
      .getByText(/还没有写处理过程/)
      .waitFor();
    await page
      .locator('.step-panel [role=radiogroup] + .field-problem')
      .getByText(/还没有选原因诊断/)
      .waitFor();
    await noBarriers();
    await page.getByRole('radio', { name: '人为' }).click();
    await expect(page.getByText(/还没有选原因诊断/).count()).resolves.toBe(0);
    await page.keyboard.press('Escape');
  });

  test('the next notice is pasted, shown as understood, and imported', async () => {
    const next = Number((await app.call.calendar.state()).today.slice(0, 4)) + 1;
    await page.getByRole('link', { name: '系统设置' }).click();
    await page.getByRole('link', { name: '设置', exact: true }).click();
    await page.getByRole('heading', { name: '工作日历' }).waitFor();
    await page.getByRole('button', { name: '导入放假通知' }).click();
    await page
      .getByRole('textbox', { name: '通知全文或 JSON' })
      .fill(`${next}年放假安排\n一、元旦：1月1日放假，共1天。`);
    await page.getByRole('button', { name: '读取', exact: true }).click();
    await page.getByText(`${next} 年：放假 1 天`).waitFor();
    await page.getByRole('button', { name: /导入这/ }).click();
    await page.getByText(`已导入 ${next} 年放假安排`, { exact: false }).waitFor();
    await noBarriers();
    const { days } = await app.call.calendar.state();
    expect(days).toEqual([{ day: `${next}-01-01`, kind: 'off', name: '元旦', source: 'notice' }]);
  });

  test('no window complained', () => expect(app.faults).toEqual([]));
});
