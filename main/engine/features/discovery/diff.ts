/** Two sweeps beside each other. Pure: what is said of an address is said only where both sweeps settled it. */
import type { DiscoveredHost } from '../../../../shared/features/discovery.ts';
import type {
  BriefHost,
  ComparedField,
  SweepChange,
  SweepDifference,
} from '../../../../shared/features/discovery/history.ts';
import { parseIp } from '../../../../shared/ip.ts';

type Runs = readonly (readonly [number, number])[];
export interface ComparedSweep {
  /** What was asked to the end. An address that answered was asked, also in a sweep that was broken off. */
  readonly runs: Runs;
  readonly hosts: readonly DiscoveredHost[];
  /** It knocked at the same ports as the other: that none is open then says something. */
  readonly deep: boolean;
}
type Change = Omit<SweepChange, 'holder'>;
type Difference = Pick<SweepDifference, 'counts' | 'common' | 'incomparable'> & { readonly changes: Change[] };

const number = (ip: string): number => parseIp(ip) ?? 0;

/** Whether an address lies in sorted runs, by halving. */
function inside(runs: Runs, address: number): boolean {
  let low = 0;
  let high = runs.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const [first, last] = runs[middle]!;
    if (address < first) high = middle - 1;
    else if (address > last) low = middle + 1;
    else return true;
  }
  return false;
}

function commonOf(a: Runs, b: Runs): number {
  let count = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [a1, a2] = a[i]!;
    const [b1, b2] = b[j]!;
    count += Math.max(0, Math.min(a2, b2) - Math.max(a1, b1) + 1);
    if (a2 < b2) i += 1;
    else j += 1;
  }
  return count;
}

const brief = ({ ip, mac, random, proof, vendor, name, kind, ports }: DiscoveredHost): BriefHost => ({
  ip,
  mac,
  random,
  proof,
  vendor,
  name,
  kind,
  ports,
});

/** A value that only one of the two gave is no change: the other may not have asked. */
const differs = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;

function changedFields(a: DiscoveredHost, b: DiscoveredHost, deep: boolean): ComparedField[] {
  const tests: Record<ComparedField, boolean> = {
    mac: differs(a.mac, b.mac),
    name: differs(a.name?.toLowerCase() ?? null, b.name?.toLowerCase() ?? null),
    // of the same card the vendor only changes with the table of vendors
    vendor: differs(a.mac, b.mac) && differs(a.vendor, b.vendor),
    kind: differs(a.kind, b.kind),
    ports: deep && a.ports.join() !== b.ports.join(),
    // which question a host answered first is chance; that it answered at all is not
    proof: (a.proof === 'cache') !== (b.proof === 'cache'),
  };
  return (Object.keys(tests) as ComparedField[]).filter((field) => tests[field]);
}

function index<K>(
  hosts: Iterable<DiscoveredHost>,
  keyOf: (host: DiscoveredHost) => K | null,
): Map<K, DiscoveredHost[]> {
  const found = new Map<K, DiscoveredHost[]>();
  for (const host of hosts) {
    const key = keyOf(host);
    if (key === null) continue;
    const list = found.get(key);
    if (list) list.push(host);
    else found.set(key, [host]);
  }
  return found;
}

export function diffSweeps(before: ComparedSweep, after: ComparedSweep): Difference {
  const runsBefore = before.runs.toSorted(([a], [b]) => a - b);
  const runsAfter = after.runs.toSorted(([a], [b]) => a - b);
  const seenBefore = new Set(before.hosts.map(({ ip }) => ip));
  const seenAfter = new Set(after.hosts.map(({ ip }) => ip));
  const settledBefore = (ip: string): boolean => seenBefore.has(ip) || inside(runsBefore, number(ip));
  const settledAfter = (ip: string): boolean => seenAfter.has(ip) || inside(runsAfter, number(ip));
  const left = new Set(before.hosts);
  const fresh = new Set(after.hosts);
  const changes: Change[] = [];
  let unchanged = 0;
  const deep = before.deep && after.deep;
  const pair = (a: DiscoveredHost, b: DiscoveredHost): void => {
    left.delete(a);
    fresh.delete(b);
    const fields = changedFields(a, b, deep);
    if (a.ip !== b.ip) changes.push({ kind: 'moved', ip: b.ip, fields, before: brief(a), after: brief(b) });
    else if (fields.length > 0) changes.push({ kind: 'changed', ip: b.ip, fields, before: brief(a), after: brief(b) });
    else unchanged += 1;
  };

  // the same card at the same address, or an address where one of the two saw no card (a router between)
  const byPlace = index(left, ({ ip, mac }) => `${ip} ${mac}`);
  for (const b of after.hosts) {
    const [same] = byPlace.get(`${b.ip} ${b.mac}`) ?? [];
    if (same) pair(same, b);
  }
  const byIp = index(left, ({ ip }) => ip);
  for (const b of fresh) {
    const other = byIp.get(b.ip)?.find((a) => left.has(a) && (a.mac === null || b.mac === null));
    if (other) pair(other, b);
  }
  // the same card at another address: only where the old one was asked again and the new one had been asked before
  const byMac = index(left, ({ mac }) => mac);
  for (const b of fresh) {
    const other = b.mac === null ? undefined : byMac.get(b.mac)?.find((a) => left.has(a) && settledAfter(a.ip));
    if (other && settledBefore(b.ip)) pair(other, b);
  }
  // another card at the same address
  const restByIp = index(left, ({ ip }) => ip);
  for (const b of fresh) {
    const other = restByIp.get(b.ip)?.find((a) => left.has(a));
    if (other) pair(other, b);
  }

  const incomparable = { before: 0, after: 0 };
  for (const a of left)
    if (settledAfter(a.ip)) changes.push({ kind: 'gone', ip: a.ip, fields: [], before: brief(a), after: null });
    else incomparable.before += 1;
  for (const b of fresh)
    if (settledBefore(b.ip)) changes.push({ kind: 'appeared', ip: b.ip, fields: [], before: null, after: brief(b) });
    else incomparable.after += 1;

  const counts = { moved: 0, changed: 0, appeared: 0, gone: 0, unchanged };
  for (const { kind } of changes) counts[kind] += 1;
  const sorted = changes
    .map((change) => [number(change.ip), change] as const)
    .toSorted(([a, x], [b, y]) => a - b || (x.kind < y.kind ? -1 : 1))
    .map(([, change]) => change);
  return { counts, common: commonOf(runsBefore, runsAfter), incomparable, changes: sorted };
}
