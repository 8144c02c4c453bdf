/** What lies in an area: read once from the registers, for gathering and for its printed lists. */
import { assets } from '../../../../shared/features/assets.ts';
import { switchPorts } from '../../../../shared/features/cabling.ts';
import { envelopes, isOut, tools } from '../../../../shared/features/custody.ts';
import { bindings, subnets } from '../../../../shared/features/ipam.ts';
import { people } from '../../../../shared/features/people.ts';
import { rangeRequests } from '../../../../shared/features/range-requests.ts';
import { liveStates, tickets } from '../../../../shared/features/tickets.ts';
import type { LocationNode } from '../../../../shared/features/locations.ts';
import type { FilterClause } from '../../../../shared/list.ts';
import type { RowOf } from '../../../../shared/record.ts';
import type { ReadDb } from '../../db.ts';
import { iterateRecords } from '../../list.ts';
import { readRow } from '../../read-row.ts';
import { pathIn } from '../../titles.ts';
import { closetLines } from '../cabling/cables.ts';
import { locationTree } from '../locations.ts';

export type Asset = RowOf<typeof assets>;
export type Binding = RowOf<typeof bindings>;
export type Person = RowOf<typeof people>;
export type Ticket = RowOf<typeof tickets>;
export type Port = RowOf<typeof switchPorts>;

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
  /** Tools, keys and cards that belong here or that the giver holds; envelopes likewise. */
  readonly kit: RowOf<typeof tools>[];
  readonly envelopes: RowOf<typeof envelopes>[];
  /** Networks that lie here or have addresses here. */
  readonly subnets: RowOf<typeof subnets>[];
  readonly requests: RowOf<typeof rangeRequests>[];
  /** By the switch they are on. */
  readonly ports: ReadonlyMap<string, Port[]>;
  /** With cables in them. */
  readonly closets: readonly { readonly id: string; readonly title: string; readonly cables: number }[];
}
export const emptyArea: Area = {
  name: '',
  places: new Map(),
  equipment: [],
  devices: [],
  tools: [],
  bindings: [],
  holders: new Map(),
  tickets: [],
  kit: [],
  envelopes: [],
  subnets: [],
  requests: [],
  ports: new Map(),
  closets: [],
};

/** Reads an area, a place and everything below it, in the order in which one walks through it; with what is on the giver's name. */
export function readArea(db: ReadDb, { location_id: location, giver }: { location_id: string; giver: string }): Area {
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
  const byNumber = [{ field: 'number', dir: 'asc' as const }];
  const mine = <T extends { id: string }>(list: T[], held: T[]): T[] => [
    ...list,
    ...held.filter(({ id }) => list.every((each) => each.id !== id)),
  ];
  const onName: FilterClause = { field: 'holder', op: 'equals', value: giver };
  const nets = new Set(used.map(({ subnet_id }) => subnet_id));
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
    kit: mine(
      [...iterateRecords(db, tools, { filter: [here], sort: byNumber })],
      [...iterateRecords(db, tools, { filter: [onName], sort: byNumber })].filter(isOut),
    ),
    envelopes: mine(
      [...iterateRecords(db, envelopes, { filter: [here], sort: byNumber })],
      [...iterateRecords(db, envelopes, { filter: [onName], sort: byNumber })],
    ),
    subnets: [...iterateRecords(db, subnets, { filter: [], sort: [{ field: 'cidr', dir: 'asc' }] })].filter(
      ({ id, location_id }) => nets.has(id) || (location_id !== null && isBelow(places, location_id, location)),
    ),
    requests: [
      ...iterateRecords(db, rangeRequests, {
        filter: [here, { field: 'state', op: 'equals', value: 'open' }],
        sort: byNumber,
      }),
    ],
    ports: readPorts(
      db,
      devices.filter(({ category }) => category === 'switch'),
    ),
    closets: closetLines(db).filter(({ id }) => isBelow(places, id, location)),
  };
}

/** Nothing there that could be handed over. */
export const isEmpty = ({
  equipment,
  devices,
  tools: held,
  bindings: used,
  tickets: open,
  kit,
  envelopes: covers,
  subnets: nets,
}: Area): boolean => [equipment, devices, held, used, open, kit, covers, nets].every((rows) => rows.length === 0);

/** Whether a place is the given one or lies below it. */
export function isBelow(places: ReadonlyMap<string, LocationNode>, id: string, top: string): boolean {
  for (let at = places.get(id); at; at = places.get(at.parent_id ?? '')) if (at.id === top) return true;
  return false;
}

/** In the order of the faceplate. */
const readPorts = (db: ReadDb, switches: readonly Asset[]): Map<string, Port[]> =>
  Map.groupBy(
    iterateRecords(db, switchPorts, {
      filter: [{ field: 'asset_id', op: 'in', value: switches.map(({ id }) => id) }],
      sort: [{ field: 'position', dir: 'asc' }],
    }),
    ({ asset_id }) => asset_id,
  );

/** A holder may have been removed by another laptop; the address is still listed, without a name. */
function entryOf(db: ReadDb, id: string): [string, Person][] {
  try {
    return [[id, readRow(db, people, id)]];
  } catch {
    return [];
  }
}
