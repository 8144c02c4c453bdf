/** What is done for a ticket beside its steps: first aid, the vendor's visit, reporting it upwards, and what parts it takes. */
import { assets } from '../../../../shared/features/assets.ts';
import { ticketEvents, tickets, type Step, type Ticket } from '../../../../shared/features/tickets.ts';
import type { AidOutcome } from '../../../../shared/features/tickets/first-aid.ts';
import { readParts, type PartLine } from '../../../../shared/features/tickets/parts.ts';
import { DAY_MS } from '../../../../shared/day.ts';
import { refuse } from '../../../../shared/refusal.ts';
import { translator } from '../../../../shared/translate.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import type { Engine } from '../../engine.ts';
import { findRow } from '../../read-row.ts';
import { refText } from '../../titles.ts';

function note(
  tx: WriteDb,
  engine: Engine,
  id: string,
  remark: string,
  aid: { aid_step?: string; aid_outcome?: AidOutcome } = {},
): void {
  tx.append(ticketEvents, {
    ticket_id: id,
    kind: 'note',
    at: engine.clock.now(),
    actor: engine.actor(),
    remark,
    ...aid,
  });
}

/** The remark says it once more in words, for laptops that know no first aid yet. */
export function logAid(
  tx: WriteDb,
  engine: Engine,
  { id, step, outcome, remark }: { id: string; step: string; outcome: AidOutcome; remark?: string | null | undefined },
): Ticket {
  const ticket = tx.need(tickets, id);
  const t = translator(engine.setup?.language ?? 'zh-CN');
  const said = [
    t('tickets.aidSaid', { step, outcome: t(`option.ticket_events.aid_outcome.${outcome}`) }),
    remark?.trim(),
  ];
  note(tx, engine, id, said.filter(Boolean).join('，'), { aid_step: step, aid_outcome: outcome });
  return ticket;
}

const staysHere = (db: ReadDb, { asset_id }: Ticket): boolean =>
  asset_id !== null && findRow(db, assets, asset_id)?.no_offsite === true;

/** A device that holds secrets is repaired in the house: it is neither sent away nor waited for as if it were. */
export function refuseLeaving(db: ReadDb, ticket: Ticket, step: Step): void {
  const leaves =
    (step.step === 'finish' && step.result === 'sent_out') ||
    (step.step === 'pause' && step.reason === 'vendor' && ticket.vendor === null);
  if (leaves && staysHere(db, ticket)) throw stays(db, ticket);
}
const stays = (db: ReadDb, { number, asset_id }: Ticket) =>
  refuse('ticket_no_offsite', { number, asset: refText(db, 'assets', asset_id ?? '') });

interface Visit {
  readonly vendor: string;
  readonly vendor_contact?: string | null | undefined;
  readonly vendor_called_at?: number | null | undefined;
  readonly vendor_arrived_at?: number | null | undefined;
  readonly off_site: boolean;
  readonly cost?: number | null | undefined;
}
export function dispatchTicket(tx: WriteDb, engine: Engine, id: string, visit: Visit): Ticket {
  const ticket = tx.need(tickets, id);
  if (visit.off_site && staysHere(tx, ticket)) throw stays(tx, ticket);
  const now = engine.clock.now();
  const arrived = visit.vendor_arrived_at ?? null;
  // Who is there already was called by then.
  const called = visit.vendor_called_at ?? ticket.vendor_called_at ?? arrived ?? now;
  if (called > now || (arrived ?? 0) > now) throw refuse('ticket_vendor_future');
  if (arrived !== null && arrived < called) throw refuse('ticket_vendor_order');
  const t = translator(engine.setup?.language ?? 'zh-CN');
  const { vendor } = visit;
  if (ticket.vendor !== vendor || ticket.vendor_called_at === null)
    note(tx, engine, id, t(visit.off_site ? 'tickets.vendorSent' : 'tickets.vendorCalled', { vendor }));
  if (arrived !== null && ticket.vendor_arrived_at === null) note(tx, engine, id, t('tickets.vendorCame', { vendor }));
  return tx.patch(tickets, id, {
    vendor,
    vendor_contact: visit.vendor_contact ?? null,
    vendor_called_at: called,
    vendor_arrived_at: arrived,
    off_site: visit.off_site,
    cost: visit.cost ?? null,
  });
}

export function escalateTicket(tx: WriteDb, engine: Engine, id: string, reason: string): Ticket {
  const ticket = tx.need(tickets, id);
  const t = translator(engine.setup?.language ?? 'zh-CN');
  note(tx, engine, id, t('tickets.escalatedNote', { reason }));
  return tx.patch(tickets, id, { escalated_at: ticket.escalated_at ?? engine.clock.now(), escalation: reason });
}

/** What was used within a year; older habits are over. */
const RECENT_DAYS = 365;
const SHOWN = 12;
/** Parts by how often they were taken. The count of a line is how many are usually taken at once. */
export function usualPartsOf(db: ReadDb, now: number): PartLine[] {
  const stored = db.all<{ part_lines: string }>(
    'SELECT part_lines FROM tickets WHERE part_lines IS NOT NULL AND deleted_at IS NULL AND reported_at > ?',
    now - RECENT_DAYS * DAY_MS,
  );
  const lines = stored.flatMap(({ part_lines }) => readParts(part_lines));
  return [...Map.groupBy(lines, ({ name, spec }) => JSON.stringify([name, spec])).values()]
    .toSorted((a, b) => b.length - a.length)
    .slice(0, SHOWN)
    .map((same) => ({
      name: same[0]?.name ?? '',
      spec: same[0]?.spec ?? '',
      quantity: same.map(({ quantity }) => quantity).toSorted((a, b) => a - b)[same.length >> 1] ?? 1,
    }));
}
