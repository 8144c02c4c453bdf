/** The lists of the forms F-01 (user register), F-04 (equipment) and open tickets, as tables on landscape paper. Widths in millimetres. */
import { maskOf, parseCidr } from '../../../../shared/ip.ts';
import { showMac } from '../../../../shared/mac.ts';
import { subnets } from '../../../../shared/features/ipam.ts';
import type { PaperBlock } from '../../../../shared/paper.ts';
import type { ReadDb } from '../../db.ts';
import { iterateRecords } from '../../list.ts';
import { pathIn, refText } from '../../titles.ts';
import type { Area, Asset, Binding } from '../handover/area.ts';
import { boxes, optionText, paperMoment, signatures, type Desk } from './desk.ts';

type Table = Extract<PaperBlock, { kind: 'table' }>;
const or = (text: string | null | undefined): string => text ?? '';
const join = (...parts: (string | null)[]): string => parts.filter(Boolean).join(' ');

const userColumns = ({ t }: Desk): Table['columns'] => [
  { label: t('paper.serial'), width: 9, align: 'center' },
  { label: t('paper.f01.name'), width: 14 },
  { label: t('paper.f01.department'), width: 16 },
  { label: t('paper.f01.identity'), width: 11 },
  { label: t('paper.f01.room'), width: 24 },
  { label: t('paper.f01.outlet'), width: 15 },
  { label: t('paper.f01.port'), width: 29 },
  { label: 'IP', width: 23.5, mono: true },
  { label: 'MAC', width: 30, mono: true },
  { label: t('paper.f01.hostname'), width: 18.5 },
  { label: t('paper.f01.phone'), width: 20, mono: true },
  { label: t('paper.f01.opened'), width: 17 },
  { label: t('paper.f01.state'), width: 10, align: 'center' },
  { label: t('paper.f01.letter'), width: 11.5, align: 'center' },
  { label: t('paper.remark') },
];

/** One row per address in use, grouped by building; serial numbers run on through the groups. */
export function userTable(desk: Desk, area: Area): Table {
  let serial = 0;
  const row = (held: Binding): string[] => {
    const person = area.holders.get(held.person_id);
    return [
      String((serial += 1)),
      or(person?.name),
      or(person?.department),
      optionText(desk, 'people', 'identity', person?.identity ?? null),
      withoutBuilding(area, held.location_id),
      or(held.outlet),
      join(held.switch_name, held.switch_port),
      held.ip,
      held.mac ? showMac(held.mac) : '',
      or(held.hostname),
      or(person?.phone),
      or(held.opened_on),
      optionText(desk, 'bindings', 'state', held.state),
      optionText(desk, 'people', 'letter', person?.letter ?? null),
      or(held.remark),
    ];
  };
  const groups = [...Map.groupBy(area.bindings, ({ location_id }) => buildingOf(area, location_id))];
  return {
    kind: 'table',
    columns: userColumns(desk),
    groups: groups.map(([title, held]) => ({ title, rows: held.map(row) })),
    empty: desk.t('paper.none'),
    signatures: signatures(desk, 'made', 'reviewed'),
  };
}

/** The building stands over the group already. */
const withoutBuilding = (area: Area, id: string | null): string => {
  const name = pathIn(area.places, id);
  const building = `${buildingOf(area, id)} / `;
  return name.startsWith(building) ? name.slice(building.length) : name;
};

/** The building above a place, by name; a place outside any building by itself. */
function buildingOf(area: Area, id: string | null): string {
  for (
    let at = id === null ? undefined : area.places.get(id);
    at;
    at = at.parent_id ? area.places.get(at.parent_id) : undefined
  )
    if (at.kind === 'building') return at.name;
  return pathIn(area.places, id);
}

/** Mask and gateway once per subnet instead of on every row. */
export function subnetTable(desk: Desk, db: ReadDb, area: Area): Table {
  const { t } = desk;
  const used = new Set(area.bindings.map(({ subnet_id }) => subnet_id));
  const rows = [...iterateRecords(db, subnets, { filter: [], sort: [{ field: 'cidr', dir: 'asc' }] })]
    .filter(({ id }) => used.has(id))
    .map(({ name, cidr, vlan, gateway, dns }) => [
      name,
      vlan === null ? '' : String(vlan),
      cidr,
      subnetMask(cidr),
      or(gateway),
      or(dns),
    ]);
  return {
    kind: 'table',
    title: t('paper.f01.subnets'),
    columns: [
      { label: t('paper.f01.subnet_name'), width: 50 },
      { label: 'VLAN', width: 18, align: 'center' },
      { label: t('paper.f01.cidr'), width: 40, mono: true },
      { label: t('paper.f01.mask'), width: 40, mono: true },
      { label: t('paper.f01.gateway'), width: 40, mono: true },
      { label: 'DNS', mono: true },
    ],
    groups: [{ rows }],
  };
}

const subnetMask = (cidr: string): string => {
  const parsed = parseCidr(cidr);
  return parsed ? maskOf(parsed.prefix) : '';
};

const equipmentColumns = ({ t }: Desk): Table['columns'] => [
  { label: t('paper.serial'), width: 9, align: 'center' },
  { label: t('paper.f04.rack'), width: 17 },
  { label: t('paper.f04.name'), width: 26 },
  { label: t('paper.f04.category'), width: 17 },
  { label: t('paper.f04.model'), width: 30 },
  { label: t('paper.f04.serial'), width: 34 },
  { label: t('paper.f04.ip'), width: 24, mono: true },
  { label: 'MAC', width: 30, mono: true },
  { label: t('paper.f04.tag'), width: 24 },
  { label: t('paper.f04.status'), width: 10, align: 'center' },
  { label: t('paper.checked'), width: 22 },
  { label: t('paper.remark') },
];

export const matchBoxes = (desk: Desk, result: string | null): string =>
  boxes(
    desk,
    [
      ['match', desk.t('handover.match')],
      ['mismatch', desk.t('handover.mismatch')],
    ],
    result,
  );

/** A rack stands in a room; one room is one group (F-04). */
function roomOf(area: Area, id: string | null): string {
  const place = area.places.get(id ?? '');
  return pathIn(area.places, place?.kind === 'rack' ? place.parent_id : id);
}

/** One row per piece of equipment, with what the receiver found. `checked` gives result and note of an asset. */
export function equipmentTable(
  desk: Desk,
  db: ReadDb,
  area: Area,
  checked: (asset: Asset) => { result: string; note: string },
): Table {
  let serial = 0;
  const row = (asset: Asset): string[] => {
    const { result, note } = checked(asset);
    const place = area.places.get(asset.location_id ?? '');
    return [
      String((serial += 1)),
      place?.kind === 'rack' ? place.name : '',
      asset.name,
      optionText(desk, 'assets', 'category', asset.category),
      join(asset.brand, asset.model),
      or(asset.serial),
      or(asset.ip),
      asset.mac ? showMac(asset.mac) : '',
      or(asset.tag),
      optionText(desk, 'assets', 'status', asset.status),
      matchBoxes(desk, result),
      note || join(asset.custodian_id && refText(db, 'people', asset.custodian_id), asset.remark),
    ];
  };
  const groups = [...Map.groupBy(area.equipment, ({ location_id }) => roomOf(area, location_id))];
  return {
    kind: 'table',
    columns: equipmentColumns(desk),
    groups: groups.map(([title, held]) => ({ title, rows: held.map(row) })),
    empty: desk.t('paper.none'),
    signatures: signatures(desk, 'inspected', 'giver', 'reviewed'),
  };
}

/** Open tickets of the area, the most urgent first. */
export function ticketTable(desk: Desk, db: ReadDb, area: Area): Table {
  const { t } = desk;
  const rows = area.tickets.map((ticket, index) => [
    String(index + 1),
    ticket.number,
    paperMoment(ticket.reported_at),
    ticket.person_id ? refText(db, 'people', ticket.person_id) : or(ticket.reporter),
    or(ticket.phone),
    pathIn(area.places, ticket.location_id),
    optionText(desk, 'tickets', 'category', ticket.category),
    ticket.symptom,
    optionText(desk, 'tickets', 'state', ticket.state),
    or(ticket.due_on),
    or(ticket.assignee),
  ]);
  return {
    kind: 'table',
    columns: [
      { label: t('paper.serial'), width: 10, align: 'center' },
      { label: t('paper.tickets.number'), width: 34, mono: true },
      { label: t('paper.tickets.reported'), width: 28, mono: true },
      { label: t('paper.tickets.reporter'), width: 16 },
      { label: t('paper.f01.phone'), width: 22, mono: true },
      { label: t('paper.place'), width: 30 },
      { label: t('field.tickets.category'), width: 18 },
      { label: t('field.tickets.symptom') },
      { label: t('field.tickets.state'), width: 14, align: 'center' },
      { label: t('paper.tickets.due'), width: 18 },
      { label: t('field.tickets.assignee'), width: 20 },
    ],
    groups: [{ rows }],
    empty: t('paper.none'),
    signatures: signatures(desk, 'giver', 'receiver'),
  };
}

/** Blank forms keep the columns and give rows to write in. */
export const emptyRows = (table: Table, rows: number): Table => {
  const { empty: _empty, ...rest } = table;
  return {
    ...rest,
    tall: true,
    groups: [
      {
        rows: Array.from({ length: rows }, (_, i) => table.columns.map((_column, c) => (c === 0 ? String(i + 1) : ''))),
      },
    ],
  };
};
