/** Stored sweeps: listed with their term, kept for good, compared, and imported ones taken out again. */
import {
  defaultTerms,
  FLOOR_DAYS,
  type StoredSweepSummary,
  type SweepChange,
  type SweepDifference,
} from '../../../../shared/features/discovery/history.ts';
import type { SweepSummary } from '../../../../shared/features/discovery.ts';
import { addDays, dayOf } from '../../../../shared/day.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import { readSetting } from '../../settings.ts';
import { personTexts } from '../../titles.ts';
import { addressEvidence } from '../ipam/evidence.ts';
import { diffSweeps } from './diff.ts';
import { findSweep, hostsOf, summaryOf, type StoredSweep } from './store.ts';

export interface RetentionSetting {
  readonly terms: typeof defaultTerms;
  readonly automatic: boolean;
}
export const RETENTION = 'retention';
/** Terms are never shorter than the floor, whatever the file says. */
export function retentionOf(db: ReadDb): RetentionSetting {
  const { terms = defaultTerms, automatic = false } = readSetting<Partial<RetentionSetting>>(db, RETENTION) ?? {};
  const safe = (days: number): number => Math.max(FLOOR_DAYS, days);
  return {
    terms: { sweeps: safe(terms.sweeps), readings: safe(terms.readings) },
    automatic,
  };
}

/** What discovery opens with: the last sweep of our own, not a second look at one host nor a file, unless there is nothing else. */
export function lastSweep(db: ReadDb): StoredSweep | null {
  const id = db.value<string>(
    "SELECT id FROM _sweeps ORDER BY (source = 'sweep' AND total > 1) DESC, started_at DESC, id DESC LIMIT 1",
  );
  return id === undefined ? null : findSweep(db, id);
}

const withTerm = (sweep: SweepSummary, kept: boolean, days: number): StoredSweepSummary => ({
  ...sweep,
  kept,
  until: kept ? null : addDays(dayOf(sweep.started_at), days),
});
const isKept = (db: ReadDb, id: string): boolean => db.value<number>('SELECT kept FROM _sweeps WHERE id = ?', id) === 1;

export function needSweep(db: ReadDb, id: string): StoredSweep {
  const sweep = findSweep(db, id);
  if (!sweep) throw refuse('sweep_unknown');
  return sweep;
}
export const storedOf = (db: ReadDb, sweep: StoredSweep): StoredSweepSummary =>
  withTerm(summaryOf(sweep), isKept(db, sweep.id), retentionOf(db).terms.sweeps);

export interface SweepPage {
  readonly limit: number;
  readonly before?: { readonly started_at: number; readonly id: string } | undefined;
  readonly source?: SweepSummary['source'] | undefined;
}
export function pageOfSweeps(db: ReadDb, page: SweepPage): { sweeps: StoredSweepSummary[]; total: number } {
  const source = page.source ?? null;
  const ids = db.all<{ id: string }>(
    `SELECT id FROM _sweeps WHERE (? IS NULL OR source = ?) AND (? IS NULL OR (started_at, id) < (?, ?))
     ORDER BY started_at DESC, id DESC LIMIT ?`,
    source,
    source,
    page.before?.started_at ?? null,
    page.before?.started_at ?? null,
    page.before?.id ?? null,
    page.limit,
  );
  const total = db.value<number>('SELECT count(*) FROM _sweeps WHERE ? IS NULL OR source = ?', source, source) ?? 0;
  return { sweeps: ids.map(({ id }) => storedOf(db, needSweep(db, id))), total };
}

export function keepSweep(db: ReadDb, id: string, kept: boolean): void {
  needSweep(db, id);
  db.prepare('UPDATE _sweeps SET kept = ? WHERE id = ?').run(kept ? 1 : 0, id);
}

/** A file brought by mistake goes again; own sweeps are evidence and leave by their term only. */
export function dropImported(db: ReadDb, id: string): number {
  const sweep = needSweep(db, id);
  if (sweep.source === 'sweep') throw refuse('sweep_is_evidence');
  return db.raw.transaction(() => {
    const { changes } = db.prepare('DELETE FROM _sightings WHERE sweep_id = ?').run(id);
    db.prepare('DELETE FROM _sweeps WHERE id = ?').run(id);
    return changes;
  })();
}

export function compareSweeps(db: ReadDb, before: string, after: string): SweepDifference {
  const [a, b] = [needSweep(db, before), needSweep(db, after)];
  const sideOf = (sweep: StoredSweep): Parameters<typeof diffSweeps>[0] => {
    const hosts = hostsOf(db, sweep.id);
    // every scanner has its own list of ports; and where no host has one open, none was knocked at
    const deep = a.source === b.source && hosts.some(({ ports }) => ports.length > 0);
    return { runs: sweep.runs, hosts, deep };
  };
  const { changes, ...difference } = diffSweeps(sideOf(a), sideOf(b));
  const holderOf = holders(db);
  return {
    before: storedOf(db, a),
    after: storedOf(db, b),
    ...difference,
    changes: changes.map((change) => ({ ...change, holder: holderOf(change) })),
  };
}

/** Whose card it is; where the register does not know the card, whose address. */
function holders(db: ReadDb): (change: Omit<SweepChange, 'holder'>) => string | null {
  const { bindings } = addressEvidence(db);
  const byIp = new Map(bindings.map((row) => [row.ip, row.person_id]));
  const byMac = new Map(bindings.flatMap((row) => (row.mac === null ? [] : [[row.mac, row.person_id] as const])));
  const person = personTexts(
    db,
    bindings.map((row) => row.person_id),
  );
  return ({ ip, before, after }) => {
    const mac = (after ?? before)?.mac ?? null;
    const id = (mac === null ? undefined : byMac.get(mac)) ?? byIp.get(ip);
    return id === undefined ? null : person(id);
  };
}
