/** app://bundle/: what the window loads, from the list of built files and nothing else (security.md S5, S6). */
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import type { Language } from '../shared/messages.ts';
import { newNonce, policyHeader, renderDocument, safetyHeaders } from './csp.ts';
import { isOurs, SCHEME } from './our-url.ts';
import type { StaticFiles } from './static-files.ts';

/** Before `ready`; never with bypassCSP. */
export const registerScheme = (): void =>
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);

/** After `ready`. `language` is asked anew for each page. */
export const serveApp = (files: StaticFiles, language: () => Language): void =>
  protocol.handle(SCHEME, (request) => respond(files, language(), request));

const refusal = (status: number): Response => new Response(null, { status, headers: safetyHeaders });

/** The path is looked up as it stands: an encoded slash or a dot segment is simply no name that was built. */
export const respond = async (files: StaticFiles, language: Language, request: Request): Promise<Response> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  const file = isOurs(request.url) ? files.get(new URL(request.url).pathname) : undefined;
  if (!file) return refusal(404);
  const read = await readFile(file.file);
  const nonce = newNonce();
  const isPage = file.type.startsWith('text/html');
  const body = isPage ? renderDocument(read.toString('utf8'), nonce, language) : new Uint8Array(read);
  return new Response(request.method === 'HEAD' ? null : body, {
    headers: { ...safetyHeaders, 'Content-Security-Policy': policyHeader(nonce), 'Content-Type': file.type },
  });
};
