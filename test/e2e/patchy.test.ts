/** Files that do not arrive: Chromium drops what it loads when a network card comes up or goes (ERR_NETWORK_CHANGED). */
import type { Page } from 'playwright-core';
import { testApp, hasChromium, noChromium, type TestApp } from '../support/app.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(120_000);

describeIf(hasChromium, noChromium)('a page whose files do not arrive', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp();
  });
  afterAll(() => app.close());

  /** Requests for such files are dropped, each of them so many times. */
  const dropping = async (page: Page, pattern: RegExp, times: number): Promise<string[]> => {
    const dropped: string[] = [];
    await page.route(pattern, (route) => {
      const url = route.request().url();
      if (dropped.filter((each) => each === url).length >= times) return route.continue();
      dropped.push(url);
      return route.abort('internetdisconnected');
    });
    return dropped;
  };
  const railWidth = (page: Page): Promise<number> =>
    page.locator('.rail').evaluate((rail) => rail.getBoundingClientRect().width);

  test('stylesheets are asked for again, without loading the page again', async () => {
    const page = await app.open();
    await page.locator('.rail').waitFor();
    const styled = await railWidth(page);
    const dropped = await dropping(page, /\.css$/, 2);
    let loads = 0;
    page.on('load', () => loads++);
    await page.reload();
    await page.locator('.rail').waitFor();
    await page.waitForFunction(
      (width) => document.querySelector('.rail')?.getBoundingClientRect().width === width,
      styled,
    );
    expect(dropped.length).toBeGreaterThanOrEqual(2);
    expect(loads).toBe(1);
    await page.context().close();
  });

  test.each([
    ['the entry', /assets\/index-[^/]*\.js$/],
    ['a part of it', /assets\/record-[^/]*\.js$/],
    ['the script before it', /before\.js$/],
  ])('%s is loaded again', async (_what, pattern) => {
    const page = await app.open();
    await page.locator('.rail').waitFor();
    const dropped = await dropping(page, pattern, 1);
    await page.reload();
    await page.locator('.rail').waitFor();
    await page.waitForFunction(() => 'watched' in document.documentElement.dataset);
    expect(dropped).toHaveLength(1);
    expect(await page.locator('#not-loaded').count()).toBe(0);
    await page.context().close();
  });

  test('a one-time link survives files and the first question that got lost', async () => {
    const page = await app.open();
    const dropped = await dropping(page, /assets\/index-[^/]*\.js$|\/session$/, 1);
    await page.evaluate(() => sessionStorage.clear());
    await page.goto('about:blank');
    await page.goto(app.host.newLink());
    await page.locator('.rail').waitFor();
    expect(dropped.map((url) => new URL(url).pathname.slice(0, 8)).toSorted()).toEqual(['/assets/', '/session']);
    await page.context().close();
  });

  test('the answer to the one-time code got lost, not the question', async () => {
    const page = await app.open();
    await page.evaluate(() => sessionStorage.clear());
    await page.goto('about:blank');
    let lost = 0;
    await page.route(/\/session$/, async (route) => {
      if (lost > 0) return route.continue();
      lost++;
      await route.fetch();
      return route.abort('internetdisconnected');
    });
    await page.goto(app.host.newLink());
    await page.locator('.rail').waitFor();
    expect(lost).toBe(1);
    await page.context().close();
  });

  test('a reload while the one-time code is on its way', async () => {
    const page = await app.open();
    await page.evaluate(() => sessionStorage.clear());
    await page.goto('about:blank');
    let sent = 0;
    await page.route(/\/session$/, async (route) => {
      sent++;
      if (sent > 1) return route.continue();
      // the host knows it, the page will not
      await route.fetch();
      await page.evaluate(() => location.reload());
    });
    await page.goto(app.host.newLink());
    await page.locator('.rail').waitFor();
    expect(sent).toBe(2);
    await page.context().close();
  });

  test('a screen is asked for again, and says so when it does not come', async () => {
    const page = await app.open();
    await page.locator('.rail').waitFor();
    const dropped = await dropping(page, /assets\/(?:topology|duty|screen)[^/]*\.js$/, 1);
    await page.evaluate(() => (location.hash = '#/discovery'));
    await page.getByRole('button', { name: '开始扫描' }).waitFor();
    expect(dropped.length).toBeGreaterThan(0);
    await page.unroute(/assets\/(?:topology|duty|screen)[^/]*\.js$/);
    await dropping(page, /\/assets\/.*\.js$/, Infinity);
    await page.evaluate(() => (location.hash = '#/audit'));
    await page.getByText('这一页没有载入完整').waitFor();
    await page.unroute(/\/assets\/.*\.js$/);
    await page.getByRole('button', { name: '重新载入' }).click();
    await page.getByText('这一页没有载入完整').waitFor({ state: 'detached' });
    await page.getByRole('table').or(page.locator('.blank')).first().waitFor();
    await page.context().close();
  });

  test('a page that does not come at all says so in the language of the notebook', async () => {
    const page = await app.open();
    await page.locator('.rail').waitFor();
    await dropping(page, /assets\/index-[^/]*\.js$/, Infinity);
    await page.reload();
    await page.getByRole('alert').filter({ hasText: '载入时网络连接有变化' }).waitFor();
    await page.unroute(/assets\/index-[^/]*\.js$/);
    await page.getByRole('button', { name: '重新载入' }).click();
    await page.locator('.rail').waitFor();
    await page.context().close();
  });
});
