/** Tells laptops that wait when the store has moved on: one look a second at its head, however many wait, and none while nobody does. */
import type pg from 'pg';

const LOOK_MS = 1000;

export interface News {
  /** The head's number as soon as it is above `after`; null when that takes longer than `ms`. */
  above(after: number, ms: number): Promise<number | null>;
  /** Something was taken in by this very process: look at once. */
  nudge(): void;
  close(): void;
}

export function newsOf(pool: pg.Pool): News {
  const waiting = new Set<(seq: number | null) => void>();
  let timer: NodeJS.Timeout | null = null;
  let looking = false;

  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      // Other hub processes may share the database: it is asked, and not only this one's own commits.
      const { rows } = await pool.query<{ seq: number }>('SELECT seq FROM sync.head');
      for (const tell of waiting) tell(rows[0]?.seq ?? null);
    } catch {
      // A database that is away has no news; whoever asks it for more is told so.
    } finally {
      looking = false;
    }
  };
  const stop = (): void => {
    if (timer) clearInterval(timer);
    timer = null;
  };
  return {
    above: (after, ms) =>
      new Promise((resolve) => {
        const done = (seq: number | null): void => {
          if (seq !== null && seq <= after) return;
          clearTimeout(limit);
          waiting.delete(done);
          if (waiting.size === 0) stop();
          resolve(seq);
        };
        const limit = setTimeout(() => done(null), ms);
        waiting.add(done);
        timer ??= setInterval(() => void look(), LOOK_MS);
        void look();
      }),
    nudge: () => {
      if (waiting.size > 0) void look();
    },
    close: () => {
      for (const tell of waiting) tell(null);
      stop();
    },
  };
}
