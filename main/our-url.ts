/** The one place that says which addresses are Lanbook's own window. */

export const SCHEME = 'app';
export const HOST = 'bundle';
export const HOME = `${SCHEME}://${HOST}/`;

/** Compares scheme and host, never `origin`: Node gives "null" for app://, which every opaque frame has too (security.md S3). */
export const isOurs = (url: string): boolean => {
  const parsed = URL.parse(url);
  return parsed?.protocol === `${SCHEME}:` && parsed.host === HOST && parsed.username === '' && parsed.password === '';
};

/** A file that our page made (`blob:app://bundle/…`). */
export const isOurBlob = (url: string): boolean => url.startsWith('blob:') && isOurs(url.slice('blob:'.length));
