/** Ends of cables: which cable holds one, and what it is called. A port, a place on a side of a panel, and an outlet take one cable each; a device takes many. */
import { cables, switchPorts } from '../../../../shared/features/cabling.ts';
import {
  endNames,
  endOf,
  otherEnd,
  sameEnd,
  type Cable,
  type CableEnd,
} from '../../../../shared/features/cabling/ends.ts';
import { rearLabel } from '../../../../shared/features/cabling/label.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import { decode } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';
import { locationPath, titleOf } from '../../titles.ts';

function endWhere(end: CableEnd): { sql: string; params: (string | number)[] } {
  const sides = endNames.map((name) =>
    end.kind === 'panel'
      ? `(${name}_panel_id = ? AND ${name}_position = ? AND ${name}_side = ?)`
      : `${name}_${end.kind}_id = ?`,
  );
  const params = end.kind === 'panel' ? [end.id, end.position, end.side] : [end.id];
  return { sql: `(${sides.join(' OR ')}) AND deleted_at IS NULL`, params: [...params, ...params] };
}

/** Live cables with an end there, the one made first in front. */
export function cablesAt(db: ReadDb, end: CableEnd): Cable[] {
  const { sql, params } = endWhere(end);
  return db.all(`SELECT * FROM cables WHERE ${sql} ORDER BY id`, ...params).map((raw) => decode(cables, raw));
}

/** Which end of a cable this one is: a lead may join two places of one panel. */
export function nameOfEnd(cable: Cable, end: CableEnd): 'a' | 'b' {
  const a = endOf(cable, 'a');
  return a !== null && sameEnd(a, end) ? 'a' : 'b';
}
/** Where a cable leads that begins at this end. */
export const farEnd = (cable: Cable, end: CableEnd): CableEnd | null => endOf(cable, otherEnd(nameOfEnd(cable, end)));

/** Refuses an end that another cable holds, naming it. */
export function checkEnd(db: ReadDb, t: Translate, end: CableEnd, self: string | null): void {
  if (end.kind === 'panel') {
    const ports = db.value<number>('SELECT ports FROM panels WHERE id = ? AND deleted_at IS NULL', end.id);
    if (ports === undefined) throw refuse('not_found');
    if (end.position > ports) throw refuse('panel_position', { position: end.position, ports });
  } else if (!titleOf(db, tableOf[end.kind], end.id)) throw refuse('not_found');
  if (end.kind === 'asset') return;
  const holder = cablesAt(db, end).find(({ id }) => id !== self);
  if (!holder) return;
  const far = farEnd(holder, end);
  throw refuse('cable_end_taken', {
    end: endText(db, t, end),
    cable: cableName(holder, t),
    far: far ? endText(db, t, far) : t('cabling.unknown'),
  });
}
export const tableOf = { port: 'switch_ports', outlet: 'outlets', asset: 'assets' } as const;

export const cableName = ({ label, found }: Pick<Cable, 'label' | 'found'>, t: Translate): string =>
  label ?? found ?? t('cabling.no_label');

/** What a switch is called in a line: by the name it answers to, else by tag and name. */
export function switchName(db: ReadDb, id: string): string {
  const host = db.value<string | null>('SELECT hostname FROM assets WHERE id = ?', id);
  return host ?? titleOf(db, 'assets', id)?.title ?? '';
}

/** `A-1F-SW1 GE1/0/5`, `A-1A-B-05 背面`, `财务室-03`. */
export function endText(db: ReadDb, t: Translate, end: CableEnd): string {
  switch (end.kind) {
    case 'port': {
      const port = db.get<{ name: string; asset_id: string }>(
        'SELECT name, asset_id FROM switch_ports WHERE id = ?',
        end.id,
      );
      return port ? `${switchName(db, port.asset_id)} ${port.name}` : '';
    }
    case 'panel': {
      const panel = db.get<{ code: string; name: string }>('SELECT code, name FROM panels WHERE id = ?', end.id);
      return panel ? `${rearLabel(panel, end.position)} ${t(`option.cables.a_side.${end.side}`)}` : '';
    }
    case 'outlet':
      return titleOf(db, 'outlets', end.id)?.title ?? '';
    case 'asset':
      return switchName(db, end.id);
  }
}

const placeSql = {
  port: 'SELECT a.location_id FROM switch_ports p JOIN assets a ON a.id = p.asset_id WHERE p.id = ?',
  panel: 'SELECT location_id FROM panels WHERE id = ?',
  outlet: 'SELECT location_id FROM outlets WHERE id = ?',
  asset: 'SELECT location_id FROM assets WHERE id = ?',
} as const;
/** The place an end is in. */
export const endLocation = (db: ReadDb, { kind, id }: CableEnd): string | null =>
  db.value<string | null>(placeSql[kind], id) ?? null;
export function endPlace(db: ReadDb, end: CableEnd): string {
  const at = endLocation(db, end);
  return at === null ? '' : locationPath(db, at);
}

/** A live port, or null. */
export function portRow(db: ReadDb, id: string) {
  const raw = db.get('SELECT * FROM switch_ports WHERE id = ? AND deleted_at IS NULL', id);
  return raw ? decode(switchPorts, raw) : null;
}
