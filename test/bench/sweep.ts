/**
 * Sweeps in network namespaces: Lanbook beside nmap, arp-scan, fping and a crowd of `ping` processes, in the same lab and the same run,
 * the neighbour table emptied before each. A /24 with 100 live hosts (20 of them drop ICMP), and a /22 with 40. Root only.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CIDR, WIDE, buildLab, noLab, type Lab } from '../lab/lab.ts';
import type { BenchRow } from './row.ts';
import type { SweepEvent } from '../../main/engine/wire/sweep.ts';
import type { SweepOnce } from '../lab/sweep-once.ts';

interface Run {
  readonly ms: number;
  readonly found: number;
}
interface Field {
  readonly name: string;
  readonly cidr: string;
  /** First three octets of its parts, for the shell's loop. */
  readonly parts: readonly string[];
  readonly hosts: ReadonlySet<string>;
  readonly rounds: number;
}
interface Peer {
  readonly name: string;
  readonly program: string;
  /** Takes half a minute for a mostly dead /22: measured on the /24 only. */
  readonly narrow?: boolean;
  args(field: Field): string[];
}

const HOSTS = 100;
const WIDE_HOSTS = 40;
const octets = (first: number, count: number): number[] => Array.from({ length: count }, (_, at) => first + at * 2);
const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** All of them print the addresses of live hosts only. */
const PEERS: readonly Peer[] = [
  { name: 'nmap -sn -n -T5', program: '/usr/bin/nmap', args: ({ cidr }) => ['-sn', '-n', '-T5', cidr] },
  { name: 'arp-scan', program: '/usr/sbin/arp-scan', args: ({ cidr }) => ['-q', '-I', 'eth0', cidr] },
  { name: 'fping -a -g', narrow: true, program: '/usr/bin/fping', args: ({ cidr }) => ['-q', '-a', '-g', cidr] },
  {
    name: 'fping, tuned (-r 0 -i 1 -t 200)',
    program: '/usr/bin/fping',
    args: ({ cidr }) => ['-q', '-a', '-r', '0', '-i', '1', '-t', '200', '-g', cidr],
  },
  {
    name: 'ping, 254 processes at once',
    program: '/bin/sh',
    args: ({ parts }) => [
      '-c',
      `for part in ${parts.join(' ')}; do for i in $(seq 1 254); do (ping -c 1 -W 1 -n -q $part.$i >/dev/null 2>&1 && echo $part.$i) & done; wait; done`,
    ],
  },
];

/** Runs a program on the lab's laptop; the time is of its whole process. */
function clocked(lab: Lab, program: string, args: readonly string[]): { ms: number; out: string } {
  spawnSync('/usr/sbin/ip', ['-n', lab.me, 'neigh', 'flush', 'all']);
  const began = performance.now();
  const { stdout, error } = spawnSync(...lab.command(program, args), {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (error) throw error;
  return { ms: performance.now() - began, out: stdout };
}
const foundIn = (out: string, field: Field): number =>
  new Set(out.match(/\d+\.\d+\.\d+\.\d+/g)?.filter((ip) => field.hosts.has(ip))).size;

function lanbook(lab: Lab, field: Field, effort: SweepOnce['effort']): { inside: Run; whole: Run; lastHost: number } {
  const order: SweepOnce = { cidr: field.cidr, effort, rtt: false, identify: 'none' };
  const script = join(import.meta.dirname, '../lab/sweep-once.ts');
  const { ms, out } = clocked(lab, process.execPath, [script, JSON.stringify(order)]);
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SweepEvent & { at_ms: number });
  const hosts = lines.flatMap((line) =>
    line.kind === 'host' && field.hosts.has(line.host.ip) ? [[line.host.ip, line.at_ms] as const] : [],
  );
  const end = lines.at(-1);
  const found = new Set(hosts.map(([ip]) => ip)).size;
  return {
    inside: { ms: end?.kind === 'end' ? end.elapsed_ms : NaN, found },
    whole: { ms, found },
    lastHost: Math.max(...hosts.map(([, at]) => at)),
  };
}

function measure(lab: Lab, field: Field): BenchRow[] {
  const tools = PEERS.filter(({ narrow }) => !narrow || field.parts.length === 1);
  const peers = tools.map((): Run[] => []);
  const quick: ReturnType<typeof lanbook>[] = [];
  const thorough: ReturnType<typeof lanbook>[] = [];
  for (let round = 0; round < field.rounds; round++) {
    tools.forEach((peer, at) => {
      const { ms, out } = clocked(lab, peer.program, peer.args(field));
      peers[at]?.push({ ms, found: foundIn(out, field) });
    });
    quick.push(lanbook(lab, field, 'quick'));
    if (round === 0) thorough.push(lanbook(lab, field, 'thorough'));
  }
  const nmap = middle((peers[0] ?? []).map(({ ms }) => ms));
  const row = (name: string, times: readonly number[], runs: readonly Run[]): BenchRow => ({
    name: `sweep of ${field.name}: ${name}`,
    value: Math.round(middle(times)),
    unit: 'ms',
    ratio: middle(times) / nmap,
    note: `nmap -sn -T5; ${Math.min(...runs.map(({ found }) => found))}/${field.hosts.size} found`,
  });
  const insides = quick.map(({ inside }) => inside);
  const slow = thorough.map(({ inside }) => inside);
  return [
    row(
      'Lanbook, quick',
      insides.map(({ ms }) => ms),
      insides,
    ),
    row(
      'Lanbook, quick, with the start of a process',
      quick.map(({ whole }) => whole.ms),
      insides,
    ),
    row(
      'Lanbook, thorough, last host shown',
      thorough.map(({ lastHost }) => lastHost),
      slow,
    ),
    row(
      'Lanbook, thorough, the dead asked three times',
      slow.map(({ ms }) => ms),
      slow,
    ),
    ...tools.map((peer, at) =>
      row(
        peer.name,
        (peers[at] ?? []).map(({ ms }) => ms),
        peers[at] ?? [],
      ),
    ),
  ];
}

const TABLE_MOST = '/proc/sys/net/ipv4/neigh/default/gc_thresh3';
/**
 * All namespaces share one neighbour table of 1,024 entries, so the lab's hosts, and other labs beside it, sit in the laptop's. Here it
 * gets the room it would have to itself; Lanbook cannot see that from inside and goes on holding itself to 1,024.
 */
function withOwnTable<T>(work: () => T): T {
  const before = readFileSync(TABLE_MOST, 'latin1');
  writeFileSync(TABLE_MOST, `${Number(before) * 4}`);
  try {
    return work();
  } finally {
    writeFileSync(TABLE_MOST, before);
  }
}

/** The rows of the table; a single row that says why, where the lab or the tools are missing. */
export function sweepBench(): BenchRow[] {
  const missing = noLab() ?? PEERS.find(({ program }) => !existsSync(program))?.program;
  if (missing !== undefined) return [{ name: `sweeps: not measured here (${missing})`, value: 0, unit: '' }];
  const lab = buildLab({ plain: octets(3, HOSTS - 20), silent: octets(164, 20), wide: WIDE_HOSTS });
  try {
    return [
      {
        name: `a /24 with ${HOSTS} hosts`,
        cidr: CIDR,
        parts: ['10.77.0'],
        hosts: new Set(lab.hosts.map(({ ip }) => ip)),
        rounds: 5,
      },
      {
        name: `a /22 with ${WIDE_HOSTS} hosts`,
        cidr: WIDE,
        parts: [0, 1, 2, 3].map((part) => `10.80.${part}`),
        hosts: new Set(lab.wide),
        rounds: 3,
      },
    ].flatMap((field) => withOwnTable(() => measure(lab, field)));
  } finally {
    lab.close();
  }
}
