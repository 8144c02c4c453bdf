/** The duty log: entries that stay, and what was really done on the day counted beside them. */
import { dutyEntries, type DutyEntry } from '../../../shared/features/duty.ts';
import { tickets } from '../../../shared/features/tickets.ts';
import { dayOf, momentOf, DAY_MS } from '../../../shared/day.ts';
import { refuse } from '../../../shared/refusal.ts';
import type { ReadDb } from '../db.ts';
import type { Engine } from '../engine.ts';
import { listRecords } from '../list.ts';
import { os } from '../rpc.ts';
import { sweepsBetween } from './discovery/store.ts';
import { entriesOn, findEntries, shiftNow, voidOf, withVoid, writeEntry } from './duty/entries.ts';
import { dutyPaper } from './duty/paper.ts';
import { deskOf, printPaper } from './papers/desk.ts';

interface Counts {
  readonly sweeps: number;
  readonly opened: number;
  readonly closed: number;
  readonly bindings: number;
}
function countsOf(db: ReadDb, day: string): Counts {
  const from = momentOf(day);
  const to = from + DAY_MS - 1;
  const ticketsWith = (field: 'reported_at' | 'closed_at'): number =>
    listRecords(db, tickets, {
      filter: [{ field, op: 'between', value: [from, to] }],
      sort: [],
      offset: 0,
      limit: 1,
    }).total;
  return {
    sweeps: sweepsBetween(db, from, to),
    opened: ticketsWith('reported_at'),
    closed: ticketsWith('closed_at'),
    bindings:
      db.value<number>(
        "SELECT count(DISTINCT c.batch) FROM _commits c JOIN _ops o ON o.commit_ord = c.ord WHERE c.at BETWEEN ? AND ? AND o.tbl = 'bindings'",
        from,
        to,
      ) ?? 0,
  };
}

function voidEntry(engine: Engine, id: string, reason: string): DutyEntry {
  return engine.command(
    'duty.void',
    (tx) => {
      const row = tx.need(dutyEntries, id);
      if (row.kind === 'void') throw refuse('not_found');
      const before = voidOf(tx, id);
      if (before) throw refuse('duty_void_already', { by: before.author.split('@')[0] ?? '', reason: before.text });
      // Under the day of the entry it strikes out, so that the two are read together.
      writeEntry(tx, engine, { kind: 'void', text: reason, voids_id: id, day: row.day, shift: row.shift });
      return withVoid(tx, row);
    },
    reason,
  );
}

export const dutyRouter = os.duty.router({
  day: os.duty.day.handler(({ input, context: { engine } }) => {
    const today = engine.today();
    const day = input.day ?? today;
    return {
      day,
      today,
      shift: shiftNow(engine),
      entries: entriesOn(engine.db, day),
      counts: countsOf(engine.db, day),
    };
  }),
  search: os.duty.search.handler(({ input, context: { engine } }) => findEntries(engine.db, input)),
  write: os.duty.write.handler(({ input, context: { engine } }) => {
    if (input.day !== undefined && input.day > dayOf(engine.clock.now())) throw refuse('duty_future');
    return engine.command('duty.write', (tx) => withVoid(tx, writeEntry(tx, engine, input)));
  }),
  void: os.duty.void.handler(({ input, context: { engine } }) => voidEntry(engine, input.id, input.reason)),
  print: os.duty.print.handler(({ input: { day }, context: { engine } }) =>
    engine.command('duty.print', (tx) => {
      const desk = deskOf(engine);
      const entries = entriesOn(tx, day);
      if (entries.length === 0) throw refuse('duty_day_empty', { day });
      const number = `ZB-${day.replaceAll('-', '')}-${engine.machine()}`;
      const paper = dutyPaper(desk, { day, number, entries, counts: countsOf(tx, day) });
      return printPaper(tx, engine, { form: 'F-09', code: 'ZB', title: desk.t('form.F-09'), number, paper });
    }),
  ),
});
