/** A stored sweep against the register of today, with everything a person needs to decide. */
import type { Database } from 'better-sqlite3';
import type { FoundFact, SweepSummary } from '../../../../shared/features/discovery.ts';
import { toldName } from '../../../../shared/features/discovery/identity.ts';
import {
  createMatcher,
  verdicts,
  type Finding,
  type Register,
  type Verdict,
} from '../../../../shared/features/discovery/match.ts';
import { flipping, grouped } from '../../../../shared/features/discovery/match/flipping.ts';
import { withoutIgnored } from '../../../../shared/features/discovery/match/ignored.ts';
import type { ReadDb } from '../../db.ts';
import { personTexts, placeTexts } from '../../titles.ts';
import { assetsWithMacs, assetWithMac } from '../assets.ts';
import { addressEvidence, type HolderRow } from '../ipam/evidence.ts';
import { liveTicketFinder } from '../tickets/live.ts';
import { evidenceOf } from './evidence.ts';
import { absenceIn, type Absence, type Misses } from './silence.ts';
import {
  cardsTakingTurns,
  hostsOf,
  lastSeen,
  lastSeenAt,
  summaryOf,
  type SeenHost,
  type StoredSweep,
} from './store.ts';
import { namerOf, portsBeside, toldAround, type ToldBy } from './witness.ts';

/** Two cards that take turns at one address within a day fight for it. */
const FLIPS_WITHIN_MS = 24 * 3_600_000;

export type Counts = Record<Verdict, number>;
export const noCounts = (): Counts => Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Counts;
function countVerdicts(findings: readonly { verdict: Verdict }[]): Counts {
  const counts = noCounts();
  for (const { verdict } of findings) counts[verdict] += 1;
  return counts;
}

/** The register for judging host by host, as a sweep tells them. */
export function registerOf(db: ReadDb): Register {
  const namer = namerOf(db);
  return {
    ...addressEvidence(db),
    assetOf: (mac) => assetWithMac(db, mac),
    ...(namer ? { misnaming: namer } : {}),
  };
}
export const flipsAt = (db: ReadDb, sweep: StoredSweep): Map<string, string[]> =>
  flipping(cardsTakingTurns(db, sweep, FLIPS_WITHIN_MS));

interface SetAside {
  readonly id: string;
  readonly until: string;
  readonly reason: string;
}
interface Judged {
  readonly findings: readonly { readonly finding: Finding; readonly aside: SetAside | null }[];
  readonly hosts: ReadonlyMap<string, SeenHost[]>;
  readonly holders: ReadonlyMap<string, HolderRow>;
  readonly assets: ReturnType<typeof assetsWithMacs>;
  readonly told: readonly ToldBy[];
  readonly absence: Absence;
}

/** What the sweep says against the register, and which of it somebody set aside until `today` or later. */
function judge(db: ReadDb, sweep: StoredSweep, today: string): Judged {
  const hosts = hostsOf(db, sweep.id);
  const evidence = addressEvidence(db);
  const holders = new Map(evidence.bindings.map((row) => [row.id, row] as const));
  const told = toldAround(db, sweep);
  const macs = [...hosts.flatMap((host) => host.mac ?? []), ...told.map((row) => row.mac)];
  const assets = assetsWithMacs(db, macs);
  const namer = namerOf(db);
  const seenAt = grouped(hosts, (host) => host.ip);
  const away = evidence.bindings.filter((row) => row.state === 'active' && !seenAt.has(row.ip)).map((row) => row.ip);
  const absence = absenceIn(db, sweep, away);
  const rows = db.all<SetAside & { finding: string }>(
    'SELECT id, finding, until, reason FROM ignored_findings WHERE until >= ? AND deleted_at IS NULL',
    today,
  );
  const ignored = new Map(rows.map(({ finding, ...aside }) => [finding, aside] as const));
  const register: Register = {
    ...evidence,
    assetOf: (mac) => assets.get(mac)?.id ?? null,
    portOf: portsBeside(db, sweep, holders),
    ...(namer ? { misnaming: namer } : {}),
  };
  const seen = namer ? hosts.map((host) => ({ ...host, name: toldName(host)?.name ?? null })) : hosts;
  const found = createMatcher(register, flipsAt(db, sweep)).all({
    seen,
    covered: sweep.runs,
    told,
    silence: (ip) => absence.verdict(ip),
  });
  const findings = found.map((each) => {
    const { finding, aside } = withoutIgnored(each, (key) => ignored.has(key));
    return { finding, aside: aside === null ? null : (ignored.get(aside) ?? null) };
  });
  return { findings, hosts: seenAt, holders, assets, told, absence };
}

const countOpen = ({ findings }: Judged): Counts =>
  countVerdicts(findings.flatMap(({ finding, aside }) => (aside ? [] : [finding])));
/** Registered addresses that a sweep asked in vain. */
export function missedIn(db: ReadDb, sweep: StoredSweep, today: string): { ip: string; misses: Misses }[] {
  const { findings, absence } = judge(db, sweep, today);
  return findings.flatMap(({ finding: { verdict, ip } }) =>
    verdict === 'silent' || verdict === 'unseen' ? [{ ip, misses: absence.misses(ip) }] : [],
  );
}

export interface Comparison {
  readonly sweep: SweepSummary | null;
  readonly counts: Counts;
  readonly findings: FoundFact[];
}

type Holder = FoundFact['holder'];
function holderFacts(
  db: ReadDb,
  holders: ReadonlyMap<string, HolderRow>,
  needed: Iterable<string>,
): (id: string | null) => Holder {
  const rows = [...needed].flatMap((id) => holders.get(id) ?? []);
  const person = personTexts(
    db,
    rows.map((row) => row.person_id),
  );
  const place = placeTexts(db);
  // the rows were read for this and belong to nobody else: copying 20,000 of them would take as long as reading them
  const facts = new Map(
    rows.map((row) => {
      const told = { person: person(row.person_id), place: row.location_id === null ? null : place(row.location_id) };
      return [row.id, Object.assign(row, told)] as const;
    }),
  );
  return (id) => (id === null ? null : (facts.get(id) ?? null));
}

function factsOf(db: ReadDb, sweep: StoredSweep, judged: Judged): FoundFact[] {
  const { findings, hosts, holders, assets, told, absence } = judged;
  const ids = new Set<string>();
  for (const { finding } of findings)
    for (const id of [finding.binding_id, finding.other_binding_id]) if (id !== null) ids.add(id);
  const holderFact = holderFacts(db, holders, ids);
  const toldByIp = grouped(told, (row) => row.ip);
  const lastAt = lastSeenAt(
    db,
    findings.flatMap(({ finding: { ip, mac } }) => (hosts.has(ip) ? [] : [{ ip, mac }])),
  );
  const liveTicket = liveTicketFinder(db);
  return findings.map(({ finding, aside }): FoundFact => {
    const { key, verdict, ip, mac, naming } = finding;
    const here = hosts.get(ip) ?? [];
    const missed = here.length === 0;
    const misses = missed ? absence.misses(ip).times : 0;
    const last_seen_at = missed ? (lastAt.get(ip) ?? null) : null;
    const holder = holderFact(finding.binding_id);
    const other = holderFact(finding.other_binding_id);
    const asset = missed || mac === null ? null : (assets.get(mac) ?? null);
    return {
      key,
      verdict,
      ip,
      mac,
      macs: finding.macs as string[],
      also: finding.also as FoundFact['also'],
      other_ips: finding.other_ips as string[],
      port: finding.port && { asset_id: null, ...finding.port },
      naming: naming && { ...naming, wanted: [...naming.wanted] },
      host: here.find((host) => host.mac === mac) ?? here[0] ?? null,
      holder,
      other_holder: other,
      asset,
      misses,
      last_seen_at,
      ticket: liveTicket(ip, [asset?.id, holder?.asset_id, other?.asset_id]),
      ignored: aside,
      evidence: evidenceOf(finding, {
        sweep,
        hosts: here,
        told: toldByIp.get(ip) ?? [],
        holder,
        other,
        misses,
        last_seen_at,
        before: (card) => lastSeen(db, ip, card),
      }),
    };
  });
}

interface Kept {
  readonly key: string;
  readonly comparison: Comparison;
}
const kept = new WeakMap<Database, Kept>();
/** How often this connection changed anything: as long as it stays, every answer stays. */
const changesIn = (db: ReadDb): number => db.value<number>('SELECT total_changes()') ?? 0;

function compareAll(db: ReadDb, sweep: StoredSweep, today: string): Comparison {
  const key = [sweep.id, sweep.ending, today, changesIn(db)].join(' ');
  const before = kept.get(db.raw);
  if (before?.key === key) return before.comparison;
  const judged = judge(db, sweep, today);
  const comparison = { sweep: summaryOf(sweep), counts: countOpen(judged), findings: factsOf(db, sweep, judged) };
  kept.set(db.raw, { key, comparison });
  return comparison;
}

/**
 * `today` decides which ignored findings are asked about again. Counts are of what is not ignored. The last answer is kept until
 * anything is written: the end of a sweep, the screens, a preview and what follows ask the same within a moment.
 */
export function compare(db: ReadDb, sweep: StoredSweep, today: string, withIgnored: boolean): Comparison {
  const all = compareAll(db, sweep, today);
  return withIgnored ? all : { ...all, findings: all.findings.filter(({ ignored }) => ignored === null) };
}
/** How many of each verdict; what was set aside does not count. */
export const countFindings = (db: ReadDb, sweep: StoredSweep, today: string): Counts =>
  compareAll(db, sweep, today).counts;
