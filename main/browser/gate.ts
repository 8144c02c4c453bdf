/** Which requests are let in at all: the checks that every route and the upgrade share (security.md §3). */
import type { IncomingMessage } from 'node:http';

export interface Verdict {
  status: number;
  /** For 405 only: what would have been right. */
  allow?: string;
}

const single = (request: IncomingMessage, name: string): string | undefined => {
  const values = request.headersDistinct[name];
  return values?.length === 1 ? values[0] : undefined;
};

/** Null when the request comes from this computer's own page or from its address bar; otherwise the answer it gets. */
export const gate = (request: IncomingMessage, port: number): Verdict | null => {
  // A name that leads here by DNS (rebinding) is not us: only the bare address is.
  if (single(request, 'host') !== `127.0.0.1:${port}`) return { status: 421 };
  if (!request.url?.startsWith('/')) return { status: 400 };
  const { origin } = request.headersDistinct;
  if (origin && (origin.length !== 1 || origin[0] !== `http://127.0.0.1:${port}`)) return { status: 403 };
  const site = request.headersDistinct['sec-fetch-site'];
  if (site && !['same-origin', 'none'].includes(site.join()) && !isOpening(request)) return { status: 403 };
  return null;
};

/** Following a link to the page (the redirect file does) is cross-site by nature; the page alone tells nobody anything. */
const isOpening = (request: IncomingMessage): boolean =>
  request.method === 'GET' &&
  pathOf(request) === '/' &&
  single(request, 'sec-fetch-mode') === 'navigate' &&
  single(request, 'sec-fetch-dest') === 'document';

/** The path as it was sent, not decoded: it is only ever compared, never joined to a folder. */
export const pathOf = (request: IncomingMessage): string => request.url?.split('?', 1)[0] ?? '';
