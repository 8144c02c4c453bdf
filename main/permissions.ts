/** Everything a page could ask of Electron and that Lanbook has no use for, refused in one place (security.md S7, S8). */
import { app, type Session, type WebContents } from 'electron';
import { isOurBlob, isOurs } from './our-url.ts';

/** Copying a table to Excel; reading the clipboard goes by the paste event, which needs no permission. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Without handlers Electron grants everything. */
export const denyPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(GRANTED.has(permission) && isOurs(contents.getURL())),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => GRANTED.has(permission) && isOurs(origin));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  session.on('will-download', (event, item) => {
    // The page saves a file by downloading a blob it made; nothing else has a reason to reach the disk.
    if (!isOurBlob(item.getURL())) event.preventDefault();
  });
};

/** For every page there will ever be, ours included. */
export const denyWandering = (): void => {
  app.on('web-contents-created', (_event, contents) => confine(contents));
};

const confine = (contents: WebContents): void => {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
};
