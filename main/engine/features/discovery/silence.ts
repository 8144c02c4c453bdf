/** Who was missed how often: a registered address is silent only after several sweeps on end, asked in two ways. */
import { grouped } from '../../../../shared/features/discovery/match/flipping.ts';
import { parseIp } from '../../../../shared/ip.ts';
import type { ReadDb } from '../../db.ts';
import { silentAfter } from './naming.ts';
import type { StoredSweep } from './store.ts';

/** Misses are counted so far: "10" means ten or more. */
const MISSES_COUNTED = 10;
/** Sweeps of other subnets lie between. */
const LOOKED_THROUGH = 200;
/** A neighbour question and an echo, or an echo and TCP behind a router. */
export const WAYS_NEEDED = 2;
export const ways = ['arp', 'icmp', 'tcp'] as const;
export type Way = (typeof ways)[number];

export interface Misses {
  /** Sweeps on end that asked in vain, this one included. */
  readonly times: number;
  /** How it was asked in those. */
  readonly ways: ReadonlySet<Way>;
}
export interface Absence {
  misses(ip: string): Misses;
  /** Whether what was missed so often counts as silent. */
  verdict(ip: string): 'silent' | 'unseen';
}

interface Trail {
  readonly id: string;
  readonly started_at: number;
  readonly runs: readonly (readonly [number, number])[];
}
const trailOf = (db: ReadDb, sweep: StoredSweep): Trail[] =>
  db
    .all<{ id: string; started_at: number; covered: string }>(
      `SELECT id, started_at, covered FROM _sweeps WHERE started_at <= ? AND covered <> '[]'
       ORDER BY started_at DESC, id DESC LIMIT ?`,
      sweep.started_at,
      LOOKED_THROUGH,
    )
    .map(({ covered, ...row }) => ({ ...row, runs: JSON.parse(covered) as Trail['runs'] }));

/** Reads what is known of these addresses at once. */
export function absenceIn(db: ReadDb, sweep: StoredSweep, ips: readonly string[]): Absence {
  const trail = trailOf(db, sweep);
  const after = silentAfter(db);
  const until = Math.max(sweep.ended_at ?? sweep.started_at, sweep.started_at);
  const wanted = JSON.stringify(ips);
  const seen = new Map(
    db
      .all<{ ip: string; at: number }>(
        `SELECT g.ip, max(g.seen_at) AS at FROM json_each(?) wanted JOIN _sightings g ON g.ip = wanted.value
         WHERE g.seen_at <= ? GROUP BY g.ip`,
        wanted,
        until,
      )
      .map(({ ip, at }) => [ip, at] as const),
  );
  const looks = grouped(
    db.all<{ ip: string; sweep_id: string; way: Way }>(
      'SELECT l.ip, l.sweep_id, l.way FROM json_each(?) wanted JOIN _second_looks l ON l.ip = wanted.value',
      wanted,
    ),
    ({ ip }) => ip,
  );
  const misses = (ip: string): Misses => {
    const address = parseIp(ip) ?? 0;
    const last = seen.get(ip) ?? -Infinity;
    const ways = new Set<Way>();
    let times = 0;
    for (const { id, started_at, runs } of trail) {
      if (!runs.some(([first, end]) => address >= first && address <= end)) continue;
      // this sweep itself is one that missed it
      if (times === MISSES_COUNTED || (id !== sweep.id && started_at <= last)) break;
      times += 1;
      for (const look of looks.get(ip) ?? []) if (look.sweep_id === id) ways.add(look.way);
    }
    return { times, ways };
  };
  return {
    misses,
    verdict: (ip) => {
      const { times, ways: asked } = misses(ip);
      return times >= after && asked.size >= WAYS_NEEDED ? 'silent' : 'unseen';
    },
  };
}

/** Writes down in which ways the sweep asked addresses that did not answer. */
export function saveWays(db: ReadDb, sweepId: string, asked: ReadonlyMap<string, readonly Way[]>): void {
  const put = db.prepare('INSERT OR IGNORE INTO _second_looks (sweep_id, ip, way) VALUES (?, ?, ?)');
  db.raw.transaction(() => {
    for (const [ip, each] of asked) for (const way of each) put.run(sweepId, ip, way);
  })();
}
