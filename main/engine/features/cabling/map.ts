/** Many places of a panel joined at once: its rear with the outlets of a room, its front with the ports of a switch. Says first what stands in the way. */
import { cables, outlets, panels } from '../../../../shared/features/cabling.ts';
import type { MapRow, mapTargets } from '../../../../shared/features/cabling/calls.ts';
import { endColumns, type CableEnd } from '../../../../shared/features/cabling/ends.ts';
import { frontLabel, rearLabel } from '../../../../shared/features/cabling/label.ts';
import { readRange } from '../../../../shared/features/cabling/ranges.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import { readRow } from '../../read-row.ts';
import { cableName, cablesAt, switchName } from './ends.ts';
import { outletName } from './panels.ts';
import { portsOf } from './ports.ts';

export interface Mapping {
  readonly panel_id: string;
  readonly range: string;
  readonly target: (typeof mapTargets)[number];
  readonly target_id: string;
  readonly prefix: string;
  readonly target_range: string;
}
interface Planned {
  readonly row: MapRow;
  readonly panel: CableEnd;
  /** Null: an outlet still to be made, or nothing there. */
  readonly target: CableEnd | null;
}

/** What would be joined, place by place. Runs of different length, and places the panel does not have, are refused as a whole. */
export function planMap(db: ReadDb, t: Translate, mapping: Mapping): Planned[] {
  const panel = readRow(db, panels, mapping.panel_id);
  const [from, to] = [readRange(mapping.range), readRange(mapping.target_range)];
  if (from === null || to === null)
    throw refuse('map_range', { range: from === null ? mapping.range : mapping.target_range });
  if (from.length !== to.length) throw refuse('map_lengths', { from: from.length, to: to.length });
  const beyond = from.find((position) => position > panel.ports);
  if (beyond !== undefined) throw refuse('panel_position', { position: beyond, ports: panel.ports });
  const side = mapping.target === 'outlets' ? 'rear' : 'front';
  const find = mapping.target === 'outlets' ? outletFinder(db, mapping) : portFinder(db, mapping);
  return from.map((position, index): Planned => {
    const place: CableEnd = { kind: 'panel', id: panel.id, position, side };
    const { name, end } = find(to[index] ?? 0);
    const label = side === 'rear' ? rearLabel(panel, position) : frontLabel(panel, position);
    const holders = [place, ...(end ? [end] : [])].map((each) => cablesAt(db, each)[0]);
    const twin = db.get<{ label: string }>('SELECT label FROM cables WHERE label = ? AND deleted_at IS NULL', label);
    const problem = holders[0]
      ? 'panel_taken'
      : holders[1]
        ? 'target_taken'
        : end === null && mapping.target === 'ports'
          ? 'no_target'
          : twin
            ? 'label_taken'
            : null;
    const holder = holders[0] ?? holders[1];
    return {
      row: {
        position,
        target: name,
        label,
        fresh: end === null && mapping.target === 'outlets',
        problem,
        holder: holder ? cableName(holder, t) : problem === 'label_taken' ? label : null,
      },
      panel: place,
      target: end,
    };
  });
}

type Finder = (n: number) => { readonly name: string; readonly end: CableEnd | null };

function outletFinder(db: ReadDb, { target_id, prefix }: Mapping): Finder {
  return (n) => {
    const [padded, bare] = [outletName(prefix, n), `${prefix}${n}`];
    const row = db.get<{ id: string; label: string }>(
      'SELECT id, label FROM outlets WHERE location_id = ? AND label IN (?, ?) AND deleted_at IS NULL',
      target_id,
      padded,
      bare,
    );
    return { name: row?.label ?? padded, end: row ? { kind: 'outlet', id: row.id } : null };
  };
}
function portFinder(db: ReadDb, { target_id }: Mapping): Finder {
  const ports = new Map(portsOf(db, target_id).map((port) => [port.position, port]));
  const name = switchName(db, target_id);
  return (n) => {
    const port = ports.get(n);
    return { name: `${name} ${port?.name ?? n}`, end: port ? { kind: 'port', id: port.id } : null };
  };
}

/** Joins what can be joined; with anything in the way nothing is written, for a half-mapped panel is worse than none. */
export function writeMap(tx: WriteDb, t: Translate, mapping: Mapping): MapRow[] {
  const planned = planMap(tx, t, mapping);
  const bad = planned.find(({ row }) => row.problem !== null);
  if (bad)
    throw refuse('map_conflict', { position: bad.row.position, target: bad.row.target, holder: bad.row.holder ?? '—' });
  const medium = tx.need(panels, mapping.panel_id).medium;
  for (const { row, panel, target } of planned) {
    const end: CableEnd = target ?? {
      kind: 'outlet',
      id: tx.insert(outlets, { location_id: mapping.target_id, label: row.target, state: 'good' }).id,
    };
    // A lead begins at the panel and ends at the port, a cable behind it begins at the panel and ends in the room.
    tx.insert(cables, { label: row.label, medium, ...endColumns('a', panel), ...endColumns('b', end) });
  }
  return planned.map(({ row }) => row);
}
