/** Where a trace may begin, for what somebody types: a person, an address, an outlet, the label of a cable, a device, a port of a switch. */
import { parseIp, showIp } from '../../../../shared/ip.ts';
import type { TraceStart } from '../../../../shared/features/cabling/calls.ts';
import { endOf } from '../../../../shared/features/cabling/ends.ts';
import { cables } from '../../../../shared/features/cabling.ts';
import { decode } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';
import { findRows } from '../../search.ts';
import { refText, titleOf } from '../../titles.ts';
import { endPlace, portRow, switchName } from './ends.ts';
import { portCalled, switchCalled } from './resolve.ts';

interface Start {
  readonly start: TraceStart;
  readonly id: string;
  readonly title: string;
  readonly detail: string;
}
/** More than a screen of them: the text is to be made longer. */
const MOST = 20;

const startOf: Record<string, TraceStart> = {
  people: 'person',
  bindings: 'binding',
  assets: 'asset',
  outlets: 'outlet',
};

export function startsFor(db: ReadDb, text: string): Start[] {
  const address = parseIp(text);
  if (address !== null) {
    const held = db.value<string>(
      "SELECT id FROM bindings WHERE ip = ? AND state <> 'released' AND deleted_at IS NULL",
      showIp(address),
    );
    return held === undefined ? [] : [named(db, 'bindings', held)].flatMap((one) => one ?? []);
  }
  const port = portTyped(db, text);
  if (port !== null) return [port];
  const found = findRows(db, text, ['people', 'bindings', 'assets', 'outlets', 'cables']);
  // Who is called so has the devices and addresses that are named after them.
  const people = found.filter(({ table }) => table === 'people');
  const others = found.filter(({ table }) => table === 'outlets' || table === 'cables');
  return (people.length > 0 ? people : others.length > 0 ? others : found)
    .slice(0, MOST)
    .flatMap(({ table, id }) => (table === 'cables' ? ofCable(db, id) : (named(db, table, id) ?? [])));
}

/** `SW-B1-1 GE1/0/3`, however its two halves are parted and written; null where no switch has it. */
function portTyped(db: ReadDb, text: string): Start | null {
  for (const { index, 0: gap } of text.matchAll(/[\s:：,，/]+/g)) {
    const asset = switchCalled(db, text.slice(0, index));
    const id = portCalled(db, asset, text.slice(index + gap.length));
    const port = id === null ? null : portRow(db, id);
    if (id !== null && port)
      return {
        start: 'port',
        id,
        title: `${switchName(db, port.asset_id)} ${port.name}`,
        detail: endPlace(db, { kind: 'port', id }),
      };
  }
  return null;
}

function named(db: ReadDb, table: string, id: string): Start | null {
  const [start, title] = [startOf[table], titleOf(db, table, id)];
  if (!start || !title) return null;
  return { start, id, title: table === 'people' ? refText(db, table, id) : title.title, detail: title.subtitle };
}

/** A cable is followed from the first of its ends that a trace may begin at. */
function ofCable(db: ReadDb, id: string): Start[] {
  const raw = db.get('SELECT * FROM cables WHERE id = ? AND deleted_at IS NULL', id);
  if (!raw) return [];
  const cable = decode(cables, raw);
  for (const name of ['a', 'b'] as const) {
    const end = endOf(cable, name);
    if (end?.kind === 'port' || end?.kind === 'outlet')
      return [
        {
          start: end.kind,
          id: end.id,
          title: cable.label ?? '',
          detail: titleOf(db, end.kind === 'port' ? 'switch_ports' : 'outlets', end.id)?.title ?? '',
        },
      ];
  }
  return [];
}
