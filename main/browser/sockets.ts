/** The WebSocket door of the browser host: same gate as every page, then a token as the first message. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { CLOSED_NO_SESSION, CLOSED_REPLAYED, READY, RPC_PATH } from '../../shared/host.ts';
import { gate, pathOf } from './gate.ts';
import type { Sessions } from './sessions.ts';

/** A page that has a token sends it at once. */
const TOKEN_WITHIN_MS = 2000;
/** An imported workbook of 50 MiB (security.md X4) as one message, with room for its envelope. */
const MESSAGE_LIMIT = 80 * 1024 * 1024;
/** A token is 43 characters; who has not shown one yet does not fill our memory. */
const TOKEN_LIMIT = 1024;
/** A page answers a close frame at once. `ws` alone would wait half a minute for one that does not. */
const CLOSED_WITHIN_MS = 1000;

export interface Sockets {
  /** Tabs that have shown a token and are still connected. */
  open(): number;
  cutOff(session: string): void;
  close(): void;
}

export interface SocketOptions {
  sessions: Sessions;
  /** Called with a socket that may speak oRPC from now on. */
  serve: (socket: WebSocket) => void;
  /** Called whenever the number of open tabs changed. */
  onChange: () => void;
}

export const acceptSockets = (server: Server, { sessions, serve, onChange }: SocketOptions): Sockets => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_LIMIT, perMessageDeflate: false });
  const tabs = new Map<WebSocket, string>();

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const status = verdictOn(request);
    if (status !== null)
      return void stream.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    sockets.handleUpgrade(request, stream, head, (socket) => greet(socket, stream));
  });

  const greet = (socket: WebSocket, stream: Duplex): void => {
    const tooLate = setTimeout(() => hangUp(socket, CLOSED_NO_SESSION), TOKEN_WITHIN_MS);
    let received = 0;
    const count = (chunk: Buffer): void => {
      received += chunk.length;
      if (!tabs.has(socket) && received > TOKEN_LIMIT) socket.terminate();
    };
    stream.on('data', count);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearTimeout(tooLate);
      if (tabs.delete(socket)) onChange();
    });
    socket.once('message', (data: RawData, isBinary: boolean) => {
      clearTimeout(tooLate);
      const session = isBinary ? null : sessions.sessionOf(textOf(data));
      if (session === null) return hangUp(socket, CLOSED_NO_SESSION);
      stream.off('data', count);
      tabs.set(socket, session);
      onChange();
      serve(socket);
      socket.send(READY);
    });
  };

  return {
    open: () => tabs.size,
    cutOff: (session) => {
      for (const [socket, owner] of tabs) if (owner === session) hangUp(socket, CLOSED_REPLAYED);
    },
    close: () => {
      for (const socket of sockets.clients) hangUp(socket, 1001);
      sockets.close();
    },
  };
};

/** Nothing that arrives after this is heard, whether the other end agrees to close or not. */
const hangUp = (socket: WebSocket, code: number): void => {
  socket.removeAllListeners('message');
  socket.close(code);
  setTimeout(() => socket.terminate(), CLOSED_WITHIN_MS).unref();
};

/** Browsers always say where an upgrade comes from; one that does not say is not our page. */
const verdictOn = (request: IncomingMessage): number | null => {
  const verdict = gate(request, request.socket.localPort ?? 0);
  if (verdict) return verdict.status;
  if (pathOf(request) !== RPC_PATH) return 404;
  return request.headers.origin === undefined ? 403 : null;
};

const textOf = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString('utf8');
