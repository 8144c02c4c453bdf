/** Tickets somebody still has to do something about, by what they are about: so that one thing is not reported twice. */
import { liveStates } from '../../../../shared/features/tickets.ts';
import type { ReadDb } from '../../db.ts';

export interface LiveTicket {
  readonly id: string;
  readonly number: string;
}

interface Reported extends LiveTicket {
  readonly ip: string | null;
  readonly asset_id: string | null;
  readonly reported_at: number;
}
const LIVE = liveStates.map((state) => `'${state}'`).join(', ');

/** Reads the live tickets once; the answer is the one reported last at the address or about one of the devices, or null. */
export function liveTicketFinder(
  db: ReadDb,
): (ip: string, assetIds: readonly (string | null | undefined)[]) => LiveTicket | null {
  const byIp = new Map<string, Reported>();
  const byAsset = new Map<string, Reported>();
  const oldestFirst = db.all<Reported>(
    `SELECT id, number, ip, asset_id, reported_at FROM tickets WHERE state IN (${LIVE}) AND deleted_at IS NULL
     AND (ip IS NOT NULL OR asset_id IS NOT NULL) ORDER BY reported_at`,
  );
  for (const ticket of oldestFirst) {
    if (ticket.ip !== null) byIp.set(ticket.ip, ticket);
    if (ticket.asset_id !== null) byAsset.set(ticket.asset_id, ticket);
  }
  return (ip, assetIds) => {
    if (byIp.size === 0 && byAsset.size === 0) return null;
    const about = [byIp.get(ip), ...assetIds.map((id) => byAsset.get(id ?? ''))].filter((each) => each !== undefined);
    const [last] = about.toSorted((a, b) => b.reported_at - a.reported_at);
    return last ? { id: last.id, number: last.number } : null;
  };
}

/** Nobody did anything about this ticket since it was opened. */
export const isUntouched = (db: ReadDb, ticketId: string): boolean =>
  db.value<number>('SELECT count(*) FROM ticket_events WHERE ticket_id = ?', ticketId) === 1;
