/** Handover of an area: gathering, the receiver's findings, disputes, the gate before the leaving slip. */
import { handoverDueDay } from '../../../shared/calendar/deadlines.ts';
import { documents } from '../../../shared/features/documents.ts';
import { handoverItems, handovers, isOpen } from '../../../shared/features/handover.ts';
import { locations } from '../../../shared/features/locations.ts';
import type { RowOf } from '../../../shared/record.ts';
import { refuse } from '../../../shared/refusal.ts';
import { readCalendar } from '../calendar.ts';
import type { ReadDb } from '../db.ts';
import type { WriteDb } from '../door.ts';
import type { Engine } from '../engine.ts';
import { historyOf } from '../history.ts';
import { iterateRecords, listRecords, refsOf } from '../list.ts';
import { nextNumber } from '../numbers.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { locationPath } from '../titles.ts';
import { readArea } from './handover/area.ts';
import { checklistPaper, leavingSlip } from './handover/checklist.ts';
import { findGaps, findItems, itemsOf, writeItems, type Item } from './handover/gather.ts';
import { deskOf, printPaper } from './papers/desk.ts';

type Handover = RowOf<typeof handovers>;
const openOf = (db: ReadDb, id: string): number => itemsOf(db, id).filter(isOpen).length;

/** The handover of an item or id, as long as it may change. */
function running(tx: WriteDb, id: string): Handover {
  const handover = tx.need(handovers, id);
  if (handover.state === 'settled') throw refuse('handover_closed', { number: handover.number });
  return handover;
}

/** A first finding sets a prepared handover in motion. */
const begin = (tx: WriteDb, handover: Handover): void => {
  if (handover.state === 'draft') tx.patch(handovers, handover.id, { state: 'running' });
};

function needItem(tx: WriteDb, id: string): { item: Item; handover: Handover } {
  const item = tx.need(handoverItems, id);
  return { item, handover: running(tx, item.handover_id) };
}

function checkFree(tx: WriteDb, location: string): void {
  const other = tx.get<{ number: string }>(
    "SELECT number FROM handovers WHERE location_id = ? AND state <> 'settled' AND deleted_at IS NULL",
    location,
  );
  if (other) throw refuse('handover_running', { area: locationPath(tx, location), number: other.number });
}

function print(engine: Engine, tx: WriteDb, id: string, kind: 'checklist' | 'slip') {
  const handover = tx.need(handovers, id);
  const desk = deskOf(engine);
  const items = itemsOf(tx, id);
  if (kind === 'slip') {
    const open = items.filter(isOpen).length;
    if (open > 0 || handover.state !== 'settled') throw refuse('handover_unsettled', { n: open });
    const paper = leavingSlip(desk, handover, locationPath(tx, handover.location_id), items);
    return printPaper(tx, engine, {
      form: 'F-25L',
      code: 'JJ',
      title: desk.t('form.F-25L'),
      number: handover.number,
      paper,
    });
  }
  const area = readArea(tx, handover.location_id);
  const gaps = findGaps(area, handover.supervisor, engine.clock.now());
  const paper = checklistPaper(desk, tx, { handover, area, items, gaps });
  return printPaper(tx, engine, {
    form: 'F-25',
    code: 'JJ',
    title: desk.t('form.F-25'),
    number: handover.number,
    paper,
  });
}

export const handoverRouter = os.handover.router({
  list: os.handover.list.handler(({ input, context }) => listRecords(context.engine.db, handovers, input)),
  get: os.handover.get.handler(({ input, context: { engine } }) => {
    const handover = readRow(engine.db, handovers, input.id);
    const items = itemsOf(engine.db, handover.id);
    const gaps = findGaps(readArea(engine.db, handover.location_id), handover.supervisor, engine.clock.now());
    const papers = iterateRecords(engine.db, documents, {
      filter: [{ field: 'number', op: 'equals', value: handover.number }],
      sort: [{ field: 'made_at', dir: 'desc' }],
    });
    return {
      handover,
      items,
      gaps,
      open: items.filter(isOpen).length,
      refs: refsOf(engine.db, handovers, [handover]),
      papers: [...papers],
    };
  }),
  history: os.handover.history.handler(({ input, context }) => historyOf(context.engine.db, input.id)),
  create: os.handover.create.handler(({ input, context: { engine } }) =>
    engine.command('handover.create', (tx) => {
      tx.need(locations, input.location_id);
      if (input.giver === input.receiver) throw refuse('handover_same_person');
      checkFree(tx, input.location_id);
      const start_on = input.start_on ?? engine.today();
      const handover = tx.insert(handovers, {
        ...input,
        start_on,
        number: nextNumber(tx, 'JJ', engine.machine(), engine.today()),
        state: 'draft',
        due_on: handoverDueDay(readCalendar(tx), start_on),
        gathered_at: Math.trunc(engine.clock.now()),
      });
      const area = readArea(tx, input.location_id);
      const items = writeItems(tx, handover.id, findItems(area, deskOf(engine).t));
      return { handover, items, gaps: findGaps(area, handover.supervisor, engine.clock.now()) };
    }),
  ),
  update: os.handover.update.handler(({ input, context: { engine } }) =>
    engine.command('handover.update', (tx) => {
      const { giver } = running(tx, input.id);
      if (input.changes.receiver === giver) throw refuse('handover_same_person');
      return tx.patch(handovers, input.id, input.changes);
    }),
  ),
  gather: os.handover.gather.handler(({ input, context: { engine } }) =>
    engine.command('handover.gather', (tx) => {
      const handover = running(tx, input.id);
      const added = writeItems(tx, handover.id, findItems(readArea(tx, handover.location_id), deskOf(engine).t));
      tx.patch(handovers, handover.id, { gathered_at: Math.trunc(engine.clock.now()) });
      return { added };
    }),
  ),
  add: os.handover.add.handler(({ input: { id, ...item }, context: { engine } }) =>
    engine.command('handover.add', (tx) => {
      running(tx, id);
      const position = itemsOf(tx, id).reduce((last, each) => Math.max(last, each.position), 0) + 1;
      return tx.insert(handoverItems, { ...item, handover_id: id, position, result: 'pending' });
    }),
  ),
  tick: os.handover.tick.handler(({ input, context: { engine } }) =>
    engine.command('handover.tick', (tx) => {
      const checked = { checked_at: Math.trunc(engine.clock.now()), checked_by: engine.actor() };
      let id = '';
      for (const one of input.items) {
        const { item, handover } = needItem(tx, one);
        begin(tx, handover);
        id = handover.id;
        const actual = input.actual ?? (input.result === 'match' ? item.book : null);
        tx.patch(handoverItems, one, { result: input.result, actual, note: input.note ?? null, ...checked });
      }
      return { open: openOf(tx, id) };
    }),
  ),
  dispute: os.handover.dispute.handler(({ input, context: { engine } }) =>
    engine.command('handover.dispute', (tx) => {
      const { item, handover } = needItem(tx, input.item);
      begin(tx, handover);
      const items = itemsOf(tx, handover.id);
      if (items.some(({ about_id }) => about_id === item.id)) throw refuse('handover_disputed', { item: item.label });
      const position = items.reduce((last, each) => Math.max(last, each.position), 0) + 1;
      tx.patch(handoverItems, item.id, {
        result: 'mismatch',
        checked_at: Math.trunc(engine.clock.now()),
        checked_by: engine.actor(),
      });
      return tx.insert(handoverItems, {
        handover_id: handover.id,
        part: 'H',
        position,
        label: item.label,
        place: item.place,
        note: input.note,
        about_id: item.id,
        result: 'pending',
      });
    }),
  ),
  decide: os.handover.decide.handler(({ input, context: { engine } }) =>
    engine.command('handover.decide', (tx) => {
      const { item, handover } = needItem(tx, input.item);
      const decision = { opinion: input.opinion, waived: input.waive };
      // The decision about a dispute settles the item it is about; one about a difference stands by itself.
      const result = item.part === 'H' ? 'match' : item.result;
      tx.patch(handoverItems, item.id, { ...decision, result });
      if (item.about_id) tx.patch(handoverItems, item.about_id, decision);
      return { open: openOf(tx, handover.id) };
    }),
  ),
  settle: os.handover.settle.handler(({ input, context: { engine } }) =>
    engine.command('handover.settle', (tx) => {
      const handover = running(tx, input.id);
      const open = openOf(tx, handover.id);
      if (open > 0) throw refuse('handover_unsettled', { n: open });
      if (!handover.supervisor) throw refuse('handover_no_supervisor');
      return tx.patch(handovers, handover.id, { state: 'settled', done_on: engine.today() });
    }),
  ),
  print: os.handover.print.handler(({ input, context: { engine } }) =>
    engine.command('handover.print', (tx) => print(engine, tx, input.id, input.paper)),
  ),
});
