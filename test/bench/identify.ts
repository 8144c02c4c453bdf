/**
 * A /24 with 100 devices of eleven kinds in network namespaces, their services played by one process: Lanbook's full identification
 * beside `nmap -sV -F`, in the same lab and the same run, and how many kinds each got right. Root only. The services are imitations that
 * say what real ones say first; nmap, which goes on asking what it does not recognise, may be quicker and know more on real ones.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceKind } from '../../shared/features/discovery/identity.ts';
import type { Host, SweepEvent } from '../../main/engine/wire/sweep.ts';
import type { Device } from '../lab/devices/devices.ts';
import { CIDR, buildLab, noLab, type Lab } from '../lab/lab.ts';
import type { SweepOnce } from '../lab/sweep-once.ts';
import type { BenchRow } from './row.ts';

interface Planted {
  readonly kind: DeviceKind;
  readonly count: number;
  /** First half of the MAC: a maker of such devices. */
  readonly oui: string;
  readonly told: (at: number, mac: string) => Omit<Device, 'ip'>;
}
const NMAP = '/usr/bin/nmap';
const windows = (name: string, mac: string): Omit<Device, 'ip'> => ({ open: [135, 139, 445], netbios: { name, mac } });
const planted: readonly Planted[] = [
  { kind: 'pc', count: 30, oui: '54e1ad', told: (at, mac) => windows(`财务-PC${at}`, mac) },
  { kind: 'pc', count: 8, oui: '8c1645', told: (at, mac) => windows(`DESKTOP-7GH2K${10 + at}`, mac) },
  {
    kind: 'camera',
    count: 20,
    oui: '4419b6',
    told: () => ({
      open: [8000],
      rtsp: { server: 'Rtsp Server/3.0', realm: 'IP Camera(C6513)' },
      page: { title: 'index', server: 'App-webs/' },
    }),
  },
  {
    kind: 'recorder',
    count: 2,
    oui: '4419b6',
    told: () => ({ open: [8000], rtsp: { realm: 'Embedded Net DVR' }, page: { title: 'index', server: 'DNVRS-Webs' } }),
  },
  {
    kind: 'printer',
    count: 10,
    oui: '10e7c6',
    told: (at) => ({
      open: [515, 631, 9100],
      page: { title: 'HP LaserJet M405dn', server: 'HP HTTP Server; HP LaserJet M405dn' },
      mdns: { host: `NPI4A2F${10 + at}`, services: { '_ipp._tcp': '打印机' } },
    }),
  },
  {
    kind: 'switch',
    count: 6,
    oui: '3c8c40',
    told: () => ({ open: [23], ssh: 'SSH-2.0-Comware-7.1.070', page: { title: 'H3C Web网管', charset: 'gbk' } }),
  },
  {
    kind: 'server',
    count: 8,
    oui: '000c29',
    told: () => ({
      open: [3306],
      ssh: 'SSH-2.0-OpenSSH_8.9p1 Ubuntu-3ubuntu0.6',
      page: { title: 'OA 办公系统', server: 'nginx/1.18.0' },
    }),
  },
  {
    kind: 'nas',
    count: 2,
    oui: '001132',
    told: () => ({ open: [445, 5001], page: { title: 'DS920 - Synology DiskStation', server: 'nginx' } }),
  },
  {
    kind: 'ip_phone',
    count: 8,
    oui: '805ec0',
    told: () => ({ open: [5060], page: { title: 'Yealink T46S Phone', server: 'yealink embed httpd' } }),
  },
  {
    kind: 'router',
    count: 3,
    oui: '50c7bf',
    told: () => ({ open: [53], page: { title: 'TL-WDR5620', realm: 'TP-LINK Wireless Dual Band Router' } }),
  },
  { kind: 'mobile', count: 3, oui: 'da1e01', told: () => ({ open: [62078] }) },
];
const devices = planted
  .flatMap((each) => Array.from({ length: each.count }, (_, at) => ({ ...each, at })))
  .map(({ kind, oui, told, at }, index) => {
    const ip = `10.77.0.${index + 2}`;
    const mac = `${oui}0000${(index + 2).toString(16).padStart(2, '0')}`;
    return {
      ip,
      kind,
      mac,
      card: mac.match(/../g)?.join(':') ?? '',
      device: { ip, ...told(at, mac) } satisfies Device,
    };
  });
/** What nmap's service table calls such a device. */
const NMAP_TYPES: Readonly<Record<string, DeviceKind>> = {
  printer: 'printer',
  'print server': 'printer',
  webcam: 'camera',
  'security-misc': 'recorder',
  switch: 'switch',
  router: 'router',
  'broadband router': 'router',
  WAP: 'router',
  'VoIP phone': 'ip_phone',
  'storage-misc': 'nas',
  phone: 'mobile',
};

function clocked(lab: Lab, program: string, args: readonly string[]): { ms: number; out: string } {
  spawnSync('/usr/sbin/ip', ['-n', lab.me, 'neigh', 'flush', 'all']);
  const began = performance.now();
  const [command, all] = lab.command(program, args);
  const { stdout, error } = spawnSync(command, all, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 28,
  });
  if (error) throw error;
  return { ms: performance.now() - began, out: stdout };
}
const right = (kinds: ReadonlyMap<string, string | null | undefined>): number =>
  devices.filter(({ ip, kind }) => kinds.get(ip) === kind).length;
const wrong = (kinds: ReadonlyMap<string, string | null | undefined>): number =>
  devices.filter(({ ip, kind }) => (kinds.get(ip) ?? kind) !== kind).length;

function lanbook(lab: Lab): { ms: number; inside: number; kinds: Map<string, DeviceKind | null>; named: number } {
  const order: SweepOnce = { cidr: CIDR, effort: 'quick', rtt: true, identify: 'full' };
  const { ms, out } = clocked(lab, process.execPath, [
    join(import.meta.dirname, '../lab/sweep-once.ts'),
    JSON.stringify(order),
  ]);
  const events = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SweepEvent);
  const hosts = new Map<string, Host>(
    events.flatMap((event) => (event.kind === 'host' ? [[event.host.ip, event.host] as const] : [])),
  );
  const end = events.at(-1);
  return {
    ms,
    inside: end?.kind === 'end' ? end.elapsed_ms : NaN,
    kinds: new Map([...hosts].map(([ip, { kind }]) => [ip, kind])),
    named: devices.filter(({ ip }) => (hosts.get(ip)?.name ?? null) !== null).length,
  };
}

function nmap(lab: Lab): { ms: number; kinds: Map<string, string | undefined>; found: number; products: number } {
  const { ms, out } = clocked(lab, NMAP, ['-sV', '-F', '-n', '-oX', '-', CIDR]);
  const hosts = out.split('<host ').slice(1);
  const kinds = new Map(
    hosts.map((text) => {
      const ip = /addr="([\d.]+)" addrtype="ipv4"/.exec(text)?.[1] ?? '';
      const type = /devicetype="([^"]+)"/.exec(text)?.[1] ?? '';
      return [ip, NMAP_TYPES[type]] as const;
    }),
  );
  const products = hosts.filter((text) => / product="/.test(text)).length;
  return { ms, kinds, found: devices.filter(({ ip }) => kinds.has(ip)).length, products };
}

/** The rows of the table; a single row that says why, where the lab or nmap is missing. */
export async function identifyBench(): Promise<BenchRow[]> {
  const missing = noLab() ?? (existsSync(NMAP) ? null : NMAP);
  if (missing !== null)
    return [{ name: `identification of 100 hosts: not measured here (${missing})`, value: 0, unit: '' }];
  const lab = buildLab({ plain: [], named: devices.map(({ ip, card }) => ({ ip, mac: card })) });
  try {
    const playing = lab.run(devices[0]?.ip ?? '', process.execPath, [
      join(import.meta.dirname, '../lab/devices/devices.ts'),
      JSON.stringify(devices.map(({ device }) => device)),
    ]);
    await new Promise((resolve) => playing.stdout?.once('data', resolve));
    const ours = lanbook(lab);
    const theirs = nmap(lab);
    const all = devices.length;
    return [
      {
        name: 'identify 100 hosts of a /24: Lanbook, names, ports, pages and kind',
        value: ours.inside / 1000,
        unit: 's',
        ratio: ours.ms / theirs.ms,
        note: `kind right for ${right(ours.kinds)}/${all}, wrong for ${wrong(ours.kinds)}; ${ours.named} named`,
      },
      {
        name: 'identify 100 hosts of a /24: nmap -sV -F',
        value: theirs.ms / 1000,
        unit: 's',
        ratio: 1,
        note: `device type right for ${right(theirs.kinds)}/${all}, wrong for ${wrong(theirs.kinds)}; a product named on ${theirs.products}, ${theirs.found} found`,
      },
    ];
  } finally {
    lab.close();
  }
}
