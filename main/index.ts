/**
 * The Electron host: a window onto the engine. It holds no data and no rules; those are in the engine's own process, and
 * the window talks to it over a port of its own, past this file.
 */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { app, BrowserWindow, dialog, session, shell } from 'electron';
import { PORT_MESSAGE } from '../shared/host.ts';
import type { Language } from '../shared/messages.ts';
import { refusalText } from '../shared/refusal-text.ts';
import { registerScheme, serveApp } from './app-protocol.ts';
import { defaultDataDir } from './data-dir.ts';
import { startEngineProcess, type EngineProcess } from './engine-process.ts';
import { setMenu } from './menu.ts';
import { isOurs } from './our-url.ts';
import { denyPermissions, denyWandering } from './permissions.ts';
import { savePdf } from './save-pdf.ts';
import { staticFiles, type StaticFiles } from './static-files.ts';
import { createWindow } from './window.ts';
import { languageOf, wordsIn, type Words } from './words.ts';

const { values } = parseArgs({ args: process.argv.slice(1), options: { data: { type: 'string' } }, strict: false });
const dataDir = typeof values.data === 'string' ? resolve(values.data) : defaultDataDir();

/** Beside the default data folder, and one for each other folder: two notebooks may be open, one notebook only once. */
const profileDir = (): string => {
  const own = dataDir === defaultDataDir() ? '' : `-${createHash('sha256').update(dataDir).digest('hex').slice(0, 8)}`;
  const folder = join(dirname(defaultDataDir()), `window${own}`);
  // Electron throws on a path that is not there.
  mkdirSync(folder, { recursive: true });
  return folder;
};

let engine: EngineProcess | null = null;
let language: Language = 'zh-CN';
let isQuitting = false;
const words: Words = (key, params) => wordsIn(language)(key, params);

// All three must come before `ready`, and the lock after the folder it is about.
app.enableSandbox();
registerScheme();
app.setPath('userData', profileDir());

if (app.requestSingleInstanceLock()) run();
else app.quit();

function run(): void {
  denyWandering();
  // The other instance's arguments are not looked at: whoever can start a program could write them.
  app.on('second-instance', showAWindow);
  app.on('activate', showAWindow);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('before-quit', (event) => {
    if (isQuitting || !engine) return;
    event.preventDefault();
    isQuitting = true;
    void engine.close().then(() => app.quit());
  });
  void app.whenReady().then(open);
}

function open(): void {
  language = languageOf(app.getLocale());
  const files = builtFiles();
  if (!files) return giveUp(words('shell.not_built'));
  serveApp(files, () => language);
  denyPermissions(session.defaultSession);
  refreshMenu();
  engine = startEngineProcess(dataDir, {
    onStarted: () => {
      if (BrowserWindow.getAllWindows().length === 0) newWindow();
      for (const window of BrowserWindow.getAllWindows()) handPort(window);
    },
    onLanguage: (spoken) => {
      language = spoken;
      refreshMenu();
    },
    onRefused: (code, params) => giveUp(refusalText(words, code, params)),
    onFailed: () => giveUp(words('shell.engine_failed')),
  });
}

function builtFiles(): StaticFiles | null {
  try {
    const files = staticFiles(join(import.meta.dirname, '..', 'renderer'));
    return files.has('/') ? files : null;
  } catch {
    return null;
  }
}

function newWindow(): void {
  createWindow(handPort);
}

function showAWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) return engine ? newWindow() : undefined;
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** Only to our own page, and only to its top frame, which is whom `webContents.postMessage` talks to. */
function handPort(window: BrowserWindow): void {
  if (!isOurs(window.webContents.getURL())) return;
  const port = engine?.connect();
  if (port) window.webContents.postMessage(PORT_MESSAGE, null, [port]);
}

function refreshMenu(): void {
  const focused = (): BrowserWindow | undefined => BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  setMenu(words, {
    newWindow,
    savePdf: () => {
      const window = focused();
      if (window) void savePdf(window, words);
    },
    print: () => focused()?.webContents.print(),
    openDataFolder: () => void shell.openPath(dataDir),
  });
}

/** One sentence, then the end. */
function giveUp(sentence: string): void {
  void dialog.showMessageBox({ type: 'error', title: app.name, message: sentence }).then(() => app.quit());
}
