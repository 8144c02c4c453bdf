/**
 * A 48-port switch with 2,000 MACs (Q-BRIDGE, interfaces, LLDP, ARP), an agent of ours in a process of its own: Lanbook through its helper
 * process beside Debian's snmpbulkwalk over the same tables, in the same run.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSnmpReader } from '../../main/engine/snmp/reader.ts';
import { spawnHelper } from '../../main/engine/spawn-helper.ts';
import { watchBlocks } from './block.ts';
import { percentile, type BenchRow } from './row.ts';

const ROUNDS = 5;
const MACS = 2000;
const BULKWALK = '/usr/bin/snmpbulkwalk';
const COMMUNITY = 'walk-community';
/** What Lanbook asks of such a switch, table by table; the agent holds only the columns that Lanbook reads. */
const TABLES = [
  '1.3.6.1.2.1.1',
  '1.3.6.1.2.1.2.2',
  '1.3.6.1.2.1.31.1.1',
  '1.3.6.1.2.1.4.20',
  '1.3.6.1.2.1.4.22',
  '1.3.6.1.2.1.17.1.4',
  '1.3.6.1.2.1.17.7.1.2.2',
  '1.3.6.1.2.1.17.7.1.4.2',
  '1.0.8802.1.1.2.1.3.7',
  '1.0.8802.1.1.2.1.4.1',
  '1.0.8802.1.1.2.1.4.2',
];

const switchWith48Ports = `
sysDescr.0 = STR: 48-port access switch
sysObjectID.0 = OID: 1.3.6.1.4.1.25506.1.1
sysUpTime.0 = TICKS: 4711
sysName.0 = STR: JXL-2F
ifDescr.{1..52} = STR: GigabitEthernet1/0/{}
ifType.{1..52} = INT: 6
ifSpeed.{1..52} = GAUGE: 1000000000
ifPhysAddress.{1..52} = HEX: 703d1500{x}00
ifAdminStatus.{1..52} = INT: 1
ifOperStatus.{1..52} = INT: 1
ifName.{1..52} = STR: GigabitEthernet1/0/{}
ifHighSpeed.{1..52} = GAUGE: 1000
ifAlias.{1..52} = STR: 教室 {}
ipAdEntIfIndex.10.30.20.2 = INT: 100
ipNetToMediaPhysAddress.100.10.30.20.{1..250} = HEX: 001b22{x}0007
ipNetToMediaType.100.10.30.20.{1..250} = INT: 3
dot1dBasePortIfIndex.{1..52} = INT: {}
dot1qTpFdbPort.20.001b22{1..40:x}{0..49:x}07 = INT: {}
dot1qTpFdbStatus.20.001b22{1..40:x}{0..49:x}07 = INT: 3
dot1qVlanFdbId.0.{1..40} = GAUGE: {}
lldpLocPortIdSubtype.{1..52} = INT: 5
lldpLocPortId.{1..52} = STR: GigabitEthernet1/0/{}
lldpRemChassisIdSubtype.0.{49..52}.1 = INT: 4
lldpRemChassisId.0.{49..52}.1 = HEX: 4c1fcc10{x}00
lldpRemPortIdSubtype.0.{49..52}.1 = INT: 5
lldpRemPortId.0.{49..52}.1 = STR: GigabitEthernet0/0/24
lldpRemSysName.0.{49..52}.1 = STR: switch-{}
lldpRemSysCapEnabled.0.{49..52}.1 = HEX: 28
lldpRemManAddrIfSubtype.0.{49..52}.1.1.4.10.30.20.{} = INT: 2
`;

/** Milliseconds for all tables, and the lines that came. */
function bulkwalk(port: number, repetitions: number): { ms: number; lines: number } {
  const began = performance.now();
  let lines = 0;
  for (const table of TABLES) {
    // numbers only: no MIB is loaded, which would take longer than the walk
    const asked = ['-v2c', '-c', COMMUNITY, '-m', '', '-On', `-Cr${repetitions}`, `127.0.0.1:${port}`, table];
    const { stdout, status, stderr } = spawnSync(BULKWALK, asked, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    lines += stdout.trim().split('\n').length;
  }
  return { ms: performance.now() - began, lines };
}

interface Figures {
  readonly cold: number;
  readonly warm: number;
  readonly longest: number;
  readonly note: string;
  /** By repetitions; empty where the program is not on this machine. */
  readonly peers: readonly { readonly repetitions: number; readonly ms: number; readonly lines: number }[];
}

/** `slowMs`: what the switch's processor takes for a question; real ones take 5 to 20. */
async function measure(dir: string, slowMs: number): Promise<Figures> {
  const file = join(dir, `${slowMs}.walk`);
  writeFileSync(file, `! slow ${slowMs}\n${switchWith48Ports}`);
  const agent = spawn(process.execPath, [join(import.meta.dirname, '../lab/snmp-agent.ts'), file]);
  const reader = createSnmpReader(spawnHelper);
  try {
    const [ready] = (await once(agent.stdout, 'data')) as [Buffer];
    const port = Number(ready.toString());
    const order = { ip: '127.0.0.1', port, credential: { version: 'v2c', community: COMMUNITY } } as const;
    const times: number[] = [];
    const walked = new Map<number, ReturnType<typeof bulkwalk>[]>([10, 50].map((each) => [each, []]));
    let longest = 0;
    let note = '';
    for (let round = 0; round <= ROUNDS; round++) {
      const blocks = watchBlocks();
      const began = performance.now();
      const reading = await reader.read(order);
      times.push(performance.now() - began);
      const block = blocks();
      // the first starts the process
      if (round > 0) longest = Math.max(longest, block);
      note = `${reading.forwarding.length}/${MACS} MACs, ${reading.varbinds} objects`;
      if (existsSync(BULKWALK)) for (const [repetitions, list] of walked) list.push(bulkwalk(port, repetitions));
    }
    const [cold = NaN, ...warm] = times;
    const peers = [...walked].flatMap(([repetitions, list]) =>
      list.length === 0
        ? []
        : [
            {
              repetitions,
              ms: percentile(
                list.map(({ ms }) => ms),
                0.5,
              ),
              lines: list[0]?.lines ?? 0,
            },
          ],
    );
    return { cold, warm: percentile(warm, 0.5), longest, note, peers };
  } finally {
    reader.close();
    agent.kill();
  }
}

export async function snmpBench(): Promise<BenchRow[]> {
  const dir = mkdtempSync(join(tmpdir(), 'lanbook-snmp-'));
  try {
    const rows: BenchRow[] = [];
    for (const slowMs of [5, 0]) {
      const { cold, warm, longest, note, peers } = await measure(dir, slowMs);
      const what = `SNMP, 48 ports, ${MACS} MACs, ${slowMs === 0 ? 'agent as fast as it can' : `${slowMs} ms a question`}`;
      const theirs = Math.min(...peers.map(({ ms }) => ms));
      const ratio = (value: number): { ratio?: number } => (peers.length > 0 ? { ratio: value / theirs } : {});
      rows.push(
        { name: `${what}: Lanbook`, value: warm, unit: 'ms', ...ratio(warm), note },
        { name: `${what}: Lanbook, with the start of a process`, value: cold, unit: 'ms', ...ratio(cold) },
        { name: `${what}: longest block of the engine`, value: longest, unit: 'ms', note: 'aim: under 16 ms' },
        ...peers.map(({ repetitions, ms, lines }) => ({
          name: `${what}: snmpbulkwalk -Cr${repetitions}, ${TABLES.length} tables`,
          value: ms,
          unit: 'ms',
          note: `${lines} objects`,
        })),
      );
    }
    if (!existsSync(BULKWALK)) rows.push({ name: `${BULKWALK}: not on this machine`, value: 0, unit: '' });
    return rows;
  } finally {
    rmSync(dir, { recursive: true });
  }
}
