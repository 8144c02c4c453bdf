/** What a move needs to know of a room: its outlets, and the switch port behind each; and what command lines are made of. */
import { maskOf, parseCidr } from '../../../../shared/ip.ts';
import { samePort } from '../../../../shared/port-name.ts';
import { portRow, switchName } from '../cabling/ends.ts';
import { walk } from '../cabling/walk.ts';
import type { ReadDb } from '../../db.ts';

export interface End {
  outlet: string;
  switch_name: string | null;
  switch_port: string | null;
  taken: string | null;
}
/** More than any room has. */
const MOST = 200;

/**
 * From the register of cabling, and from who sat there before: an outlet that no living binding names is free. A room of which neither
 * knows anything has none, and the wizard takes what is typed.
 */
export function endsOf(db: ReadDb, place: string): End[] {
  const known = new Map<string, End>();
  const add = (end: End): void => {
    const key = end.outlet.toUpperCase();
    const before = known.get(key);
    known.set(key, {
      outlet: before?.outlet ?? end.outlet,
      switch_name: before?.switch_name ?? end.switch_name,
      switch_port: before?.switch_port ?? end.switch_port,
      taken: before?.taken ?? end.taken,
    });
  };
  for (const { id, port, outlet } of db.all<{ id: string; outlet: string; port: string | null }>(
    `SELECT o.id, o.label AS outlet, min(p.id) AS port FROM outlets o
     LEFT JOIN switch_ports p ON p.outlet_id = o.id AND p.deleted_at IS NULL
     WHERE o.location_id = ? AND o.deleted_at IS NULL AND o.state <> 'damaged' GROUP BY o.id ORDER BY o.label LIMIT ?`,
    place,
    MOST,
  ))
    add({ outlet, ...portBehind(db, id, port), taken: null });
  for (const { live, person, ...row } of db.all<Omit<End, 'taken'> & { live: number; person: string | null }>(
    `SELECT b.outlet, b.switch_name, b.switch_port, b.state <> 'released' AS live, p.name AS person FROM bindings b
     LEFT JOIN people p ON p.id = b.person_id
     WHERE b.location_id = ? AND b.outlet IS NOT NULL AND b.deleted_at IS NULL ORDER BY b.state = 'released', b.opened_at DESC LIMIT ?`,
    place,
    MOST,
  ))
    add({ ...row, taken: live === 1 ? (person ?? '—') : null });
  return [...known.values()].toSorted(
    (a, b) => Number(a.taken !== null) - Number(b.taken !== null) || natural.compare(a.outlet, b.outlet),
  );
}

/** Along the cables, else what the port itself says is behind it. */
function portBehind(db: ReadDb, outlet: string, told: string | null): Pick<End, 'switch_name' | 'switch_port'> {
  const end = walk(db, { kind: 'outlet', id: outlet }).at(-1)?.end;
  const port = portRow(db, end?.kind === 'port' ? end.id : (told ?? ''));
  return port
    ? { switch_name: switchName(db, port.asset_id), switch_port: port.name }
    : { switch_name: null, switch_port: null };
}

/** The living binding that names this port already, by the name of its user; null when it is free or not named. */
export function portHolder(
  db: ReadDb,
  { switch_name: name, switch_port: port }: Pick<End, 'switch_name' | 'switch_port'>,
  self: readonly string[] = [],
): string | null {
  if (!name || !port) return null;
  const rows = db.all<{ id: string; switch_port: string; person: string | null }>(
    `SELECT b.id, b.switch_port, p.name AS person FROM bindings b LEFT JOIN people p ON p.id = b.person_id
     WHERE b.switch_name = ? COLLATE NOCASE AND b.switch_port IS NOT NULL AND b.state <> 'released' AND b.deleted_at IS NULL`,
    name,
  );
  return rows.find((row) => !self.includes(row.id) && samePort(row.switch_port, port))?.person ?? null;
}

const natural = new Intl.Collator('zh-CN', { numeric: true });

export interface Line {
  id: string;
  ip: string;
  mac: string | null;
  vlan: number | null;
  mask: string | null;
  port: string | null;
  switch_name: string | null;
}
/** Those that were named, in their order; else all that are in use in a subnet, lowest address first. */
export function deviceLines(
  db: ReadDb,
  { ids, subnet_id }: { ids?: readonly string[] | null | undefined; subnet_id?: string | null | undefined },
): Line[] {
  const where = ids ? 'b.id IN (SELECT value FROM json_each(?))' : "b.subnet_id = ? AND b.state = 'active'";
  const rows = db.all<Omit<Line, 'mask'> & { cidr: string }>(
    `SELECT b.id, b.ip, b.mac, b.switch_port AS port, b.switch_name, s.vlan, s.cidr FROM bindings b JOIN subnets s ON s.id = b.subnet_id
     WHERE ${where} AND b.deleted_at IS NULL`,
    ids ? JSON.stringify(ids) : (subnet_id ?? ''),
  );
  return rows
    .map(({ cidr, ...row }) => {
      const parsed = parseCidr(cidr);
      return { ...row, mask: parsed ? maskOf(parsed.prefix) : null };
    })
    .toSorted((a, b) => natural.compare(a.ip, b.ip));
}
