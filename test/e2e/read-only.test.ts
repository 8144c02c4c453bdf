/** Where nothing can be changed, the buttons that would are off and say why: an auditor's laptop, and one that was away too long. */
import type { Page } from 'playwright-core';
import { withClient } from '../../hub/db.ts';
import { changeGrant } from '../../hub/rights.ts';
import { hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { TestClock } from '../support/engine.ts';
import { hasPostgres, noPostgres, startCluster, type Cluster, type TestHub } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';

const DAY_MS = 86_400_000;

describeIf(hasChromium && hasPostgres, hasChromium ? noPostgres : noChromium)('a window for reading only', () => {
  jest.setTimeout(180_000);
  let cluster: Cluster;
  let hub: TestHub;
  let app: TestApp;
  let page: Page;
  let asset: string;
  const clock = new TestClock(Date.parse('2026-09-29T16:20+08:00'));
  const sync = async (): Promise<void> => {
    for await (const event of await app.call.sync.run()) void event;
  };
  beforeAll(async () => {
    cluster = await startCluster();
    hub = await cluster.hub({ graceDays: 30 });
    app = await testApp({ ports: { clock } });
    await app.call.sync.enrol({ address: hub.url, code: await hub.newCode() });
    const values = { name: '台式机', category: 'desktop', status: 'in_use', tag: 'A-1' } as const;
    asset = (await app.call.assets.create(values)).id;
    await sync();
    page = await app.open();
    await page.getByRole('navigation').first().waitFor();
  });
  afterAll(async () => {
    await app.close();
    await cluster.stop();
  });
  /** Whether the button is off, and what it says. */
  const button = async (hash: string, name: string): Promise<{ off: boolean; why: string | null }> => {
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    const found = page.getByRole('button', { name, exact: true }).first();
    await found.waitFor();
    return { off: await found.isDisabled(), why: await found.getAttribute('title') };
  };
  const places = async (): Promise<Record<string, { off: boolean; why: string | null }>> => ({
    asset: await button('#/assets', '新建资产'),
    person: await button('#/people', '新建人员'),
    photo: await button(`#/assets/${asset}`, '添加附件'),
  });

  test('has its buttons while it may change records, off for the time it was away too long, and for an auditor', async () => {
    const free = await places();
    expect(Object.values(free).map(({ off }) => off)).toEqual([false, false, false]);
    await hub.stopServer();
    await page.reload();
    await page.getByText('离线').first().waitFor();
    for (let day = 0; day < 31; day += 1) {
      clock.set(DAY_MS);
      await app.call.sync.status({});
    }
    await page.reload();
    await page.locator('.read-only').waitFor();
    for (const each of Object.values(await places()))
      expect(each).toEqual({ off: true, why: expect.stringMatching(/^已有 31 天/) });
    await hub.restart();
    await sync();
    await page.reload();
    expect(await places()).toEqual(free);
    await withClient(hub.pool, (client) => changeGrant(client, 'L03', { role: 'auditor' }, Date.now()));
    await sync();
    await page.reload();
    await page.locator('.read-only').waitFor();
    for (const each of Object.values(await places()))
      expect(each).toEqual({ off: true, why: expect.stringContaining('审计员') });
  });
});
