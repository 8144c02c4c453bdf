/** Another scanner's file as a stored sweep: read in the helper process, shown first, then written like a sweep of our own. */
import { createHash } from 'node:crypto';
import { newId } from '../../ids.ts';
import type { DiscoveredHost } from '../../../../shared/features/discovery.ts';
import { classify } from '../../../../shared/features/discovery/classify.ts';
import { bestName } from '../../../../shared/features/discovery/identity.ts';
import type { ScanPreview, StoredSweepSummary } from '../../../../shared/features/discovery/history.ts';
import { isPrivate, runsOf } from '../../../../shared/features/discovery/scope.ts';
import { contains, parseIp, showIp, type Cidr } from '../../../../shared/ip.ts';
import { isRandomMac } from '../../../../shared/mac.ts';
import { refuse } from '../../../../shared/refusal.ts';
import { cleanText } from '../../../../shared/untrusted.ts';
import type { ReadDb } from '../../db.ts';
import type { Engine } from '../../engine.ts';
import type { Scan } from '../../scans/types.ts';
import { readScan as readInHelper } from '../../sheets/client.ts';
import { allSubnets, cidrOf } from '../ipam/plan.ts';
import { stagingOf } from '../transfer/staging.ts';
import { needSweep, storedOf } from './past.ts';
import { networkOf } from './run.ts';
import { saveSightings } from './store.ts';

type Drop = ScanPreview['dropped'][number];
interface Read {
  readonly scan: Scan;
  readonly hosts: DiscoveredHost[];
  readonly runs: readonly (readonly [number, number])[];
  readonly dropped: Drop[];
  readonly digest: string;
  readonly name: string;
}
/** What it is, by what the file tells of it. */
const judged = (host: DiscoveredHost): DiscoveredHost => ({
  ...host,
  ...classify({ ...host, services: [], snmp: null }),
});

const SAMPLE = 8;
const EXAMPLES = 3;

/** Each file is read once: between the dry run and the import nothing of it changes. */
const reads = new WeakMap<Engine, Map<string, Read>>();
function readsOf(engine: Engine): Map<string, Read> {
  let known = reads.get(engine);
  if (!known) reads.set(engine, (known = new Map()));
  return known;
}

/** A network of ours: private, or a public range that stands in the address plan (campuses have such). */
function isOurs(db: ReadDb): (address: number) => boolean {
  const planned: Cidr[] = allSubnets(db).map(cidrOf);
  return (address) => isPrivate(address) || planned.some((cidr) => contains(cidr, address));
}

function refuseKnown(db: ReadDb, digest: string): void {
  const before = db.get<{ label: string | null; started_at: number }>(
    'SELECT label, started_at FROM _sweeps WHERE digest = ?',
    digest,
  );
  if (before) throw refuse('scan_known', { name: before.label ?? '' });
}

async function readOnce(engine: Engine, upload: string, signal?: AbortSignal): Promise<Read> {
  const known = readsOf(engine).get(upload);
  if (known) return known;
  const staging = stagingOf(engine);
  const bytes = staging.bytes(upload);
  const digest = createHash('sha256').update(bytes).digest('hex');
  refuseKnown(engine.db, digest);
  const scan = await readInHelper(engine.ports, bytes, signal);
  const ours = isOurs(engine.db);
  const { wire } = networkOf(engine);
  const outside = scan.hosts.filter(({ ip }) => !ours(parseIp(ip) ?? 0));
  const hosts = scan.hosts
    .filter(({ ip }) => ours(parseIp(ip) ?? 0))
    .map((host): DiscoveredHost =>
      judged({
        ...host,
        names: [...host.names],
        ports: [...host.ports],
        self: false,
        // whose computer it was is not known: to us it answered itself
        proof: host.proof === 'self' ? 'icmp' : host.proof,
        vendor: (host.mac === null ? null : wire.vendorOf(host.mac)) ?? host.vendor,
        random: host.mac !== null && isRandomMac(host.mac),
        name: bestName(host.names),
        kind: null,
        evidence: [],
      }),
    );
  const runs = runsOf(
    scan.runs.flatMap(([first, last]) => {
      // a run lies inside one network or not: its ends tell, only runs across an edge are taken apart
      if (ours(first) && ours(last)) return Array.from({ length: last - first + 1 }, (_, at) => first + at);
      return [];
    }),
  );
  const dropped: Drop[] = scan.dropped.map((drop) => ({ ...drop, examples: [...drop.examples] }));
  if (outside.length > 0)
    dropped.push({ why: 'public', n: outside.length, examples: outside.slice(0, EXAMPLES).map(({ ip }) => ip) });
  const name = cleanText(staging.get(upload).name, 120);
  const read: Read = { scan, hosts, runs, dropped, digest, name };
  readsOf(engine).clear();
  readsOf(engine).set(upload, read);
  return read;
}

export async function readScan(engine: Engine, upload: string, signal?: AbortSignal): Promise<ScanPreview> {
  const { scan, hosts, runs, dropped, name } = await readOnce(engine, upload, signal);
  return {
    upload,
    name,
    source: scan.source,
    format: scan.format,
    started_at: scan.started_at,
    scope: [...scan.scope],
    covered: runs.reduce((sum, [first, last]) => sum + last - first + 1, 0),
    hosts: hosts.length,
    with: {
      mac: hosts.filter(({ mac }) => mac !== null).length,
      name: hosts.filter((host) => host.name !== null).length,
      ports: hosts.filter(({ ports }) => ports.length > 0).length,
    },
    dropped,
    partial: scan.partial,
    sample: hosts.slice(0, SAMPLE),
  };
}

export async function importScan(
  engine: Engine,
  order: { readonly upload: string; readonly started_at?: number | undefined },
  signal?: AbortSignal,
): Promise<{ sweep: StoredSweepSummary }> {
  engine.actor();
  const { scan, hosts, runs, digest, name } = await readOnce(engine, order.upload, signal);
  const { db } = engine;
  if (hosts.length === 0 && runs.length === 0) throw refuse('scan_empty');
  const now = Math.trunc(engine.clock.now());
  const told = order.started_at ?? scan.started_at ?? now;
  // a scan of tomorrow was made by a computer whose clock is wrong: it would stand above everything that follows
  if (told > now + 60_000) throw refuse('scan_future');
  const started = Math.min(told, now);
  const took = scan.ended_at !== null && scan.started_at !== null ? scan.ended_at - scan.started_at : 0;
  const ended = Math.min(started + Math.max(0, took), now);
  const id = newId(now);
  const scope =
    scan.scope.length > 0
      ? scan.scope
      : runs.slice(0, 4).map(([a, b]) => (a === b ? showIp(a) : `${showIp(a)}-${showIp(b)}`));
  db.raw.transaction(() => {
    refuseKnown(db, digest);
    db.prepare(
      `INSERT INTO _sweeps (id, cidrs, effort, started_at, ended_at, ending, covered, total, ping_missing, source, label, digest)
       VALUES (?, ?, 'thorough', ?, ?, ?, ?, ?, 0, ?, ?, ?)`,
    ).run(
      id,
      JSON.stringify(scope.slice(0, 64)),
      started,
      ended,
      scan.partial ? 'stopped' : 'finished',
      JSON.stringify(runs),
      runs.reduce((sum, [a, b]) => sum + b - a + 1, 0),
      scan.source,
      name,
      digest,
    );
    saveSightings(db, id, ended, hosts);
  })();
  readsOf(engine).delete(order.upload);
  stagingOf(engine).drop(order.upload);
  engine.changed(['_sweeps']);
  return { sweep: storedOf(db, needSweep(db, id)) };
}
