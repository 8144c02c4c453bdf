/** A line of a few kilobits between a laptop and its hub, as a proxy on loopback: both ways shaped, and it can be cut at any moment. */
import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface SlowLine {
  readonly url: string;
  /** Bytes that went up so far. */
  readonly up: () => number;
  /** Ends every connection; new ones are taken. */
  cut(): void;
  close(): Promise<void>;
}

const TICK_MS = 5;
/** What lies on the way at once: more waits with its sender, as on a real line. */
const IN_FLIGHT = 4096;

/** `bitsPerSecond` each way, shared by all connections in turn, as one modem would. */
export async function slowLine(target: string, bitsPerSecond: number): Promise<SlowLine> {
  const { port } = new URL(target);
  const perTick = (bitsPerSecond / 8 / 1000) * TICK_MS;
  let carriedUp = 0;
  const sockets = new Set<Socket>();
  const ways: Record<'up' | 'down', Way[]> = { up: [], down: [] };
  interface Way {
    readonly from: Socket;
    readonly to: Socket;
    queue: Buffer[];
    size: number;
    ended: boolean;
  }
  const carry = (from: Socket, to: Socket, list: Way[]): void => {
    const way: Way = { from, to, queue: [], size: 0, ended: false };
    list.push(way);
    from.on('data', (chunk: Buffer) => {
      way.queue.push(chunk);
      way.size += chunk.length;
      if (way.size > IN_FLIGHT) from.pause();
    });
    from.on('end', () => (way.ended = true));
    const gone = (): void => {
      const at = list.indexOf(way);
      if (at >= 0) list.splice(at, 1);
      sockets.delete(from);
      to.destroy();
    };
    from.on('close', gone);
    from.on('error', gone);
  };
  const server = createServer((near) => {
    const far = connect(Number(port), '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
    }
    carry(near, far, ways.up);
    carry(far, near, ways.down);
  });
  const allowance = { up: 0, down: 0 };
  let last = performance.now();
  const pump = (name: 'up' | 'down', ticks: number): void => {
    allowance[name] = Math.min(allowance[name] + perTick * ticks, perTick * 10);
    for (let busy = true; busy && allowance[name] >= 1;) {
      busy = false;
      for (const way of ways[name].slice()) {
        const head = way.queue[0];
        if (!head) {
          if (way.ended) way.to.end();
          continue;
        }
        const some = head.subarray(0, Math.min(head.length, 512, Math.max(1, Math.floor(allowance[name]))));
        if (some.length === head.length) way.queue.shift();
        else way.queue[0] = head.subarray(some.length);
        way.size -= some.length;
        if (way.size <= IN_FLIGHT) way.from.resume();
        allowance[name] -= some.length;
        if (name === 'up') carriedUp += some.length;
        if (!way.to.destroyed) way.to.write(some);
        busy = true;
        if (allowance[name] < 1) break;
      }
    }
  };
  const timer = setInterval(() => {
    const now = performance.now();
    const ticks = (now - last) / TICK_MS;
    last = now;
    pump('up', ticks);
    pump('down', ticks);
  }, TICK_MS);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `${new URL(target).protocol}//127.0.0.1:${(server.address() as AddressInfo).port}`,
    up: () => carriedUp,
    cut,
    close: async () => {
      clearInterval(timer);
      cut();
      await new Promise((done) => server.close(done));
    },
  };
}
