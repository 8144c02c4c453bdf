/** Gathers the items of a handover from the registers. */
import { handoverItems, type HandoverPart } from '../../../../shared/features/handover.ts';
import type { MessageKey } from '../../../../shared/messages.ts';
import { isOut } from '../../../../shared/features/custody.ts';
import type { RowOf } from '../../../../shared/record.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import { iterateRecords } from '../../list.ts';
import { pathIn } from '../../titles.ts';
import type { Area, Asset, Port } from './area.ts';

export type Item = RowOf<typeof handoverItems>;
interface Found {
  readonly part: HandoverPart;
  readonly subject: string;
  readonly label: string;
  readonly detail?: string | null;
  readonly place?: string | null;
  readonly book?: string | null;
  readonly version?: string | null;
  readonly carrier?: Item['carrier'];
}

const REGISTERS = ['F-01', 'F-07', 'F-04', 'F-05', 'F-06'] as const;
const ACCOUNTS = ['account_switches', 'account_servers', 'account_lanbook'] as const;
/** What the giver teaches the receiver: plugs, faults, reports, devices, tools. */
const TRAINING = ['train_plugs', 'train_faults', 'train_reports', 'train_devices', 'train_tools'] as const;

const fit = (text: string): string => text.slice(0, 200);
const some = (...parts: (string | null)[]): string => parts.filter(Boolean).join(' ');

const count = (ports: readonly Port[], ...states: readonly Port['state'][]): number =>
  ports.filter(({ state }) => states.includes(state)).length;

/** What the books say of the ports of a switch: from the port register; where it has none, how many the address register names. */
function portsBook(area: Area, asset: Asset, t: Translate): string {
  const ports = area.ports.get(asset.id) ?? [];
  if (ports.length === 0) return t('handover.ports', { n: boundPorts(area, asset) });
  const bad = count(ports, 'damaged', 'loose');
  return bad === 0
    ? t('handover.port_book_good', { n: ports.length })
    : t('handover.port_book', { n: ports.length, bad });
}

/** Ports of a switch that the address register knows, by any name the switch goes by. */
export const boundPorts = (area: Area, asset: Asset): number => {
  const names = new Set([asset.name, asset.hostname, asset.tag].filter((name) => name !== null));
  return area.bindings.filter(
    ({ switch_name, switch_port }) => switch_port !== null && switch_name !== null && names.has(switch_name),
  ).length;
};

/** Everything to hand over in an area, in the order of the form. `today` is the day as of which the registers are handed over. */
export function findItems(area: Area, t: Translate, today: string): Found[] {
  const switches = area.equipment.filter(({ category }) => category === 'switch');
  const counts: Partial<Record<string, number>> = {
    'F-01': area.bindings.length,
    'F-04': area.equipment.length,
    'F-05': [...area.ports.values()].flat().length,
    'F-06': area.closets.reduce((sum, { cables }) => sum + cables, 0),
    'F-07': switches.length,
  };
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
      book: t(form === 'F-07' ? 'handover.switches' : 'handover.count', { n: counts[form] ?? 0 }),
      version: t('handover.as_of', { day: today }),
      carrier: 'both' as const,
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
    ...switches.map((asset) => ({ ...device('C', asset), book: portsBook(area, asset, t) })),
    ...area.tools.map((asset) => ({ ...device('D', asset), book: t('handover.units', { n: asset.quantity ?? 1 }) })),
    ...findKit(area, t, fixed),
    ...findEnvelopes(area, t, fixed),
    ...findUnfinished(area, t),
    ...TRAINING.map((code) => fixed('G', code)),
  ];
}

/** Part D: what is on the custody list; without one, the two lines that are asked for by hand. */
function findKit(area: Area, t: Translate, fixed: (part: HandoverPart, code: string) => Found): Found[] {
  const asked = (code: 'tools' | 'keys', held: boolean): Found[] => (held ? [] : [fixed('D', code)]);
  return [
    ...area.kit.map((tool): Found => ({
      part: 'D',
      subject: `tools:${tool.id}`,
      label: fit(some(tool.number, tool.name)),
      detail:
        some(
          tool.model,
          t(`option.tools.condition.${tool.condition}`),
          isOut(tool) ? t('handover.held_by', { name: tool.holder ?? '' }) : null,
        ) || null,
      place: pathIn(area.places, tool.location_id),
      book: t('handover.pieces', { n: tool.quantity }),
    })),
    ...asked('tools', area.tools.length > 0 || area.kit.some(({ kind }) => kind === 'tool')),
    ...asked(
      'keys',
      area.kit.some(({ kind }) => kind !== 'tool'),
    ),
  ];
}

/** Part E: covers of envelopes, their number as the book; never what is in them. */
function findEnvelopes(area: Area, t: Translate, fixed: (part: HandoverPart, code: string) => Found): Found[] {
  if (area.envelopes.length === 0) return ACCOUNTS.map((code) => fixed('E', code));
  return area.envelopes.map((envelope) => ({
    part: 'E',
    subject: `envelopes:${envelope.id}`,
    label: fit(some(envelope.system, envelope.account)),
    detail: [
      t(envelope.sealed ? 'handover.sealed' : 'handover.unsealed'),
      envelope.holder === null ? null : t('handover.kept_by', { name: envelope.holder }),
      envelope.changed_on === null ? null : t('handover.changed_on', { day: envelope.changed_on }),
    ]
      .filter(Boolean)
      .join(' · '),
    place: pathIn(area.places, envelope.location_id),
    book: fit(envelope.number),
  }));
}

/** Part F: whatever somebody still has to finish. */
function findUnfinished(area: Area, t: Translate): Found[] {
  const waiting = area.bindings.filter(({ state }) => state !== 'active');
  const lent = [...area.equipment, ...area.devices].filter(({ status }) => status === 'lent');
  return [
    ...area.tickets.map((ticket): Found => ({
      part: 'F',
      subject: `tickets:${ticket.id}`,
      label: fit(`${ticket.number} ${ticket.symptom}`),
      place: pathIn(area.places, ticket.location_id),
      book: t(`option.tickets.state.${ticket.state}`),
    })),
    ...lent.map((asset): Found => ({
      part: 'F',
      subject: `lent:${asset.id}`,
      label: fit(t('handover.item.lent', { what: some(asset.tag, asset.name) })),
      place: pathIn(area.places, asset.location_id),
      book: t('option.assets.status.lent'),
    })),
    ...area.requests.map((request): Found => ({
      part: 'F',
      subject: `range_requests:${request.id}`,
      label: fit(
        t('handover.item.range', { number: request.number, department: request.department, n: request.addresses }),
      ),
      place: pathIn(area.places, request.location_id),
      book: t('option.range_requests.state.open'),
    })),
    ...waiting.map((held): Found => ({
      part: 'F',
      subject: `bindings:${held.id}`,
      label: fit(t('handover.item.address', { ip: held.ip, name: area.holders.get(held.person_id)?.name ?? '' })),
      place: pathIn(area.places, held.location_id),
      book: t(`option.bindings.state.${held.state}`),
    })),
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
  for (const { part, subject, label, detail = null, place = null, book = null, version, carrier } of found) {
    const values = { label, detail, place: place || null, book, ...(version ? { version } : {}) };
    const item = known.get(`${part} ${subject}`);
    if (item) {
      if (item.result === 'pending') tx.patch(handoverItems, item.id, values);
      continue;
    }
    position += 1;
    added += 1;
    tx.insert(handoverItems, {
      handover_id: handover,
      part,
      position,
      ...values,
      carrier: carrier ?? null,
      subject,
      result: 'pending',
    });
  }
  return added;
}
