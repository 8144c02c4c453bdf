/** Where one card, or who at one address, was seen over time: single sightings merged into intervals, newest first. */
import type { Interval, SightingSource } from '../../../../shared/features/discovery/history.ts';
import { DAY_MS } from '../../../../shared/day.ts';
import { parseIp, showIp } from '../../../../shared/ip.ts';
import { isRandomMac, isUnicastMac, parseMac } from '../../../../shared/mac.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';

/** What a person asks about: an address, or a card. */
export type About = { readonly ip: string; readonly mac: null } | { readonly ip: null; readonly mac: string };
export function readAbout(written: string): About {
  const address = parseIp(written);
  if (address !== null) return { ip: showIp(address), mac: null };
  const mac = parseMac(written);
  if (mac !== null && isUnicastMac(mac)) return { ip: null, mac };
  throw refuse('host_address', { written });
}

export interface Point {
  readonly at: number;
  /** What was seen in one look: a sweep, a reading of a device. */
  readonly look: string;
  readonly ip: string | null;
  readonly mac: string | null;
  readonly source: SightingSource;
  readonly device: string | null;
  readonly port: string | null;
  readonly name: string | null;
}
/** Not seen for longer than this: it was away, and came back. */
const AWAY_MS = 7 * DAY_MS;
/** Sightings merged for one page; half a year of hourly sweeps fits. */
const POINTS = 5000;

const laneOf = ({ source, device }: Point): string => `${source} ${device ?? ''}`;
const keyOf = ({ ip, mac, port }: Point): string => `${ip ?? ''} ${mac ?? ''} ${port ?? ''}`;
type Open = { -readonly [K in keyof Interval]: Interval[K] };

/**
 * Points newest first. What was seen stays one interval while every look that saw anything of it saw the same; a look that saw
 * something else instead ends it, and so does a long absence. Each source and device is told on its own.
 */
export function intervalsOf(points: readonly Point[]): Interval[] {
  const found: Open[] = [];
  const lanes = new Map<string, Map<string, Open>>();
  for (let from = 0; from < points.length;) {
    const first = points[from]!;
    const lane = laneOf(first);
    let to = from;
    const here = new Map<string, Point>();
    for (; to < points.length && points[to]!.look === first.look && laneOf(points[to]!) === lane; to += 1)
      here.set(keyOf(points[to]!), points[to]!);
    const open = lanes.get(lane) ?? new Map<string, Open>();
    lanes.set(lane, open);
    for (const key of open.keys()) if (!here.has(key)) open.delete(key);
    for (const [key, point] of here) {
      const going = open.get(key);
      if (going && going.first_at - point.at <= AWAY_MS) {
        going.first_at = point.at;
        going.times += 1;
        going.name ??= point.name;
        continue;
      }
      const { look, at, ...rest } = point;
      const next: Open = {
        ...rest,
        random: point.mac !== null && isRandomMac(point.mac),
        first_at: at,
        last_at: at,
        times: 1,
        sweep_id: point.source === 'snmp_arp' || point.source === 'forwarding' ? null : look,
      };
      found.push(next);
      open.set(key, next);
    }
    from = to;
  }
  return found.toSorted((a, b) => b.last_at - a.last_at);
}

interface SeenRow {
  readonly at: number;
  readonly look: string;
  readonly ip: string;
  readonly mac: string;
  readonly source: SightingSource;
  readonly name: string | null;
}
/** Sightings by sweeps and files, newest first, along the index of what is asked for. */
function seenBefore(db: ReadDb, about: About, before: number): Point[] {
  const field = about.ip === null ? 'mac' : 'ip';
  return db
    .all<SeenRow>(
      `SELECT g.seen_at AS at, g.sweep_id AS look, g.ip, g.mac, s.source, g.name FROM _sightings g JOIN _sweeps s ON s.id = g.sweep_id
       WHERE g.${field} = ? AND g.seen_at < ? AND g.proof <> 'cache' ORDER BY g.seen_at DESC LIMIT ?`,
      about.ip ?? about.mac,
      before,
      POINTS,
    )
    .map((row) => ({ ...row, mac: row.mac || null, device: null, port: null }));
}

/** Reads sightings of some other evidence: newest first, older than a moment, at most so many. */
export type PointReader = (db: ReadDb, about: About, before: number, limit: number) => Point[];

/** One page. `next`: the page after it begins before this moment; null when everything was told. */
export function timelineOf(
  db: ReadDb,
  about: About,
  before: number | undefined,
  others: readonly PointReader[],
): { intervals: Interval[]; next: number | null } {
  const from = before ?? Number.MAX_SAFE_INTEGER;
  const streams = [seenBefore(db, about, from), ...others.map((read) => read(db, about, from, POINTS))];
  // a stream that was cut off says nothing of what is older: the page ends where the first of them was cut
  const ends = streams.flatMap((points) => (points.length >= POINTS ? points.at(-1)!.at : []));
  const end = ends.length === 0 ? null : Math.max(...ends);
  const all = streams.flat().toSorted((a, b) => b.at - a.at || (a.look < b.look ? -1 : a.look > b.look ? 1 : 0));
  const within = end === null ? all : all.filter(({ at }) => at > end);
  // everything of one moment belongs to one page, however much it is
  const points = within.length === 0 ? all : within;
  return { intervals: intervalsOf(points), next: end === null ? null : within.length === 0 ? end : end + 1 };
}

export interface Span {
  readonly first_seen_at: number | null;
  readonly last_seen_at: number | null;
  readonly times: number;
}
/** By sweeps and files alone: a memory of the kernel's is no sighting. */
export function spanOf(db: ReadDb, about: About): Span {
  const field = about.ip === null ? 'mac' : 'ip';
  const row = db.get<{ first: number | null; last: number | null; n: number }>(
    `SELECT min(seen_at) AS first, max(seen_at) AS last, count(DISTINCT sweep_id) AS n FROM _sightings
     WHERE ${field} = ? AND proof <> 'cache'`,
    about.ip ?? about.mac,
  );
  return { first_seen_at: row?.first ?? null, last_seen_at: row?.last ?? null, times: row?.n ?? 0 };
}
