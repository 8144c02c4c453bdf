/** The menu, in the notebook's language. It takes no shortcut that the page uses (Ctrl+K, Ctrl+N, Ctrl+Enter). */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Words } from './words.ts';

export interface MenuActions {
  newWindow(): void;
  savePdf(): void;
  print(): void;
  openDataFolder(): void;
}

export const setMenu = (words: Words, actions: MenuActions): void =>
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(words, actions, process.platform === 'darwin')));

const separator: MenuItemConstructorOptions = { type: 'separator' };

export const menuTemplate = (words: Words, actions: MenuActions, isMac: boolean): MenuItemConstructorOptions[] => {
  const about: MenuItemConstructorOptions = { role: 'about', label: words('menu.about') };
  const quit: MenuItemConstructorOptions = { role: 'quit', label: words('menu.quit') };
  const file: MenuItemConstructorOptions[] = [
    { label: words('menu.new_window'), accelerator: 'CmdOrCtrl+Shift+N', click: () => actions.newWindow() },
    separator,
    { label: words('menu.save_pdf'), click: () => actions.savePdf() },
    { label: words('menu.print'), accelerator: 'CmdOrCtrl+P', click: () => actions.print() },
    separator,
    { label: words('menu.data_folder'), click: () => actions.openDataFolder() },
    separator,
    { role: 'close', label: words('menu.close') },
    ...(isMac ? [] : [quit]),
  ];
  const edit: MenuItemConstructorOptions[] = [
    { role: 'undo', label: words('menu.undo') },
    { role: 'redo', label: words('menu.redo') },
    separator,
    { role: 'cut', label: words('menu.cut') },
    { role: 'copy', label: words('menu.copy') },
    { role: 'paste', label: words('menu.paste') },
    { role: 'selectAll', label: words('menu.select_all') },
  ];
  const view: MenuItemConstructorOptions[] = [
    { role: 'reload', label: words('menu.reload') },
    separator,
    { role: 'zoomIn', label: words('menu.zoom_in') },
    { role: 'zoomOut', label: words('menu.zoom_out') },
    { role: 'resetZoom', label: words('menu.zoom_reset') },
    separator,
    { role: 'togglefullscreen', label: words('menu.full_screen') },
    ...(app.isPackaged ? [] : [{ role: 'toggleDevTools', label: words('menu.developer_tools') } as const]),
  ];
  return [
    // macOS expects the program's own menu first, and quitting in it.
    ...(isMac ? [{ label: app.name, submenu: [about, separator, quit] }] : []),
    { label: words('menu.file'), submenu: file },
    { label: words('menu.edit'), submenu: edit },
    { label: words('menu.view'), submenu: view },
    ...(isMac ? [] : [{ label: words('menu.help'), submenu: [about] }]),
  ];
};
