/** Where Lanbook's own files lie: the same answer from source, bundled into out/, and inside a packaged app.asar. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json. */
const rootAbove = (folder: string): string => {
  if (existsSync(join(folder, 'package.json'))) return folder;
  if (dirname(folder) === folder)
    throw new Error('Lanbook is not complete: package.json is missing above its program files.');
  return rootAbove(dirname(folder));
};
const root = rootAbove(import.meta.dirname);

/** A file of assets/: `assetFile('oui/oui.tsv')`. */
export const assetFile = (path: string): string => join(root, 'assets', ...path.split('/'));
