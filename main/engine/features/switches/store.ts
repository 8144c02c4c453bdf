/** Readings of devices over SNMP: evidence of this laptop, written once, read as it was. */
import { newId } from '../../ids.ts';
import type { Snapshot } from '../../../../shared/features/switches/ports.ts';
import type { ReadDb } from '../../db.ts';
import type { DeviceReading, Interface, LldpNeighbour, ReadEnd, TableName, TableState } from '../../snmp/reading.ts';

/** The newest readings of a device are kept as they are; of an earlier day only its last, until it is purged with its class of evidence. */
const KEPT = 10;
/** Days are those of Asia/Shanghai, which has no summer time. */
const SHANGHAI_MS = 8 * 3_600_000;
/** Of the readings of one device, the newest that a screen lists. */
const LISTED = 60;
const GOOD = "ending IN ('complete', 'partial')";
const HAS_FORWARDING =
  "EXISTS (SELECT 1 FROM json_each(tables) t WHERE t.key IN ('bridge', 'qbridge', 'vendor') AND t.value IN ('read', 'cut'))";

export interface ReadRow {
  readonly id: string;
  readonly ip: string;
  readonly credential_id: string | null;
  /** By SNMP, or pasted from its console. */
  readonly source: 'snmp' | 'console';
  readonly read_at: number;
  readonly ending: ReadEnd;
  readonly elapsed_ms: number;
  readonly varbinds: number;
  readonly tables: Readonly<Record<TableName, TableState>>;
  readonly name: string | null;
  readonly description: string | null;
  readonly object_id: string | null;
  readonly location: string | null;
  readonly contact: string | null;
  readonly uptime_s: number | null;
  readonly addresses: readonly string[];
}
type Stored = Omit<ReadRow, 'tables' | 'addresses'> & { readonly tables: string; readonly addresses: string };
const asRead = (row: Stored): ReadRow => ({
  ...row,
  tables: JSON.parse(row.tables) as ReadRow['tables'],
  addresses: JSON.parse(row.addresses) as string[],
});

const flag = (value: boolean | null): number | null => (value === null ? null : value ? 1 : 0);

/** Rows written in one breath: 2 to 4 ms of the engine's thread. */
const PIECE = 500;
function* pieces<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += PIECE) yield rows.slice(at, at + PIECE);
}

/** Writes a reading in steps. It counts as one that was stopped until the last, so that no half of it is taken for a whole. */
function* saving(db: ReadDb, at: number, credentialId: string | null, reading: DeviceReading): Generator<void, string> {
  const id = newId(at);
  const { system } = reading;
  db.prepare(
    `INSERT INTO _device_reads (id, ip, credential_id, read_at, ending, elapsed_ms, varbinds, tables, name, description, object_id,
       location, contact, uptime_s, addresses, source) VALUES (?, ?, ?, ?, 'stopped', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    reading.ip,
    credentialId,
    at,
    Math.round(reading.elapsed_ms),
    reading.varbinds,
    JSON.stringify(reading.tables),
    system?.name ?? null,
    system?.description ?? null,
    system?.object_id ?? null,
    system?.location ?? null,
    system?.contact ?? null,
    system?.uptime_s == null ? null : Math.round(system.uptime_s),
    JSON.stringify(reading.addresses),
    reading.source ?? 'snmp',
  );
  // a device that repeats itself (peers.md 1.4) is taken at its first word
  for (const rows of pieces(reading.interfaces)) {
    const face = db.prepare('INSERT OR IGNORE INTO _device_interfaces VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    for (const each of rows)
      face.run(
        id,
        each.if_index,
        each.name,
        each.alias,
        each.type,
        flag(each.admin_up),
        flag(each.up),
        each.speed_mbps,
        each.mac,
        each.lag_if_index,
      );
    yield;
  }
  for (const rows of pieces(reading.arp)) {
    const arp = db.prepare('INSERT OR IGNORE INTO _device_arp VALUES (?, ?, ?, ?)');
    for (const each of rows) arp.run(id, each.ip, each.mac, each.if_index);
    yield;
  }
  for (const rows of pieces(reading.forwarding)) {
    const forwarding = db.prepare('INSERT OR IGNORE INTO _device_forwarding VALUES (?, ?, ?, ?, ?, ?)');
    for (const each of rows)
      // 0 stands for no VLAN: a part of a key cannot be null
      forwarding.run(id, each.mac, each.vlan ?? 0, each.bridge_port, each.if_index, each.status);
    yield;
  }
  const beside = db.prepare('INSERT INTO _device_neighbours VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const [position, each] of reading.neighbours.entries())
    beside.run(
      id,
      position,
      each.local_port,
      each.if_index,
      each.chassis,
      each.port,
      each.port_description,
      each.system_name,
      each.system_description,
      each.management_ip,
      each.capabilities === null ? null : JSON.stringify(each.capabilities),
    );
  db.prepare('UPDATE _device_reads SET ending = ? WHERE id = ?').run(reading.end, id);
  db.prepare(
    `DELETE FROM _device_reads AS r WHERE ip = ? AND ${GOOD}
       AND id NOT IN (SELECT id FROM _device_reads WHERE ip = ? AND ${GOOD} ORDER BY read_at DESC, id DESC LIMIT ${KEPT})
       AND EXISTS (SELECT 1 FROM _device_reads n WHERE n.ip = r.ip AND n.ending IN ('complete', 'partial')
                   AND (n.read_at, n.id) > (r.read_at, r.id)
                   AND (n.read_at + ${SHANGHAI_MS}) / 86400000 = (r.read_at + ${SHANGHAI_MS}) / 86400000)`,
  ).run(reading.ip, reading.ip);
  return id;
}

export function saveReading(db: ReadDb, at: number, credentialId: string | null, reading: DeviceReading): string {
  const steps = saving(db, at, credentialId, reading);
  return db.raw.transaction(() => {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  })();
}

/** The same, big ones step by step: the tables of a core switch would hold the engine for a quarter of a second. */
export async function saveReadingInSteps(
  db: ReadDb,
  at: number,
  credentialId: string,
  reading: DeviceReading,
): Promise<void> {
  const { interfaces, arp, forwarding } = reading;
  if (interfaces.length + arp.length + forwarding.length <= PIECE)
    return void saveReading(db, at, credentialId, reading);
  const steps = saving(db, at, credentialId, reading);
  // the engine may be closed in between
  while (db.raw.open && !db.raw.transaction(() => steps.next().done === true)())
    await new Promise((resolve) => setImmediate(resolve));
}

/** Tables of a core switch go with each reading: a few are some hundredths of a second. */
const PURGED_AT_ONCE = 4;
/**
 * Readings older than `before` go, but never the last good one of a device: the map would lose its place. Takes a few at most, the oldest
 * first; returns how many went, 0 at the end.
 */
export const purgeReadings = (db: ReadDb, before: number): number =>
  db
    .prepare(
      `DELETE FROM _device_reads WHERE id IN (
         SELECT id FROM _device_reads r WHERE read_at < ? AND (NOT ${GOOD} OR EXISTS (
           SELECT 1 FROM _device_reads n WHERE n.ip = r.ip AND n.${GOOD} AND (n.read_at, n.id) > (r.read_at, r.id)))
         ORDER BY read_at, id LIMIT ${PURGED_AT_ONCE})`,
    )
    .run(before).changes;

/** Of each device its last reading, good or not, and its last good one. */
export function lastReads(db: ReadDb): { last: ReadRow; good: ReadRow | null }[] {
  const rows = db
    .all<Stored & { place: number }>(
      `SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY ip ORDER BY read_at DESC, id DESC) AS place,
                        row_number() OVER (PARTITION BY ip, ${GOOD} ORDER BY read_at DESC, id DESC) AS place_of_kind FROM _device_reads)
       WHERE place = 1 OR (place_of_kind = 1 AND ${GOOD}) ORDER BY place`,
    )
    .map((row) => ({ place: row.place, read: asRead(row) }));
  return rows.flatMap(({ place, read }) =>
    place === 1
      ? [{ last: read, good: rows.find((each) => each.read.ip === read.ip && isGood(each.read))?.read ?? null }]
      : [],
  );
}
/** It gave tables. */
export const isGood = ({ ending }: ReadRow): boolean => ending === 'complete' || ending === 'partial';

/** What is kept of a device, newest first; the last good one is always among them. */
export const readsOf = (db: ReadDb, ip: string): ReadRow[] =>
  db
    .all<Stored>(
      `SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY ${GOOD} ORDER BY read_at DESC, id DESC) AS place FROM _device_reads WHERE ip = ?)
       WHERE place <= ${LISTED} ORDER BY read_at DESC, id DESC`,
      ip,
    )
    .map(asRead);

type Flags = Record<'admin_up' | 'up', number | null>;
const asFlag = (value: number | null): boolean | null => (value === null ? null : value === 1);
export const interfacesOf = (db: ReadDb, readId: string): Interface[] =>
  db
    .all<Omit<Interface, keyof Flags> & Flags>(
      'SELECT if_index, name, alias, type, admin_up, up, speed_mbps, mac, lag_if_index FROM _device_interfaces WHERE read_id = ? ORDER BY if_index',
      readId,
    )
    .map((row) => ({ ...row, admin_up: asFlag(row.admin_up), up: asFlag(row.up) }));
export const arpOf = (db: ReadDb, readId: string): { ip: string; mac: string; if_index: number | null }[] =>
  db.all('SELECT ip, mac, if_index FROM _device_arp WHERE read_id = ? ORDER BY ip_order(ip)', readId);
export const neighboursOf = (db: ReadDb, readId: string): LldpNeighbour[] =>
  db
    .all<Omit<LldpNeighbour, 'capabilities'> & { capabilities: string | null }>(
      `SELECT local_port, if_index, chassis, port, port_description, system_name, system_description, management_ip, capabilities
       FROM _device_neighbours WHERE read_id = ? ORDER BY position`,
      readId,
    )
    .map((row) => ({
      ...row,
      capabilities: row.capabilities === null ? null : (JSON.parse(row.capabilities) as LldpNeighbour['capabilities']),
    }));

/** A device that was read at several of its addresses is one device: the reading that came last speaks for it. */
const distinct = (reads: readonly ReadRow[]): ReadRow[] =>
  reads.filter(
    (one) =>
      !reads.some(
        (other) =>
          other.ip !== one.ip &&
          other.addresses.includes(one.ip) &&
          one.addresses.includes(other.ip) &&
          (other.read_at > one.read_at || (other.read_at === one.read_at && other.id > one.id)),
      ),
  );

/**
 * Of each device its last reading that gave a forwarding table; with `any`, its last good one that was asked for neighbours, else its
 * last good one: what was pasted of a console may be one table only.
 */
export function snapshots(db: ReadDb, any: 'any' | 'forwarding' = 'forwarding'): Snapshot[] {
  const first = any === 'any' ? "coalesce(tables ->> 'lldp', '') IN ('not_asked', 'failed'), " : '';
  const reads = db
    .all<Stored>(
      `SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY ip ORDER BY ${first}read_at DESC, id DESC) AS place
                      FROM _device_reads WHERE ${GOOD} AND ${any === 'any' ? '1' : HAS_FORWARDING}) WHERE place = 1 ORDER BY ip_order(ip)`,
    )
    .map(asRead);
  return distinct(reads).map((read) => ({
    device_ip: read.ip,
    name: read.name,
    read_at: read.read_at,
    addresses: read.addresses,
    interfaces: interfacesOf(db, read.id),
    neighbours: neighboursOf(db, read.id),
    forwarding: db.all(
      `SELECT mac, nullif(vlan, 0) AS vlan, bridge_port, if_index, status FROM _device_forwarding WHERE read_id = ?`,
      read.id,
    ),
  }));
}

/** The readings on end, newest backwards, in which a card was at one port of a device: when the first of them was. */
export function seenSince(db: ReadDb, ip: string, mac: string, ifIndex: number | null, name: string): number | null {
  const rows = db.all<{ read_at: number; here: number }>(
    `SELECT r.read_at, EXISTS (
       SELECT 1 FROM _device_forwarding f LEFT JOIN _device_interfaces i ON i.read_id = r.id AND i.if_index = f.if_index
       WHERE f.read_id = r.id AND f.mac = ? AND (i.name = ? OR (i.name IS NULL AND f.if_index IS ?))) AS here
     FROM _device_reads r WHERE r.ip = ? AND ${GOOD} AND ${HAS_FORWARDING} ORDER BY r.read_at DESC, r.id DESC`,
    mac,
    name,
    ifIndex,
    ip,
  );
  const gone = rows.findIndex(({ here }) => here === 0);
  return (gone === -1 ? rows : rows.slice(0, gone)).at(-1)?.read_at ?? null;
}
