/**
 * What sweeps of the demo school saw, with the odd things a school network has (domain.md §4): evidence of this laptop, as a sweep leaves it. Nothing
 * here is drawn by chance, and whoever is odd is always there, so that the findings can be counted.
 */
import type { DiscoveredHost } from '../../../../shared/features/discovery.ts';
import type { DeviceKind } from '../../../../shared/features/discovery/identity.ts';
import type { Runs } from '../../../../shared/features/discovery/scope.ts';
import { DAY_MS } from '../../../../shared/day.ts';
import { hostRange, parseCidr, showIp } from '../../../../shared/ip.ts';
import type { WriteDb } from '../../door.ts';
import type { Engine } from '../../engine.ts';
import { boundIn, hostAt, named, odd, type Bound } from './demo-odd.ts';
import { createRule } from './naming.ts';
import { saveWays } from './silence.ts';
import { beginSweep, endSweep, saveSightings } from './store.ts';

interface Subnet {
  readonly cidr: string;
  readonly purpose: string;
  readonly vlan: number | null;
}
/** Days before now, and minutes: the first was at the start of term, since then some were never seen again. */
const BEFORE = [35, 15, 8, 1];
const MINUTES_AGO = 30;
const MINUTE_MS = 60_000;
const LASTED_MS = 95_000;

/** Percent of those who are there at an hour of work: the computer rooms with a class, and those without (domain.md §4). */
const THERE: Readonly<Record<string, number>> = { office: 86, teaching: 86, classroom: 93, lab: 50 };
const CLASSES = new Set([51, 52, 54]);
const READING_ROOM = 60;
const thereOf = ({ purpose, vlan }: Bound): number => {
  if (vlan === READING_ROOM) return 60;
  if (purpose === 'lab' && vlan !== null && vlan > 50 && vlan < READING_ROOM) return CLASSES.has(vlan) ? 98 : 5;
  return THERE[purpose] ?? 100;
};
/** The same for a card each time, and another on another day. */
const isThere = (bound: Bound, day: number): boolean =>
  (Number.parseInt(bound.mac.slice(-4), 16) * 31 + day * 17) % 100 < thereOf(bound);

const kinds: Readonly<Record<string, DeviceKind>> = {
  office: 'pc',
  teaching: 'pc',
  classroom: 'pc',
  lab: 'pc',
  device: 'switch',
  printer: 'printer',
  camera: 'camera',
  server: 'server',
};

const known = ({ ip, mac, hostname, purpose }: Bound): DiscoveredHost =>
  hostAt(ip, mac, { kind: kinds[purpose] ?? null, ...(hostname === null ? {} : named(hostname)) });

export function writeSweeps(tx: WriteDb, engine: Engine): void {
  const subnets = tx.all<Subnet>(
    'SELECT cidr, purpose, vlan FROM subnets WHERE deleted_at IS NULL ORDER BY vlan, cidr',
  );
  const bound = boundIn(tx);
  createRule(tx, { label: '计算机名：单位简称-使用人', pattern: 'SZ-*', kind: 'pc', subnet_id: null, remark: null });
  const runs: Runs = subnets.flatMap(({ cidr }): [number, number][] => {
    const parsed = parseCidr(cidr);
    return parsed ? [[...hostRange(parsed)]] : [];
  });
  const total = runs.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  const now = Math.trunc(engine.clock.now());
  const { gone, hosts } = odd(bound);
  const sweep = (at: number, seen: readonly DiscoveredHost[], missed: readonly string[]): void => {
    const id = beginSweep(tx, at, { cidrs: subnets.map(({ cidr }) => cidr), effort: 'thorough', total });
    saveSightings(tx, id, at, seen);
    saveWays(tx, id, new Map(missed.map((ip) => [ip, ['arp', 'icmp'] as const])));
    endSweep(tx, id, at + LASTED_MS, { ending: 'finished', runs, pingMissing: false });
  };
  for (const [nth, days] of BEFORE.entries()) {
    const left = nth === 0 ? new Set<string>() : gone;
    sweep(
      now - days * DAY_MS,
      bound.filter((each) => !left.has(each.ip) && (nth === 0 || isThere(each, days))).map(known),
      [...left],
    );
  }
  const told = new Set(hosts.flatMap(({ mac }) => mac ?? []));
  const rest = bound.filter((each) => !gone.has(each.ip) && !told.has(each.mac) && isThere(each, 0)).map(known);
  sweep(now - MINUTES_AGO * MINUTE_MS, [...rest, ...hosts, ...wireless(subnets)], [...gone]);
}

const PHONES = 150;
/** Of five phones two make up a card for each network: the second digit of such a card is 2, 6, A or E. */
function wireless(subnets: readonly Subnet[]): DiscoveredHost[] {
  const cidr = parseCidr(subnets.find(({ purpose }) => purpose === 'wireless')?.cidr ?? '');
  if (!cidr) return [];
  const [first] = hostRange(cidr);
  return Array.from({ length: PHONES }, (_, n) => {
    const random = n % 5 < 2;
    const tail = (0x51_00_00 + n * 7919).toString(16).toUpperCase().padStart(6, '0');
    const mac = `${random ? 'DA4C7E' : '3C5282'}${tail}`;
    return hostAt(showIp(first + 20 + n * 3), mac, { random, kind: 'mobile', ttl: 64, rtt_ms: 4 + (n % 9) });
  });
}
