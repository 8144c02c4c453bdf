/** Two cards at one address: who they are, and the end of it, with the ticket and the binding's log closed together (walk-through 4). */
import { bindings } from '../../../../shared/features/ipam.ts';
import { tickets } from '../../../../shared/features/tickets.ts';
import { DAY_MS } from '../../../../shared/day.ts';
import { answerOf } from '../../../../shared/features/switches/candidate.ts';
import { isRefusal, refuse } from '../../../../shared/refusal.ts';
import type { RowOf } from '../../../../shared/record.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import { readRow } from '../../read-row.ts';
import { personTexts } from '../../titles.ts';
import { bindingsAbout } from '../ipam/about.ts';
import { nextIp } from '../ipam/law.ts';
import { needSubnet } from '../ipam/plan.ts';
import { whichPort } from '../switches/evidence.ts';
import { advanceTicket, openTicket, type TicketDesk } from '../tickets.ts';
import { liveTicketFinder } from '../tickets/live.ts';

/** Who was at the address lately: a week's sweeps. */
const LATELY_MS = 7 * DAY_MS;

export interface Side {
  mac: string | null;
  vendor: string | null;
  name: string | null;
  first_seen_at: number | null;
  last_seen_at: number | null;
  /** What the register says of the card: its binding here, else elsewhere. */
  binding: RowOf<typeof bindings> | null;
  person: string | null;
  switch_name: string | null;
  switch_port: string | null;
  /** The port was read from the switch, not written by hand. */
  read: boolean;
  /** Of a binding at this address: the next free one of its subnet. */
  next: string | null;
}
interface Seen {
  mac: string;
  vendor: string | null;
  name: string | null;
  first_seen_at: number;
  last_seen_at: number;
}

const seenAt = (db: ReadDb, ip: string, now: number): Seen[] =>
  db.all<Seen>(
    `SELECT s.mac, max(s.vendor) AS vendor, max(s.name) AS name, max(s.seen_at) AS last_seen_at,
       (SELECT min(e.seen_at) FROM _sightings e WHERE e.mac = s.mac) AS first_seen_at
     FROM _sightings s WHERE s.ip = ? AND s.seen_at >= ? AND s.mac <> '' GROUP BY s.mac ORDER BY last_seen_at DESC LIMIT 8`,
    ip,
    now - LATELY_MS,
  );

function nextOrNull(db: ReadDb, subnetId: string, today: string): string | null {
  try {
    return nextIp(db, needSubnet(db, subnetId), today).ip;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

/** The holder by the register first, then whoever else answered there. */
export function sidesOf(db: ReadDb, ip: string, at: { now: number; today: string }): Side[] {
  const held = bindingsAbout(db, { ip }).filter(({ state }) => state !== 'released');
  const seen = seenAt(db, ip, at.now);
  const macs = [...new Set([...held.map(({ mac }) => mac), ...seen.map(({ mac }) => mac)])];
  const sides = macs.map((mac): Side => {
    const here = held.find((binding) => binding.mac === mac);
    const known =
      here ?? (mac === null ? undefined : bindingsAbout(db, { mac }).find(({ state }) => state !== 'released'));
    const binding = known ? readRow(db, bindings, known.id) : null;
    const port = mac === null ? null : answerOf(whichPort(db, mac));
    const sighting = seen.find((each) => each.mac === mac);
    return {
      mac,
      vendor: sighting?.vendor ?? null,
      name: sighting?.name ?? binding?.hostname ?? null,
      first_seen_at: sighting?.first_seen_at ?? null,
      last_seen_at: sighting?.last_seen_at ?? null,
      binding,
      person: null,
      switch_name: port?.device ?? binding?.switch_name ?? null,
      switch_port: port?.port ?? binding?.switch_port ?? null,
      read: port !== null,
      next: here ? nextOrNull(db, readRow(db, bindings, here.id).subnet_id, at.today) : null,
    };
  });
  const people = personTexts(
    db,
    sides.flatMap(({ binding }) => (binding ? [binding.person_id] : [])),
  );
  return sides.map((side) => ({ ...side, person: side.binding ? people(side.binding.person_id) : null }));
}

export const ticketAt = (db: ReadDb, ip: string): { id: string; number: string } | null => liveTicketFinder(db)(ip, []);

/** Closes the ticket at the contested address (one is opened for it when nobody did), and says so in the binding's log. */
export function closeClash(
  tx: WriteDb,
  ip: string,
  bindingId: string,
  desk: TicketDesk,
  t: Translate,
): { ticket_id: string; number: string } {
  const binding = tx.need(bindings, bindingId);
  if (binding.ip === ip) throw refuse('clash_goes_on', { ip });
  const action = t('opening.clash.action', { from: ip, to: binding.ip });
  const known = ticketAt(tx, ip);
  const { id } =
    known ??
    openTicket(
      tx,
      {
        symptom: t('opening.clash.symptom', { ip }),
        category: 'ip_conflict',
        person_id: binding.person_id,
        location_id: binding.location_id,
        asset_id: binding.asset_id,
        ip,
        kind: 'fault',
        channel: 'scan',
      },
      desk,
    );
  if (tx.need(tickets, id).state === 'paused') advanceTicket(tx, id, { step: 'resume' }, desk);
  if (['open', 'accepted'].includes(tx.need(tickets, id).state)) advanceTicket(tx, id, { step: 'work' }, desk);
  if (tx.need(tickets, id).state === 'working')
    advanceTicket(tx, id, { step: 'finish', cause: 'configuration', action }, desk);
  const { number } = advanceTicket(tx, id, { step: 'close' }, desk);
  tx.patch(bindings, bindingId, { reason: t('opening.clash.closed_by', { action, number }) });
  return { ticket_id: id, number };
}
