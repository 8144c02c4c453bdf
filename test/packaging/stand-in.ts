/** Folders that electron-builder takes for an unpacked Electron: the real one is a download of 120 MB. */
import { appendFileSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What Electron's own binary carries: a marker, a version, a length, then one byte a fuse ('0' off, '1' on). */
const FUSE_MARKER = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As Electron 45 ships it: RunAsNode, NodeOptions, NodeCliInspect, file privileges and wasm traps on. */
const SHIPPED_FUSES = '101100011';
const fuseWire = Buffer.concat([
  Buffer.from(FUSE_MARKER),
  Buffer.from([1, SHIPPED_FUSES.length]),
  Buffer.from(SHIPPED_FUSES),
]);

/** `version` must be the one electron-builder.yml names. */
export const makeStandIn = (folder: string, platform: 'linux' | 'win', version: string): void => {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  writeFileSync(join(folder, 'version'), version);
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'resources.pak']) writeFileSync(join(folder, file), file);
  for (const locale of ['zh-CN', 'en-US', 'de', 'fr']) writeFileSync(join(folder, 'locales', `${locale}.pak`), locale);
  const program = join(folder, platform === 'linux' ? 'electron' : 'electron.exe');
  if (platform === 'linux') writeFileSync(program, '\x7fELF stand-in ', { mode: 0o755 });
  // Windows resources (icon, version, asar hash) can be written into a real program only; this is the smallest at hand.
  else copyFileSync(join(dirname(require.resolve('electron-winstaller/package.json')), 'vendor', 'Setup.exe'), program);
  appendFileSync(program, fuseWire);
};
