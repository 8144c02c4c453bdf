/** NetBIOS node status (RFC 1002, 4.2.17 and 4.2.18): a Windows computer's name, even with file sharing closed to us. */
import { createSocket } from 'node:dgram';
import { randomInt } from 'node:crypto';
import { isUnicastMac } from '../../../../shared/mac.ts';
import { untrusted } from '../untrusted-bytes.ts';
import type { NodeStatus } from './probes.ts';

const PORT = 137;
const HEADER = 12;
const NBSTAT = 0x21;
/** Each name: 15 bytes, a suffix that tells its role, two bytes of flags. */
const ENTRY = 18;
const GROUP = 0x8000;
const ANSWER = 0x8000;
/** `*` and fifteen zeros in half-bytes from `A`: any name. */
const ANY = `CK${'A'.repeat(30)}`;

/** 50 bytes. */
export function nodeStatusQuestion(id: number): Buffer {
  const question = Buffer.alloc(50);
  question.writeUInt16BE(id, 0);
  question.writeUInt16BE(1, 4);
  question.writeUInt8(ANY.length, HEADER);
  question.write(ANY, HEADER + 1, 'latin1');
  question.writeUInt16BE(NBSTAT, 46);
  question.writeUInt16BE(1, 48);
  return question;
}

/** Where the name that begins at `at` ends; null where it runs out of the packet. */
function afterName(packet: Buffer, at: number): number | null {
  for (let here = at; here < packet.length;) {
    const length = packet[here] as number;
    if (length === 0) return here + 1;
    if (length >= 0xc0) return here + 2;
    here += length + 1;
  }
  return null;
}

/** Null for everything that is no answer to this question. A count that says more names than there are bytes is not believed. */
export function readNodeStatus(packet: Buffer, id: number): NodeStatus | null {
  if (packet.length < HEADER || packet.readUInt16BE(0) !== id || (packet.readUInt16BE(2) & ANSWER) === 0) return null;
  const start = afterName(packet, HEADER);
  // type, class, time to live, length, number of names
  if (start === null || packet.length < start + 11 || packet.readUInt16BE(start) !== NBSTAT) return null;
  const list = packet.subarray(start + 11);
  const count = Math.min(packet[start + 10] as number, Math.floor(list.length / ENTRY));
  let name: NodeStatus['name'] = null;
  const roles = new Set<string>();
  for (let entry = 0; entry < count; entry++) {
    const line = list.subarray(entry * ENTRY, (entry + 1) * ENTRY);
    const suffix = line[15] as number;
    const group = (line.readUInt16BE(16) & GROUP) !== 0;
    // padded with blanks or zeros; Chinese Windows writes GBK
    const text = untrusted(line.subarray(0, 15), 'gb18030');
    if (suffix === 0 && !group) name ??= text || null;
    // `INet~Services <1C>` is an old web server, no domain
    if (!/^(?:INet|IS)~/i.test(text)) roles.add(`<${suffix.toString(16).padStart(2, '0').toUpperCase()}>`);
  }
  const unit = list
    .subarray(count * ENTRY, count * ENTRY + 6)
    .toString('hex')
    .toUpperCase();
  return { name, roles: [...roles], mac: unit.length === 12 && isUnicastMac(unit) ? unit : null };
}

export function nodeStatus(ip: string, timeoutMs: number, signal?: AbortSignal): Promise<NodeStatus | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const id = randomInt(0x10000);
    const end = (status: NodeStatus | null): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      socket.removeAllListeners('error').on('error', () => undefined);
      socket.removeAllListeners('message');
      socket.close(() => resolve(status));
    };
    const stop = (): void => end(null);
    const timer = setTimeout(stop, timeoutMs);
    signal?.addEventListener('abort', stop, { once: true });
    // a connected socket takes answers of this address only, and hears at once that nothing listens there
    socket.once('error', stop);
    socket.on('message', (packet) => {
      const status = readNodeStatus(packet, id);
      if (status) end(status);
    });
    socket.once('connect', () => socket.send(nodeStatusQuestion(id), () => undefined));
    socket.connect(PORT, ip);
    if (signal?.aborted) stop();
  });
}
