/**
 * `npm run smoke`: starts the real Electron once, where its runtime is, and looks whether the window reaches its engine and is as
 * locked as the fake says (test/main). Elsewhere it says so and ends well: it is not part of `npm test`, where nothing may skip.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { buildIfStale, root } from '../../scripts/build.ts';
import { findElectron } from '../../scripts/electron-runtime.ts';

const program = findElectron(join(root, 'node_modules', 'electron'));
if (!program) {
  console.log(
    'Skipped: the Electron runtime is not here. Run npx install-electron (behind a firewall with ELECTRON_MIRROR set), then npm run smoke.',
  );
  process.exit(0);
}

await buildIfStale();
const dataDir = mkdtempSync(join(tmpdir(), 'lanbook-smoke-'));
const app = await _electron.launch({
  executablePath: program,
  args: [root, `--data=${dataDir}`, '--lang=zh-CN'],
  timeout: 60_000,
});
try {
  const page = await app.firstWindow();
  assert.equal(await page.evaluate(() => location.href.split('#')[0]), 'app://bundle/');
  // The first-run form is there only when the engine has answered over its port.
  await page.getByRole('textbox').first().waitFor({ timeout: 30_000 });
  const outside = await page.evaluate(() => ({
    hasNode: 'require' in globalThis || 'process' in globalThis,
    opened: window.open('https://example.com/') !== null,
    canNotify: Notification.permission,
  }));
  assert.deepEqual(outside, { hasNode: false, opened: false, canNotify: 'denied' });
  const title = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
  console.log(`Electron opened "${title}", and its window talks to its engine.`);
} finally {
  await app.close();
  rmSync(dataDir, { recursive: true, force: true });
}
