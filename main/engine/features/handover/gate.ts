/** What stands between a handover and the leaving slip: open items, lateness, and what is still on the giver's name. */
import { handoverClock, handoverDueDay } from '../../../../shared/calendar/deadlines.ts';
import { handoverItems, handoverParts, handovers, isOpen } from '../../../../shared/features/handover.ts';
import type { RowOf } from '../../../../shared/record.ts';
import { refuse } from '../../../../shared/refusal.ts';
import { readCalendar } from '../../calendar.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import { iterateRecords } from '../../list.ts';
import { locationPath } from '../../titles.ts';
import { itemsOf } from './gather.ts';

type Handover = RowOf<typeof handovers>;

/** The due day as the calendar has it now: a notice that was imported since the start moves it on. */
export const dueDay = (db: ReadDb, { start_on }: Pick<Handover, 'start_on'>): string =>
  handoverDueDay(readCalendar(db), start_on);

export const openOf = (db: ReadDb, id: string): number => itemsOf(db, id).filter(isOpen).length;

/** Days past the due day that the network centre has not let pass. A settled handover was as late as on the day it ended. */
export function lateDays({ start_on, due_on, done_on, late_opinion }: Handover, today: string): number {
  return late_opinion === null ? handoverClock(start_on, due_on, done_on ?? today).late : 0;
}

/** The handover of an item or id, as long as it may change. */
export function running(tx: WriteDb, id: string): Handover {
  const handover = tx.need(handovers, id);
  if (handover.state === 'settled') throw refuse('handover_closed', { number: handover.number });
  return handover;
}

/** A first finding sets a prepared handover in motion. */
export function begin(tx: WriteDb, id: string): Handover {
  const handover = running(tx, id);
  if (handover.state === 'draft') tx.patch(handovers, handover.id, { state: 'running' });
  return handover;
}

/** Refuses a slip that is too early, in the order in which it can be mended. */
export function checkGate(db: ReadDb, handover: Handover, today: string): void {
  const open = openOf(db, handover.id);
  if (open > 0) throw refuse('handover_unsettled', { n: open });
  const late = lateDays(handover, today);
  if (late > 0) throw refuse('handover_late', { n: late, due: handover.due_on });
  if (handover.state !== 'settled') throw refuse('handover_not_settled');
}

export function gateOf(db: ReadDb, handover: Handover, today: string) {
  const open = itemsOf(db, handover.id).filter(isOpen);
  const people = db.all<{ id: string }>(
    'SELECT id FROM people WHERE name = ? AND deleted_at IS NULL ORDER BY id',
    handover.giver,
  );
  const ids = JSON.stringify(people.map(({ id }) => id));
  const count = (sql: string, value: string): number => db.value<number>(`SELECT count(*) FROM ${sql}`, value) ?? 0;
  return {
    open: handoverParts.flatMap((part) => {
      const n = open.filter((item) => item.part === part).length;
      return n > 0 ? [{ part, n }] : [];
    }),
    settled: handover.state === 'settled',
    supervisor: handover.supervisor !== null,
    late: lateDays(handover, today),
    namesakes: people.length,
    people: people.map(({ id }) => id),
    bindings: count(
      "bindings WHERE deleted_at IS NULL AND state <> 'released' AND person_id IN (SELECT value FROM json_each(?))",
      ids,
    ),
    assets: count(
      "(SELECT assets.id FROM assets, json_each(?) named WHERE deleted_at IS NULL AND status <> 'scrapped' AND named.value IN (user_id, custodian_id) GROUP BY assets.id)",
      ids,
    ),
    tools: count('tools WHERE deleted_at IS NULL AND returned_on IS NULL AND holder = ?', handover.giver),
    envelopes: count('envelopes WHERE deleted_at IS NULL AND holder = ?', handover.giver),
  };
}

/** Handovers that still run, the one due first on top. */
export function dueHandovers(db: ReadDb) {
  const found = iterateRecords(db, handovers, {
    filter: [{ field: 'state', op: 'in', value: ['draft', 'running'] }],
    sort: [{ field: 'due_on', dir: 'asc' }],
  });
  return [...found].map(({ id, number, giver, receiver, start_on, due_on, location_id }) => ({
    id,
    number,
    giver,
    receiver,
    start_on,
    due_on,
    area: locationPath(db, location_id),
    open: openOf(db, id),
  }));
}

/** The item with the handover it belongs to, which may still change. */
export function needItem(tx: WriteDb, id: string): { item: RowOf<typeof handoverItems>; handover: Handover } {
  const item = tx.need(handoverItems, id);
  return { item, handover: running(tx, item.handover_id) };
}
