/** Who was missed how often: a registered address is silent only after several sweeps on end, asked in two ways. */
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

/** Reads the last sweeps once; each address costs one look into an index. */
export function absenceIn(db: ReadDb, sweep: StoredSweep): Absence {
  const trail = trailOf(db, sweep);
  const after = silentAfter(db);
  const ids = new Map(trail.map((each, at) => [each.id, at] as const));
  const until = Math.max(sweep.ended_at ?? sweep.started_at, sweep.started_at);
  const known = new Map<string, Misses>();
  const count = (ip: string): Misses => {
    const address = parseIp(ip) ?? 0;
    const seen = db.value<number | null>(
      'SELECT max(seen_at) FROM _sightings WHERE ip = ? AND seen_at <= ?',
      ip,
      until,
    );
    const asked = trail.filter(({ runs }) => runs.some(([first, last]) => address >= first && address <= last));
    // this sweep itself is one that missed it
    const answered = asked.findIndex(({ id, started_at }) => id !== sweep.id && started_at <= (seen ?? -Infinity));
    const times = Math.min(answered === -1 ? asked.length : answered, MISSES_COUNTED);
    const oldest = asked[times - 1];
    const found = new Set<Way>();
    if (oldest)
      for (const row of db.all<{ sweep_id: string; way: Way }>(
        'SELECT sweep_id, way FROM _second_looks WHERE ip = ?',
        ip,
      )) {
        const at = ids.get(row.sweep_id);
        if (at !== undefined && at <= (ids.get(oldest.id) ?? -1)) found.add(row.way);
      }
    return { times, ways: found };
  };
  const misses = (ip: string): Misses => {
    const before = known.get(ip) ?? count(ip);
    known.set(ip, before);
    return before;
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
