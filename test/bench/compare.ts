/** Comparing a large sweep with a large register, beside SQLite joining the same rows in one query. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unidentified } from '../../shared/features/discovery/identity.ts';
import { match } from '../../shared/features/discovery/match.ts';
import { bindings, subnets } from '../../shared/features/ipam.ts';
import { locations } from '../../shared/features/locations.ts';
import { people } from '../../shared/features/people.ts';
import { parseIp, showIp } from '../../shared/ip.ts';
import type { Engine } from '../../main/engine/engine.ts';
import { addressEvidence } from '../../main/engine/features/ipam/evidence.ts';
import { compare } from '../../main/engine/features/discovery/compare.ts';
import { beginSweep, endSweep, findSweep, hostsOf, saveSightings } from '../../main/engine/features/discovery/store.ts';
import { clientOf } from '../../main/engine/serve.ts';
import { startEngine } from '../../main/engine/start.ts';
import type { BenchRow } from './row.ts';

const MANY = 20_000;
const FIRST = parseIp('10.20.0.0') as number;
const PEOPLE = 2000;
const ROOMS = 400;
/** Sweeps of the days before: what misses are counted from. */
const BEFORE = 4;
const RUNS = 9;
const DAY_MS = 86_400_000;

const ip = (at: number): string => showIp(FIRST + at);
const mac = (at: number): string => (0x001b21000000 + at).toString(16).toUpperCase().padStart(12, '0');

function register(engine: Engine): void {
  engine.command('bench.register', (tx) => {
    const rooms = Array.from({ length: ROOMS }, (_, at) =>
      tx.insert(locations, { name: `房间${at}`, kind: 'room', parent_id: null }),
    );
    const users = Array.from({ length: PEOPLE }, (_, at) =>
      tx.insert(people, {
        name: `用户${at % 1900}`,
        department: `科室${at % 40}`,
        identity: 'staff',
        letter: 'signed',
        status: 'active',
      }),
    );
    const nets = Array.from({ length: Math.ceil(MANY / 4096) }, (_, at) =>
      tx.insert(subnets, { cidr: `${ip(at * 4096)}/20`, name: `网段${at}`, purpose: 'office' }),
    );
    for (let at = 0; at < MANY; at += 1)
      tx.insert(bindings, {
        ip: ip(at),
        mac: mac(at),
        person_id: users[at % PEOPLE]?.id ?? '',
        location_id: rooms[at % ROOMS]?.id ?? null,
        subnet_id: nets[Math.floor(at / 4096)]?.id ?? '',
        hostname: `PC-${at}`,
        state: 'active',
        opened_on: '2026-03-02',
        opened_at: Date.parse('2026-03-02T09:00+08:00'),
      });
  });
}

/** Of each hundred: 80 as registered, 10 with another card, 5 moved to a free address; 10 are not there, and 5 strangers. */
function observe(engine: Engine, at: number): string {
  const id = beginSweep(engine.db, at, { cidrs: ['10.20.0.0/16'], effort: 'thorough', total: 65_534, gateway: '' });
  const hosts = Array.from({ length: MANY }, (_, n) => {
    const part = n % 100;
    if (part < 80) return { ip: ip(n), mac: mac(n) };
    if (part < 90) return { ip: ip(n), mac: mac(n + 500_000) };
    if (part < 95) return { ip: ip(n + 25_000), mac: mac(n) };
    return { ip: ip(n + 25_000), mac: mac(n + 900_000) };
  });
  const seen = hosts.map((host, n) => ({
    ...host,
    self: false,
    proof: 'arp' as const,
    vendor: 'Intel Corporate',
    random: false,
    rtt_ms: 0.4,
    loss_percent: 0,
    ttl: 128,
    ...unidentified,
    name: `PC-${n}`,
    names: [{ source: 'netbios' as const, name: `PC-${n}` }],
  }));
  saveSightings(engine.db, id, at + 1000, seen);
  endSweep(engine.db, id, at + 5000, { ending: 'finished', runs: [[FIRST, FIRST + 65_534]], pingMissing: false });
  return id;
}

const JOIN = `
  SELECT g.ip, g.mac, own.id, other.id FROM _sightings g
    LEFT JOIN bindings own ON own.ip = g.ip AND own.state <> 'released' AND own.deleted_at IS NULL
    LEFT JOIN bindings other ON other.mac = g.mac AND other.state <> 'released' AND other.deleted_at IS NULL
  WHERE g.sweep_id = ?
  UNION ALL
  SELECT b.ip, b.mac, b.id, NULL FROM bindings b
  WHERE b.state = 'active' AND b.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM _sightings g WHERE g.sweep_id = ? AND g.ip = b.ip)`;

/** The fastest of several runs, in milliseconds: what is left of other people's work on the machine. */
async function fastest(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return Math.min(...times);
}

export async function compareBench(): Promise<BenchRow[]> {
  const dir = mkdtempSync(join(tmpdir(), 'lanbook-compare-'));
  const engine = startEngine({ dataDir: dir });
  try {
    const client = clientOf(engine);
    await client.system.setup({ unit: '临江市第三中学', technician: '李明', machine: 'L03', language: 'zh-CN' });
    register(engine);
    const now = engine.clock.now();
    for (let n = BEFORE; n > 0; n -= 1) observe(engine, now - n * DAY_MS);
    const id = observe(engine, now);
    const { db } = engine;
    const sweep = findSweep(db, id);
    if (!sweep) throw new Error('the sweep was not stored');
    const hosts = hostsOf(db, id);
    const book = { ...addressEvidence(db), assetOf: () => null };
    const what = '20,000 observations with 20,000 bindings';
    const pure = await fastest(() => match({ seen: hosts, covered: sweep.runs, silence: () => 'silent' }, book));
    const joined = await fastest(() => db.all(JOIN, id, id));
    // something is written each time, so that no kept answer is measured
    const write = (): unknown => engine.db.raw.exec("UPDATE _settings SET value = value WHERE key = 'setup'");
    const whole = await fastest(() => {
      write();
      compare(db, sweep, engine.today(), false);
    });
    const asked = await fastest(async () => {
      write();
      await client.discovery.findings({ sweep_id: id });
    });
    const again = await fastest(() => client.discovery.findings({ sweep_id: id }));
    const peer = 'one SQLite join of the same rows';
    return [
      { name: `${what}: judged (pure)`, value: pure, unit: 'ms', ratio: pure / joined, note: peer },
      { name: `${what}: read, judged, put into words`, value: whole, unit: 'ms', ratio: whole / joined, note: peer },
      {
        name: `${what}: the call, checked on the way out`,
        value: asked,
        unit: 'ms',
        ratio: asked / joined,
        note: peer,
      },
      { name: `${what}: asked again`, value: again, unit: 'ms', ratio: again / joined, note: peer },
    ];
  } finally {
    engine.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
