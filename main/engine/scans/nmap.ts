/** Reads what `nmap -oX` wrote: hosts that are up, and which addresses that settles. */
import { parseCidr } from '../../../shared/ip.ts';
import type { NameSource } from '../../../shared/features/discovery/identity.ts';
import { runsOf } from '../../../shared/features/discovery/scope.ts';
import { SheetProblem } from '../sheets/types.ts';
import { readXml, type XmlHandlers } from '../sheets/xml.ts';
import { untrusted } from '../wire/untrusted-bytes.ts';
import { Collector, piecesOf, type Told } from './collect.ts';
import { lineOf, SCAN_LIMITS, type Scan, type ScannedHost } from './types.ts';

/** The declaration real files have: a name, perhaps where its rules lie (never fetched), and nothing of its own. */
const DOCTYPE = /<!DOCTYPE\s+nmaprun(?:\s+(?:PUBLIC\s+"[^"<>[\]]*"\s+"[^"<>[\]]*"|SYSTEM\s+"[^"<>[\]]*"))?\s*>/i;

/** Why nmap says that a host is up (its `reason`), as our own proofs. */
function proofOf(reason: string): ScannedHost['proof'] | null {
  if (reason === 'arp-response' || reason === 'nd-response') return 'arp';
  if (reason === 'localhost-response') return 'self';
  if (/^(udp|port-unreach|proto-)/.test(reason)) return 'udp';
  if (/^(echo|timestamp|addressmask|net-|host-|time-exceeded|admin-prohibited|unknown-icmp)/.test(reason))
    return 'icmp';
  if (/^(syn|reset|conn|init|abort|tcp)/.test(reason)) return 'tcp';
  return null;
}

/** `10.20.30.0/24`, `10.20.30.1-40`, `10.20.30-31.*`, `10.20.30.7`: every address of it; null for names and files. */
export function addressesOf(target: string, most: number): number[] | null {
  if (target.includes('/')) {
    const cidr = parseCidr(target);
    const size = cidr ? cidr.last - cidr.first + 1 : 0;
    return cidr && size <= most ? Array.from({ length: size }, (_, at) => cidr.first + at) : null;
  }
  const octets = target.split('.').map((part): [number, number] | null => {
    if (part === '*') return [0, 255];
    const [first = '', last = first] = part.split('-');
    const ends: [number, number] = [first === '' ? 0 : Number(first), last === '' ? 255 : Number(last)];
    return /^\d{0,3}(-\d{0,3})?$/.test(part) && part !== '' && ends[0] <= ends[1] && ends[1] <= 255 ? ends : null;
  });
  if (octets.length !== 4 || octets.includes(null)) return null;
  const ranges = octets as [number, number][];
  if (ranges.reduce((product, [first, last]) => product * (last - first + 1), 1) > most) return null;
  return ranges.reduce<number[]>(
    (all, [first, last]) =>
      all.flatMap((head) => Array.from({ length: last - first + 1 }, (_, at) => head * 256 + first + at)),
    [0],
  );
}

const ESCAPED = /\\x([0-9A-Fa-f]{2})/g;
/** Its scripts write bytes beyond ASCII as `\xE6\x89…`: UTF-8 or GBK, as the device sent them. */
function scriptText(text: string): string | null {
  const some = text.slice(0, 4096);
  if (!some.includes('\\x')) return lineOf(some);
  const bytes = Buffer.from(
    some.replace(ESCAPED, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
  return untrusted(bytes) || null;
}

/** Targets among the arguments: what reads as addresses. The count of nmap itself tells whether they were all of them. */
function scopeOf(args: string): { written: string[]; addresses: number[] } {
  const words = args.split(/\s+/).slice(1);
  const found = words.flatMap((word, at) => {
    // the value of an option is no target: `-e eth0`, `-g 53`, `--exclude 10.0.0.1`
    const isValue = /^--?(?:exclude|exclude-ports|dns-servers|S|D|sI|b|spoof-mac|proxies)$/.test(words[at - 1] ?? '');
    const addresses = isValue || !/^[\d*]/.test(word) ? null : addressesOf(word, SCAN_LIMITS.hosts);
    return addresses && (word.includes('.') || word.includes('/')) ? [{ word, addresses }] : [];
  });
  return {
    written: found.map(({ word }) => word),
    addresses: [...new Set(found.flatMap(({ addresses }) => addresses))],
  };
}

type Half = { -readonly [K in keyof Told]: Told[K] } & {
  names: { source: NameSource; name: string }[];
  ports: number[];
};
const blank = (): Half => ({
  ip: '',
  mac: null,
  vendor: null,
  alive: false,
  proof: 'icmp',
  rtt_ms: null,
  loss_percent: null,
  ttl: null,
  names: [],
  ports: [],
  title: null,
});

const seconds = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,11}$/.test(text) ? Number(text) * 1000 : null;

export async function readNmap(bytes: Uint8Array): Promise<Scan> {
  const all = new Collector();
  let scope: ReturnType<typeof scopeOf> = { written: [], addresses: [] };
  let started: number | null = null;
  let ended: number | null = null;
  let total: number | null = null;
  let success = false;
  let host: Half | null = null;
  let reason = '';
  let port: number | null = null;
  let script: string | null = null;
  let ip6: string | null = null;
  const handlers: XmlHandlers = {
    open: (name, a) => {
      if (name === 'nmaprun') {
        started = seconds(a['start']);
        scope = scopeOf(a['args'] ?? '');
      } else if (name === 'host') {
        host = blank();
        ip6 = null;
      } else if (name === 'finished') {
        ended = seconds(a['time']);
        success = a['exit'] === undefined || a['exit'] === 'success';
      } else if (name === 'hosts') total = /^\d+$/.test(a['total'] ?? '') ? Number(a['total']) : null;
      if (!host) return;
      if (name === 'status') {
        host.alive = a['state'] === 'up';
        reason = a['reason'] ?? '';
        const ttl = Number(a['reason_ttl']);
        if (Number.isInteger(ttl) && ttl > 0 && ttl < 256) host.ttl = ttl;
      } else if (name === 'address') {
        const addr = lineOf(a['addr'], 60);
        if (a['addrtype'] === 'ipv4') host.ip = addr ?? '';
        else if (a['addrtype'] === 'ipv6') ip6 = addr;
        else if (a['addrtype'] === 'mac') {
          host.mac = addr;
          host.vendor = lineOf(a['vendor'], 120);
        }
      } else if (name === 'hostname') {
        const text = lineOf(a['name']);
        // a name of type `user` is what was typed, not what the host is called; a typed address is none at all
        if (text !== null && a['type'] === 'PTR') host.names.push({ source: 'dns', name: text });
      } else if (name === 'port') port = a['protocol'] === 'tcp' ? Number(a['portid']) : null;
      else if (name === 'state' && port !== null && a['state'] === 'open') host.ports.push(port);
      else if (name === 'script') {
        script = a['id'] ?? null;
        if (script === 'nbstat') {
          const netbios = scriptText(/NetBIOS name: ([^,]+)/.exec(a['output'] ?? '')?.[1] ?? '');
          if (netbios !== null && netbios !== '<unknown>') host.names.push({ source: 'netbios', name: netbios });
        }
      } else if (name === 'elem' && script === 'http-title' && a['key'] === 'title') host.title ??= '';
      else if (name === 'times') {
        const srtt = Number(a['srtt']);
        // microseconds, smoothed; -1 or 0 where nothing was measured
        if (Number.isFinite(srtt) && srtt > 0) host.rtt_ms = srtt / 1000;
      }
    },
    close: (name) => {
      if (name === 'script') script = null;
      if (name === 'elem' && host?.title === '') host.title = null;
      if (name !== 'host' || !host) return;
      const done = host;
      host = null;
      if (done.ip === '' && ip6 !== null) done.ip = ip6;
      const proof = proofOf(reason);
      done.proof = proof ?? (done.ports.length > 0 ? 'tcp' : 'icmp');
      // -Pn takes everybody for up: only who answered at a port is
      if (done.alive && proof === null && done.ports.length === 0) {
        all.drops.add('assumed', done.ip);
        return;
      }
      all.add(done);
    },
    text: (text) => {
      if (host?.title === '') host.title = scriptText(text) ?? '';
    },
  };
  try {
    await readXml(piecesOf(bytes), handlers, undefined, DOCTYPE);
  } catch (error) {
    // a scan that was broken off ends in the middle of its file: what it saw until then is kept, as partial
    if (!(error instanceof SheetProblem) || error.code !== 'sheet_broken' || all.addresses.size === 0) throw error;
    success = false;
  }
  // every target settled: then an address that is not in the file did not answer
  const complete = success && total !== null && total === scope.addresses.length;
  return {
    source: 'nmap',
    format: 'xml',
    started_at: started,
    ended_at: ended,
    scope: scope.written,
    runs: runsOf(complete ? scope.addresses : [...all.addresses]),
    hosts: [...all.hosts.values()],
    dropped: all.drops.list(),
    partial: !success,
  };
}
