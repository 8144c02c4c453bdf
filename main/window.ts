/** The one maker of windows: sandboxed, isolated, and showing nothing but app://bundle/ (security.md S1). */
import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, type BrowserWindowConstructorOptions } from 'electron';
import { HOME, isOurs } from './our-url.ts';

/** Where electron-vite puts it, beside out/main. */
const PRELOAD = join(import.meta.dirname, '..', 'preload', 'index.cjs');
const ICON = join(import.meta.dirname, '..', '..', 'assets', 'icon.png');
/** The page's own ground, so that opening does not flash. */
const GROUND = { light: '#f3f4f4', dark: '#14181a' } as const;

/** The first window remembers its place; Electron allows each name once. */
export const windowOptions = (isFirst: boolean): BrowserWindowConstructorOptions => ({
  width: 1366,
  height: 768,
  minWidth: 960,
  minHeight: 600,
  show: false,
  icon: ICON,
  backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
  ...(isFirst ? { name: 'main', windowStatePersistence: true } : {}),
  webPreferences: {
    preload: PRELOAD,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: !app.isPackaged,
  },
});

/** Opens a window; `onPage` is called each time its page has loaded and waits for a port. */
export const createWindow = (onPage: (window: BrowserWindow) => void): BrowserWindow => {
  const window = new BrowserWindow(windowOptions(BrowserWindow.getAllWindows().length === 0));
  window.once('ready-to-show', () => window.show());
  // The page's listener stands by then: module scripts run before DOMContentLoaded.
  window.webContents.on('dom-ready', () => {
    if (isOurs(window.webContents.getURL())) onPage(window);
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    // What was typed is in the page's drafts, what was saved in the engine: a fresh page is all that is missing.
    if (reason !== 'clean-exit') window.webContents.reload();
  });
  void window.loadURL(HOME);
  return window;
};
