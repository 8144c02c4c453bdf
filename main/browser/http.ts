/** The two things the browser host serves over plain HTTP: the built page, and the exchange of a code for a session. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { SESSION_PATH } from '../../shared/host.ts';
import type { Language } from '../../shared/messages.ts';
import { newNonce, policyHeader, renderDocument, safetyHeaders } from '../csp.ts';
import type { StaticFile, StaticFiles } from '../static-files.ts';
import { gate, pathOf, type Verdict } from './gate.ts';
import type { Sessions } from './sessions.ts';

/** A code is 22 characters; nothing else is ever posted. */
const BODY_LIMIT = 1024;

export interface Pages {
  files: StaticFiles;
  sessions: Sessions;
  language: Language;
}

/** A server that is not listening yet; `gate` learns the port from the socket that a request came in by. */
export const createPages = (pages: Pages): Server => {
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 5000, maxHeaderSize: 8192 },
    (request, response) => {
      answer(pages, request, response).catch((error: unknown) => {
        // Only a file that vanished under us, or a bug: say nothing of it to the page.
        console.error(error);
        if (!response.headersSent) refuse(response, { status: 500 });
        else response.destroy();
      });
    },
  );
  server.maxConnections = 200;
  return server;
};

const refuse = (response: ServerResponse, { status, allow }: Verdict): void => {
  response.writeHead(status, { ...safetyHeaders, 'Content-Length': 0, ...(allow ? { Allow: allow } : {}) }).end();
};

const answer = async (pages: Pages, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const verdict = gate(request, request.socket.localPort ?? 0);
  if (verdict) return refuse(response, verdict);
  if (pathOf(request) === SESSION_PATH) return exchange(pages.sessions, request, response);
  const file = pages.files.get(pathOf(request));
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, { status: 405, allow: 'GET, HEAD' });
  if (!file) return refuse(response, { status: 404 });
  return send(pages.language, file, request.method === 'HEAD', response);
};

const send = async (language: Language, file: StaticFile, head: boolean, response: ServerResponse): Promise<void> => {
  const read = await readFile(file.file);
  const nonce = newNonce();
  const isPage = file.type.startsWith('text/html');
  const body = isPage ? Buffer.from(renderDocument(read.toString('utf8'), nonce, language)) : read;
  response.writeHead(200, {
    ...safetyHeaders,
    'Content-Security-Policy': policyHeader(nonce),
    'Content-Type': file.type,
    'Content-Length': body.length,
  });
  response.end(head ? undefined : body);
};

const exchange = async (sessions: Sessions, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  if (request.method !== 'POST') return refuse(response, { status: 405, allow: 'POST' });
  // Not a type that a form or a no-cors fetch of another page can send.
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
    return refuse(response, { status: 415 });
  const sent = await body(request);
  if (sent === null) return refuse(response, { status: 413 });
  const told = codeIn(sent);
  if (told === null) return refuse(response, { status: 400 });
  const redeemed = sessions.redeem(told.code, told.claim);
  const [status, reply] = 'token' in redeemed ? [200, redeemed] : [401, { reason: redeemed.refused }];
  const text = JSON.stringify(reply);
  const type = 'application/json; charset=utf-8';
  response.writeHead(status, { ...safetyHeaders, 'Content-Type': type, 'Content-Length': text.length }).end(text);
};

/** The whole body, or null as soon as it is longer than any code. */
const body = async (request: IncomingMessage): Promise<string | null> => {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > BODY_LIMIT) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};

const exchanged = z.object({ code: z.string(), claim: z.string().min(16).max(64).nullable().default(null) });
const codeIn = (text: string): z.infer<typeof exchanged> | null => {
  try {
    return exchanged.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};
