/**
 * The UDP socket that net-snmp is given in place of its own. It is connected, so the kernel drops what another address or port sends
 * (security.md X7) and a closed port is told at once instead of after a time-out; and nothing the library throws on a hostile
 * datagram gets past it.
 */
import { createSocket, type Socket } from 'node:dgram';

/** A device answers a question once, twice when it was asked again; v3 adds reports. More is a flood. */
const MAX_DATAGRAMS = 24;

/** `silent`: the system says that nothing gets there (cable pulled, no route). */
export type Trouble = 'garbage' | 'closed' | 'silent';

export interface GuardedSocket {
  /** What the library takes for the `dgram` module. */
  readonly module: { createSocket(): unknown };
  /** A new question: the count of datagrams begins again. */
  fresh(): void;
  /** Whether anything came since the last `fresh`. */
  heard(): boolean;
}

const REFUSED = new Set(['ECONNREFUSED', 'ECONNRESET']);
export const isRefusal = (error: unknown): boolean => REFUSED.has((error as NodeJS.ErrnoException).code ?? '');

/** Rejects with the system's error when there is no way to the address (no network, no route). */
export async function openSocket(
  ip: string,
  port: number,
  onTrouble: (trouble: Trouble) => void,
): Promise<GuardedSocket> {
  const socket: Socket = createSocket('udp4');
  socket.unref();
  await new Promise<void>((resolve, reject) => {
    const failed = (error: Error): void => {
      socket.close();
      reject(error);
    };
    socket.once('error', failed);
    socket.connect(port, ip, () => {
      socket.off('error', failed);
      resolve();
    });
  });
  socket.on('error', (error) => onTrouble(isRefusal(error) ? 'closed' : 'silent'));
  let heard = 0;
  const guard =
    (listener: (bytes: Buffer) => void) =>
    (bytes: Buffer): void => {
      if (++heard > MAX_DATAGRAMS) return onTrouble('garbage');
      try {
        listener(bytes);
      } catch {
        onTrouble('garbage');
      }
    };
  const facade = {
    on(event: string, listener: (bytes: Buffer) => void) {
      if (event === 'message') socket.on('message', guard(listener));
      if (event === 'close') socket.on('close', listener);
    },
    ref: () => void socket.ref(),
    unref: () => void socket.unref(),
    close: () => void socket.close(),
    send: (
      bytes: Buffer,
      offset: number,
      length: number,
      _port: number,
      _ip: string,
      sent: (e: Error | null) => void,
    ) => socket.send(bytes, offset, length, sent),
  };
  return { module: { createSocket: () => facade }, fresh: () => void (heard = 0), heard: () => heard > 0 };
}
