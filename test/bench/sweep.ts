/**
 * A /24 with 100 live hosts (20 of them drop ICMP) in network namespaces: Lanbook beside nmap, arp-scan and fping, in the same lab and
 * the same run, the neighbour table emptied before each. Root only.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CIDR, buildLab, noLab, type Lab } from '../lab/lab.ts';
import type { BenchRow } from './row.ts';
import type { SweepEvent } from '../../main/engine/wire/sweep.ts';
import type { SweepOnce } from '../lab/sweep-once.ts';

interface Run {
  readonly ms: number;
  readonly found: number;
}

const ROUNDS = 5;
const HOSTS = 100;
const octets = (first: number, count: number): number[] => Array.from({ length: count }, (_, at) => first + at * 2);
const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Runs a program on the lab's laptop; the time is of its whole process. */
function clocked(lab: Lab, program: string, args: readonly string[]): { ms: number; out: string } {
  spawnSync('/usr/sbin/ip', ['-n', lab.me, 'neigh', 'flush', 'all']);
  const began = performance.now();
  const { stdout, error } = spawnSync(...lab.command(program, args), {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (error) throw error;
  return { ms: performance.now() - began, out: stdout };
}
const macsIn = (out: string): number =>
  new Set(out.match(/00:1b:21:00:00:[0-9a-f]{2}/gi)?.map((mac) => mac.toLowerCase())).size;

const TOOLS = [
  { name: 'nmap -sn -n -T5', program: '/usr/bin/nmap', args: ['-sn', '-n', '-T5', CIDR], count: macsIn },
  { name: 'arp-scan', program: '/usr/sbin/arp-scan', args: ['-q', '-I', 'eth0', CIDR], count: macsIn },
  {
    name: 'fping -a -g',
    program: '/usr/bin/fping',
    args: ['-q', '-a', '-g', CIDR],
    count: (out: string) => out.trim().split('\n').length - 1,
  },
] as const;

function lanbook(lab: Lab, effort: SweepOnce['effort']): { inside: Run; whole: Run; lastHost: number } {
  const order: SweepOnce = { cidr: CIDR, effort, rtt: false, identify: 'none' };
  const { ms, out } = clocked(lab, process.execPath, [
    join(import.meta.dirname, '../lab/sweep-once.ts'),
    JSON.stringify(order),
  ]);
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SweepEvent & { at_ms: number });
  const hosts = lines.flatMap((line) =>
    line.kind === 'host' && !line.host.self && line.host.mac !== null ? [[line.host.mac, line.at_ms] as const] : [],
  );
  const end = lines.at(-1);
  const found = new Set(hosts.map(([mac]) => mac)).size;
  return {
    inside: { ms: end?.kind === 'end' ? end.elapsed_ms : NaN, found },
    whole: { ms, found },
    lastHost: Math.max(...hosts.map(([, at]) => at)),
  };
}

/** The rows of the table; a single row that says why, where the lab or the tools are missing. */
export function sweepBench(): BenchRow[] {
  const missing = noLab() ?? TOOLS.find((tool) => !existsSync(tool.program))?.program;
  if (missing !== undefined) return [{ name: `sweep of a /24: not measured here (${missing})`, value: 0, unit: '' }];
  const lab = buildLab({ plain: octets(3, HOSTS - 20), silent: octets(164, 20) });
  try {
    const runs = {
      tools: TOOLS.map((): Run[] => []),
      quick: [] as ReturnType<typeof lanbook>[],
      thorough: [] as ReturnType<typeof lanbook>[],
    };
    for (let round = 0; round < ROUNDS; round++) {
      TOOLS.forEach((tool, at) => {
        const { ms, out } = clocked(lab, tool.program, tool.args);
        runs.tools[at]?.push({ ms, found: tool.count(out) });
      });
      runs.quick.push(lanbook(lab, 'quick'));
      if (round === 0) runs.thorough.push(lanbook(lab, 'thorough'));
    }
    const fastest = Math.min(...runs.tools.map((each) => middle(each.map((run) => run.ms))));
    const row = (name: string, times: readonly number[], found: readonly number[]): BenchRow => ({
      name,
      value: Math.round(middle(times)),
      unit: 'ms',
      ratio: middle(times) / fastest,
      note: `${Math.min(...found)}/${HOSTS} found`,
    });
    const quick = runs.quick.map((run) => run.inside);
    return [
      row(
        'sweep /24: Lanbook, quick',
        quick.map((run) => run.ms),
        quick.map((run) => run.found),
      ),
      row(
        'sweep /24: Lanbook, quick, with the start of a process',
        runs.quick.map((run) => run.whole.ms),
        quick.map((run) => run.found),
      ),
      row(
        'sweep /24: Lanbook, thorough, last host shown',
        runs.thorough.map((run) => run.lastHost),
        runs.thorough.map((run) => run.inside.found),
      ),
      row(
        'sweep /24: Lanbook, thorough, the dead asked three times',
        runs.thorough.map((run) => run.inside.ms),
        runs.thorough.map((run) => run.inside.found),
      ),
      ...TOOLS.map((tool, at) =>
        row(
          `sweep /24: ${tool.name}`,
          (runs.tools[at] ?? []).map((run) => run.ms),
          (runs.tools[at] ?? []).map((run) => run.found),
        ),
      ),
    ];
  } finally {
    lab.close();
  }
}
