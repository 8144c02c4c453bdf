/** What really leaves the laptop's card while it sweeps (security.md X6), counted by a tap beside the kernel. */
import { spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describeIf } from '../support/skip.ts';
import { CIDR, MY_IP, buildLab, noLab, type Lab } from './lab.ts';
import type { SweepOnce } from './sweep-once.ts';

interface Frame {
  readonly at: number;
  readonly kind: string;
  readonly to: string;
  /** ARP: 1 asks. ICMP: type. TCP: flags. UDP: port. */
  readonly more: number;
}
const SYN = 2;
const ECHO = 8;
const RATE = 100;
const octets = (first: number, count: number): number[] => Array.from({ length: count }, (_, at) => first + at * 2);

// building namespaces takes seconds where everything else is being tested at the same time
jest.setTimeout(60_000);

const why = noLab();
describeIf(why === null, `The lab is not built: ${why}.`)('what a sweep sends', () => {
  let lab: Lab;
  let tap: ChildProcess;
  let text = '';
  beforeAll(async () => {
    lab = buildLab({ plain: octets(3, 40), silent: octets(4, 10), far: { plain: [5, 6, 7], silent: [9] } });
    tap = lab.start('/usr/bin/perl', [join(import.meta.dirname, 'tap.pl'), 'eth0']);
    tap.stdout?.on('data', (data: Buffer) => (text += data.toString()));
    while (!text.includes('ready')) await delay(20);
  });
  afterAll(() => lab.close());

  /** Sweeps and gives what left the card meanwhile. */
  async function sent(order: Partial<SweepOnce>): Promise<Frame[]> {
    spawnSync('/usr/sbin/ip', ['-n', lab.me, 'neigh', 'flush', 'all']);
    await delay(100);
    text = '';
    const what: SweepOnce = { cidr: CIDR, effort: 'thorough', rtt: true, identify: 'none', ...order };
    const child = lab.start(process.execPath, [join(import.meta.dirname, 'sweep-once.ts'), JSON.stringify(what)]);
    child.stdout?.resume();
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
    await delay(200);
    return text
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
      .map(([at, kind = '', to = '', more]) => ({ at: Number(at), kind, to, more: Number(more) }));
  }
  const targets = (frames: readonly Frame[]): string[] => [...new Set(frames.map(({ to }) => to))].toSorted();
  /** Questions that go through the pool: echoes, connections, and datagrams to anything but the discard port. */
  const probes = (frames: readonly Frame[]): Frame[] =>
    frames.filter(
      ({ kind, more }) =>
        (kind === 'icmp' && more === ECHO) || (kind === 'tcp' && more === SYN) || (kind === 'udp' && more !== 9),
    );
  /** The most of them in any second. */
  const busiest = (frames: readonly Frame[]): number =>
    Math.max(...frames.map(({ at }) => frames.filter((other) => other.at >= at && other.at < at + 1000).length));

  test('goes to the asked hosts of the own subnet alone, and never to its edges', async () => {
    const frames = await sent({ cidr: '10.77.0.0/25' });
    const allowed = new Set(Array.from({ length: 127 }, (_, at) => `10.77.0.${at + 1}`));
    expect(targets(frames).filter((ip) => !allowed.has(ip))).toEqual([]);
    expect(frames.filter(({ kind }) => kind === 'arp').length).toBeLessThanOrEqual(127 * 3 + 60);
    // one datagram to discard for each host that is there, one more at most
    const discards = frames.filter(({ kind, more }) => kind === 'udp' && more === 9);
    expect(discards.length).toBeGreaterThan(20);
    expect(new Set(discards.map(({ to }) => to)).size).toBeLessThanOrEqual(127);
  }, 60_000);

  test('all of a subnet without its network and broadcast address, nor the laptop itself', async () => {
    const frames = await sent({ effort: 'quick' });
    const asked = targets(frames.filter(({ kind, more }) => kind === 'arp' && more === 1));
    expect(asked).not.toContain('10.77.0.0');
    expect(asked).not.toContain('10.77.0.255');
    expect(asked.filter((ip) => ip !== MY_IP)).toHaveLength(253);
    expect(targets(frames).filter((ip) => !ip.startsWith('10.77.0.'))).toEqual([]);
  }, 60_000);

  test('behind a router: only what was asked, though more is reachable, and no faster than allowed', async () => {
    const frames = await sent({ cidr: '10.78.0.0/27' });
    const beyond = probes(frames);
    const allowed = new Set(Array.from({ length: 30 }, (_, at) => `10.78.0.${at + 1}`));
    expect(targets(beyond).filter((ip) => !allowed.has(ip))).toEqual([]);
    expect(targets(beyond)).toHaveLength(30);
    // the only other one spoken to is the router that carries it
    expect(targets(frames.filter(({ kind }) => kind === 'arp'))).toEqual(['10.77.0.1']);
    const seconds = Math.max(1, ((beyond.at(-1)?.at ?? 0) - (beyond[0]?.at ?? 0)) / 1000);
    expect(beyond.length).toBeLessThanOrEqual(RATE * seconds * 1.1);
    expect(busiest(beyond)).toBeLessThanOrEqual(RATE * 1.1 + 32);
  }, 60_000);

  test('own and routed subnets together, with all there is to ask of a host: one pace for everything', async () => {
    const frames = await sent({ cidr: '10.77.0.0/24 10.78.0.0/28', effort: 'quick', identify: 'full' });
    const asked = probes(frames).filter(({ to }) => to.startsWith('10.7'));
    expect(asked.length).toBeGreaterThan(100);
    const seconds = ((asked.at(-1)?.at ?? 0) - (asked[0]?.at ?? 0)) / 1000;
    expect(asked.length).toBeLessThanOrEqual(RATE * seconds * 1.1);
    // a process that starts late bunches up what is under way, at most 32 of them
    expect(busiest(asked)).toBeLessThanOrEqual(RATE * 1.1 + 32);
    expect(targets(asked).filter((ip) => ip.startsWith('10.79.') || /\.(?:0|255)$/.test(ip))).toEqual([]);
  }, 120_000);
});
