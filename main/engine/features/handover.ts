/** Handover of an area: gathering, the receiver's findings, disputes, the gate before the leaving slip. */
import { documents } from '../../../shared/features/documents.ts';
import { handoverItems, handovers, isOpen } from '../../../shared/features/handover.ts';
import { locations } from '../../../shared/features/locations.ts';
import type { RowOf } from '../../../shared/record.ts';
import { refuse } from '../../../shared/refusal.ts';
import type { WriteDb } from '../door.ts';
import type { Engine } from '../engine.ts';
import { historyOf } from '../history.ts';
import { iterateRecords, listRecords, refsOf } from '../list.ts';
import { nextNumber } from '../numbers.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { locationPath } from '../titles.ts';
import { isEmpty, readArea } from './handover/area.ts';
import { checklistPaper, leavingSlip } from './handover/checklist.ts';
import { nextPosition, portTicks, tick, tickPort, ticketFor } from './handover/checks.ts';
import { findGaps, type Gap } from './handover/gaps.ts';
import {
  begin,
  checkGate,
  dueDay,
  dueHandovers,
  gateOf,
  lateDays,
  needItem,
  openOf,
  running,
} from './handover/gate.ts';
import { findItems, itemsOf, writeItems } from './handover/gather.ts';
import { liveOf, propose } from './handover/live.ts';
import { deskOf, printPaper } from './papers/desk.ts';

type Handover = RowOf<typeof handovers>;

function checkFree(tx: WriteDb, location: string): void {
  const other = tx.get<{ number: string }>(
    "SELECT number FROM handovers WHERE location_id = ? AND state <> 'settled' AND deleted_at IS NULL",
    location,
  );
  if (other) throw refuse('handover_running', { area: locationPath(tx, location), number: other.number });
}

/** Names as people write them: `张 玉` and `张玉` are one. */
const sameName = (a: string, b: string): boolean => a.replace(/\s/g, '') === b.replace(/\s/g, '');

const gapsOf = (engine: Engine, area: ReturnType<typeof readArea>, { supervisor }: Handover): Gap[] =>
  findGaps(area, supervisor, engine.clock.now(), engine.today());

function print(engine: Engine, tx: WriteDb, id: string, kind: 'checklist' | 'slip') {
  const handover = tx.need(handovers, id);
  const desk = deskOf(engine);
  const items = itemsOf(tx, id);
  const form = kind === 'slip' ? 'F-25L' : 'F-25';
  if (kind === 'slip') checkGate(tx, handover, engine.today());
  const area = readArea(tx, handover);
  const paper =
    kind === 'slip'
      ? leavingSlip(desk, handover, area.name, items)
      : checklistPaper(desk, tx, { handover, area, items, gaps: gapsOf(engine, area, handover) }, engine.today());
  return printPaper(tx, engine, { form, code: 'JJ', title: desk.t(`form.${form}`), number: handover.number, paper });
}

export const handoverRouter = os.handover.router({
  list: os.handover.list.handler(({ input, context }) => listRecords(context.engine.db, handovers, input)),
  get: os.handover.get.handler(({ input, context: { engine } }) => {
    const handover = readRow(engine.db, handovers, input.id);
    const items = itemsOf(engine.db, handover.id);
    const papers = iterateRecords(engine.db, documents, {
      filter: [{ field: 'number', op: 'equals', value: handover.number }],
      sort: [{ field: 'made_at', dir: 'desc' }],
    });
    return {
      handover,
      items,
      gaps: gapsOf(engine, readArea(engine.db, handover), handover),
      open: items.filter(isOpen).length,
      refs: { ...refsOf(engine.db, handovers, [handover]), ...refsOf(engine.db, handoverItems, items) },
      papers: [...papers],
    };
  }),
  history: os.handover.history.handler(({ input, context }) => historyOf(context.engine.db, input.id)),
  create: os.handover.create.handler(({ input, context: { engine } }) =>
    engine.command('handover.create', (tx) => {
      tx.need(locations, input.location_id);
      if (sameName(input.giver, input.receiver)) throw refuse('handover_same_person');
      checkFree(tx, input.location_id);
      const area = readArea(tx, input);
      if (isEmpty(area)) throw refuse('handover_empty', { area: locationPath(tx, input.location_id) });
      const start_on = input.start_on ?? engine.today();
      const handover = tx.insert(handovers, {
        ...input,
        start_on,
        number: nextNumber(tx, 'JJ', engine.machine(), engine.today()),
        state: 'draft',
        due_on: dueDay(tx, { start_on }),
        gathered_at: Math.trunc(engine.clock.now()),
      });
      const items = writeItems(tx, handover.id, findItems(area, deskOf(engine).t, engine.today()));
      return { handover, items, gaps: gapsOf(engine, area, handover) };
    }),
  ),
  update: os.handover.update.handler(({ input, context: { engine } }) =>
    engine.command('handover.update', (tx) => {
      const { giver } = running(tx, input.id);
      if (input.changes.receiver !== undefined && sameName(input.changes.receiver, giver))
        throw refuse('handover_same_person');
      return tx.patch(handovers, input.id, input.changes);
    }),
  ),
  gather: os.handover.gather.handler(({ input, context: { engine } }) =>
    engine.command('handover.gather', (tx) => {
      const handover = running(tx, input.id);
      const added = writeItems(tx, handover.id, findItems(readArea(tx, handover), deskOf(engine).t, engine.today()));
      const due_on = dueDay(tx, handover);
      tx.patch(handovers, handover.id, { gathered_at: Math.trunc(engine.clock.now()), due_on });
      return { added };
    }),
  ),
  add: os.handover.add.handler(({ input: { id, ...item }, context: { engine } }) =>
    engine.command('handover.add', (tx) => {
      running(tx, id);
      const position = nextPosition(itemsOf(tx, id));
      return tx.insert(handoverItems, { ...item, handover_id: id, position, result: 'pending' });
    }),
  ),
  tick: os.handover.tick.handler(({ input, context: { engine } }) =>
    engine.command('handover.tick', (tx) => tick(engine, tx, input)),
  ),
  sheet: os.handover.sheet.handler(({ input: { item: id, ...changes }, context: { engine } }) =>
    engine.command('handover.sheet', (tx) => {
      const { item } = needItem(tx, id);
      return tx.patch(handoverItems, item.id, changes);
    }),
  ),
  ports: os.handover.ports.handler(({ input, context: { engine } }) => portTicks(engine.db, input.item)),
  tickPort: os.handover.tickPort.handler(({ input, context: { engine } }) =>
    engine.command('handover.tick', (tx) => tickPort(engine, tx, input)),
  ),
  ticket: os.handover.ticket.handler(({ input, context: { engine } }) =>
    engine.command('handover.ticket', (tx) => ticketFor(engine, tx, input.item)),
  ),
  live: os.handover.live.handler(({ input, context: { engine } }) =>
    liveOf(engine, engine.db, readRow(engine.db, handovers, input.id)),
  ),
  propose: os.handover.propose.handler(({ input, context: { engine } }) =>
    engine.command('handover.propose', (tx) => propose(engine, tx, input.id, input.subjects)),
  ),
  dispute: os.handover.dispute.handler(({ input, context: { engine } }) =>
    engine.command('handover.dispute', (tx) => {
      const { item, handover } = needItem(tx, input.item);
      begin(tx, handover.id);
      const items = itemsOf(tx, handover.id);
      if (items.some(({ about_id }) => about_id === item.id)) throw refuse('handover_disputed', { item: item.label });
      tx.patch(handoverItems, item.id, {
        result: 'mismatch',
        checked_at: Math.trunc(engine.clock.now()),
        checked_by: engine.actor(),
      });
      return tx.insert(handoverItems, {
        handover_id: handover.id,
        part: 'H',
        position: nextPosition(items),
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
  due: os.handover.due.handler(({ context: { engine } }) => dueHandovers(engine.db)),
  gate: os.handover.gate.handler(({ input, context: { engine } }) =>
    gateOf(engine.db, readRow(engine.db, handovers, input.id), engine.today()),
  ),
  excuse: os.handover.excuse.handler(({ input, context: { engine } }) =>
    engine.command('handover.excuse', (tx) => {
      if (lateDays(tx.need(handovers, input.id), engine.today()) === 0) throw refuse('handover_not_late');
      return tx.patch(handovers, input.id, { late_opinion: input.opinion });
    }),
  ),
  file: os.handover.file.handler(({ input: { id, ...filed }, context: { engine } }) =>
    engine.command('handover.file', (tx) => {
      if (filed.filed_on > engine.today() || filed.filed_on < tx.need(handovers, id).start_on)
        throw refuse('handover_filed_day');
      return tx.patch(handovers, id, filed);
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
