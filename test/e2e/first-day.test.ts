/** The first day with an empty notebook: what a sweep finds can be bound at once, though neither subnet nor people are registered yet. */
import type { Page } from 'playwright-core';
import { accessibilityFaults, hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { fakeWire } from '../support/fake-wire.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(120_000);

describeIf(hasChromium, noChromium)('a sweep on an empty notebook', () => {
  let app: TestApp;
  let page: Page;
  beforeAll(async () => {
    const hosts = [{ ip: '10.20.30.7', mac: '001B21000007', echo: true }];
    app = await testApp({ ports: { wire: () => fakeWire({ hosts }) } });
    page = await app.open();
    await page.getByRole('link', { name: '网络发现' }).click();
  });
  afterAll(() => app.close());

  test('the subnet that was swept is registered from where its hosts are shown', async () => {
    await page.getByRole('button', { name: '开始扫描' }).click();
    await page.getByText('10.20.30.0/24 还没有登记为网段').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '登记这个网段' }).click();
    const form = page.getByRole('dialog', { name: '新建网段' });
    await form.getByLabel('名称').fill('教师办公');
    await page.keyboard.press('Control+Enter');
    await form.waitFor({ state: 'detached' });
    await page.locator('.sweep-hint').waitFor({ state: 'detached' });
    const { rows } = await app.call.ipam.listSubnets({});
    expect(rows.map(({ cidr, name }) => [cidr, name])).toEqual([['10.20.30.0/24', '教师办公']]);
  });

  test('somebody whom nobody knows yet is registered in the picker, and the host is bound to him', async () => {
    await page.locator('.finding').filter({ hasText: '10.20.30.7' }).getByRole('button', { name: '绑定' }).click();
    const form = page.getByRole('dialog', { name: '绑定 10.20.30.7' });
    const picker = form.getByLabel('使用人');
    const offer = page.getByRole('group', { name: '把“陈晓明”登记为新人员' });
    // initials look for somebody, they are no name
    await picker.pressSequentially('cxm');
    await page.getByText('没有找到').waitFor();
    expect(await page.locator('.new-person').count()).toBe(0);
    await picker.fill('陈晓明');
    await offer.waitFor();
    await offer.getByRole('button', { name: '职员' }).click();
    await offer.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Enter');
    await form.waitFor({ state: 'detached' });
    const { rows: people } = await app.call.people.list({});
    expect(people).toMatchObject([{ name: '陈晓明', identity: 'staff', letter: 'unsigned', status: 'active' }]);
    const { rows } = await app.call.ipam.list({});
    expect(rows).toMatchObject([{ ip: '10.20.30.7', mac: '001B21000007', person_id: people[0]?.id }]);
    expect(app.faults).toEqual([]);
  });
});
