/** What users were told is saved, kept beside the product: the notebook of the harness, against which all is held in the end. */
import type { SimLaptop } from './laptop.ts';

export interface Saved {
  /** Commits of this action. */
  readonly commits: number;
  readonly command: string;
  /** `pending`: the folder went back to before it, unsent. `sent`: likewise, but the hub had it then. */
  gone: 'pending' | 'sent' | null;
}

export class Ledger {
  /** By batch, which a commit keeps also under another number. */
  readonly saved = new Map<string, Saved>();
  /** Rows and batches by the turn they were made in, so that the same history told twice speaks of the same rows. */
  readonly label = new Map<string, number>();
  hubRestores = 0;
  #turn = 0;

  /** Begins with what the first laptop's folder already holds. */
  constructor({ engine: { db } }: SimLaptop) {
    for (const { batch, command, n } of db.all<{ batch: string; command: string; n: number }>(
      'SELECT batch, command, count(*) AS n FROM _commits GROUP BY batch',
    ))
      this.saved.set(batch, { commits: n, command, gone: null });
  }

  next(): void {
    this.#turn += 1;
  }
  labelOf(id: string): number {
    return this.label.get(id) ?? Number.MAX_SAFE_INTEGER;
  }

  /** Runs something a user does, and writes down what was said to be saved by it. */
  async act(laptop: SimLaptop, work: () => Promise<unknown>): Promise<void> {
    const { db } = laptop.engine;
    const before = db.value<number>('SELECT max(ord) FROM _commits') ?? 0;
    await work();
    const made = db.all<{ ord: number; batch: string; command: string }>(
      'SELECT ord, batch, command FROM _commits WHERE ord > ? AND incarnation = ? ORDER BY ord',
      before,
      laptop.engine.incarnation,
    );
    let part = 0;
    const mark = (id: string): void => {
      if (this.label.has(id)) return;
      this.label.set(id, this.#turn * 10_000 + part);
      part += 1;
    };
    for (const { ord, batch, command } of made) {
      this.saved.set(batch, { commits: (this.saved.get(batch)?.commits ?? 0) + 1, command, gone: null });
      mark(batch);
      for (const { id } of db.all<{ id: string }>(
        "SELECT row_id AS id FROM _ops WHERE commit_ord = ? AND op IN ('insert', 'append') ORDER BY ord",
        ord,
      ))
        mark(id);
    }
  }

  /** The folder goes back: what it had made since may be nowhere else. */
  goesBack(laptop: SimLaptop, goBack: () => void): void {
    const own = (): { batch: string; state: string }[] =>
      laptop.engine.db.all<{ batch: string; state: string }>('SELECT batch, state FROM _commits');
    const before = own();
    goBack();
    const left = new Set(own().map(({ batch }) => batch));
    for (const { batch, state } of before) {
      const entry = this.saved.get(batch);
      if (entry && !left.has(batch)) entry.gone = state === 'pending' ? 'pending' : (entry.gone ?? 'sent');
    }
  }
}
