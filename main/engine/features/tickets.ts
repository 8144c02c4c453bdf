/** Repair tickets: opening, the steps that move them, and the clock that runs over both. */
import {
  liveStates,
  ticketEvents,
  tickets,
  type Step,
  type Ticket,
  type TicketChanges,
  type TicketOpening,
} from '../../../shared/features/tickets.ts';
import { guessCategory } from '../../../shared/features/tickets/faults.ts';
import { takeStep } from '../../../shared/features/tickets/steps.ts';
import { dayOf } from '../../../shared/day.ts';
import type { RowOf } from '../../../shared/record.ts';
import { refuse } from '../../../shared/refusal.ts';
import { replay } from '../../../shared/sla.ts';
import type { ReadDb } from '../db.ts';
import type { WriteDb } from '../door.ts';
import type { Engine } from '../engine.ts';
import { historyOf } from '../history.ts';
import { listRecords, refsOf } from '../list.ts';
import { nextNumber } from '../numbers.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { standingOf } from './approvals.ts';
import { chargeOf } from './areas.ts';
import { logAid, dispatchTicket, escalateTicket, refuseLeaving, usualPartsOf } from './tickets/care.ts';
import { readDeadlines, readRules, writeRules, type Deadlines } from './tickets/deadlines.ts';
import { ticketFigures } from './tickets/figures.ts';
import { judgeNotes } from './tickets/notes.ts';
import { recurringFaults } from './tickets/recurring.ts';
import { bindingsOf, knownOf, type Reporter } from './tickets/prefill.ts';

type TicketEvent = RowOf<typeof ticketEvents>;

/** Who writes, when, and on which calendar. */
export interface TicketDesk {
  readonly now: number;
  /** `name@machine`. */
  readonly actor: string;
  readonly machine: string;
  readonly deadlines: Deadlines;
}
export const deskOf = (engine: Engine): TicketDesk => ({
  now: engine.clock.now(),
  actor: engine.actor(),
  machine: engine.machine(),
  deadlines: readDeadlines(engine.db),
});

const eventsOf = (db: ReadDb, id: string): TicketEvent[] =>
  db.all<TicketEvent>(
    'SELECT id, rv, ticket_id, kind, at, actor, reason, remark, aid_step, aid_outcome FROM ticket_events WHERE ticket_id = ? AND deleted_at IS NULL ORDER BY at, rowid',
    id,
  );

/** Opens a ticket. What was left out is filled in from the person; the category is guessed from the symptom. Used by discovery and rounds too. */
export function openTicket(tx: WriteDb, opening: TicketOpening, desk: TicketDesk): Ticket {
  const given = Object.fromEntries(Object.entries(opening).filter(([, value]) => value !== undefined)) as TicketOpening;
  const { person_id, location_id, channel } = given;
  // What a sweep or a round found was reported by the technician.
  const found = channel === 'scan' || channel === 'round';
  const reporter = given.reporter ?? (found && !person_id ? (desk.actor.split('@')[0] ?? null) : null);
  const known = knownOf(tx, given);
  if (!person_id && !reporter && !location_id && !known.location_id) throw refuse('ticket_needs_who');
  const reported = given.reported_at ?? desk.now;
  if (reported > desk.now) throw refuse('ticket_future');
  const priority = given.priority ?? 'normal';
  const { due_at, due_on } = replay(
    desk.deadlines.policy,
    desk.deadlines.calendar,
    { reported_at: reported, priority },
    [],
  );
  const ticket = tx.insert(tickets, {
    ...known,
    ...given,
    reporter,
    number: nextNumber(tx, 'BX', desk.machine, dayOf(desk.now)),
    kind: given.kind ?? 'fault',
    category: given.category ?? guessCategory(given.symptom),
    priority,
    channel: channel ?? 'phone',
    state: 'open',
    assignee: chargeOf(tx, given.location_id ?? known.location_id, dayOf(reported)),
    reported_at: reported,
    due_at,
    due_on,
  });
  tx.append(ticketEvents, { ticket_id: ticket.id, kind: 'open', at: reported, actor: desk.actor });
  return ticket;
}

/** Nobody lays hands on a device for a change that nobody signed; an emergency is signed afterwards, and shown as such. */
const startsWork = ({ step }: Step): boolean => step === 'arrive' || step === 'work' || step === 'finish';

/** Takes one step: the ticket, its work log and its deadline change together, or a refusal names the state it is in. */
export function advanceTicket(tx: WriteDb, id: string, step: Step, desk: TicketDesk): Ticket {
  const ticket = tx.need(tickets, id);
  if (startsWork(step) && ticket.kind === 'change' && ticket.priority !== 'urgent') {
    const { state } = standingOf(tx, 'change', id);
    if (state !== 'approved') throw refuse('ticket_needs_approval', { number: ticket.number, state });
  }
  refuseLeaving(tx, ticket, step);
  const { changes, event } = takeStep(ticket, step, desk);
  tx.append(ticketEvents, { ...event, ticket_id: id });
  return tx.patch(tickets, id, { ...changes, ...deadlineOf(tx, ticket, desk.deadlines) });
}

const deadlineOf = (
  db: ReadDb,
  ticket: Ticket,
  { policy, calendar }: Deadlines,
): { due_at: number; due_on: string } => {
  const { due_at, due_on } = replay(policy, calendar, ticket, eventsOf(db, ticket.id));
  return { due_at, due_on };
};

/** After steps that were not taken one after another at this desk. */
export function recountDeadline(tx: WriteDb, id: string, { deadlines }: TicketDesk): void {
  tx.patch(tickets, id, deadlineOf(tx, tx.need(tickets, id), deadlines));
}

function updateTicket(tx: WriteDb, id: string, changes: TicketChanges, desk: TicketDesk): Ticket {
  const ticket = tx.patch(tickets, id, changes);
  return changes.priority ? tx.patch(tickets, id, deadlineOf(tx, ticket, desk.deadlines)) : ticket;
}

/** All of a pad in one batch, which one undo takes back. Judged again: what was known meanwhile is not opened twice. */
function takeNotes(engine: Engine, text: string, lines: readonly number[]): { opened: number; batch: string } {
  const wanted = judgeNotes(engine, text).filter(({ line, verdict }) => verdict === 'ready' && lines.includes(line));
  if (wanted.length === 0) throw refuse('notes_nothing');
  const desk = deskOf(engine);
  const { batch } = engine.commit('tickets.takeNotes', (tx) => {
    for (const { reporter, phone, symptom, reported_at, person_id, location_id } of wanted)
      openTicket(
        tx,
        {
          symptom: symptom ?? '',
          channel: 'phone',
          ...(person_id ? { person_id } : { reporter }),
          ...(location_id ? { location_id } : {}),
          ...(phone ? { phone } : {}),
          ...(reported_at === null ? {} : { reported_at }),
        },
        desk,
      );
  });
  return { opened: wanted.length, batch };
}

const LIVE = liveStates.map((state) => `'${state}'`).join(', ');

/** Counts every live ticket's deadline again after the calendar or the rule changed. Returns how many moved. */
export function moveDeadlines(tx: WriteDb): number {
  const deadlines = readDeadlines(tx);
  const live = tx.all<{ id: string }>(`SELECT id FROM tickets WHERE state IN (${LIVE}) AND deleted_at IS NULL`);
  return live.filter(({ id }) => {
    const ticket = tx.need(tickets, id);
    return tx.patch(tickets, id, deadlineOf(tx, ticket, deadlines)).due_at !== ticket.due_at;
  }).length;
}

function openTicketsOf(
  db: ReadDb,
  { person_id, location_id }: Reporter,
): Pick<Ticket, 'id' | 'number' | 'symptom' | 'state'>[] {
  const [column, id] = person_id ? ['person_id', person_id] : ['location_id', location_id ?? null];
  return db.all(
    `SELECT id, number, symptom, state FROM tickets WHERE ${column} = ? AND state IN (${LIVE}) AND deleted_at IS NULL ORDER BY due_at LIMIT 5`,
    id,
  );
}

function detailOf(db: ReadDb, id: string) {
  const ticket = readRow(db, tickets, id);
  const held = ticket.person_id ? bindingsOf(db, ticket.person_id) : [];
  const path = (ticket.ip ? held.find((binding) => binding.ip === ticket.ip) : held[0]) ?? null;
  return { ticket, events: eventsOf(db, id), refs: refsOf(db, tickets, [ticket]), path };
}

/** Nobody's board holds more; a unit with this many open tickets filters its list. */
const MOST_CARDS = 1000;
function boardOf(engine: Engine) {
  const { rows, refs } = listRecords(engine.db, tickets, {
    filter: [{ field: 'state', op: 'in', value: [...liveStates] }],
    sort: [{ field: 'due_at', dir: 'asc' }],
    offset: 0,
    limit: MOST_CARDS,
  });
  return { cards: rows, refs, now: engine.clock.now() };
}

export const ticketsRouter = os.tickets.router({
  list: os.tickets.list.handler(({ input, context: { engine } }) => {
    const sort = input.sort.length > 0 ? input.sort : [{ field: 'due_at', dir: 'asc' as const }];
    return listRecords(engine.db, tickets, { ...input, sort });
  }),
  board: os.tickets.board.handler(({ context: { engine } }) => boardOf(engine)),
  get: os.tickets.get.handler(({ input, context: { engine } }) => detailOf(engine.db, input.id)),
  prefill: os.tickets.prefill.handler(({ input, context: { engine } }) => {
    const values = knownOf(engine.db, input);
    const refs = refsOf(engine.db, tickets, [{ ...values }]);
    return { values, refs, open: openTicketsOf(engine.db, { ...input, location_id: values.location_id }) };
  }),
  open: os.tickets.open.handler(({ input, context: { engine } }) =>
    engine.command('tickets.open', (tx) => openTicket(tx, input, deskOf(engine))),
  ),
  advance: os.tickets.advance.handler(({ input: { id, ...step }, context: { engine } }) =>
    engine.command('tickets.advance', (tx) => advanceTicket(tx, id, step, deskOf(engine))),
  ),
  update: os.tickets.update.handler(({ input, context: { engine } }) =>
    engine.command('tickets.update', (tx) => updateTicket(tx, input.id, input.changes, deskOf(engine))),
  ),
  history: os.tickets.history.handler(({ input, context: { engine } }) => historyOf(engine.db, input.id)),
  aid: os.tickets.aid.handler(({ input, context: { engine } }) =>
    engine.command('tickets.aid', (tx) => logAid(tx, engine, input)),
  ),
  dispatch: os.tickets.dispatch.handler(({ input: { id, ...visit }, context: { engine } }) =>
    engine.command('tickets.dispatch', (tx) => dispatchTicket(tx, engine, id, visit)),
  ),
  escalate: os.tickets.escalate.handler(({ input, context: { engine } }) =>
    engine.command('tickets.escalate', (tx) => escalateTicket(tx, engine, input.id, input.reason)),
  ),
  readNotes: os.tickets.readNotes.handler(({ input, context: { engine } }) => judgeNotes(engine, input.text)),
  takeNotes: os.tickets.takeNotes.handler(({ input, context: { engine } }) =>
    takeNotes(engine, input.text, input.lines),
  ),
  usualParts: os.tickets.usualParts.handler(({ context: { engine } }) => usualPartsOf(engine.db, engine.clock.now())),
  rules: os.tickets.rules.handler(({ context: { engine } }) => readRules(engine.db)),
  setRules: os.tickets.setRules.handler(({ input, context: { engine } }) => {
    const { result, batch } = engine.commit('tickets.setRules', (tx) => {
      writeRules(tx, input);
      return moveDeadlines(tx);
    });
    return { moved: result, batch };
  }),
  figures: os.tickets.figures.handler(({ input: { from, to, area }, context: { engine } }) =>
    ticketFigures(engine.db, from, to, { area: area ?? null, now: engine.clock.now() }),
  ),
  recurring: os.tickets.recurring.handler(({ input, context: { engine } }) =>
    recurringFaults(engine.db, input.from, input.to),
  ),
});
