/** How long the main thread of a page was busy at one go, read from Chromium's own trace: in thread time, so that a busy machine does not count. */
import type { Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  /** The part of `dur` in which the thread really ran, in microseconds as well. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}
const CATEGORIES = ['__metadata', 'toplevel', 'disabled-by-default-devtools.timeline'];
const WORK = new Set(['RunTask', 'ThreadControllerImpl::RunTask']);

/** Milliseconds of every piece of work of the main thread while `during` ran, longest first. */
export async function mainThreadWork(page: Page, during: () => Promise<void>): Promise<number[]> {
  const browser = page.context().browser();
  if (!browser) throw new Error('this page has no browser of its own');
  await browser.startTracing(page, { categories: CATEGORIES });
  await during();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const mains = new Set(
    traceEvents
      .filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return traceEvents
    .filter(({ name, ph, pid, tid }) => WORK.has(name) && ph === 'X' && mains.has(`${pid} ${tid}`))
    .map(({ tdur, dur }) => (tdur ?? dur ?? 0) / 1000)
    .toSorted((a, b) => b - a);
}
