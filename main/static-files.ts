/** The files a window may ask for: a map made once from what was built, so that no request is ever joined to a path. */
import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

export interface StaticFile {
  file: string;
  type: string;
}
/** From the request's path, as it stands on the wire (`/assets/index-x.js`), to the file. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Throws if the folder is missing. Files of other kinds (source maps, notes) are not served. */
export const staticFiles = (root: string): StaticFiles => {
  const found = new Map<string, StaticFile>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    found.set(file.slice(root.length).replaceAll('\\', '/'), { file, type });
  }
  const index = found.get('/index.html');
  if (index) found.set('/', index);
  return found;
};
