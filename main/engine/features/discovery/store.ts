/** Sweeps and sightings: evidence of this laptop, written as it comes in, never part of the register. */
import { newId } from '../../ids.ts';
import type { DiscoveredHost, SweepSummary } from '../../../../shared/features/discovery.ts';
import { mergeRuns, type Runs } from '../../../../shared/features/discovery/scope.ts';
import { isRandomMac } from '../../../../shared/mac.ts';
import type { ReadDb } from '../../db.ts';

interface SweepRow {
  readonly id: string;
  readonly cidrs: string;
  readonly effort: SweepSummary['effort'];
  readonly source: SweepSummary['source'];
  readonly label: string | null;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly ending: SweepSummary['ending'];
  readonly covered: string;
  readonly total: number;
  readonly ping_missing: number;
  readonly gateway: string | null;
  readonly found: number;
}
export interface StoredSweep extends SweepSummary {
  readonly runs: Runs;
  /** The networks it was approved for, as JSON; null on sweeps of before and of other programs. */
  readonly gateway: string | null;
}

const SELECT = 'SELECT s.*, (SELECT count(DISTINCT ip) FROM _sightings WHERE sweep_id = s.id) AS found FROM _sweeps s';

function asSweep(row: SweepRow): StoredSweep {
  const runs = JSON.parse(row.covered) as Runs;
  return {
    ...row,
    cidrs: JSON.parse(row.cidrs) as string[],
    covered: runs.reduce((sum, [first, last]) => sum + last - first + 1, 0),
    ping_missing: row.ping_missing === 1,
    runs,
  };
}

export const summaryOf = ({ runs: _runs, gateway: _gateway, ...sweep }: StoredSweep): SweepSummary => sweep;

export function beginSweep(
  db: ReadDb,
  at: number,
  order: { cidrs: readonly string[]; effort: string; total: number; gateway?: string },
): string {
  const id = newId(at);
  db.prepare(
    "INSERT INTO _sweeps (id, cidrs, effort, started_at, ending, covered, total, ping_missing, gateway) VALUES (?, ?, ?, ?, 'running', '[]', ?, 0, ?)",
  ).run(id, JSON.stringify(order.cidrs), order.effort, at, order.total, order.gateway ?? null);
  return id;
}

/** A sweep that was broken off goes on: from now on it is running again. */
export function reopenSweep(db: ReadDb, id: string): void {
  db.prepare("UPDATE _sweeps SET ended_at = NULL, ending = 'running' WHERE id = ?").run(id);
}

/** What was seen and what was settled, together: nobody is taken for silent whose answer was not written down. */
export function saveProgress(
  db: ReadDb,
  id: string,
  at: number,
  { hosts, runs }: { hosts: readonly DiscoveredHost[]; runs: Runs },
): void {
  db.raw.transaction(() => {
    saveSightings(db, id, at, hosts);
    db.prepare('UPDATE _sweeps SET covered = ? WHERE id = ?').run(JSON.stringify(mergeRuns(runs)), id);
  })();
}

export function endSweep(
  db: ReadDb,
  id: string,
  at: number,
  end: { ending: SweepSummary['ending']; runs: Runs; pingMissing: boolean },
): void {
  db.prepare('UPDATE _sweeps SET ended_at = ?, ending = ?, covered = ?, ping_missing = ? WHERE id = ?').run(
    at,
    end.ending,
    JSON.stringify(mergeRuns(end.runs)),
    end.pingMissing ? 1 : 0,
    id,
  );
}

/** Hosts as they are known so far; telling one again replaces what was known. */
export function saveSightings(db: ReadDb, sweepId: string, at: number, hosts: readonly DiscoveredHost[]): void {
  const put = db.prepare(
    `INSERT INTO _sightings (sweep_id, ip, mac, proof, vendor, rtt_ms, loss_percent, ttl, name, title, kind, names, ports, evidence, seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (sweep_id, ip, mac) DO UPDATE SET proof = excluded.proof, vendor = excluded.vendor, rtt_ms = excluded.rtt_ms, loss_percent = excluded.loss_percent,
       ttl = excluded.ttl, name = excluded.name, title = excluded.title, kind = excluded.kind, names = excluded.names, ports = excluded.ports,
       evidence = excluded.evidence`,
  );
  db.raw.transaction(() => {
    for (const host of hosts)
      put.run(
        sweepId,
        host.ip,
        host.mac ?? '',
        host.proof,
        host.vendor,
        host.rtt_ms,
        host.loss_percent,
        host.ttl,
        host.name,
        host.title,
        host.kind,
        JSON.stringify(host.names),
        JSON.stringify(host.ports),
        JSON.stringify(host.evidence),
        at,
      );
  })();
}

export const listSweeps = (db: ReadDb, limit: number): StoredSweep[] =>
  db.all<SweepRow>(`${SELECT} ORDER BY s.started_at DESC, s.id DESC LIMIT ?`, limit).map(asSweep);

export function findSweep(db: ReadDb, id: string): StoredSweep | null {
  const row = db.get<SweepRow>(`${SELECT} WHERE s.id = ?`, id);
  return row ? asSweep(row) : null;
}

export interface SeenHost extends DiscoveredHost {
  readonly seen_at: number;
}
interface SightingRow extends Omit<DiscoveredHost, 'self' | 'random' | 'mac' | 'names' | 'ports' | 'evidence'> {
  readonly mac: string;
  readonly names: string;
  readonly ports: string;
  readonly evidence: string;
  readonly seen_at: number;
}
const SEEN = `SELECT ip, mac, proof, vendor, rtt_ms, loss_percent, ttl, name, title, kind, names, ports, evidence, seen_at
  FROM _sightings WHERE sweep_id = ?`;
/** Most hosts tell little of themselves: of 20,000, reading the empty lists would take longest. */
const listIn = <T>(text: string): T[] => (text === '[]' ? [] : (JSON.parse(text) as T[]));
const asHost = (row: SightingRow): SeenHost => ({
  ...row,
  mac: row.mac || null,
  names: listIn(row.names),
  ports: listIn(row.ports),
  evidence: listIn(row.evidence),
  self: row.proof === 'self',
  random: row.mac !== '' && isRandomMac(row.mac),
});
export const hostsOf = (db: ReadDb, sweepId: string): SeenHost[] => db.all<SightingRow>(SEEN, sweepId).map(asHost);
/** Everybody seen at one address in a sweep. */
export const hostsAt = (db: ReadDb, sweepId: string, ip: string): SeenHost[] =>
  db.all<SightingRow>(`${SEEN} AND ip = ?`, sweepId, ip).map(asHost);

/** Of addresses where more than one card was seen in a time and up to a sweep: which cards, oldest first. */
export function cardsTakingTurns(db: ReadDb, sweep: StoredSweep, withinMs: number): { ip: string; mac: string }[] {
  const span = [sweep.started_at - withinMs, sweep.started_at] as const;
  // one sweep alone sees no turns
  if (sweepsBetween(db, ...span) < 2) return [];
  const rows =
    "_sweeps s JOIN _sightings g ON g.sweep_id = s.id WHERE s.started_at BETWEEN ? AND ? AND g.mac <> '' AND g.proof <> 'cache'";
  return db.all(
    `SELECT g.ip, g.mac FROM ${rows} AND g.ip IN (SELECT g.ip FROM ${rows} GROUP BY g.ip HAVING min(g.mac) <> max(g.mac))
     ORDER BY s.started_at, s.id, g.mac`,
    ...span,
    ...span,
  );
}

/** When this card was last seen at this address. */
export const lastSeen = (db: ReadDb, ip: string, mac: string): number | null =>
  db.value<number | null>('SELECT max(seen_at) FROM _sightings WHERE ip = ? AND mac = ?', ip, mac) ?? null;
/** The same of many addresses at once; for one without a card, when anybody was. */
export const lastSeenAt = (db: ReadDb, wanted: readonly { ip: string; mac: string | null }[]): Map<string, number> =>
  new Map(
    db
      .all<{ ip: string; at: number }>(
        `SELECT g.ip, max(g.seen_at) AS at FROM json_each(?) wanted JOIN _sightings g ON g.ip = wanted.value ->> 'ip'
         WHERE wanted.value ->> 'mac' IS NULL OR g.mac = wanted.value ->> 'mac' GROUP BY g.ip`,
        JSON.stringify(wanted),
      )
      .map(({ ip, at }) => [ip, at]),
  );

/** Own sweeps that began since a moment, newest first. */
export const sweepsSince = (db: ReadDb, from: number): StoredSweep[] =>
  db
    .all<SweepRow>(
      `${SELECT} WHERE s.source = 'sweep' AND s.started_at > ? ORDER BY s.started_at DESC, s.id DESC`,
      from,
    )
    .map(asSweep);

/** How many sweeps began between two moments. */
export const sweepsBetween = (db: ReadDb, from: number, to: number): number =>
  db.value<number>('SELECT count(*) FROM _sweeps WHERE started_at BETWEEN ? AND ?', from, to) ?? 0;
