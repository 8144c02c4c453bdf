/**
 * Does the window stutter while 4,000 hosts of a /20 stream in at real speed? The longest piece of work of the page's main thread, beside
 * that of a plain page that shows as many rows without any framework, in the same batches.
 */
import type { Page } from 'playwright-core';
import { hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { CROWD, crowdWire } from '../support/crowd-wire.ts';
import { mainThreadWork } from '../support/main-thread.ts';
import type { BenchRow } from './row.ts';

const ALL = 3900;
/** How long round trips and names are watched coming in. */
const WATCH_MS = 4000;

/** Sweeps the crowded /20 in the window until every host is there, then stops it and waits for the comparison. */
export async function streamIn(app: TestApp, page: Page): Promise<void> {
  await page.keyboard.press('F5');
  const state = page.locator('.sweep-state');
  // asked of one element, seldom: the question runs in the page, too
  const found = async (): Promise<number> => Number(/(\d+) 台/.exec((await state.textContent()) ?? '')?.[1] ?? 0);
  while ((await found()) < ALL) await page.waitForTimeout(500);
  await page.waitForTimeout(WATCH_MS);
  await app.call.discovery.stop();
  await page.locator('.finding').first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(500);
}
export async function openCrowd(app: TestApp): Promise<Page> {
  const page = await app.open();
  await page.getByRole('link', { name: '网络发现' }).click();
  await page.getByRole('textbox', { name: '扫描范围' }).fill(CROWD);
  await page.waitForTimeout(500);
  return page;
}

/** 4,000 rows of a table, two hundred at a time. */
async function plainPage(app: TestApp): Promise<number> {
  const page = await app.open();
  await page.goto('about:blank');
  const work = await mainThreadWork(page, async () => {
    await page.evaluate(async () => {
      const table = document.body.appendChild(document.createElement('table'));
      for (let at = 0; at < 4000; at += 200) {
        for (let next = at; next < at + 200; next++) {
          const row = table.insertRow();
          for (const text of [`10.40.0.${next}`, '00-1B-21-00-00-01', 'Intel Corporate'])
            row.insertCell().textContent = text;
        }
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    });
  });
  await page.close();
  return work[0] ?? NaN;
}

export async function screenBench(): Promise<BenchRow[]> {
  if (!hasChromium) return [{ name: `screen: not measured here (${noChromium})`, value: 0, unit: '' }];
  const app = await testApp({ ports: { wire: () => crowdWire() } });
  try {
    const plain = await plainPage(app);
    const page = await openCrowd(app);
    const work = await mainThreadWork(page, () => streamIn(app, page));
    const [longest = NaN] = work;
    return [
      {
        name: 'screen: longest block while 4,000 hosts stream in and are compared',
        value: longest,
        unit: 'ms',
        ratio: longest / plain,
        note: `a plain page appending as many rows (${plain.toFixed(1)} ms); ${work.filter((ms) => ms > 16).length / 2} blocks over 16 ms`,
      },
    ];
  } finally {
    await app.close();
  }
}
