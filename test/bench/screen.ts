/**
 * Does the window stutter? While 4,000 hosts of a /20 stream in at real speed, the longest piece of work of the page's main thread is
 * read from Chromium's own trace, beside that of a page that does nothing. Thread time, so that a busy machine does not count.
 */
import type { Page } from 'playwright-core';
import { hasChromium, noChromium, testApp, type TestApp } from '../support/app.ts';
import { CROWD, crowdWire } from '../support/crowd-wire.ts';
import type { BenchRow } from './row.ts';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}
/** Milliseconds of every piece of work of the main threads between start and stop, longest first. */
export interface Work {
  readonly tasks: readonly number[];
}
const CATEGORIES = ['__metadata', 'toplevel', 'disabled-by-default-devtools.timeline'];

/** What the page's main thread did while `during` ran. */
export async function mainThread(page: Page, during: () => Promise<void>): Promise<Work> {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser of its own');
  await browser.startTracing(page, { categories: CATEGORIES });
  await during();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const mains = new Set(
    traceEvents
      .filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents
    .filter(
      ({ name, ph, pid, tid }) =>
        (name === 'RunTask' || name === 'ThreadControllerImpl::RunTask') && ph === 'X' && mains.has(`${pid} ${tid}`),
    )
    .map(({ tdur, dur }) => (tdur ?? dur ?? 0) / 1000);
  return { tasks: tasks.toSorted((a, b) => b - a) };
}

/** Sweeps the crowded /20 in the window and looks on until every host is there, then stops the sweep. */
export async function streamIn(app: TestApp, page: Page): Promise<void> {
  await page.getByRole('button', { name: '开始扫描' }).click();
  await page.waitForFunction(() => Number(/已发现 (\d+) 台/.exec(document.body.innerText)?.[1] ?? 0) > 3900, null, {
    timeout: 120_000,
    polling: 500,
  });
  await page.waitForTimeout(2000);
  await app.call.discovery.stop();
  await page.getByText('已停止').first().waitFor();
  await page.waitForTimeout(500);
}

export async function screenBench(): Promise<BenchRow[]> {
  if (!hasChromium) return [{ name: `screen: not measured here (${noChromium})`, value: 0, unit: '' }];
  const app = await testApp({ ports: { wire: () => crowdWire() } });
  try {
    const page = await app.open();
    await page.getByRole('link', { name: '网络发现' }).click();
    await page.getByRole('textbox', { name: '扫描范围' }).fill(CROWD);
    const work = await mainThread(page, () => streamIn(app, page));
    console.error(
      work.tasks
        .slice(0, 20)
        .map((ms) => ms.toFixed(1))
        .join(' '),
      work.tasks.length,
    );
    return [{ name: 'longest', value: work.tasks[0] ?? NaN, unit: 'ms' }];
  } finally {
    await app.close();
  }
}
