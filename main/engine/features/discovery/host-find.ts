/** Addresses and cards that only sightings know, by a piece of what was typed. */
import type { ReadDb } from '../../db.ts';

interface FoundHost {
  readonly ip: string;
  readonly mac: string | null;
  readonly name: string | null;
  readonly at: number;
}
/** Shorter pieces are in everything. */
const SHORTEST = 3;
/** Sightings of the last so many sweeps are looked through: enough for everything that was lately there, and quick. */
const SWEEPS = 20;

/** `30.7`, `10.20.30.`, `AA-BB-CC`, `aabb.cc`: newest sighting of each address, the exact one first. */
export function findHosts(db: ReadDb, typed: string, limit: number): FoundHost[] {
  const text = typed.normalize('NFKC').replace(/。/g, '.').trim();
  const hex = text.replace(/[-:. ]/g, '').toUpperCase();
  const asIp = /^[\d.]+$/.test(text) && text.length >= SHORTEST && text.includes('.');
  const asMac = /^[0-9A-F]{4,12}$/.test(hex) && !asIp;
  if (!asIp && !asMac) return [];
  const rows = db.all<FoundHost>(
    `SELECT g.ip, nullif(g.mac, '') AS mac, g.name, max(g.seen_at) AS at
     FROM (SELECT id FROM _sweeps ORDER BY started_at DESC LIMIT ${SWEEPS}) s JOIN _sightings g ON g.sweep_id = s.id
     WHERE instr(${asIp ? 'g.ip' : 'g.mac'}, ?) > 0 GROUP BY g.ip, g.mac ORDER BY at DESC LIMIT ?`,
    asIp ? text : hex,
    limit * 4,
  );
  const exact = (row: FoundHost): number => (row.ip === text || row.mac === hex ? 0 : 1);
  return rows.toSorted((a, b) => exact(a) - exact(b)).slice(0, limit);
}
