/** Commits that PostgreSQL will not take, whoever brings them again: recorded as such, so that nothing behind them waits for ever. */
import { sqlState } from './db.ts';

/** Why a commit is recorded without being done, whatever it says. */
export type Unfit = 'bad_value' | 'rule' | null;

/** Class 22: no such value; 54: longer than an index takes; 23: against a rule. Null: a failure of the store, not of the commit. */
export function unfitBy(error: unknown): Unfit {
  const state = sqlState(error);
  if (/^(?:22|54)/.test(state)) return 'bad_value';
  return state.startsWith('23') ? 'rule' : null;
}

/** For work that settles one commit in a transaction of its own: done once more, with the reason, when its commit brings such data. */
export async function orUnfit<T>(work: (unfit: Unfit) => Promise<T>): Promise<T> {
  try {
    return await work(null);
  } catch (error) {
    const unfit = unfitBy(error);
    if (unfit === null) throw error;
    return work(unfit);
  }
}
