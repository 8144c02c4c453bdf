import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Host, SweepEvent } from '../../main/engine/wire/sweep.ts';
import { describeIf } from '../support/skip.ts';
import { CIDR, MY_IP, buildLab, noLab, type Lab } from './lab.ts';
import type { SweepOnce } from './sweep-once.ts';

type Line = SweepEvent & { at_ms: number; turn: number; stopped_at_ms?: number };
const octets = (first: number, count: number): number[] => Array.from({ length: count }, (_, at) => first + at * 2);
const SCRIPT = join(import.meta.dirname, 'sweep-once.ts');

const why = noLab();
describeIf(why === null, `The lab is not built: ${why}.`)('a sweep of a network of namespaces', () => {
  let lab: Lab;
  beforeAll(() => {
    lab = buildLab({ plain: octets(3, 80), silent: octets(4, 24), far: { plain: [5, 6], silent: [7] } });
  });
  afterAll(() => lab.close());

  const raw = (order: Partial<SweepOnce>): unknown[] => {
    const what: SweepOnce = { cidr: CIDR, effort: 'thorough', rtt: false, identify: 'none', ...order };
    const done = spawnSync(...lab.command(process.execPath, [SCRIPT, JSON.stringify(what)]), { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(done.stderr);
    return done.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  };
  const sweep = (order: Partial<SweepOnce>): { hosts: Host[]; end: Extract<Line, { kind: 'end' }>; lines: Line[] } => {
    const lines = raw(order) as Line[];
    const end = lines.at(-1);
    if (end?.kind !== 'end') throw new Error('no end');
    const hosts = new Map(
      lines.flatMap((line) => (line.kind === 'host' ? [[`${line.host.ip} ${line.host.mac}`, line.host] as const] : [])),
    );
    return { hosts: [...hosts.values()], end, lines };
  };
  const forget = (): void => void spawnSync('/usr/sbin/ip', ['-n', lab.me, 'neigh', 'flush', 'all']);
  const expected = (): Record<string, string> =>
    Object.fromEntries(lab.hosts.map((host) => [host.ip, host.mac.replaceAll(':', '').toUpperCase()]));
  const found = (hosts: readonly Host[]): Record<string, string | null> =>
    Object.fromEntries(
      hosts.filter((host) => !host.self && host.ip !== '10.77.0.1').map((host) => [host.ip, host.mac]),
    );

  test('every one of 104 hosts with its MAC, silent ones too, in a fraction of a second', () => {
    const before = lab.framesSent();
    const { hosts, end } = sweep({ effort: 'quick' });
    expect(found(hosts)).toEqual(expected());
    expect(hosts.find((host) => host.self)?.ip).toBe(MY_IP);
    expect(end.elapsed_ms).toBeLessThan(5000);
    // one question and one datagram per host: the sweep is no flood
    expect(lab.framesSent() - before).toBeLessThan(254 * 2 + 50);
  });

  test('again at once, thoroughly: the same hosts, each proved anew', () => {
    const { hosts, end } = sweep({ rtt: true });
    expect(found(hosts)).toEqual(expected());
    expect(hosts.filter((host) => host.proof === 'cache')).toEqual([]);
    expect(hosts.filter((host) => host.rtt_ms !== null).length).toBeGreaterThanOrEqual(80);
    expect(end.end).toBe('finished');
  }, 30_000);

  test('stop: within a second, what was found stays', () => {
    forget();
    const { lines, end } = sweep({ stop_after_hosts: 10 });
    expect(end.end).toBe('stopped');
    expect(end.at_ms - (end.stopped_at_ms ?? NaN)).toBeLessThan(1000);
    expect(lines.filter((line) => line.kind === 'host').length).toBeLessThan(100);
  });

  test('another card takes over an address: the old one is not believed', () => {
    forget();
    const leave = lab.add({ ip: '10.77.0.240', mac: '00:1b:21:aa:00:01' });
    expect(sweep({ cidr: '10.77.0.240', effort: 'quick' }).hosts[0]?.mac).toBe('001B21AA0001');
    leave();
    forget();
    const leaveToo = lab.add({ ip: '10.77.0.240', mac: '00:1b:21:aa:00:02' });
    expect(sweep({ cidr: '10.77.0.240', effort: 'quick' }).hosts[0]?.mac).toBe('001B21AA0002');
    leaveToo();
  });

  test('behind a router: by echo and by TCP, with no MAC', () => {
    const { hosts } = sweep({ cidr: '10.78.0.0/29' });
    expect(hosts.map((host) => [host.ip, host.mac, host.proof])).toEqual(
      expect.arrayContaining([
        ['10.78.0.5', null, 'icmp'],
        ['10.78.0.6', null, 'icmp'],
      ]),
    );
    expect(sweep({ cidr: '10.78.0.7' }).hosts.map((host) => [host.ip, host.proof])).toEqual([['10.78.0.7', 'tcp']]);
  }, 30_000);

  test('node-arp looks up one live host, and its failures for a dead one stay in its own process', () => {
    const [alive, dead] = raw({ cidr: '10.77.0.3', effort: 'quick', look_up: ['10.77.0.3', '10.77.0.2', '-f'] }) as {
      mac: string | null;
    }[];
    // Debian brings no `arp` by itself; the product then does without the second opinion
    expect(alive?.mac).toBe(existsSync('/usr/sbin/arp') ? '001B21000003' : null);
    expect(dead?.mac).toBeNull();
  }, 30_000);
});
