/**
 * Recorded walks, in a shape of our own: what an agent answers, how it misbehaves, and below `== reading` what must come of it.
 *
 *     # a remark
 *     ! community letmein          its community (v2c); default `walk-community`
 *     ! vlan 10                    what follows is answered to `community@10` alone
 *     ! unsorted                   lines are given in the order of the file
 *     ! after OID go OID           the next of the first is the second
 *     ! endless OID                beyond it there is always one more
 *     ! mute OID | garble OID      questions below it: no answer, or bytes without sense
 *     ! nobulk | bulkmost 20       GETBULK: no answer, or no more lines than that
 *     ! slow 5                     milliseconds before each answer
 *     ifName.{1..24} = STR: GigabitEthernet0/0/{}
 *     dot1qTpFdbPort.10.001b2100{1..9:x}05 = INT: {+4}
 *
 * `{a..b}` makes a line for each number (`:x`, `:X` as two hex digits), `{}` in the value is the number, `{+n}` the number and n (`{+-5}`: five less). Twelve hex
 * digits in an OID are a MAC; `{x}` the number as hex digits. Types: INT, STR, GBK, HEX, OID, IP, TICKS, GAUGE.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';

export interface Line {
  readonly oid: readonly number[];
  readonly tag: number;
  readonly body: Buffer;
}
export interface Walk {
  readonly community: string;
  /** By community: the lines in the order they are given. */
  readonly views: ReadonlyMap<string, readonly Line[]>;
  readonly jumps: readonly { readonly from: string; readonly to: string }[];
  readonly endless: string | null;
  readonly mute: readonly string[];
  readonly garble: readonly string[];
  readonly bulkMost: number;
  /** Before each answer. */
  readonly slowMs: number;
  /** What must come of it, as `shown` of snmp-reading.ts writes a reading. */
  readonly reading: readonly string[];
}

const NAMES: Readonly<Record<string, string>> = {
  sysDescr: '1.3.6.1.2.1.1.1',
  sysObjectID: '1.3.6.1.2.1.1.2',
  sysUpTime: '1.3.6.1.2.1.1.3',
  sysContact: '1.3.6.1.2.1.1.4',
  sysName: '1.3.6.1.2.1.1.5',
  sysLocation: '1.3.6.1.2.1.1.6',
  ifDescr: '1.3.6.1.2.1.2.2.1.2',
  ifType: '1.3.6.1.2.1.2.2.1.3',
  ifSpeed: '1.3.6.1.2.1.2.2.1.5',
  ifPhysAddress: '1.3.6.1.2.1.2.2.1.6',
  ifAdminStatus: '1.3.6.1.2.1.2.2.1.7',
  ifOperStatus: '1.3.6.1.2.1.2.2.1.8',
  ifName: '1.3.6.1.2.1.31.1.1.1.1',
  ifHighSpeed: '1.3.6.1.2.1.31.1.1.1.15',
  ifAlias: '1.3.6.1.2.1.31.1.1.1.18',
  ipAdEntIfIndex: '1.3.6.1.2.1.4.20.1.2',
  ipNetToMediaPhysAddress: '1.3.6.1.2.1.4.22.1.2',
  ipNetToMediaType: '1.3.6.1.2.1.4.22.1.4',
  ipAddressIfIndex: '1.3.6.1.2.1.4.34.1.3',
  ipNetToPhysicalPhysAddress: '1.3.6.1.2.1.4.35.1.4',
  ipNetToPhysicalType: '1.3.6.1.2.1.4.35.1.6',
  ipNetToPhysicalState: '1.3.6.1.2.1.4.35.1.7',
  dot1dBasePortIfIndex: '1.3.6.1.2.1.17.1.4.1.2',
  dot1dTpFdbPort: '1.3.6.1.2.1.17.4.3.1.2',
  dot1dTpFdbStatus: '1.3.6.1.2.1.17.4.3.1.3',
  dot1qTpFdbPort: '1.3.6.1.2.1.17.7.1.2.2.1.2',
  dot1qTpFdbStatus: '1.3.6.1.2.1.17.7.1.2.2.1.3',
  dot1qVlanFdbId: '1.3.6.1.2.1.17.7.1.4.2.1.3',
  lldpLocPortIdSubtype: '1.0.8802.1.1.2.1.3.7.1.2',
  lldpLocPortId: '1.0.8802.1.1.2.1.3.7.1.3',
  lldpLocPortDesc: '1.0.8802.1.1.2.1.3.7.1.4',
  lldpRemChassisIdSubtype: '1.0.8802.1.1.2.1.4.1.1.4',
  lldpRemChassisId: '1.0.8802.1.1.2.1.4.1.1.5',
  lldpRemPortIdSubtype: '1.0.8802.1.1.2.1.4.1.1.6',
  lldpRemPortId: '1.0.8802.1.1.2.1.4.1.1.7',
  lldpRemPortDesc: '1.0.8802.1.1.2.1.4.1.1.8',
  lldpRemSysName: '1.0.8802.1.1.2.1.4.1.1.9',
  lldpRemSysDesc: '1.0.8802.1.1.2.1.4.1.1.10',
  lldpRemSysCapEnabled: '1.0.8802.1.1.2.1.4.1.1.12',
  lldpRemManAddrIfSubtype: '1.0.8802.1.1.2.1.4.2.1.3',
  hwDynFdbPort: '1.3.6.1.4.1.2011.5.25.42.2.1.3.1.4',
  hwCfgMacAddrQueryType: '1.3.6.1.4.1.2011.5.25.42.2.1.32.1.12',
  hwCfgMacAddrQueryIfIndex: '1.3.6.1.4.1.2011.5.25.42.2.1.32.1.13',
  dot3adAggPortAttachedAggID: '1.2.840.10006.300.43.1.2.1.1.13',
  ifStackStatus: '1.3.6.1.2.1.31.1.2.1.3',
  vtpVlanState: '1.3.6.1.4.1.9.9.46.1.3.1.1.2',
};

export const oidOf = (written: string): number[] =>
  written.split('.').flatMap((part) => {
    if (NAMES[part]) return NAMES[part].split('.').map(Number);
    return /^[0-9a-f]{12}$/i.test(part) ? [...Buffer.from(part, 'hex')] : [Number(part)];
  });

/** Order of SNMP. */
export function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Base 128, all but the last byte with the high bit. */
export function encodeOid([first = 1, second = 3, ...rest]: readonly number[]): Buffer {
  const bytes = [first * 40 + second, ...rest].flatMap((part) => {
    const groups = [part % 128];
    for (let left = Math.floor(part / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left % 128) + 128);
    return groups;
  });
  return Buffer.from(bytes);
}

/** Two's complement in as few bytes as hold it. */
export function encodeInt(value: number): Buffer {
  const wide = Buffer.alloc(8);
  wide.writeBigInt64BE(BigInt(value));
  let at = 0;
  while (at < 7 && ((wide[at] === 0 && (wide[at + 1] ?? 0) < 128) || (wide[at] === 255 && (wide[at + 1] ?? 0) > 127)))
    at++;
  return wide.subarray(at);
}

const TYPES: Readonly<Record<string, { tag: number; body: (value: string) => Buffer }>> = {
  INT: { tag: 2, body: (value) => encodeInt(Number(value)) },
  // escapes, so that control characters can be written: \u001b
  STR: {
    tag: 4,
    body: (value) =>
      Buffer.from(value.replace(/\\u([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))),
  },
  GBK: { tag: 4, body: (value) => iconv.encode(value, 'gbk') },
  HEX: { tag: 4, body: (value) => Buffer.from(value.replaceAll(' ', ''), 'hex') },
  OID: { tag: 6, body: (value) => encodeOid(oidOf(value)) },
  IP: { tag: 0x40, body: (value) => Buffer.from(value.split('.').map(Number)) },
  GAUGE: { tag: 0x42, body: (value) => encodeInt(Number(value)) },
  TICKS: { tag: 0x43, body: (value) => encodeInt(Number(value)) },
};

const RANGE = /\{(\d+)\.\.(\d+)(:x|:X)?\}/;
const hexOf = (number: number, style: string): string => {
  const hex = number.toString(16).padStart(2, '0');
  return style === ':X' ? hex.toUpperCase() : hex;
};
/** Every line that a line with a range stands for. */
function spread(line: string): string[] {
  const range = RANGE.exec(line);
  if (!range) return [line];
  const [whole, from, to, hex] = range;
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => {
    const number = Number(from) + at;
    return line
      .replaceAll(whole, hex ? hexOf(number, hex) : String(number))
      .replaceAll('{}', String(number))
      .replace(/\{\+(-?\d+)\}/g, (_, more: string) => String(number + Number(more)))
      .replaceAll('{x}', hexOf(number, ':X'));
  }).flatMap(spread);
}

const WALKS = join(import.meta.dirname, 'walks');
export const readWalk = (name: string): Walk => parseWalk(readFileSync(join(WALKS, `${name}.walk`), 'utf8'));

export function parseWalk(text: string): Walk {
  const [given = '', expected = ''] = text.split(/^== reading\n/m);
  const lines = (part: string): string[] =>
    part
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#'))
      .flatMap(spread);
  let community = 'walk-community';
  let view = '';
  let sorted = true;
  let bulkMost = Infinity;
  let slowMs = 0;
  let endless: string | null = null;
  const mute: string[] = [];
  const garble: string[] = [];
  const jumps: Walk['jumps'][number][] = [];
  const views = new Map<string, Line[]>([['', []]]);
  const dotted = (written: string | undefined): string => oidOf(written ?? '').join('.');
  for (const line of lines(given)) {
    const [order, first, , third] = line.startsWith('!') ? line.slice(1).trim().split(' ') : [];
    if (order === 'community') community = first ?? '';
    else if (order === 'vlan') views.set((view = `@${first}`), []);
    else if (order === 'unsorted') sorted = false;
    else if (order === 'after') jumps.push({ from: dotted(first), to: dotted(third) });
    else if (order === 'endless') endless = dotted(first);
    else if (order === 'mute') mute.push(dotted(first));
    else if (order === 'garble') garble.push(dotted(first));
    else if (order === 'slow') slowMs = Number(first);
    else if (order === 'nobulk') bulkMost = 0;
    else if (order === 'bulkmost') bulkMost = Number(first);
    else {
      const [, oid = '', type = '', value = ''] = /^(\S+) = ([A-Z]+):\s?(.*)$/.exec(line) ?? [];
      const kind = TYPES[type];
      if (!kind) throw new Error(`not a line of a walk: ${line}`);
      views.get(view)?.push({ oid: oidOf(oid), tag: kind.tag, body: kind.body(value) });
    }
  }
  if (sorted) for (const each of views.values()) each.sort((a, b) => compare(a.oid, b.oid));
  return {
    community,
    views: new Map([...views].map(([suffix, each]) => [`${community}${suffix}`, each])),
    jumps,
    endless,
    mute,
    garble,
    bulkMost,
    slowMs,
    reading: lines(expected),
  };
}
