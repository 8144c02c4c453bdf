/** Reads what Angry IP Scanner exports: CSV, padded text and XML, with English or Chinese column names. */
import { momentOf } from '../../../shared/day.ts';
import { runsOf } from '../../../shared/features/discovery/scope.ts';
import { parseIp } from '../../../shared/ip.ts';
import { decodeText, readCsv } from '../sheets/csv-read.ts';
import { SheetProblem, type RawRow } from '../sheets/types.ts';
import { readXml } from '../sheets/xml.ts';
import { Collector, piecesOf, type Told } from './collect.ts';
import { paddedCells } from './padded.ts';
import { lineOf, SCAN_LIMITS, type Scan } from './types.ts';

/** Its columns by the labels of its English, simplified and traditional Chinese versions; others are not ours to keep. */
const LABELS: Readonly<Record<string, readonly string[]>> = {
  ip: ['ip'],
  ping: ['ping'],
  ttl: ['ttl'],
  loss: ['packet loss', '丢包', '丟包', '封包遺失'],
  hostname: ['hostname', '主机名', '主機名稱', '主機名'],
  ports: ['ports', '端口', '連接埠', '埠'],
  netbios: ['netbios info', 'netbios信息', 'netbios資訊'],
  mac: ['mac address', 'mac地址', 'mac位址'],
  vendor: ['mac vendor', '设备制造商', '設備製造商', 'mac供應商'],
};
/** `Ports [3+]`: the number of ports asked stands behind the name. */
const columnOf = (label: string): string | null => {
  const name = label
    .replace(/\s*\[.*\]\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
  return Object.entries(LABELS).find(([, labels]) => labels.includes(name))?.[0] ?? null;
};

/** `[n/a]`: asked, nothing there; `[n/s]`: not asked. Both are nothing. */
const valueOf = (text: string | undefined): string | null => {
  const line = lineOf(text);
  return line === null || /^\[n\/[as]\]$/i.test(line) ? null : line;
};
const numberIn = (text: string | null): number | null => {
  const digits = /^\d+(?:[.,]\d+)?/.exec(text ?? '')?.[0];
  return digits === undefined ? null : Number(digits.replace(',', '.'));
};
/** `80,443`, `20-22`; commas become points in its CSV. */
const portsIn = (text: string | null): number[] =>
  (text ?? '').split(/[^\d-]+/).flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split('-').map(Number);
    const count = part === '' || !(last >= first) ? 0 : Math.min(last - first + 1, 1000);
    return Array.from({ length: count }, (_, at) => first + at);
  });

function toldOf(cells: Readonly<Record<string, string | null>>): Told {
  const at = (column: string): string | null => cells[column] ?? null;
  // DOMAIN\USER@COMPUTER [MAC], any part of which may be missing
  const netbios = /^(?:[^\\]*\\)?(?:[^@]*@)?([^[\]]*?)\s*(?:\[([^\]]*)\])?$/.exec(at('netbios') ?? '');
  const computer = lineOf(netbios?.[1], 60);
  const mac = at('mac') ?? lineOf(netbios?.[2], 40);
  const ping = numberIn(at('ping'));
  const ports = portsIn(at('ports'));
  const hostname = at('hostname');
  const ip = at('ip') ?? '';
  return {
    ip,
    mac,
    vendor: at('vendor'),
    alive: ping !== null || ports.length > 0 || mac !== null,
    proof: ping !== null ? 'icmp' : ports.length > 0 ? 'tcp' : 'arp',
    rtt_ms: ping,
    loss_percent: numberIn(
      /\(([\d.,]+)\s*%\)|([\d.,]+)\s*%/
        .exec(at('loss') ?? '')
        ?.slice(1)
        .find(Boolean) ?? null,
    ),
    ttl: numberIn(at('ttl')),
    names: [
      ...(computer === null ? [] : [{ source: 'netbios' as const, name: computer }]),
      ...(hostname === null || hostname === ip ? [] : [{ source: 'dns' as const, name: hostname }]),
    ],
    ports,
    title: null,
  };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** The moment as Java writes it for the user's language; Lanbook's zone. Null for languages not known here. */
export function momentIn(text: string): number | null {
  const line = text.replace(/\s+/g, ' ').trim();
  const clock = /(上午|下午|AM|PM)?\s?(\d{1,2}):(\d{2})(?::\d{2})?\s?(AM|PM)?/i.exec(line);
  if (!clock) return null;
  const dates: readonly [RegExp, (parts: string[]) => (string | number)[]][] = [
    [/(\d{4})[年/.-](\d{1,2})[月/.-](\d{1,2})/, ([y = '', m = '', d = '']) => [y, m, d]],
    [
      /([A-Za-z]{3})[a-z]* (\d{1,2}), (\d{4})/,
      ([m = '', d = '', y = '']) => [y, MONTHS.indexOf(m.toLowerCase()) + 1, d],
    ],
    [
      /(?<![:\d])(\d{1,2}) ([A-Za-z]{3})[a-z.]* (\d{4})/,
      ([d = '', m = '', y = '']) => [y, MONTHS.indexOf(m.toLowerCase()) + 1, d],
    ],
    [
      /([A-Z][a-z]{2}) (\d{1,2}) [\d:]+ .*?(\d{4})/,
      ([m = '', d = '', y = '']) => [y, MONTHS.indexOf(m.toLowerCase()) + 1, d],
    ],
    [/(\d{1,2})\.(\d{1,2})\.(\d{4})/, ([d = '', m = '', y = '']) => [y, m, d]],
  ];
  for (const [pattern, order] of dates) {
    const found = pattern.exec(line);
    if (!found) continue;
    const [year, month, date] = order(found.slice(1)).map(Number) as [number, number, number];
    const half = (clock[1] ?? clock[4] ?? '').toUpperCase();
    const written = Number(clock[2]);
    const hour = half === '下午' || half === 'PM' ? (written % 12) + 12 : half === '' ? written : written % 12;
    const day = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
    const moment = momentOf(day, hour * 60 + Number(clock[3]));
    return month < 1 || month > 12 || date < 1 || date > 31 || hour > 23 || Number.isNaN(moment) ? null : moment;
  }
  return null;
}

/** `10.20.30.1 - 10.20.30.254` of the range that was asked for. */
function rangeIn(text: string): { written: string[]; runs: [number, number][] } {
  const found = /(\d+\.\d+\.\d+\.\d+)\s*-\s*(\d+\.\d+\.\d+\.\d+)/.exec(text);
  const [first, last] = [parseIp(found?.[1] ?? ''), parseIp(found?.[2] ?? '')];
  if (!found || first === null || last === null || last < first || last - first >= SCAN_LIMITS.hosts)
    return { written: [], runs: [] };
  return { written: [`${found[1]}-${found[2]}`], runs: [[first, last]] };
}

function scanOf(format: Scan['format'], all: Collector, at: number | null, feeder: string): Scan {
  const range = rangeIn(feeder);
  return {
    source: 'angry_ip',
    format,
    started_at: at,
    ended_at: null,
    scope: range.written,
    // with dead ones in the list it is the list that was scanned; without, only living ones were shown of the whole range
    runs: all.dead > 0 || range.runs.length === 0 ? runsOf([...all.addresses]) : range.runs,
    hosts: [...all.hosts.values()],
    dropped: all.drops.list(),
    partial: false,
  };
}

export async function readAngryXml(bytes: Uint8Array): Promise<Scan> {
  const all = new Collector();
  let at: number | null = null;
  let feeder = '';
  let inFeeder = false;
  let cells: Record<string, string | null> | null = null;
  let column: string | null = null;
  let text = '';
  await readXml(piecesOf(bytes), {
    open: (name, a) => {
      text = '';
      if (name === 'scanning_report') at = momentIn(a['time'] ?? '');
      else if (name === 'feeder') inFeeder = true;
      else if (name === 'host') cells = { ip: lineOf(a['address'], 60) };
      else if (name === 'result') column = columnOf(a['name'] ?? '');
    },
    text: (part) => {
      if (text.length < 10_000) text += part;
    },
    close: (name) => {
      if (name === 'feeder' && inFeeder) {
        feeder = text;
        inFeeder = false;
      } else if (name === 'result' && cells && column !== null && column !== 'ip') cells[column] = valueOf(text);
      else if (name === 'host' && cells) {
        all.add(toldOf(cells));
        cells = null;
      }
      text = '';
    },
  });
  return scanOf('xml', all, at, feeder);
}

export function readAngryCsv(bytes: Buffer): Scan {
  const rows: RawRow[] = [];
  readCsv(bytes, (more) => rows.push(...more));
  const [head, ...body] = rows;
  const columns = (head?.text ?? []).map(columnOf);
  if (!columns.includes('ip') || columns.filter((column) => column !== null).length < 2)
    throw new SheetProblem('scan_unknown');
  const all = new Collector();
  for (const { text } of body) {
    const cells = columns.map((column, at) => [column ?? '', valueOf(text[at])] as const);
    all.add(toldOf(Object.fromEntries(cells)));
  }
  return scanOf('csv', all, null, '');
}

export function readAngryText(bytes: Buffer): Scan {
  const lines = decodeText(bytes).text.split(/\r\n|\n|\r/);
  const head = lines.findIndex((line) => /^\ufeff?IP\s{2,}\S/.test(line));
  if (head < 0) throw new SheetProblem('scan_unknown');
  const labels = lines[head]!.replace(/^\ufeff/, '')
    .trim()
    .split(/\s{2,}/);
  const columns = labels.map(columnOf);
  // its exporter's rule
  const widths = labels.map((label) => Math.max(16, label.length * 3));
  const before = lines.slice(0, head);
  const range = before.find((line) => /\d+\.\d+\.\d+\.\d+\s*-\s*\d+\.\d+/.test(line)) ?? '';
  const at = before.map(momentIn).find((moment) => moment !== null) ?? null;
  const all = new Collector();
  for (const line of lines.slice(head + 1)) {
    if (line.trim() === '') continue;
    const texts = paddedCells(line, widths);
    all.add(toldOf(Object.fromEntries(columns.map((column, i) => [column ?? '', valueOf(texts[i])]))));
  }
  return scanOf('txt', all, at, range);
}
