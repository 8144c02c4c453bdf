/** The two ends of a cable: in the record each is a group of columns, everywhere else one thing. */
import type { RowOf } from '../../record.ts';
import type { cables, PanelSide } from '../cabling.ts';

export type Cable = RowOf<typeof cables>;
export const endNames = ['a', 'b'] as const;
type EndName = (typeof endNames)[number];

export type CableEnd =
  | { readonly kind: 'port' | 'outlet' | 'asset'; readonly id: string }
  | { readonly kind: 'panel'; readonly id: string; readonly position: number; readonly side: PanelSide };

/** Null: not known yet. */
export function endOf(cable: Cable, end: EndName): CableEnd | null {
  const [port, panel, outlet, asset] = [
    cable[`${end}_port_id`],
    cable[`${end}_panel_id`],
    cable[`${end}_outlet_id`],
    cable[`${end}_asset_id`],
  ];
  if (port !== null) return { kind: 'port', id: port };
  if (panel !== null)
    return { kind: 'panel', id: panel, position: cable[`${end}_position`] ?? 0, side: cable[`${end}_side`] ?? 'front' };
  if (outlet !== null) return { kind: 'outlet', id: outlet };
  return asset === null ? null : { kind: 'asset', id: asset };
}

/** The columns of an end, those of other kinds emptied. */
export const endColumns = <E extends EndName>(name: E, end: CableEnd | null) =>
  ({
    [`${name}_port_id`]: end?.kind === 'port' ? end.id : null,
    [`${name}_panel_id`]: end?.kind === 'panel' ? end.id : null,
    [`${name}_position`]: end?.kind === 'panel' ? end.position : null,
    [`${name}_side`]: end?.kind === 'panel' ? end.side : null,
    [`${name}_outlet_id`]: end?.kind === 'outlet' ? end.id : null,
    [`${name}_asset_id`]: end?.kind === 'asset' ? end.id : null,
  }) as Pick<Cable, Extract<keyof Cable, `${E}_${string}`>>;

/** The same place; a panel by number and side. */
export const sameEnd = (a: CableEnd, b: CableEnd): boolean =>
  a.kind === b.kind &&
  a.id === b.id &&
  (a.kind !== 'panel' || b.kind !== 'panel' || (a.position === b.position && a.side === b.side));

export const otherEnd = (name: EndName): EndName => (name === 'a' ? 'b' : 'a');
export const otherSide = (side: PanelSide): PanelSide => (side === 'front' ? 'rear' : 'front');
