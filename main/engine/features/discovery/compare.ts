/** A stored sweep against the register of today, with everything a person needs to decide. */
import type { FoundFact, SweepSummary } from '../../../../shared/features/discovery.ts';
import {
  createMatcher,
  flipping,
  openVerdicts,
  verdicts,
  type Finding,
  type Register,
  type Verdict,
} from '../../../../shared/features/discovery/match.ts';
import { parseIp } from '../../../../shared/ip.ts';
import type { ReadDb } from '../../db.ts';
import { locationPath, titleOf } from '../../titles.ts';
import { assetMacs } from '../assets.ts';
import { addressEvidence, holderOf } from '../ipam/evidence.ts';
import { hostsOf, lastSeen, sightingsBefore, summaryOf, sweepsUpTo, type StoredSweep } from './store.ts';

/** Two cards that take turns at one address within a day fight for it. */
const FLIPS_WITHIN_MS = 24 * 3_600_000;
/** How far back misses are counted: "10" means ten or more. */
const MISSES_COUNTED = 10;

export type Counts = Record<Verdict, number>;
export const noCounts = (): Counts => Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Counts;
export function countVerdicts(findings: readonly { verdict: Verdict }[]): Counts {
  const counts = noCounts();
  for (const { verdict } of findings) counts[verdict] += 1;
  return counts;
}

export const registerOf = (db: ReadDb): Register => ({ ...addressEvidence(db), assets: assetMacs(db) });
export const flipsAt = (db: ReadDb, sweep: StoredSweep): Map<string, string[]> =>
  flipping(sightingsBefore(db, sweep, FLIPS_WITHIN_MS));

/** In how many sweeps on end, up to this one, a silent address was asked in vain. */
function missCounter(db: ReadDb, sweep: StoredSweep): (finding: Finding) => number {
  const past = sweepsUpTo(db, sweep, MISSES_COUNTED).map((each) => ({
    runs: each.runs,
    seen: new Set(hostsOf(db, each.id).map((host) => host.ip)),
  }));
  return ({ ip }) => {
    const address = parseIp(ip) ?? 0;
    const asked = past.filter(({ runs }) => runs.some(([first, last]) => address >= first && address <= last));
    const answered = asked.findIndex(({ seen }) => seen.has(ip));
    return answered === -1 ? asked.length : answered;
  };
}

function holderFact(db: ReadDb, id: string | null): FoundFact['holder'] {
  const row = id === null ? undefined : holderOf(db, id);
  if (!row) return null;
  return {
    ...row,
    person: titleOf(db, 'people', row.person_id)?.title ?? '',
    place: row.location_id === null ? null : locationPath(db, row.location_id),
  };
}

export interface Comparison {
  readonly sweep: SweepSummary | null;
  readonly counts: Counts;
  readonly findings: FoundFact[];
}

/** `today` decides which ignored findings are asked about again. Counts are of what is not ignored. */
export function compare(db: ReadDb, sweep: StoredSweep, today: string, withIgnored: boolean): Comparison {
  const hosts = hostsOf(db, sweep.id);
  const hostAt = new Map(hosts.map((host) => [`${host.ip} ${host.mac}`, host]));
  const found = createMatcher(registerOf(db), flipsAt(db, sweep)).all({ seen: hosts, covered: sweep.runs });
  const ignored = new Map(
    db
      .all<{ id: string; finding: string; until: string; reason: string }>(
        'SELECT id, finding, until, reason FROM ignored_findings WHERE until >= ? AND deleted_at IS NULL',
        today,
      )
      .map((row) => [row.finding, row] as const),
  );
  const misses = missCounter(db, sweep);
  const facts = found.map((finding): FoundFact => {
    const { binding_id, other_binding_id, asset_id, ...rest } = finding;
    const setAside = ignored.get(finding.key);
    const asset = asset_id === null ? null : titleOf(db, 'assets', asset_id);
    return {
      ...rest,
      macs: [...finding.macs],
      host: finding.verdict === 'silent' ? null : (hostAt.get(`${finding.ip} ${finding.mac}`) ?? null),
      holder: holderFact(db, binding_id),
      other_holder: holderFact(db, other_binding_id),
      asset: asset && asset_id !== null ? { id: asset_id, title: asset.title } : null,
      misses: finding.verdict === 'silent' ? misses(finding) : 0,
      last_seen_at: finding.verdict === 'silent' ? lastSeen(db, finding.ip, finding.mac) : null,
      ignored:
        setAside && openVerdicts.includes(finding.verdict)
          ? { id: setAside.id, until: setAside.until, reason: setAside.reason }
          : null,
    };
  });
  const asked = facts.filter((fact) => fact.ignored === null);
  return { sweep: summaryOf(sweep), counts: countVerdicts(asked), findings: withIgnored ? facts : asked };
}
