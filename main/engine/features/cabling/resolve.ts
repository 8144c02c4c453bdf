/** Words of a binding (outlet, switch, port) against the register: the record they mean, or null where they mean none or several. */
import { plainLabel } from '../../../../shared/features/cabling/label.ts';
import { portKey, samePort } from '../../../../shared/port-name.ts';
import type { ReadDb } from '../../db.ts';

/** An outlet by its label: in the room first, else the only one of that label. */
export function outletCalled(db: ReadDb, label: string | null, room: string | null): string | null {
  if (!label) return null;
  const rows = db.all<{ id: string; location_id: string }>(
    'SELECT id, location_id FROM outlets WHERE label IN (?, ?) AND deleted_at IS NULL',
    label,
    plainLabel(label),
  );
  const here = rows.filter(({ location_id }) => location_id === room);
  if (here.length === 1) return here[0]?.id ?? null;
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}

/** A switch by the words people use: its host name, tag, address or name. */
export function switchCalled(db: ReadDb, name: string | null): string | null {
  if (!name) return null;
  // each by its own index: SQLite reads the whole table for an OR of two that fold case
  const rows = db.all<{ id: string }>(
    `SELECT id FROM assets WHERE deleted_at IS NULL AND status <> 'scrapped' AND id IN (
       SELECT id FROM assets WHERE hostname = ? COLLATE NOCASE UNION ALL SELECT id FROM assets WHERE tag = ? COLLATE NOCASE
       UNION ALL SELECT id FROM assets WHERE ip = ?
       UNION ALL SELECT id FROM assets WHERE name = ? AND category IN ('switch', 'router', 'firewall'))
     LIMIT 2`,
    ...Array.from({ length: 4 }, () => name.trim()),
  );
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}

const isBare = (key: string): boolean => /^\d/.test(key);

/** Ports of a switch by any way of writing their names: the same name first, else the only one it can mean. */
export function portFinder(db: ReadDb, asset: string): (name: string) => string | null {
  const ports = db
    .all<{ id: string; name: string }>(
      'SELECT id, name FROM switch_ports WHERE asset_id = ? AND deleted_at IS NULL ORDER BY id DESC',
      asset,
    )
    .map((port) => ({ ...port, key: portKey(port.name) }));
  const exact = new Map(ports.map(({ id, key }) => [key, id]));
  const bare = ports.filter(({ key }) => isBare(key));
  return (name) => {
    const key = portKey(name);
    const same = exact.get(key);
    if (same !== undefined) return same;
    // only a bare number can mean a port of another name
    const like = (isBare(key) ? ports : bare).filter((port) => samePort(port.name, name));
    return like.length === 1 ? (like[0]?.id ?? null) : null;
  };
}
export const portCalled = (db: ReadDb, asset: string | null, name: string | null): string | null =>
  asset === null || !name ? null : portFinder(db, asset)(name);
