/**
 * Multicast DNS (RFC 6762) as a guest: questions leave from a port of our own, so answers come to us alone and a Bonjour or Avahi on
 * this computer keeps port 5353. A host is told about only by packets from its own address.
 */
import makeMdns from 'multicast-dns';
import { untrustedText, type Untrusted } from '../untrusted-bytes.ts';
import type { Announced, Ear } from './probes.ts';

const PORT = 5353;
const GROUP = '224.0.0.251';
const SERVICES = '_services._dns-sd._udp.local';
/** Types whose instances carry a name or model worth showing; all others are learned by the list of services. */
const TELLING = [
  '_ipp',
  '_pdl-datastream',
  '_printer',
  '_airplay',
  '_googlecast',
  '_device-info',
  '_workstation',
  '_smb',
];
/** A packet with more answers than that is no device describing itself. */
const ANSWERS_MOST = 100;
const SERVICE_TYPE = /^(_[a-z0-9-]{1,30}\._(?:tcp|udp))\.local\.?$/i;
const INSTANCE = /^(.{1,100}?)\.(_[a-z0-9-]{1,30}\._(?:tcp|udp))\.local\.?$/is;
/** Keys of TXT records that name a model: AirPrint, AirPlay and Apple, Cast. */
const MODEL = /^(?:ty|model|am|md)=(.+)$/s;

type Record = { readonly type: string; readonly name?: unknown; readonly data?: unknown };

const reverse = (ip: string): string => `${ip.split('.').toReversed().join('.')}.in-addr.arpa`;
const host = (name: string): Untrusted => untrustedText(name.replace(/\.local\.?$/i, ''));

/** What the records of one answer say of the host that sent it. */
export function readAnswer(ip: string, records: readonly Record[]): Announced {
  const names = new Set<Untrusted>();
  const labels = new Set<Untrusted>();
  const services = new Set<Untrusted>();
  const instance = (full: string): void => {
    const [, label, type] = INSTANCE.exec(full) ?? [];
    if (label === undefined || type === undefined) return;
    services.add(untrustedText(type));
    // Avahi adds the MAC to a workstation's name
    const text = untrustedText(label.replace(/ \[[0-9a-f:]{17}\]$/i, ''));
    if (!label.startsWith('_')) labels.add(text);
  };
  for (const { type, name, data } of records.slice(0, ANSWERS_MOST)) {
    if (typeof name !== 'string') continue;
    if (type === 'PTR' && typeof data === 'string') {
      if (name.toLowerCase() === reverse(ip)) names.add(host(data));
      else if (name.toLowerCase() === SERVICES) services.add(untrustedText(SERVICE_TYPE.exec(data)?.[1] ?? ''));
      else if (SERVICE_TYPE.test(name)) instance(data);
    } else if (type === 'A' && data === ip) names.add(host(name));
    else if (type === 'TXT') {
      for (const part of [data].flat()) {
        const model = MODEL.exec(String(part instanceof Uint8Array ? Buffer.from(part) : part))?.[1];
        if (model !== undefined) services.add(untrustedText(model));
      }
    }
  }
  const told = (values: Set<Untrusted>, most: number): Untrusted[] =>
    [...values].filter((value) => value !== '').slice(0, most);
  return { names: told(names, 2), labels: told(labels, 4), services: told(services, 24) };
}

const pointers = (names: readonly string[]) => names.map((name) => ({ name, type: 'PTR' as const }));
const types = TELLING.map((type) => `${type}._tcp.local`);

/** A card that went away, or a system without multicast, hears nothing: the sweep does without. */
export function listen(own: string, heard: (ip: string, told: Announced) => void): Ear {
  // port 0: any free one. Binding to the interface's address would hear nothing on Linux (stack.md §8).
  const mdns = makeMdns({ port: 0, interface: own, bind: '0.0.0.0', loopback: false });
  mdns.on('error', () => undefined);
  mdns.on('warning', () => undefined);
  mdns.on('response', (packet, { address }) => {
    const told = readAnswer(address, [...packet.answers, ...packet.additionals]);
    if (told.names.length + told.labels.length + told.services.length > 0) heard(address, told);
  });
  const ask = (address: string, names: readonly string[]): void =>
    mdns.query({ questions: pointers(names) }, { port: PORT, address }, () => undefined);
  return {
    askAll: () => ask(GROUP, [SERVICES, ...types]),
    // one datagram: it is one question to the network's pool
    ask: (ip) => ask(ip, [reverse(ip), SERVICES, ...types]),
    close: () => mdns.destroy(),
  };
}
