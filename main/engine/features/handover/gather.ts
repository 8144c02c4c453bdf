/** Gathers the items of a handover from the registers, and says what the registers lack. */
import { handoverItems, type GapCode, type HandoverPart } from '../../../../shared/features/handover.ts';
import type { MessageKey } from '../../../../shared/messages.ts';
import type { RowOf } from '../../../../shared/record.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import { iterateRecords } from '../../list.ts';
import { pathIn } from '../../titles.ts';
import type { Area, Asset } from './area.ts';

export type Item = RowOf<typeof handoverItems>;
interface Found {
  readonly part: HandoverPart;
  readonly subject: string;
  readonly label: string;
  readonly detail?: string | null;
  readonly place?: string | null;
  readonly book?: string | null;
}

const REGISTERS = ['F-01', 'F-07', 'F-04', 'F-05', 'F-06'] as const;
const ACCOUNTS = ['account_switches', 'account_servers', 'account_lanbook'] as const;
/** What the giver teaches the receiver: plugs, faults, reports, devices, tools. */
const TRAINING = ['train_plugs', 'train_faults', 'train_reports', 'train_devices', 'train_tools'] as const;

const fit = (text: string): string => text.slice(0, 200);
const some = (...parts: (string | null)[]): string => parts.filter(Boolean).join(' ');

/** Ports of a switch that the address register knows, by any name the switch goes by. */
export const portsOf = (area: Area, asset: Asset): number => {
  const names = new Set([asset.name, asset.hostname, asset.tag].filter((name) => name !== null));
  return area.bindings.filter(
    ({ switch_name, switch_port }) => switch_port !== null && switch_name !== null && names.has(switch_name),
  ).length;
};

/** Everything to hand over in an area, in the order of the form. */
export function findItems(area: Area, t: Translate): Found[] {
  const counts: Partial<Record<string, number>> = { 'F-01': area.bindings.length, 'F-04': area.equipment.length };
  const fixed = (part: HandoverPart, code: string): Found => ({
    part,
    subject: code,
    label: t(`handover.item.${code}` as MessageKey),
  });
  const device = (part: HandoverPart, asset: Asset): Found => ({
    part,
    subject: `assets:${asset.id}`,
    label: fit(some(asset.tag, asset.name)),
    detail: some(asset.brand, asset.model, asset.serial) || null,
    place: pathIn(area.places, asset.location_id),
  });
  const byPlace = Map.groupBy(area.devices, ({ location_id }) => location_id ?? '');
  return [
    ...REGISTERS.map((form) => ({
      ...fixed('A', form),
      book: counts[form] === undefined ? null : t('handover.count', { n: counts[form] }),
    })),
    ...area.equipment.map((asset) => ({
      ...device('B', asset),
      book: t('handover.units', { n: asset.quantity ?? 1 }),
    })),
    ...[...byPlace].map(([id, held]): Found => {
      const place = pathIn(area.places, id);
      const n = held.reduce((sum, { quantity }) => sum + (quantity ?? 1), 0);
      return {
        part: 'B',
        subject: `locations:${id}`,
        label: fit(t('handover.item.devices_of', { place })),
        place,
        book: t('handover.units', { n }),
      };
    }),
    ...area.equipment
      .filter(({ category }) => category === 'switch')
      .map((asset) => ({ ...device('C', asset), book: t('handover.ports', { n: portsOf(area, asset) }) })),
    ...area.tools.map((asset) => ({ ...device('D', asset), book: t('handover.units', { n: asset.quantity ?? 1 }) })),
    fixed('D', 'tools'),
    fixed('D', 'keys'),
    ...ACCOUNTS.map((code) => fixed('E', code)),
    ...area.tickets.map((ticket): Found => ({
      part: 'F',
      subject: `tickets:${ticket.id}`,
      label: fit(`${ticket.number} ${ticket.symptom}`),
      place: pathIn(area.places, ticket.location_id),
      book: t(`option.tickets.state.${ticket.state}`),
    })),
    ...TRAINING.map((code) => fixed('G', code)),
  ];
}

export const itemsOf = (db: ReadDb, handover: string): Item[] => [
  ...iterateRecords(db, handoverItems, {
    filter: [{ field: 'handover_id', op: 'equals', value: handover }],
    sort: [
      { field: 'part', dir: 'asc' },
      { field: 'position', dir: 'asc' },
    ],
  }),
];

/** Writes what is not there yet; the book figure of what nobody has checked follows the registers. Returns how many were added. */
export function writeItems(tx: WriteDb, handover: string, found: readonly Found[]): number {
  const held = itemsOf(tx, handover);
  const known = new Map(held.map((item) => [`${item.part} ${item.subject ?? ''}`, item]));
  let position = held.reduce((last, item) => Math.max(last, item.position), 0);
  let added = 0;
  for (const { part, subject, label, detail = null, place = null, book = null } of found) {
    const item = known.get(`${part} ${subject}`);
    if (item) {
      if (item.result === 'pending') tx.patch(handoverItems, item.id, { label, detail, place: place || null, book });
      continue;
    }
    position += 1;
    added += 1;
    tx.insert(handoverItems, {
      handover_id: handover,
      part,
      position,
      label,
      detail,
      place: place || null,
      book,
      subject,
      result: 'pending',
    });
  }
  return added;
}

export interface Gap {
  code: GapCode;
  n: number;
  examples: string[];
}
/** As many names as fit a line on paper. */
const EXAMPLES = 5;

/** What the registers of the area lack, each with a few examples. `now` in ms UTC decides what is overdue. */
export function findGaps(area: Area, supervisor: string | null, now: number): Gap[] {
  const gaps: Gap[] = [];
  const add = <T>(code: GapCode, all: readonly T[], lacks: (each: T) => boolean, name: (each: T) => string): void => {
    const found = all.filter(lacks);
    if (found.length > 0) gaps.push({ code, n: found.length, examples: found.slice(0, EXAMPLES).map(name) });
  };
  const holder = (id: string): string => area.holders.get(id)?.name ?? '';
  const asset = (each: Asset): string => some(each.tag, each.name);
  const devices = [...area.equipment, ...area.devices];
  add(
    'no_letter',
    area.bindings,
    ({ person_id }) => area.holders.get(person_id)?.letter !== 'signed',
    ({ ip, person_id }) => some(ip, holder(person_id)),
  );
  add(
    'no_mac',
    area.bindings,
    ({ mac }) => mac === null,
    ({ ip, person_id }) => some(ip, holder(person_id)),
  );
  add('no_tag', devices, ({ tag }) => tag === null, asset);
  add('no_keeper', devices, ({ custodian_id }) => custodian_id === null, asset);
  add('no_serial', area.equipment, ({ serial }) => serial === null, asset);
  add('no_ports', area.equipment, (each) => each.category === 'switch' && portsOf(area, each) === 0, asset);
  add(
    'late_tickets',
    area.tickets,
    ({ due_at }) => due_at < now,
    ({ number }) => number,
  );
  if (!supervisor) gaps.push({ code: 'no_supervisor', n: 1, examples: [] });
  return gaps;
}
