/** The whole application as a person meets it: browser host on a temporary data folder, built page, real Chromium. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startBrowserHost, type BrowserHost } from '../../main/browser.ts';
import type { Ports } from '../../main/engine/engine.ts';
import { clientOf, type EngineClient } from '../../main/engine/serve.ts';
import type { Language } from '../../shared/messages.ts';
import { buildIfStale } from '../../scripts/build.ts';

/** Debian's Chromium, or the one named by CHROMIUM. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const hasChromium = existsSync(executablePath);
export const noChromium =
  'Screens are tested in a real Chromium; install it (apt-get install chromium) or set CHROMIUM to its path.';

export interface TestApp {
  host: BrowserHost;
  /** The engine, spoken to without the window. */
  call: EngineClient;
  /** Another window on the same notebook. */
  open: (options?: { dark?: boolean }) => Promise<Page>;
  /** Errors of every window so far: uncaught exceptions, console errors, violations of the page's policy. */
  faults: string[];
  close: () => Promise<void>;
}

/** `setup: false` leaves the notebook as it is on the first run. */
export async function testApp(
  options: { setup?: false; language?: Language; ports?: Partial<Ports> } = {},
): Promise<TestApp> {
  await buildIfStale();
  const dataDir = mkdtempSync(join(tmpdir(), 'lanbook-app-'));
  const language = options.language ?? 'zh-CN';
  const host = await startBrowserHost({ dataDir, language, ...(options.ports ? { ports: options.ports } : {}) });
  const call = clientOf(host.engine);
  if (options.setup !== false)
    await call.system.setup({ unit: '临江市第三中学', technician: '李明', machine: 'L03', language });
  const browser: Browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const faults: string[] = [];
  return {
    host,
    call,
    faults,
    open: async ({ dark = false } = {}) => {
      const context = await browser.newContext({
        viewport: { width: 1366, height: 768 },
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      // Long for a screen, short for a person who waits for a red test.
      page.setDefaultTimeout(10_000);
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      await page.goto(host.newLink());
      return page;
    },
    close: async () => {
      await browser.close();
      await host.close();
      // a backup that was being made lets go of the database a moment later
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

const axeSource = (): string => readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');
interface AxeResult {
  violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
}
/** What axe finds against WCAG A and AA, one line per element; empty is good. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource());
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: (root: Document, options: object) => Promise<AxeResult> } }).axe.run(
      document,
      {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
      },
    ),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
  );
}
