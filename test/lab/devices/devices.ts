/**
 * Devices of the lab: what their services answer. One process plays all hosts of a namespace, each at its own address; it says `ready`
 * when all of them listen. Run by the lab: `node devices.ts '[{"ip":"10.77.0.5","open":[445],"netbios":{"name":"财务-PC01"}}]'`.
 */
import { createSocket } from 'node:dgram';
import { createServer, type Socket } from 'node:net';
import iconv from 'iconv-lite';
import makeMdns from 'multicast-dns';
import { nodeStatusAnswer, type NetbiosName } from './netbios.ts';

export interface Device {
  readonly ip: string;
  /** TCP ports that are open, say nothing of themselves, and hang up on what they do not understand. */
  readonly open?: readonly number[];
  readonly netbios?: {
    readonly name: string;
    readonly group?: string;
    readonly controller?: boolean;
    readonly mac: string;
  };
  readonly mdns?: {
    readonly host: string;
    readonly services?: Readonly<Record<string, string>>;
    readonly txt?: readonly string[];
  };
  /** A page on port 80 in the encoding it names. */
  readonly page?: {
    readonly title: string;
    readonly charset?: 'utf-8' | 'gbk';
    readonly server?: string;
    readonly realm?: string;
  };
  readonly ssh?: string;
  readonly rtsp?: { readonly server?: string; readonly realm: string };
  /** Answers every question with noise: NetBIOS counts that lie, DNS names that run in circles, an endless page. */
  readonly malicious?: boolean;
}

const GROUP = 0x8400;
const UNIQUE = 0x0400;
const ready: Promise<unknown>[] = [];
const quiet = (socket: Socket): Socket => socket.on('error', () => undefined);
const tcp = (ip: string, port: number, greet: (socket: Socket) => void): void => {
  const server = createServer((socket) => greet(quiet(socket)));
  ready.push(new Promise((resolve) => server.listen(port, ip, () => resolve(undefined))));
};
const udp = (ip: string, port: number, answer: (packet: Buffer) => Buffer | null): void => {
  const socket = createSocket('udp4').on('message', (packet, { address, port: from }) => {
    const reply = answer(packet);
    if (reply) socket.send(reply, from, address);
  });
  ready.push(new Promise((resolve) => socket.bind(port, ip, () => resolve(undefined))));
};

function netbios({ ip, netbios: told }: Device): void {
  if (!told) return;
  const names: NetbiosName[] = [
    { text: told.group ?? 'WORKGROUP', suffix: 0, flags: GROUP },
    { text: told.name, suffix: 0, flags: UNIQUE },
    { text: told.name, suffix: 0x20, flags: UNIQUE },
    ...(told.controller ? [{ text: told.group ?? 'SCHOOL', suffix: 0x1c, flags: GROUP }] : []),
  ];
  udp(ip, 137, (question) => (question.length === 50 ? nodeStatusAnswer(question, names, told.mac) : null));
}

function mdns({ ip, mdns: told }: Device): void {
  if (!told) return;
  const reverse = `${ip.split('.').toReversed().join('.')}.in-addr.arpa`;
  const services = Object.entries(told.services ?? {});
  const full = (type: string, label: string): string => `${label}.${type}.local`;
  const responder = makeMdns({ socket: createSocket({ type: 'udp4', reuseAddr: true }), bind: ip, multicast: false });
  // the group's questions come in by a socket of their own, and are answered from the host's address
  const group = makeMdns({ interface: ip, bind: '224.0.0.251' });
  const answer = (
    { questions }: { questions: readonly { name: string }[] },
    { address, port }: { address: string; port: number },
  ): void => {
    const asked = new Set(questions.map(({ name }) => name));
    const answers = [
      { name: reverse, type: 'PTR' as const, data: `${told.host}.local` },
      ...services.map(([type]) => ({
        name: '_services._dns-sd._udp.local',
        type: 'PTR' as const,
        data: `${type}.local`,
      })),
      ...services.map(([type, label]) => ({ name: `${type}.local`, type: 'PTR' as const, data: full(type, label) })),
    ].filter(({ name }) => asked.has(name));
    const additionals = services.map(([type, label]) => ({
      name: full(type, label),
      type: 'TXT' as const,
      data: (told.txt ?? ['txtvers=1']).map((line) => Buffer.from(line)),
    }));
    if (answers.length > 0) responder.respond({ answers, additionals }, { address, port });
  };
  for (const each of [responder, group]) each.on('query', answer);
  ready.push(
    ...[responder, group].map((each) => new Promise((resolve) => each.once('ready', () => resolve(undefined)))),
  );
}

function page({ ip, page: told }: Device): void {
  if (!told) return;
  const { title, charset = 'utf-8', server, realm } = told;
  const body = iconv.encode(`<html><head><meta charset="${charset}"><title>${title}</title></head></html>`, charset);
  const head = [
    `HTTP/1.1 ${realm === undefined ? '200 OK' : '401 Unauthorized'}`,
    ...(server === undefined ? [] : [`Server: ${server}`]),
    ...(realm === undefined ? [] : [`WWW-Authenticate: Digest realm="${realm}", nonce="1"`]),
    'Content-Type: text/html',
    `Content-Length: ${body.length}`,
    'Connection: close',
  ].join('\r\n');
  tcp(ip, 80, (socket) => socket.once('data', () => socket.end(Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]))));
}

function rtsp({ ip, rtsp: told }: Device): void {
  if (!told) return;
  const server = told.server === undefined ? '' : `Server: ${told.server}\r\n`;
  const reply = `RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\n${server}WWW-Authenticate: Digest realm="${told.realm}", nonce="1"\r\n\r\n`;
  tcp(ip, 554, (socket) => socket.on('data', () => socket.write(reply)));
}

function malicious({ ip, malicious: on }: Device): void {
  if (on !== true) return;
  udp(ip, 137, (question) => {
    const answer = nodeStatusAnswer(
      question,
      [{ text: '\u001b[2J\u202e=cmd', suffix: 0, flags: UNIQUE }],
      '001B21000066',
    );
    answer[56] = 255;
    return answer;
  });
  udp(ip, 5353, () => Buffer.from([0, 0, 0x84, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0xc0, 12, 0, 12, 0, 1]));
  tcp(ip, 80, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    const more = (): void =>
      void (socket.writable && socket.write('<script>alert(1)</script>'.repeat(500), () => setTimeout(more, 5)));
    more();
  });
  tcp(ip, 22, (socket) => void socket.write('SSH-2.0-\u001b]0;owned\u0007'.repeat(400)));
}

for (const device of JSON.parse(process.argv[2] ?? '[]') as Device[]) {
  for (const port of device.open ?? [])
    tcp(device.ip, port, (socket) => void socket.once('data', () => socket.destroy()));
  if (device.ssh !== undefined) tcp(device.ip, 22, (socket) => void socket.write(`${device.ssh}\r\n`));
  for (const part of [netbios, mdns, page, rtsp, malicious]) part(device);
}
await Promise.all(ready);
process.stdout.write('ready\n');
