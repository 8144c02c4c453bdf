/** How a window reaches its engine: the few words that renderer, preload and the two hosts must spell alike. */

/** Electron: preload posts `{ type: PORT_MESSAGE }` to its own window with the MessagePort as the only transfer. */
export const PORT_MESSAGE = 'lanbook-port';

/**
 * Browser: POST `{ code, claim }` here, get `{ token }`; 401 with `{ reason: SessionRefusal }` when the code is no good. `claim` is made
 * up by the window: with the same one the question may be asked again when its answer was lost.
 */
export const SESSION_PATH = '/session';
/** Browser: WebSocket; the first message is the token, the answer is READY, then oRPC. */
export const RPC_PATH = '/rpc';
export const READY = 'ready';

/** `unknown`: never given out, or older than its time. `replayed`: used before, so that window was closed as well. */
export type SessionRefusal = 'unknown' | 'replayed';

/** WebSocket close codes (4000-4999 are the application's own, RFC 6455 §7.4.2). */
export const CLOSED_NO_SESSION = 4401;
export const CLOSED_REPLAYED = 4403;
