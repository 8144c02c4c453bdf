/** What a service says of itself before anybody logs in: the version line of SSH, the server and realm of RTSP (cameras, recorders). */
import { createConnection } from 'node:net';
import { untrusted, type Untrusted } from '../untrusted-bytes.ts';

const TIMEOUT_MS = 1500;
const MOST_BYTES = 4096;

interface Talk {
  say(ip: string): string;
  /** Enough has been heard. */
  readonly over: RegExp;
  read(said: string): (string | undefined)[];
}
const talks = {
  ssh: {
    say: () => '',
    over: /\n/,
    read: (said) => [/^SSH-[^\r\n]{1,250}/m.exec(said)?.[0]],
  },
  rtsp: {
    say: (ip) => `DESCRIBE rtsp://${ip}/ RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: Lanbook\r\n\r\n`,
    over: /\r?\n\r?\n/,
    read: (said) => [/^Server: *([^\r\n]{1,200})/im.exec(said)?.[1], /realm="([^"]{1,200})"/i.exec(said)?.[1]],
  },
} as const satisfies Record<string, Talk>;

export function greeting(
  ip: string,
  port: number,
  protocol: keyof typeof talks,
  signal?: AbortSignal,
): Promise<readonly Untrusted[]> {
  const talk: Talk = talks[protocol];
  return new Promise((resolve) => {
    const socket = createConnection({ host: ip, port, family: 4 });
    let said = '';
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      socket.destroy();
      const words = talk.read(said).map((text) => untrusted(Buffer.from(text ?? '', 'latin1')));
      resolve(words.filter((text) => text !== ''));
    };
    const timer = setTimeout(end, TIMEOUT_MS);
    signal?.addEventListener('abort', end, { once: true });
    socket.on('error', end);
    socket.once('close', end);
    socket.once('connect', () => void socket.write(talk.say(ip)));
    socket.on('data', (chunk) => {
      said += chunk.toString('latin1');
      if (said.length >= MOST_BYTES || talk.over.test(said)) end();
    });
    if (signal?.aborted) end();
  });
}
