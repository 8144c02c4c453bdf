/** Two technicians clashed over an address, a tag and a ticket: what the second one sees in the window, and the presses that settle it. */
import type { Page } from 'playwright-core';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { hasPostgres, laptopOf, noPostgres, startCluster, syncNow, type Cluster } from '../support/hub.ts';
import type { TestEngine } from '../support/engine.ts';
import { describeIf } from '../support/skip.ts';

const pc = { name: '台式机', category: 'desktop', status: 'in_use' } as const;

describeIf(hasChromium && hasPostgres, hasChromium ? noPostgres : noChromium)('settling in the window', () => {
  jest.setTimeout(180_000);
  let cluster: Cluster;
  let colleague: TestEngine;
  let app: TestApp;
  let page: Page;
  const sync = async (): Promise<void> => {
    for await (const event of await app.call.sync.run()) void event;
  };
  beforeAll(async () => {
    cluster = await startCluster();
    const hub = await cluster.hub();
    colleague = await laptopOf(hub, 'L08', '张伟', { now: new Date().toISOString() });
    app = await testApp();
    await app.call.sync.enrol({ address: hub.url, code: await hub.newCode() });
    await app.call.sync.setAuto({ on: false });
    const person = await colleague.call.people.create({
      name: '王芳',
      identity: 'teacher',
      letter: 'signed',
      status: 'active',
    });
    const subnet = await colleague.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '办公', purpose: 'office' });
    const ticket = await colleague.call.tickets.open({ reporter: '张三', symptom: '网络不通' });
    await colleague.call.tickets.advance({ id: ticket.id, step: 'work', remark: '换水晶头' });
    await syncNow(colleague);
    await sync();
    const wish = { subnet_id: subnet.id, ip: '10.20.30.1', person_id: person.id, reason: '指定' };
    await colleague.call.ipam.bind({ ...wish, mac: '3c5282000001' });
    await colleague.call.assets.create({ ...pc, tag: 'ZC-001' });
    await colleague.call.tickets.advance({ id: ticket.id, step: 'finish', cause: 'wear' });
    await syncNow(colleague);
    await app.call.ipam.bind({ ...wish, mac: '3c5282000002' });
    await app.call.assets.create({ ...pc, tag: 'zc-001', serial: 'S-7' });
    await app.call.tickets.advance({ id: ticket.id, step: 'pause', reason: 'parts' });
    await sync();
    page = await app.open();
    await page.getByRole('navigation').first().waitFor();
    await app.call.locations.create({ kind: 'room', name: '财务室' });
  });
  afterAll(async () => {
    await app.close();
    colleague.close();
    await cluster.stop();
  });

  test('the holder is named, the keys walk and settle, and nothing is left', async () => {
    await page.locator('footer').getByText('冲突 3').click();
    const address = page.getByRole('article', { name: '10.20.30.1' });
    await address.getByText('张伟 登记').waitFor();
    await address.getByText('本机没有在网络上看到过它。').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await address.getByRole('button', { name: '改用下一个空闲地址 10.20.30.2' }).waitFor();
    await page.keyboard.press('1');
    await address.waitFor({ state: 'hidden' });
    const tag = page.getByRole('article', { name: 'zc-001 · 台式机' });
    await tag.getByRole('link', { name: 'ZC-001 · 台式机' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await tag.getByRole('button', { name: '是同一台设备，合并' }).click();
    await tag.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '重新打开并采用我的' }).click();
    await page.getByText('没有要处理的冲突').waitFor();
    await sync();
    await syncNow(colleague);
    expect((await colleague.call.assets.list({})).rows).toMatchObject([{ tag: 'ZC-001', serial: 'S-7' }]);
    expect((await colleague.call.ipam.list({})).rows.map(({ ip }) => ip).toSorted()).toEqual([
      '10.20.30.1',
      '10.20.30.2',
    ]);
    expect((await colleague.call.tickets.list({})).rows.map(({ state }) => state)).toEqual(['paused']);
    expect(app.faults).toEqual([]);
  });

  test('two records of one device are merged field by field, and the notice takes it back', async () => {
    await app.call.assets.create({ ...pc, tag: 'ZC-002', brand: '联想' });
    await page.getByRole('navigation').first().getByText('资产台账').click();
    for (const row of ['ZC-001', 'ZC-002'])
      await page
        .getByRole('row', { name: new RegExp(row) })
        .getByRole('checkbox')
        .click();
    await page.getByRole('button', { name: '合并重复登记' }).click();
    const dialog = page.getByRole('dialog', { name: '两条记录是同一台设备' });
    await dialog.getByText('联想').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: '合并重复登记' }).click();
    await page.getByText('已合并为一条。').waitFor();
    expect((await app.call.assets.list({})).rows).toMatchObject([{ brand: '联想', serial: 'S-7' }]);
    await page.getByRole('button', { name: /撤\s*销/ }).click();
    await page.getByRole('row', { name: /ZC-001/ }).waitFor();
    await page.getByRole('row', { name: /ZC-002/ }).waitFor();
    expect(app.faults).toEqual([]);
  });
});
