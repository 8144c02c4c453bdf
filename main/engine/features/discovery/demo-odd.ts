/** The odd things of the demo school's network, each as often as domain.md §4 says: what its last sweep is expected to find. */
import type { DiscoveredHost } from '../../../../shared/features/discovery.ts';
import { unidentified } from '../../../../shared/features/discovery/identity.ts';
import { parseIp } from '../../../../shared/ip.ts';
import type { ReadDb } from '../../db.ts';

export interface Bound {
  readonly ip: string;
  readonly mac: string;
  readonly hostname: string | null;
  readonly vlan: number | null;
  readonly purpose: string;
}

export function hostAt(ip: string, mac: string, told: Partial<DiscoveredHost> = {}): DiscoveredHost {
  const last = (parseIp(ip) ?? 0) % 7;
  return {
    ...unidentified,
    ip,
    mac,
    self: false,
    proof: 'icmp',
    vendor: null,
    random: false,
    rtt_ms: 0.6 + last * 0.15,
    loss_percent: 0,
    ttl: 128,
    name: null,
    ...told,
  };
}
export const named = (name: string): Pick<DiscoveredHost, 'name' | 'names'> => ({
  name,
  names: [{ source: 'netbios', name }],
});

/** Names that break the unit's rule; the last four are Chinese, as old Windows sends them in GBK. */
const NAMES = [
  'DESKTOP-7K2M9Q1',
  'WIN-20240318',
  'USER-PC',
  'LAPTOP-R5H8',
  'ADMIN-PC',
  'HP-OFFICE3',
  'PC-LIHONG',
  '张伟的电脑',
  '教务处二号机',
  '李老师办公',
  '财务专用机',
];
/** Strangers in the offices, teachers' rooms, a classroom and the reading room. */
const STRANGERS = [
  '10.20.20.210',
  '10.20.20.211',
  '10.20.20.212',
  '10.20.20.213',
  '10.20.30.220',
  '10.20.30.221',
  '10.20.40.100',
  '10.20.60.55',
];
const CLONES = ['10.20.20.200', '10.20.20.201', '10.20.30.202'];
const card = (maker: string, n: number): string =>
  `${maker}${(0xa1_00 + n * 37).toString(16).toUpperCase().padStart(6, '0')}`;

/** Positions among the offices, far enough apart that no machine is odd twice. */
const every = (first: number, step: number, n: number): number[] =>
  Array.from({ length: n }, (_, i) => first + i * step);
const oddPlaces = {
  conflict: every(10, 28, 6),
  misnamed: every(5, 15, 11),
  twice: [15, 60, 116],
  moved: 86,
  port: [26, 55, 81, 121, 151],
} as const;
const SILENT = 14;

/** Cards of the register, by address. */
export const boundIn = (db: ReadDb): Bound[] =>
  db
    .all<Bound>(
      `SELECT b.ip, b.mac, b.hostname, s.vlan, s.purpose FROM bindings b JOIN subnets s ON s.id = b.subnet_id
       WHERE b.state = 'active' AND b.mac IS NOT NULL AND b.deleted_at IS NULL`,
    )
    .toSorted((a, b) => (parseIp(a.ip) ?? 0) - (parseIp(b.ip) ?? 0));
const officesOf = (bound: readonly Bound[]): Bound[] =>
  bound.filter(({ purpose }) => purpose === 'office' || purpose === 'teaching');

/** Cards that are plugged in elsewhere than the register says. */
export const replugged = (db: ReadDb): ReadonlySet<string> => {
  const offices = officesOf(boundIn(db));
  return new Set(oddPlaces.port.flatMap((place) => offices[place]?.mac ?? []));
};

/** Addresses of those who were not seen for a month, and hosts that the last sweep saw for certain. */
export function odd(bound: readonly Bound[]): { gone: ReadonlySet<string>; hosts: DiscoveredHost[] } {
  const offices = officesOf(bound);
  const at = (place: number): Bound[] => offices.slice(place, place + 1);
  const own = (each: Bound): DiscoveredHost =>
    hostAt(each.ip, each.mac, { kind: 'pc', ...(each.hostname === null ? {} : named(each.hostname)) });
  const gone = bound
    .filter(({ purpose }) => purpose === 'classroom')
    .filter((_, n) => n % 3 === 0)
    .slice(0, SILENT);
  const hosts = [
    ...oddPlaces.conflict.flatMap((place, n) =>
      at(place).flatMap((each) => [own(each), hostAt(each.ip, card('F4B520', n), { vendor: null, kind: 'pc' })]),
    ),
    ...oddPlaces.misnamed.flatMap((place, n) => at(place).map((each) => ({ ...own(each), ...named(NAMES[n] ?? '') }))),
    ...oddPlaces.twice.flatMap((place, n) =>
      at(place).flatMap((each) => [own(each), { ...own(each), ip: CLONES[n] ?? '' }]),
    ),
    ...at(oddPlaces.moved).map((each) => ({ ...own(each), ip: '10.20.30.210' })),
    ...oddPlaces.port.flatMap((place) => at(place).map(own)),
    ...STRANGERS.map((ip, n) => hostAt(ip, card('B0A7B9', n), { ttl: 64, proof: 'arp', rtt_ms: 1.9 })),
    hostAt('192.168.1.1', card('D4EE07', 9), {
      kind: 'router',
      ttl: 64,
      ports: [80],
      title: '家用无线路由器',
      evidence: [
        { clue: 'title', value: '家用无线路由器' },
        { clue: 'port', value: '80' },
      ],
    }),
  ];
  return { gone: new Set(gone.map(({ ip }) => ip)), hosts };
}
