/** A stored sweep against the register of today, with everything a person needs to decide. */
import type { DiscoveredHost, FoundFact, SweepSummary } from '../../../../shared/features/discovery.ts';
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
import { locationPath, refText, titleOf } from '../../titles.ts';
import { assetWithMac } from '../assets.ts';
import { addressEvidence, holderOf } from '../ipam/evidence.ts';
import { liveTicketFinder } from '../tickets/live.ts';
import { answeredIn, hostsOf, lastSeen, sightingsBefore, summaryOf, sweepsUpTo, type StoredSweep } from './store.ts';

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

export const registerOf = (db: ReadDb): Register => ({
  ...addressEvidence(db),
  assetOf: (mac) => assetWithMac(db, mac),
});
export const flipsAt = (db: ReadDb, sweep: StoredSweep): Map<string, string[]> =>
  flipping(sightingsBefore(db, sweep, FLIPS_WITHIN_MS));

/** In how many sweeps on end, up to this one, a silent address was asked in vain. */
function missCounter(db: ReadDb, sweep: StoredSweep): (finding: Finding) => number {
  const past = sweepsUpTo(db, sweep, MISSES_COUNTED).map(({ id, runs }) => ({ runs, seen: answeredIn(db, id) }));
  return ({ ip }) => {
    const address = parseIp(ip) ?? 0;
    const asked = past.filter(({ runs }) => runs.some(([first, last]) => address >= first && address <= last));
    const answered = asked.findIndex(({ seen }) => seen.has(ip));
    return answered === -1 ? asked.length : answered;
  };
}

/** Each thing is looked up once, however many findings name it. */
function remembered<T>(look: (id: string) => T): (id: string) => T {
  const known = new Map<string, T>();
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const found = look(id);
    known.set(id, found);
    return found;
  };
}
function holderFacts(db: ReadDb): (id: string | null) => FoundFact['holder'] {
  const person = remembered((id) => refText(db, 'people', id));
  const place = remembered((id) => locationPath(db, id));
  return (id) => {
    const row = id === null ? undefined : holderOf(db, id);
    if (!row) return null;
    return { ...row, person: person(row.person_id), place: row.location_id === null ? null : place(row.location_id) };
  };
}

interface SetAside {
  readonly id: string;
  readonly until: string;
  readonly reason: string;
}
/** What the sweep says against the register, and which of it somebody set aside until `today` or later. */
function judge(
  db: ReadDb,
  sweep: StoredSweep,
  hosts: readonly DiscoveredHost[],
  today: string,
): { finding: Finding; aside: SetAside | null }[] {
  const rows = db.all<SetAside & { finding: string }>(
    'SELECT id, finding, until, reason FROM ignored_findings WHERE until >= ? AND deleted_at IS NULL',
    today,
  );
  const ignored = new Map(rows.map(({ finding, ...aside }) => [finding, aside] as const));
  const found = createMatcher(registerOf(db), flipsAt(db, sweep)).all({ seen: hosts, covered: sweep.runs });
  return found.map((finding) => ({
    finding,
    aside: openVerdicts.includes(finding.verdict) ? (ignored.get(finding.key) ?? null) : null,
  }));
}

/** How many of each verdict; what was set aside does not count. */
export const countFindings = (db: ReadDb, sweep: StoredSweep, today: string): Counts =>
  countVerdicts(
    judge(db, sweep, hostsOf(db, sweep.id), today).flatMap(({ finding, aside }) => (aside ? [] : [finding])),
  );

export interface Comparison {
  readonly sweep: SweepSummary | null;
  readonly counts: Counts;
  readonly findings: FoundFact[];
}

/** `today` decides which ignored findings are asked about again. Counts are of what is not ignored. */
export function compare(db: ReadDb, sweep: StoredSweep, today: string, withIgnored: boolean): Comparison {
  const hosts = hostsOf(db, sweep.id);
  const hostAt = new Map(hosts.map((host) => [`${host.ip} ${host.mac}`, host]));
  const judged = judge(db, sweep, hosts, today);
  const holderFact = holderFacts(db);
  const misses = missCounter(db, sweep);
  const liveTicket = liveTicketFinder(db);
  const facts = judged.flatMap(({ finding, aside }): FoundFact[] => {
    if (aside && !withIgnored) return [];
    const { binding_id, other_binding_id, asset_id, ...rest } = finding;
    const silent = finding.verdict === 'silent';
    const asset = asset_id === null ? null : titleOf(db, 'assets', asset_id);
    const holder = holderFact(binding_id);
    const other = holderFact(other_binding_id);
    const fact: FoundFact = {
      ...rest,
      macs: [...finding.macs],
      host: silent ? null : (hostAt.get(`${finding.ip} ${finding.mac}`) ?? null),
      holder,
      other_holder: other,
      asset: asset && asset_id !== null ? { id: asset_id, title: asset.title } : null,
      misses: silent ? misses(finding) : 0,
      last_seen_at: silent ? lastSeen(db, finding.ip, finding.mac) : null,
      ticket: liveTicket(finding.ip, [asset_id, holder?.asset_id, other?.asset_id]),
      ignored: aside,
      also: [],
      evidence: [],
      port: null,
      naming: null,
      other_ips: [],
    };
    return [fact];
  });
  const counts = countVerdicts(judged.flatMap(({ finding, aside }) => (aside ? [] : [finding])));
  return { sweep: summaryOf(sweep), counts, findings: facts };
}
