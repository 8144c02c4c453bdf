/** What a sweep saw against what the register says. Pure: the same observations and register give the same findings, in the same order. */
import { parseIp } from '../../ip.ts';

import type { Verdict } from './verdicts.ts';

export { openVerdicts, verdicts, type Verdict } from './verdicts.ts';

export interface Seen {
  readonly ip: string;
  /** Null where a router stands between: only the next hop's MAC would be seen. */
  readonly mac: string | null;
  /** The laptop itself. */
  readonly self: boolean;
}
export interface Bound {
  readonly id: string;
  readonly ip: string;
  readonly mac: string | null;
  readonly state: string;
}
export interface Register {
  readonly bindings: readonly Bound[];
  /** The registered asset with this network card. */
  assetOf(mac: string): string | null;
  readonly gateways: readonly string[];
  /** DHCP ranges and wireless subnets, as `[first, last]`. */
  readonly dynamic: readonly (readonly [number, number])[];
}
export interface Sweep {
  readonly seen: readonly Seen[];
  /** What was really asked to the end, as `[first, last]`: a sweep that was stopped makes nobody silent beyond it. */
  readonly covered: readonly (readonly [number, number])[];
}
export interface Finding {
  /** The same fact has the same key in every sweep: an ignored finding stays ignored. */
  readonly key: string;
  readonly verdict: Verdict;
  readonly ip: string;
  readonly mac: string | null;
  /** Every MAC of a conflict, sorted. */
  readonly macs: readonly string[];
  /** The binding of this IP. */
  readonly binding_id: string | null;
  /** The binding that holds this MAC at another IP. */
  readonly other_binding_id: string | null;
  readonly asset_id: string | null;
}

const within = (runs: readonly (readonly [number, number])[], address: number): boolean =>
  runs.some(([first, last]) => address >= first && address <= last);

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/**
 * IPs that went from one MAC to another and back over several sweeps, with all their MACs: two hosts fight for one address, and a
 * single look at the neighbour table shows only the winner. `sightings` oldest first.
 */
export function flipping(sightings: readonly { ip: string; mac: string | null }[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [ip, rows] of grouped(sightings, (row) => (row.mac === null ? null : row.ip))) {
    const changes = rows.map((row) => row.mac as string).filter((mac, at, all) => mac !== all[at - 1]);
    const distinct = new Set(changes);
    if (changes.length > distinct.size) found.set(ip, [...distinct].toSorted());
  }
  return found;
}

export interface Matcher {
  /** The one finding of an address, from everything seen at it. */
  judge(ip: string, rows: readonly Seen[]): Finding;
  /** Findings of a whole sweep, silent ones included, by address. */
  all(sweep: Sweep): Finding[];
}

/** Reads the register once, for any number of questions. `flips` as `flipping` gives them. */
export function createMatcher(register: Register, flips: ReadonlyMap<string, readonly string[]> = new Map()): Matcher {
  const byIp = grouped(register.bindings, (row) => row.ip);
  const byMac = grouped(register.bindings, (row) => row.mac);
  const gateways = new Set(register.gateways);
  const numbers = new Map<string, number>();
  const number = (ip: string): number => {
    const value = numbers.get(ip) ?? parseIp(ip) ?? 0;
    numbers.set(ip, value);
    return value;
  };

  const judge = (ip: string, rows: readonly Seen[]): Finding => {
    const here = [...new Set(rows.flatMap((row) => row.mac ?? []))].toSorted();
    const macs = here.length > 1 ? here : [...new Set([...here, ...(flips.get(ip) ?? [])])].toSorted();
    const mac = here[0] ?? null;
    const holders = byIp.get(ip) ?? [];
    const own = holders.find((row) => row.mac === mac) ?? holders.find((row) => row.mac === null) ?? holders[0];
    const elsewhere = mac === null ? undefined : (byMac.get(mac) ?? []).find((row) => row.ip !== ip);
    const dynamic = within(register.dynamic, number(ip));
    const make = (verdict: Verdict): Finding => ({
      key: [verdict, ip, verdict === 'conflict' ? macs.join('+') : (mac ?? '')].join('|'),
      verdict,
      ip,
      mac,
      macs: verdict === 'conflict' ? macs : [],
      binding_id: own?.id ?? null,
      other_binding_id: elsewhere?.id ?? null,
      asset_id: mac === null ? null : register.assetOf(mac),
    });
    // a lease that changes hands between sweeps is how DHCP works; two cards answering at the same time never is
    if (here.length > 1 || (macs.length > 1 && !dynamic)) return make('conflict');
    if (own && (mac === null || own.mac === mac)) return make('known');
    if (own && own.mac !== null && !dynamic) return make('ip_taken');
    if (dynamic) return make('dynamic');
    if (elsewhere) return make('moved');
    if (gateways.has(ip) || rows.some((row) => row.self)) return make('known');
    return make(mac !== null && register.assetOf(mac) !== null ? 'unbound' : 'new_mac');
  };

  const silent = (row: Bound): Finding => ({
    key: ['silent', row.ip, row.mac ?? ''].join('|'),
    verdict: 'silent',
    ip: row.ip,
    mac: row.mac,
    macs: [],
    binding_id: row.id,
    other_binding_id: null,
    asset_id: null,
  });
  const all = (sweep: Sweep): Finding[] => {
    const seenMacs = new Set(sweep.seen.map((row) => row.mac));
    const seenByIp = grouped(sweep.seen, (row) => row.ip);
    const missed = register.bindings.filter(
      (row) =>
        row.state === 'active' &&
        !seenByIp.has(row.ip) &&
        (row.mac === null || !seenMacs.has(row.mac)) &&
        within(sweep.covered, number(row.ip)) &&
        !within(register.dynamic, number(row.ip)),
    );
    const findings = [...[...seenByIp].map(([ip, rows]) => judge(ip, rows)), ...missed.map(silent)];
    return findings.toSorted((a, b) => number(a.ip) - number(b.ip) || (a.key < b.key ? -1 : 1));
  };
  return { judge, all };
}

export const match = (sweep: Sweep, register: Register, flips?: ReadonlyMap<string, readonly string[]>): Finding[] =>
  createMatcher(register, flips).all(sweep);
