import { createSocket, type Socket } from 'node:dgram';
import fc from 'fast-check';
import { readAnswer } from '../../../../../main/engine/wire/identify/mdns.ts';
import { hostileStrings } from '../../../../support/hostile.ts';

const IP = '10.20.30.15';
const REVERSE = '15.30.20.10.in-addr.arpa';
const ptr = (name: string, data: string) => ({ type: 'PTR', name, data });

test('a printer: its own name before the one that people read, its services and its model', () => {
  expect(
    readAnswer(IP, [
      ptr('_ipp._tcp.local', '三楼打印机 M405._ipp._tcp.local'),
      ptr(REVERSE, 'NPI4A2F10.local'),
      ptr('_services._dns-sd._udp.local', '_ipp._tcp.local'),
      ptr('_services._dns-sd._udp.local', '_http._tcp.local'),
      {
        type: 'TXT',
        name: '三楼打印机 M405._ipp._tcp.local',
        data: [Buffer.from('txtvers=1'), Buffer.from('ty=HP LaserJet M405dn')],
      },
    ]),
  ).toEqual({
    names: ['NPI4A2F10'],
    labels: ['三楼打印机 M405'],
    services: ['_ipp._tcp', '_http._tcp', 'HP LaserJet M405dn'],
  });
});

test('a Linux workstation without the MAC that Avahi adds; a Mac by its model', () => {
  expect(
    readAnswer(IP, [ptr('_workstation._tcp.local', 'jwc-pc3 [00:1b:21:00:00:05]._workstation._tcp.local')]),
  ).toEqual({
    names: [],
    labels: ['jwc-pc3'],
    services: ['_workstation._tcp'],
  });
  expect(
    readAnswer(IP, [{ type: 'TXT', name: 'x._device-info._tcp.local', data: Buffer.from('model=MacBookPro18,1') }])
      .services,
  ).toEqual(['MacBookPro18,1']);
});

test('an address record counts for its own address only', () => {
  expect(
    readAnswer(IP, [
      { type: 'A', name: 'mine.local', data: IP },
      { type: 'A', name: 'other.local', data: '10.20.30.99' },
      ptr('99.30.20.10.in-addr.arpa', 'other.local'),
    ]).names,
  ).toEqual(['mine']);
});

test('hostile records: nothing unsafe passes, nothing throws, and a flood is cut', () => {
  for (const text of hostileStrings) {
    const { names, labels, services } = readAnswer(IP, [
      ptr(REVERSE, `${text}.local`),
      ptr('_ipp._tcp.local', `${text}._ipp._tcp.local`),
      { type: 'TXT', name: 'x', data: [Buffer.from(`ty=${text}`)] },
    ]);
    expect([...names, ...labels, ...services].join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
  const flood = Array.from({ length: 5000 }, (_, at) => ptr('_ipp._tcp.local', `printer ${at}._ipp._tcp.local`));
  expect(readAnswer(IP, flood).labels.length).toBeLessThanOrEqual(4);
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          type: fc.constantFrom('A', 'PTR', 'TXT', 'SRV', 'NULL'),
          name: fc.anything(),
          data: fc.anything(),
        }),
      ),
      (records) => void readAnswer(IP, records),
    ),
  );
});

describe('malformed packets', () => {
  // the decoder of multicast-dns is somebody else's: what it does with malice is checked with the package itself
  const header = (answers: number): Buffer =>
    Buffer.from([0, 0, 0x84, 0, 0, 0, answers >> 8, answers & 255, 0, 0, 0, 0]);
  const packets: [string, Buffer][] = [
    ['a name that points at itself', Buffer.concat([header(1), Buffer.from([0xc0, 12, 0, 12, 0, 1])])],
    ['names that point at each other', Buffer.concat([header(1), Buffer.from([0xc0, 14, 0xc0, 12, 0, 12])])],
    ['a count of 65,535 answers', header(65_535)],
    ['a label longer than the packet', Buffer.concat([header(1), Buffer.from([63, 65, 66])])],
    ['nothing', Buffer.alloc(0)],
    ['64 KiB of noise', Buffer.alloc(60_000, 0xc1)],
  ];
  test.each(packets)('%s', async (_, packet) => {
    const { default: makeMdns } = await import('multicast-dns');
    const socket: Socket = createSocket('udp4');
    const mdns = makeMdns({ socket, multicast: false, bind: false });
    const heard: unknown[] = [];
    mdns.on('response', (told) => heard.push(told));
    mdns.on('warning', () => undefined);
    const began = performance.now();
    socket.emit('message', packet, { address: IP, port: 5353, family: 'IPv4', size: packet.length });
    expect(performance.now() - began).toBeLessThan(200);
    expect(heard).toEqual([]);
    await new Promise<void>((resolve) => void socket.bind(0, '127.0.0.1', () => mdns.destroy(resolve)));
  });
});
