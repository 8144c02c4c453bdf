/** When devices told of one address or card: for its timeline. Newest first, older than a moment, at most so many. */
import type { ReadDb } from '../../db.ts';
import { whichPort } from './evidence.ts';

export interface Told {
  readonly at: number;
  /** The reading. */
  readonly look: string;
  readonly ip: string | null;
  readonly mac: string;
  readonly device: string;
  readonly port: string | null;
}
/** A desk has a telephone, a computer and what runs inside it; behind more cards than that lies another switch. */
const AT_A_DESK = 3;

export const toldByArp = (
  db: ReadDb,
  { ip, mac }: { readonly ip: string | null; readonly mac: string | null },
  before: number,
  limit: number,
): Told[] =>
  db.all(
    `SELECT r.read_at AS at, r.id AS look, a.ip, a.mac, coalesce(r.name, r.ip) AS device, NULL AS port
     FROM _device_arp a JOIN _device_reads r ON r.id = a.read_id
     WHERE a.${ip === null ? 'mac' : 'ip'} = ? AND r.read_at < ? ORDER BY r.read_at DESC LIMIT ?`,
    ip ?? mac,
    before,
    limit,
  );

/** Only ports where the card may be plugged in: every switch on the way sees it too, at the port that leads there. */
export function toldByForwarding(db: ReadDb, mac: string, before: number, limit: number): Told[] {
  const kinds = new Map(whichPort(db, mac).map((each) => [`${each.device_ip} ${each.port}`, each.kind]));
  const rows = db.all<Told & { device_ip: string; cards: number }>(
    `SELECT r.read_at AS at, r.id AS look, NULL AS ip, f.mac, coalesce(r.name, r.ip) AS device, r.ip AS device_ip,
       coalesce(i.name, 'port ' || f.bridge_port) AS port,
       (SELECT count(DISTINCT o.mac) FROM _device_forwarding o WHERE o.read_id = r.id AND o.bridge_port = f.bridge_port) AS cards
     FROM _device_reads r CROSS JOIN _device_forwarding f ON f.read_id = r.id AND f.mac = ?
     LEFT JOIN _device_interfaces i ON i.read_id = r.id AND i.if_index = f.if_index
     WHERE r.read_at < ? ORDER BY r.read_at DESC LIMIT ?`,
    mac,
    before,
    limit,
  );
  return rows.flatMap(({ device_ip, cards, ...told }) => {
    const kind = kinds.get(`${device_ip} ${told.port}`);
    return kind === 'uplink' || (kind === undefined && cards > AT_A_DESK) ? [] : [told];
  });
}

/** Readings there are, and how many of them `purgeReadings` would take: never the last good one of a device. */
export const countReadings = (db: ReadDb, before: number): { total: number; oldest_at: number | null; due: number } =>
  db.get<{ total: number; oldest_at: number | null; due: number }>(
    `SELECT count(*) AS total, min(read_at) AS oldest_at, count(*) FILTER (WHERE read_at < ? AND NOT (good AND place = 1)) AS due
     FROM (SELECT read_at, good, row_number() OVER (PARTITION BY ip, good ORDER BY read_at DESC, id DESC) AS place
           FROM (SELECT id, ip, read_at, ending IN ('complete', 'partial') AS good FROM _device_reads))`,
    before,
  ) ?? { total: 0, oldest_at: null, due: 0 };
