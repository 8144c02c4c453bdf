import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiscoveredHost, DiscoveryEvent, FoundFact } from '../../shared/features/discovery.ts';
import { describeIf } from '../support/skip.ts';
import type { SweepEvent } from '../../main/engine/wire/sweep.ts';
import type { Device } from './devices/devices.ts';
import { CIDR, buildLab, noLab, type Lab } from './lab.ts';
import type { SweepOnce } from './sweep-once.ts';

const CLI = join(import.meta.dirname, '../../main/cli.ts');
const SWEEP = join(import.meta.dirname, 'sweep-once.ts');
const DEVICES = join(import.meta.dirname, 'devices/devices.ts');
const ip = (octet: number): string => `10.77.0.${octet}`;

const devices: readonly (Device & { readonly card: string })[] = [
  {
    ip: ip(20),
    card: '54:e1:ad:00:00:14',
    open: [135, 445],
    netbios: { name: '财务-PC01', mac: '54E1AD000014' },
  },
  {
    ip: ip(21),
    card: '10:e7:c6:00:00:15',
    open: [515, 9100],
    page: { title: 'HP LaserJet M405dn' },
    mdns: {
      host: 'NPI4A2F10',
      services: { '_ipp._tcp': '三楼打印机', '_pdl-datastream._tcp': '三楼打印机' },
      txt: ['ty=HP LaserJet M405dn'],
    },
  },
  {
    ip: ip(22),
    card: '44:19:b6:00:00:16',
    rtsp: { server: 'Rtsp Server/3.0', realm: 'IP Camera(C6513)' },
    page: { title: 'index', server: 'App-webs/' },
    open: [8000],
  },
  {
    ip: ip(23),
    card: '3c:8c:40:00:00:17',
    ssh: 'SSH-2.0-Comware-7.1.070',
    page: { title: '核心交换机 Web网管', charset: 'gbk' },
    open: [23],
  },
  {
    ip: ip(24),
    card: '00:1b:21:00:00:18',
    mdns: { host: '\u202egpj.exe\u001b[2J', services: { '_workstation._tcp': '<script>alert(1)</script>' } },
    netbios: { name: '=cmd|\u0007', mac: '001B21000018' },
    page: { title: '&#x202e;<b>&#27;[31m' },
  },
  { ip: ip(25), card: '00:1b:21:00:00:19', malicious: true },
  { ip: ip(26), card: '00:11:32:00:00:1a', open: [445, 5000], page: { title: 'DS920 - Synology DiskStation' } },
];

const why = noLab();
describeIf(why === null, `The lab is not built: ${why}.`)('hosts of a network of namespaces say what they are', () => {
  let lab: Lab;
  let dir: string;
  let stderr = '';
  beforeAll(async () => {
    lab = buildLab({ plain: [3], silent: [11], named: devices.map((each) => ({ ip: each.ip, mac: each.card })) });
    dir = mkdtempSync(join(tmpdir(), 'lanbook-lab-'));
    const playing = lab.run(ip(20), process.execPath, [DEVICES, JSON.stringify(devices)]);
    await new Promise((resolve, reject) => {
      playing.stdout?.once('data', resolve);
      playing.once('exit', () => reject(new Error('the devices did not start')));
    });
    call('system.setup', { unit: '实验小学', technician: '张伟', machine: 'L03', language: 'zh-CN' });
    call('ipam.createSubnet', { cidr: CIDR, name: '行政办公', purpose: 'office' });
  }, 60_000);
  afterAll(() => {
    lab.close();
    rmSync(dir, { recursive: true });
  });

  const lines = (procedure: string, input: unknown): unknown[] => {
    const [program, args] = lab.command(process.execPath, [
      CLI,
      '--data',
      dir,
      'call',
      procedure,
      JSON.stringify(input),
    ]);
    const done = spawnSync(program, args, { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`${done.stdout} ${done.stderr}`);
    ({ stderr } = done);
    return done.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  };
  const call = (procedure: string, input: unknown): unknown => lines(procedure, input).at(-1);
  const found = (octet: number): DiscoveredHost | null | undefined =>
    (call('discovery.findings', {}) as { findings: FoundFact[] }).findings.find((each) => each.ip === ip(octet))?.host;

  test('each is told again while more is learned of it, and the sweep ends well', () => {
    const events = lines('discovery.sweep', {
      cidrs: [CIDR],
      effort: 'quick',
      rtt: false,
      identify: 'full',
    }) as DiscoveryEvent[];
    expect(events.at(-1)).toMatchObject({ kind: 'done', sweep: { ending: 'finished', found: 10 } });
    const tellings = events.filter((event) => event.kind === 'host' && event.host.ip === ip(21));
    expect(tellings.length).toBeGreaterThan(2);
    expect(stderr).toBe('');
  }, 120_000);

  test('stopped in the middle of the questions: over within a second', () => {
    const order: SweepOnce = { cidr: CIDR, effort: 'quick', rtt: false, identify: 'full', stop_after_hosts: 16 };
    const [program, args] = lab.command(process.execPath, [SWEEP, JSON.stringify(order)]);
    const last = spawnSync(program, args, { encoding: 'utf8' }).stdout.trim().split('\n').at(-1);
    const end = JSON.parse(last ?? '{}') as SweepEvent & { at_ms: number; stopped_at_ms: number };
    expect(end).toMatchObject({ kind: 'end', end: 'stopped' });
    expect(end.at_ms - end.stopped_at_ms).toBeLessThan(1000);
  }, 60_000);

  test('a Windows computer by NetBIOS, its Chinese name in GBK', () => {
    expect(found(20)).toMatchObject({
      name: '财务-PC01',
      names: [{ source: 'netbios', name: '财务-PC01' }],
      ports: [135, 445],
      kind: 'pc',
    });
  });

  test('a printer by multicast DNS, its ports and its page', () => {
    expect(found(21)).toMatchObject({
      name: 'NPI4A2F10',
      names: expect.arrayContaining([{ source: 'mdns', name: '三楼打印机' }]) as unknown,
      title: 'HP LaserJet M405dn',
      kind: 'printer',
    });
  });

  test('a camera by what RTSP says of it', () => {
    const camera = found(22);
    expect(camera).toMatchObject({ kind: 'camera', vendor: expect.stringMatching(/hikvision/i) as unknown });
    expect(camera?.evidence).toContainEqual({ clue: 'service', value: 'IP Camera(C6513)' });
  });

  test('a switch by its page in GBK and the greeting of its SSH', () => {
    expect(found(23)).toMatchObject({ kind: 'switch', title: '核心交换机 Web网管' });
  });

  test('a storage by its maker and page', () => {
    expect(found(26)).toMatchObject({ kind: 'nas', title: 'DS920 - Synology DiskStation' });
  });

  test('hostile and malformed answers: shown without what hides or commands, and nothing breaks', () => {
    const told = [found(24), found(25)];
    expect(found(24)?.names).toEqual(
      expect.arrayContaining([
        { source: 'mdns', name: 'gpj.exe[2J' },
        { source: 'netbios', name: '=cmd|' },
      ]),
    );
    for (const host of told) {
      expect(host).toBeDefined();
      expect(JSON.stringify(host)).not.toMatch(/[\p{Cf}]|\\u00[0189]/u);
    }
  });
});
