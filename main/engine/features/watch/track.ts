/** What is known of one watched device, answer by answer. Pure: times come in with the answers. */
import { PROBES_KEPT, type WatchState } from '../../../../shared/features/watch.ts';

/** Down only after so many misses on end: one lost packet is no fault. */
export const MISSES = 3;

/** Sums of the minute that runs; lost = sent means that nothing answered. */
export interface Tally {
  sent: number;
  lost: number;
  min_ms: number | null;
  sum_ms: number;
  max_ms: number | null;
}
const empty = (): Tally => ({ sent: 0, lost: 0, min_ms: null, sum_ms: 0, max_ms: null });

export class Track {
  readonly probes: (number | null)[] = [];
  /** Of the last publication on. */
  fresh: (number | null)[] = [];
  state: WatchState = 'unknown';
  since: number | null = null;
  misses = 0;
  #firstMiss = 0;
  #tally = empty();

  /** True when the state changed by it. */
  answered(at: number, rtt: number): boolean {
    this.#take(rtt);
    this.misses = 0;
    if (this.state === 'up') return false;
    this.state = 'up';
    this.since = at;
    return true;
  }
  /** `asked`: when the question went out; a device is down since the first one it did not answer. True when the state changed by it. */
  missed(asked: number): boolean {
    this.#take(null);
    if (this.misses === 0) this.#firstMiss = asked;
    this.misses += 1;
    if (this.state === 'down' || this.misses < MISSES) return false;
    this.state = 'down';
    this.since = this.#firstMiss;
    return true;
  }
  /** Nobody was asking for a while: what was known is known no more, and nothing of it counts as loss. */
  forget(): void {
    this.state = 'unknown';
    this.since = null;
    this.misses = 0;
  }
  /** The sums since the last call; null when nothing was asked. */
  takeTally(): Tally | null {
    const done = this.#tally;
    if (done.sent === 0) return null;
    this.#tally = empty();
    return done;
  }

  #take(rtt: number | null): void {
    this.probes.push(rtt);
    if (this.probes.length > PROBES_KEPT) this.probes.shift();
    this.fresh.push(rtt);
    if (this.fresh.length > PROBES_KEPT) this.fresh.shift();
    const tally = this.#tally;
    tally.sent += 1;
    if (rtt === null) {
      tally.lost += 1;
      return;
    }
    tally.sum_ms += rtt;
    tally.min_ms = Math.min(tally.min_ms ?? rtt, rtt);
    tally.max_ms = Math.max(tally.max_ms ?? rtt, rtt);
  }
}
