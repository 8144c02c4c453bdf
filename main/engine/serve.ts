/** The engine behind a wire: a MessagePort (Electron), a WebSocket (browser host), or no wire at all (command line, tests). */
import { createRouterClient, type RouterClient } from '@orpc/server';
import { RPCHandler as PortHandler } from '@orpc/server/message-port';
import { RPCHandler as SocketHandler } from '@orpc/server/ws';
import type { Engine } from './engine.ts';
import { router, whileServed } from './router.ts';

export type EngineClient = RouterClient<typeof router>;

const portHandler = new PortHandler(router);
const socketHandler = new SocketHandler(router);

type Port = Parameters<typeof portHandler.upgrade>[0];
type Socket = Parameters<typeof socketHandler.upgrade>[0];

/** Serves every call over a port until the port closes. */
export function servePort(engine: Engine, port: Port): void {
  whileServed(engine);
  portHandler.upgrade(port, { context: { engine } });
}

/** Serves every call over an open WebSocket whose other end has already proved itself. */
export async function serveWebSocket(engine: Engine, socket: Socket): Promise<void> {
  whileServed(engine);
  await socketHandler.upgrade(socket, { context: { engine } });
}

/** A client in the same process, through the same validation and refusals. */
export const clientOf = (engine: Engine): EngineClient => createRouterClient(router, { context: { engine } });
