/** What lies in an area: read once from the registers, for gathering and for its printed lists. */
import { assets } from '../../../../shared/features/assets.ts';
import { bindings } from '../../../../shared/features/ipam.ts';
import { people } from '../../../../shared/features/people.ts';
import { liveStates, tickets } from '../../../../shared/features/tickets.ts';
import type { LocationNode } from '../../../../shared/features/locations.ts';
import type { FilterClause } from '../../../../shared/list.ts';
import type { RowOf } from '../../../../shared/record.ts';
import type { ReadDb } from '../../db.ts';
import { iterateRecords } from '../../list.ts';
import { readRow } from '../../read-row.ts';
import { pathIn } from '../../titles.ts';
import { locationTree } from '../locations.ts';

export type Asset = RowOf<typeof assets>;
export type Binding = RowOf<typeof bindings>;
export type Person = RowOf<typeof people>;
export type Ticket = RowOf<typeof tickets>;

/** What a server room or closet holds wherever it stands (F-04); everything else there counts by its place. */
const EQUIPMENT = new Set<Asset['category']>([
  'server',
  'switch',
  'router',
  'firewall',
  'ap',
  'controller',
  'converter',
  'ups',
  'nvr',
  'storage',
  'rack',
]);
const MACHINE_PLACES = new Set<string>(['closet', 'rack']);
/** Handed over by other means: tools by part D, licences and spares with the registers. */
const NOT_DEVICES = new Set<Asset['category']>(['tool', 'software', 'spare']);

export interface Area {
  /** Without the unit's own first level, as everywhere on paper. */
  readonly name: string;
  readonly places: ReadonlyMap<string, LocationNode>;
  readonly equipment: Asset[];
  readonly devices: Asset[];
  readonly tools: Asset[];
  /** Addresses in use, by address. */
  readonly bindings: Binding[];
  readonly holders: ReadonlyMap<string, Person>;
  readonly tickets: Ticket[];
}

/** Reads an area, a place and everything below it, in the order in which one walks through it. */
export function readArea(db: ReadDb, location: string): Area {
  const places = new Map(locationTree(db).map((node) => [node.id, node]));
  const here: FilterClause = { field: 'location_id', op: 'equals', value: location };
  const order = new Map([...places.keys()].map((id, index) => [id, index]));
  const inOrder = <T extends { location_id: string | null }>(rows: T[]): T[] =>
    rows.toSorted((a, b) => (order.get(a.location_id ?? '') ?? 0) - (order.get(b.location_id ?? '') ?? 0));
  const owned = inOrder([
    ...iterateRecords(db, assets, {
      filter: [here, { field: 'status', op: 'in', value: ['in_use', 'idle', 'lent', 'repair', 'to_scrap', 'missing'] }],
      sort: [
        { field: 'category', dir: 'asc' },
        { field: 'tag', dir: 'asc' },
      ],
    }),
  ]);
  const isEquipment = (asset: Asset): boolean =>
    EQUIPMENT.has(asset.category) || MACHINE_PLACES.has(places.get(asset.location_id ?? '')?.kind ?? '');
  const used = inOrder([
    ...iterateRecords(db, bindings, {
      filter: [here, { field: 'state', op: 'in', value: ['reserved', 'active', 'suspended'] }],
      sort: [{ field: 'ip', dir: 'asc' }],
    }),
  ]);
  const devices = owned.filter((asset) => !NOT_DEVICES.has(asset.category));
  return {
    name: pathIn(places, location),
    places,
    equipment: devices.filter(isEquipment),
    devices: devices.filter((asset) => !isEquipment(asset)),
    tools: owned.filter(({ category }) => category === 'tool'),
    bindings: used,
    holders: new Map([...new Set(used.map(({ person_id }) => person_id))].flatMap((id) => entryOf(db, id))),
    tickets: [
      ...iterateRecords(db, tickets, {
        filter: [here, { field: 'state', op: 'in', value: [...liveStates] }],
        sort: [{ field: 'due_at', dir: 'asc' }],
      }),
    ],
  };
}

/** A holder may have been removed by another laptop; the address is still listed, without a name. */
function entryOf(db: ReadDb, id: string): [string, Person][] {
  try {
    return [[id, readRow(db, people, id)]];
  } catch {
    return [];
  }
}
