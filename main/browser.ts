/**
 * The browser host: the same engine and the same page as in Electron, for machines without its runtime.
 * It listens on 127.0.0.1 only, and only who holds a one-time link gets past the page (security.md §3).
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Language } from '../shared/messages.ts';
import { createPages } from './browser/http.ts';
import { OPENED_WITHIN_MS, openInBrowser } from './browser/open.ts';
import { Sessions } from './browser/sessions.ts';
import { acceptSockets } from './browser/sockets.ts';
import { serveWebSocket } from './engine/serve.ts';
import type { Engine, Ports } from './engine/engine.ts';
import { startEngine } from './engine/start.ts';
import { staticFiles } from './static-files.ts';

/** A printed link waits for a person to click it, so it lives longer than the one the browser follows by itself. */
const PRINTED_LINK_MS = 10 * 60_000;
/** Nobody is looking any more: the tab was closed long ago. */
const IDLE_MS = 30 * 60_000;

export interface BrowserHostOptions {
  dataDir: string;
  language: Language;
  /** 0 lets the system choose, which is right unless a firewall asks for a fixed one. */
  port?: number;
  /** Where the built page is. */
  rendererDir?: string;
  /** Called when the host ended a session because its link was used twice. */
  onReplayed?: () => void;
  /** Called when no window has been open for half an hour. */
  onIdle?: () => void;
  /** What the engine gets instead of this machine's clock or network, for tests. */
  ports?: Partial<Ports>;
  /** How long nobody may be there, for tests. */
  idleMs?: number;
}

export interface BrowserHost {
  engine: Engine;
  port: number;
  /** A fresh one-time link. */
  newLink(): string;
  /** Opens a fresh link in the system's browser. */
  open(): Promise<void>;
  /** Hangs up, then closes the engine; everything committed is on the disk already. */
  close(): Promise<void>;
}

/** Throws a Refusal if the data folder is in use or cannot be written, and EADDRINUSE if the port is taken. */
export const startBrowserHost = async (options: BrowserHostOptions): Promise<BrowserHost> => {
  const files = staticFiles(options.rendererDir ?? join(import.meta.dirname, '..', 'out', 'renderer'));
  const engine = startEngine({ dataDir: options.dataDir, ...(options.ports ? { ports: options.ports } : {}) });
  const sessions = new Sessions(
    () => performance.now(),
    (session) => {
      sockets.cutOff(session);
      options.onReplayed?.();
    },
  );
  const server = createPages({ files, sessions, language: options.language });
  const idle = idleTimer(options.idleMs ?? IDLE_MS, () => options.onIdle?.());
  const sockets = acceptSockets(server, {
    sessions,
    serve: (socket) => void serveWebSocket(engine, socket),
    onChange: () => (sockets.open() === 0 ? idle.start() : idle.stop()),
  });
  try {
    server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
    await once(server, 'listening');
  } catch (error) {
    engine.close();
    throw error;
  }
  idle.start();
  const { port } = server.address() as AddressInfo;
  const link = (lifetime: number): string => `http://127.0.0.1:${port}/#c=${sessions.issueCode(lifetime)}`;
  return {
    engine,
    port,
    newLink: () => link(PRINTED_LINK_MS),
    open: () => openInBrowser(link(OPENED_WITHIN_MS)),
    close: async () => {
      idle.stop();
      sockets.close();
      server.close();
      server.closeAllConnections();
      engine.close();
    },
  };
};

const idleTimer = (after: number, then: () => void): { start(): void; stop(): void } => {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => clearTimeout(timer);
  return {
    stop,
    start: () => {
      stop();
      timer = setTimeout(then, after);
      timer.unref();
    },
  };
};
