/** The last 24 hours of every device by quarter hours, kept in memory: read from the minutes once, added to as minutes pass. */
import { SLOTS, type WatchDay } from '../../../../shared/features/watch.ts';
import type { ReadDb } from '../../db.ts';
import { MINUTE_MS, quartersOf } from './store.ts';
import type { Tally } from './track.ts';

const QUARTER_MS = 15 * MINUTE_MS;
type Quarters = Map<number, [up: number, seen: number]>;

export class Availability {
  readonly #of = new Map<string, Quarters>();
  readonly #lastMinute = new Map<string, number>();
  readonly #db: ReadDb;
  constructor(db: ReadDb) {
    this.#db = db;
  }

  /** A minute that has just been written down. */
  add(id: string, minute: number, { sent, lost }: Tally): void {
    const quarters = this.#of.get(id);
    const again = this.#lastMinute.get(id) === minute;
    this.#lastMinute.set(id, minute);
    // not asked for yet: it will be read whole
    if (!quarters) return;
    // a minute told in two parts (somebody stopped and went on) is still one minute: read it again
    if (again) {
      this.#of.delete(id);
      return;
    }
    const quarter = Math.floor(minute / 15);
    const [up, seen] = quarters.get(quarter) ?? [0, 0];
    quarters.set(quarter, [up + (lost < sent ? 1 : 0), seen + 1]);
    for (const old of quarters.keys()) if (old < quarter - SLOTS) quarters.delete(old);
  }

  /** `now` in ms UTC: the last slot is the quarter hour that runs. */
  day(id: string, now: number): WatchDay {
    const last = Math.floor(now / QUARTER_MS);
    const first = last - SLOTS + 1;
    let quarters = this.#of.get(id);
    if (!quarters) {
      quarters = new Map(quartersOf(this.#db, id, first).map(({ quarter, up, seen }) => [quarter, [up, seen]]));
      this.#of.set(id, quarters);
    }
    const known = quarters;
    const slots = Array.from({ length: SLOTS }, (_, at): [number, number] => known.get(first + at) ?? [0, 0]);
    const sum = (part: 0 | 1): number => slots.reduce((total, slot) => total + slot[part], 0);
    return { id, slots, up: sum(0), seen: sum(1) };
  }

  /** Forgets all: the file was exchanged, or devices came and went. */
  clear(): void {
    this.#of.clear();
    this.#lastMinute.clear();
  }
}
