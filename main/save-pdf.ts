/** "Save as PDF": what the native window adds to printing; the paper is the page's own (`@page`). */
import { writeFile } from 'node:fs/promises';
import { dialog, type BrowserWindow } from 'electron';
import type { Words } from './words.ts';

/** Asks where, prints the window's page there; a full disk or a file open elsewhere is told, not thrown. */
export const savePdf = async (window: BrowserWindow, words: Words): Promise<void> => {
  const { filePath, canceled } = await dialog.showSaveDialog(window, {
    defaultPath: `${fileName(window.getTitle())}.pdf`,
    filters: [{ name: 'PDF', extensions: ['pdf'] }],
  });
  if (canceled || !filePath) return;
  try {
    const pdf = await window.webContents.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true });
    await writeFile(filePath, pdf);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    await dialog.showMessageBox(window, { type: 'error', message: words('shell.pdf_failed', { problem }) });
  }
};

/** Characters that Windows allows in no file name. */
const fileName = (title: string): string => title.replace(/[\\/:*?"<>|]/g, '-').trim() || 'Lanbook';
