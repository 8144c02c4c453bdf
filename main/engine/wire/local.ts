/** The real wire: this machine's sockets, neighbour table and programs. */
import { createSocket, type Socket } from 'node:dgram';
import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { isUnicastMac, parseMac } from '../../../shared/mac.ts';
import type { SpawnHelper } from '../spawn-helper.ts';
import { assetFile } from '../place.ts';
import { greeting } from './identify/greeting.ts';
import { listen } from './identify/mdns.ts';
import { nodeStatus } from './identify/netbios.ts';
import { page } from './identify/page.ts';
import { linksOf } from './links.ts';
import { reverseNames } from './names.ts';
import { habitsOf, readNeighbours } from './neighbours.ts';
import { readRoutes } from './routes.ts';
import { createTools } from './tools.ts';
import { vendorTable } from './vendors.ts';
import type { Answer, Wire } from './wire.ts';

/** RFC 863 "discard": no service of today answers there, and the datagram is empty. */
const DISCARD_PORT = 9;
const NOTHING = Buffer.alloc(0);
/**
 * A datagram to nobody stays in its socket's send buffer for the three seconds in which the kernel asks: measured, one socket (208 KiB)
 * is full after 267 of them, and further ones wait unseen. This many hold more than the neighbour table does.
 */
const POKE_SOCKETS = 8;

const REFUSED = new Set(['ECONNREFUSED', 'ECONNRESET']);
const now = (): number => performance.now();

function refuses(ip: string, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const end = (alive: boolean): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      socket.removeAllListeners('error').on('error', () => undefined);
      socket.close(() => resolve(alive));
    };
    const stop = (): void => end(false);
    const timer = setTimeout(stop, timeoutMs);
    signal?.addEventListener('abort', stop, { once: true });
    // ICMP "port unreachable" comes back on a connected socket: as ECONNREFUSED, on Windows as ECONNRESET
    socket.once('error', (error: NodeJS.ErrnoException) => end(REFUSED.has(error.code ?? '')));
    socket.once('connect', () => socket.send(NOTHING, () => undefined));
    socket.connect(DISCARD_PORT, ip);
  });
}

function connect(ip: string, port: number, timeoutMs: number, signal?: AbortSignal): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: ip, port, family: 4 });
    const end = (answer: Answer): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      socket.destroy();
      resolve(answer);
    };
    const stop = (): void => end('silent');
    const timer = setTimeout(stop, timeoutMs);
    signal?.addEventListener('abort', stop, { once: true });
    socket.once('connect', () => end('open'));
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED' ? 'refused' : 'silent'));
  });
}

/** `spawn` starts the helper process in which `ping` and `node-arp` run. */
export function localWire(spawn: SpawnHelper): Wire {
  const tools = createTools(spawn);
  const names = reverseNames(now);
  const shipped = assetFile('oui/oui.tsv');
  let vendors = vendorTable(shipped);
  const sockets: Socket[] = [];
  let poked = 0;
  const nextSocket = (): Socket => {
    const at = poked++ % POKE_SOCKETS;
    const known = sockets[at];
    if (known) return known;
    const fresh = createSocket('udp4');
    // no route, table full, card gone: the address then simply stays unanswered
    fresh.on('error', () => undefined);
    fresh.unref();
    return (sockets[at] = fresh);
  };
  return {
    habits: habitsOf(),
    now,
    sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
    links: () => linksOf(networkInterfaces()),
    routes: () => readRoutes(),
    poke: (ip) => nextSocket().send(NOTHING, DISCARD_PORT, ip, () => undefined),
    neighbours: () => readNeighbours(),
    refuses,
    connect,
    async ping(ip, count, signal) {
      const answer = await tools.ask('ping', ip, count, signal);
      if (answer?.missing) return null;
      return { rtt_ms: answer?.rtt_ms ?? null, loss_percent: answer?.loss_percent ?? 100, ttl: answer?.ttl ?? null };
    },
    async arpLookup(ip, signal) {
      const hex = parseMac((await tools.ask('arp', ip, 1, signal))?.mac ?? '');
      return hex !== null && isUnicastMac(hex) ? hex : null;
    },
    nameOf: names,
    nodeStatus,
    page,
    greeting,
    listen,
    vendorOf: (mac) => vendors(mac),
    useVendors: (file) => {
      vendors = vendorTable(...(file === null ? [] : [file]), shipped);
    },
    close() {
      for (const socket of sockets.splice(0)) socket.close();
      tools.close();
    },
  };
}
