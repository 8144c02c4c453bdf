/** What kind of device a host is, by weighing what it told. Pure: the same clues give the same answer, and what decided is named. */
import { deviceKinds, type DeviceKind, type Identity } from './identity.ts';
import {
  madeNameRules,
  namedRules,
  portPoints,
  serviceRules,
  ttlPoints,
  vendorRules,
  wordRules,
  type Points,
  type Rule,
} from './kind-rules.ts';

export interface Clues {
  readonly vendor: string | null;
  /** The MAC was made up by the device: phones do so. */
  readonly random: boolean;
  /** Open TCP ports. */
  readonly ports: readonly number[];
  /** As it arrived; each router on the way took one off. */
  readonly ttl: number | null;
  /** `_ipp._tcp`, `SSH-2.0-Comware-7.1`, `NetBIOS <1C>`, a realm: as it was told. */
  readonly services: readonly string[];
  readonly title: string | null;
  readonly names: Identity['names'];
  /** Its SNMP description. */
  readonly snmp: string | null;
}
type Clue = Identity['evidence'][number];
type Weighed = readonly [Clue, Points];
export type Verdict = Pick<Identity, 'kind' | 'evidence'>;

/** From so many points on, and so many ahead of the next kind, a kind is said aloud. Below: nothing is, rather than a guess. */
const ENOUGH = 5;
const AHEAD = 2;
/** More clues of one sort agree, but are not independent: three print services are one printer. */
const ECHO = 1;
const ECHOES_MOST = 2;
const EVIDENCE_MOST = 6;
/** A word counts this much less where people choose the text freely. */
const NAMED_BY_PEOPLE = 3;

const fits = (rules: readonly Rule[], text: string): Points[] =>
  rules.flatMap(([pattern, points]) => (pattern.test(text) ? [points] : []));
const first = (rules: readonly Rule[], text: string): Points[] => fits(rules, text).slice(0, 1);
const less = (points: Points, by: number): Points =>
  Object.fromEntries(Object.entries(points).map(([kind, value]) => [kind, Math.max(0, value - by)]));

/** What an echo's time to live was when it was sent: systems begin with 64, 128 or 255. */
export const sentTtl = (ttl: number): number => (ttl <= 64 ? 64 : ttl <= 128 ? 128 : 255);

function weigh(clues: Clues): Weighed[] {
  const { vendor, random, ports, ttl, services, title, names, snmp } = clues;
  const all = (clue: Clue['clue'], value: string, points: readonly Points[]): Weighed[] =>
    points.map((each) => [{ clue, value }, each]);
  return [
    ...(vendor === null ? [] : all('vendor', vendor, first(vendorRules, vendor))),
    ...(random ? all('random_mac', '', [{ mobile: 3 }]) : []),
    ...ports.flatMap((port) => all('port', String(port), portPoints[port] ? [portPoints[port]] : [])),
    ...(ttl === null ? [] : all('ttl', String(ttl), [ttlPoints[sentTtl(ttl)] ?? {}])),
    ...services.flatMap((service) => {
      const known = first(serviceRules, service);
      return all('service', service, known.length > 0 ? known : first(wordRules, service));
    }),
    ...(title === null ? [] : all('title', title, first(wordRules, title))),
    ...(snmp === null ? [] : all('snmp', snmp, first(wordRules, snmp))),
    ...names.flatMap(({ source, name }) => {
      // the title speaks for itself above
      if (source === 'http') return [];
      const made = first(madeNameRules, name);
      if (made.length > 0) return all('name', name, made);
      const words = fits(wordRules, name).map((points) => less(points, NAMED_BY_PEOPLE));
      return all('name', name, (words.length > 0 ? words : fits(namedRules, name)).slice(0, 1));
    }),
  ];
}

function score(weighed: readonly Weighed[], kind: DeviceKind): number {
  const byClue = new Map<string, number[]>();
  for (const [{ clue }, points] of weighed) {
    const value = points[kind] ?? 0;
    if (value > 0) byClue.set(clue, [...(byClue.get(clue) ?? []), value]);
  }
  return [...byClue.values()].reduce(
    (sum, values) => sum + Math.max(...values) + Math.min(ECHOES_MOST, (values.length - 1) * ECHO),
    0,
  );
}

/** The kinds that have anything for them, most first. */
export function leanings(clues: Clues): { kind: DeviceKind; points: number }[] {
  const weighed = weigh(clues);
  return deviceKinds
    .map((kind) => ({ kind, points: score(weighed, kind) }))
    .filter(({ points }) => points > 0)
    .toSorted((a, b) => b.points - a.points);
}

export function classify(clues: Clues): Verdict {
  const [best, next] = leanings(clues);
  if (!best || best.points < ENOUGH || best.points - (next?.points ?? 0) < AHEAD) return { kind: null, evidence: [] };
  const { kind } = best;
  const evidence = weigh(clues)
    .filter(([, points]) => (points[kind] ?? 0) > 0)
    .toSorted(([, a], [, b]) => (b[kind] ?? 0) - (a[kind] ?? 0))
    .slice(0, EVIDENCE_MOST)
    .map(([clue]) => clue);
  return { kind, evidence };
}
