/**
 * The line to the engine, the same for both hosts: a MessagePort handed over by the Electron preload, or a WebSocket of the
 * browser host. When the line breaks, calls wait and it is taken up again; the frame shows which of these is the case.
 */
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { create } from 'zustand';
import { procedures, type Link } from './procedures.ts';
import { CLOSED_NO_SESSION, CLOSED_REPLAYED, PORT_MESSAGE, READY, RPC_PATH, SESSION_PATH } from '../shared/host.ts';

type LineState =
  | { readonly is: 'connecting' }
  | { readonly is: 'ready' }
  /** The engine stopped or the network card went to sleep; tried again by itself. */
  | { readonly is: 'gone' }
  /** The one-time code was used or the session ended: only a new start of the program helps. */
  | { readonly is: 'refused' };

export const useLine = create<LineState>(() => ({ is: 'connecting' }));

let link: Link | null = null;
let waiting: ((link: Link) => void)[] = [];

function connected(next: Link): void {
  link = next;
  useLine.setState({ is: 'ready' }, true);
  for (const resolve of waiting) resolve(next);
  waiting = [];
}
function lost(state: 'gone' | 'refused'): void {
  link = null;
  useLine.setState({ is: state }, true);
}
const current = (): Promise<Link> => (link ? Promise.resolve(link) : new Promise((resolve) => waiting.push(resolve)));

/** Calls the engine: `await client.assets.create({ … })`. For reading in components use `rpc` of query.ts. */
export const client = procedures({
  call: async (path, input, options) => (await current()).call(path, input, options),
} satisfies Link);

/** Starts the line; called once by the entry. */
export function connect(): void {
  if (location.protocol === 'app:') listenForPort();
  else void openSocket(0);
}

/** The preload posts a new port at every start of the engine; the page is its own origin, nothing else can post here. */
function listenForPort(): void {
  addEventListener('message', (event: MessageEvent<unknown>) => {
    const [port] = event.ports;
    const { data } = event;
    if (event.source !== window || !port) return;
    if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== PORT_MESSAGE) return;
    const opened = new PortLink({ port });
    // The old port's end may come to light after the new one is there.
    port.addEventListener('close', () => {
      if (link === opened) lost('gone');
    });
    port.start();
    connected(opened);
  });
}

/** Kept for this tab only, so that a reload goes on. */
const TOKEN = 'lanbook-session';

/**
 * The code until somebody answered to it, so that a question that got lost, with the network card or by a reload, is asked again; and
 * what proves that it is the same window that asks.
 */
const ASKING = 'lanbook-code';
const CLAIM = 'lanbook-claim';

/** Exchanges the one-time code of the address for a session token, and takes the code out of the address and history. */
async function session(): Promise<string | null> {
  const given = /^#c=([\w-]+)$/.exec(location.hash)?.[1];
  if (given) {
    sessionStorage.setItem(ASKING, given);
    sessionStorage.setItem(CLAIM, crypto.randomUUID());
    history.replaceState(null, '', '#/');
  }
  const code = sessionStorage.getItem(ASKING);
  if (code) {
    const answer = await fetch(SESSION_PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, claim: sessionStorage.getItem(CLAIM) }),
    });
    const body: unknown = answer.ok ? await answer.json() : null;
    sessionStorage.removeItem(ASKING);
    sessionStorage.removeItem(CLAIM);
    if (!answer.ok) return null;
    if (typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string')
      sessionStorage.setItem(TOKEN, body.token);
  }
  return sessionStorage.getItem(TOKEN);
}

const SLOWEST_RETRY_MS = 5000;

async function openSocket(attempt: number): Promise<void> {
  let opened = false;
  const again = (): void => {
    lost('gone');
    setTimeout(() => void openSocket(opened ? 0 : attempt + 1), Math.min(250 * 2 ** attempt, SLOWEST_RETRY_MS));
  };
  let token: string | null;
  try {
    token = await session();
  } catch {
    again();
    return;
  }
  if (token === null) {
    lost('refused');
    return;
  }
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${RPC_PATH}`);
  socket.addEventListener('open', () => socket.send(token));
  socket.addEventListener(
    'message',
    ({ data }) => {
      if (data !== READY) return;
      opened = true;
      connected(new SocketLink({ websocket: socket }));
    },
    { once: true },
  );
  socket.addEventListener('close', (event) => {
    if (event.code === CLOSED_NO_SESSION || event.code === CLOSED_REPLAYED) lost('refused');
    else again();
  });
}
