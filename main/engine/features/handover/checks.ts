/** What the receiver finds: items, whole places, the ports of a switch one by one; and the tickets opened about differences. */
import { handoverItems } from '../../../../shared/features/handover.ts';
import { switchPorts } from '../../../../shared/features/cabling.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import type { Engine } from '../../engine.ts';
import { titleOf } from '../../titles.ts';
import { portsOf } from '../cabling/ports.ts';
import { deskOf } from '../papers/desk.ts';
import { deskOf as ticketDesk, openTicket } from '../tickets.ts';
import { begin, needItem, openOf } from './gate.ts';
import { itemsOf, type Item } from './gather.ts';

type Result = Item['result'];
const checkedNow = (engine: Engine): Pick<Item, 'checked_at' | 'checked_by'> => ({
  checked_at: Math.trunc(engine.clock.now()),
  checked_by: engine.actor(),
});
export const nextPosition = (items: readonly Item[]): number =>
  items.reduce((last, each) => Math.max(last, each.position), 0) + 1;

/** The id behind a subject `assets:<id>`, of one of these tables. */
function idIn(item: Pick<Item, 'subject'>, ...tables: string[]): string | null {
  const [table = '', id = ''] = (item.subject ?? '').split(':');
  return tables.includes(table) && id !== '' ? id : null;
}

export function tick(
  engine: Engine,
  tx: WriteDb,
  { items, result, ...found }: { items: readonly string[]; result: Result; actual?: string; note?: string },
): { open: number } {
  let id = '';
  for (const one of items) {
    const { item } = needItem(tx, one);
    id = begin(tx, item.handover_id).id;
    const actual = found.actual ?? (result === 'match' ? (portsFound(engine, tx, item) ?? item.book) : null);
    tx.patch(handoverItems, one, { result, actual, note: found.note ?? null, ...checkedNow(engine) });
  }
  return { open: openOf(tx, id) };
}

/** Ports of a switch that were ticked by themselves. */
const portItems = (db: ReadDb, item: Item): Map<string, Item> =>
  new Map(
    itemsOf(db, item.handover_id).flatMap((each): [string, Item][] => {
      const port = each.part === 'C' ? idIn(each, 'switch_ports') : null;
      return port === null ? [] : [[port, each]];
    }),
  );

/** Of a switch with differing ports, how many; the others are as in the book. */
function portsFound(engine: Engine, db: ReadDb, item: Item): string | null {
  const asset = item.part === 'C' ? idIn(item, 'assets') : null;
  if (asset === null) return null;
  const ticked = portItems(db, item);
  const wrong = portsOf(db, asset).filter(({ id }) => ticked.get(id)?.result === 'mismatch').length;
  return wrong === 0 ? null : deskOf(engine).t('handover.ports_differ', { n: wrong });
}

export function portTicks(db: ReadDb, id: string) {
  const item = db.get<Item>('SELECT * FROM handover_items WHERE id = ? AND deleted_at IS NULL', id);
  if (!item) throw refuse('not_found');
  const asset = idIn(item, 'assets');
  if (item.part !== 'C' || asset === null) return [];
  const ticked = portItems(db, item);
  return portsOf(db, asset).map(({ id: port, name, position, state }) => {
    const found = ticked.get(port);
    return { id: port, name, position, state, result: found?.result ?? null, note: found?.note ?? null };
  });
}

/** Ticks one port. Once every port is ticked, so is the switch: what differs stands on lines of its own. */
export function tickPort(
  engine: Engine,
  tx: WriteDb,
  order: { item: string; port: string; result: 'match' | 'mismatch'; note?: string },
): { open: number } {
  const { item, handover } = needItem(tx, order.item);
  const asset = idIn(item, 'assets');
  const port = tx.need(switchPorts, order.port);
  if (port.asset_id !== asset) throw refuse('not_found');
  begin(tx, handover.id);
  const { t } = deskOf(engine);
  const state = t(`option.switch_ports.state.${port.state}`);
  const found = {
    result: order.result,
    actual: order.result === 'match' ? state : null,
    note: order.note || null,
    ...checkedNow(engine),
  };
  const known = portItems(tx, item).get(port.id);
  if (known) tx.patch(handoverItems, known.id, found);
  else
    tx.insert(handoverItems, {
      handover_id: handover.id,
      part: 'C',
      position: nextPosition(itemsOf(tx, handover.id)),
      label: `${titleOf(tx, 'assets', port.asset_id)?.title ?? item.label} ${port.name}`.slice(0, 200),
      place: item.place,
      book: state,
      subject: `switch_ports:${port.id}`,
      ...found,
    });
  const ticked = portItems(tx, item);
  if (item.result === 'pending' && portsOf(tx, asset ?? '').every(({ id }) => ticked.has(id)))
    tick(engine, tx, { items: [item.id], result: 'match' });
  return { open: openOf(tx, handover.id) };
}

/** A repair ticket about a difference, at the thing and place it is about. */
export function ticketFor(engine: Engine, tx: WriteDb, id: string): { id: string; number: string } {
  const { item, handover } = needItem(tx, id);
  if (item.ticket_id !== null) throw refuse('handover_ticketed', { item: item.label });
  const port = idIn(item, 'switch_ports');
  const asset = port === null ? idIn(item, 'assets') : tx.need(switchPorts, port).asset_id;
  const binding = idIn(item, 'live_silent', 'live_unseen', 'live_differs', 'bindings');
  const { t } = deskOf(engine);
  const place = (sql: string, value: string | null): string | null => tx.value<string | null>(sql, value) ?? null;
  const ticket = openTicket(
    tx,
    {
      symptom: t('handover.symptom', {
        number: handover.number,
        item: item.label,
        note: item.note ?? item.detail ?? t('handover.mismatch'),
      }).slice(0, 1000),
      channel: 'round',
      location_id:
        place('SELECT location_id FROM assets WHERE id = ?', asset) ??
        place('SELECT location_id FROM bindings WHERE id = ?', binding) ??
        idIn(item, 'locations') ??
        handover.location_id,
      asset_id: asset,
      ...(port === null ? {} : { category: 'port_damaged' as const }),
    },
    ticketDesk(engine),
  );
  tx.patch(handoverItems, item.id, { ticket_id: ticket.id });
  return { id: ticket.id, number: ticket.number };
}
