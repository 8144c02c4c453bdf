/** By what tickets are counted beside their category: the building, the model of the device, the switch behind the address. */
import type { Ticket } from '../../../../shared/features/tickets.ts';
import type { ReadDb } from '../../db.ts';

export type NameOf = (ticket: Ticket) => { readonly key: string | null; readonly name: string };
const NOTHING = { key: null, name: '' } as const;

interface Place {
  readonly id: string;
  readonly parent_id: string | null;
  readonly name: string;
  readonly kind: string;
}
/** The building a place lies in; the topmost place for what lies in none. */
export function buildingOf(db: ReadDb): NameOf {
  const places = new Map(
    db.all<Place>('SELECT id, parent_id, name, kind FROM locations').map((each) => [each.id, each]),
  );
  return ({ location_id }) => {
    const up = new Set<Place>();
    for (let at = places.get(location_id ?? ''); at && !up.has(at); at = places.get(at.parent_id ?? '')) up.add(at);
    const found = [...up].find(({ kind }) => kind === 'building') ?? [...up].at(-1);
    return found ? { key: found.id, name: found.name } : NOTHING;
  };
}

/** The key is the model itself: it opens no list of its own. */
export function modelOf(db: ReadDb): NameOf {
  const rows = db.all<{ id: string; brand: string | null; model: string }>(
    'SELECT id, brand, model FROM assets WHERE model IS NOT NULL AND id IN (SELECT asset_id FROM tickets)',
  );
  const models = new Map(rows.map(({ id, brand, model }) => [id, [brand, model].filter(Boolean).join(' ')]));
  return ({ asset_id }) => {
    const model = models.get(asset_id ?? '');
    return model === undefined ? NOTHING : { key: model, name: model };
  };
}

export function switchOf(db: ReadDb): NameOf {
  const rows = db.all<{ ip: string; switch_name: string }>(
    `SELECT ip, switch_name FROM bindings WHERE deleted_at IS NULL AND switch_name IS NOT NULL
     AND ip IN (SELECT ip FROM tickets) ORDER BY opened_at`,
  );
  const switches = new Map(rows.map(({ ip, switch_name }) => [ip, switch_name]));
  return ({ ip }) => {
    const name = switches.get(ip ?? '');
    return name === undefined ? NOTHING : { key: name, name };
  };
}
