/** Opens the system's browser without putting the code on a command line, which every user of the machine can read. */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Long enough for a cold browser on an old laptop. */
export const OPENED_WITHIN_MS = 60_000;

/** Writes a page that leads to `url` into a folder of our own (0700, file 0600) and opens that; it is gone a minute later. */
export const openInBrowser = async (url: string, command = opener(process.platform)): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'lanbook-open-'));
  const file = join(folder, 'open.html');
  await writeFile(file, redirectPage(url), { mode: 0o600, flag: 'wx' });
  setTimeout(() => void rm(folder, { recursive: true, force: true }), OPENED_WITHIN_MS).unref();
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const [program, ...before] = command;
  // No browser, or no desktop: the link has been printed as well, so there is nothing to say.
  spawn(program, [...before, pathToFileURL(file).href], { stdio: 'ignore', detached: true, windowsHide: true })
    .on('error', () => undefined)
    .unref();
};

/** What opens a file the way a double click does. */
export const opener = (platform: NodeJS.Platform): [string, ...string[]] => {
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler'];
  return platform === 'darwin' ? ['open'] : ['xdg-open'];
};

/** The code is 22 characters of base64url, so nothing in the address needs escaping. */
const redirectPage = (url: string): string =>
  `<!doctype html><meta charset="utf-8"><title>Lanbook</title><meta name="referrer" content="no-referrer"><script>location.replace(${JSON.stringify(url)})</script>\n`;
