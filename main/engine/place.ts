/** Where Lanbook's own files lie: the same answer from source, bundled into out/, and inside a packaged app.asar. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const rootAbove = (folder: string): string => {
  if (existsSync(join(folder, 'package.json'))) return folder;
  if (dirname(folder) === folder) throw new Error('Lanbook is not complete: package.json is missing above its program files.');
  return rootAbove(dirname(folder));
};
/** The folder of package.json. */
const root = rootAbove(import.meta.dirname);
const isBundled = import.meta.filename.endsWith('.cjs');

/** A file of assets/: `assetFile('oui/oui.tsv')`. */
export const assetFile = (path: string): string => join(root, 'assets', ...path.split('/'));

/** The script of a worker thread, named by its source: `workerFile('main/engine/wire/tools.worker.ts')`. The file must end in `.worker.ts`. */
export const workerFile = (source: string): string =>
  isBundled ? join(root, 'out', 'main', `${basename(source, '.ts')}.cjs`) : join(root, ...source.split('/'));
