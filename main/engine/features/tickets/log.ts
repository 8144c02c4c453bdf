/** The work log of many tickets, read at once: when each stood still, and what was reopened. */
import type { ReadDb } from '../../db.ts';

interface Entry {
  readonly ticket_id: string;
  readonly kind: string;
  readonly at: number;
  readonly reason: string | null;
}
interface Pause {
  readonly from: number;
  /** Infinity while it lasts. */
  readonly to: number;
  readonly reason: string;
}
export interface TicketLog {
  of(id: string): readonly Entry[];
  pauses(id: string): readonly Pause[];
  isPausedAt(id: string, at: number): boolean;
  /** Pauses that began in the span, by reason, with the working hours that stood still until its end. */
  pausesBetween(
    from: number,
    to: number,
    hours: (from: number, to: number) => number,
  ): { reason: string; count: number; hours: number }[];
}

const ENDS = new Set(['resume', 'finish', 'close', 'advise', 'cancel', 'reopen', 'work', 'arrive', 'accept']);

function pausesOf(entries: readonly Entry[]): Pause[] {
  const pauses: Pause[] = [];
  let since: Entry | null = null;
  for (const entry of entries) {
    if (entry.kind === 'pause') since ??= entry;
    else if (since && ENDS.has(entry.kind)) {
      pauses.push({ from: since.at, to: entry.at, reason: since.reason ?? 'user' });
      since = null;
    }
  }
  if (since) pauses.push({ from: since.at, to: Infinity, reason: since.reason ?? 'user' });
  return pauses;
}

export function logOf(db: ReadDb, ids: readonly string[]): TicketLog {
  const rows = db.all<Entry>(
    `SELECT ticket_id, kind, at, reason FROM ticket_events
     WHERE deleted_at IS NULL AND ticket_id IN (SELECT value FROM json_each(?)) ORDER BY at, rowid`,
    JSON.stringify(ids),
  );
  const entries = Map.groupBy(rows, ({ ticket_id }) => ticket_id);
  const of = (id: string): readonly Entry[] => entries.get(id) ?? [];
  const pauses = (id: string): readonly Pause[] => pausesOf(of(id));
  return {
    of,
    pauses,
    isPausedAt: (id, at) => pauses(id).some(({ from, to }) => from <= at && at < to),
    pausesBetween(from, to, hours) {
      const begun = ids.flatMap((id) => pauses(id)).filter((pause) => from <= pause.from && pause.from <= to);
      return [...Map.groupBy(begun, ({ reason }) => reason)]
        .map(([reason, own]) => ({
          reason,
          count: own.length,
          hours: Math.round(own.reduce((sum, pause) => sum + hours(pause.from, Math.min(pause.to, to)), 0) * 10) / 10,
        }))
        .toSorted((a, b) => b.count - a.count);
    },
  };
}
