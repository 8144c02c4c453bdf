/** The minutes of the watch as they pass: written down, added to the last 24 hours, closed into hours. */
import type { WatchDay } from '../../../../shared/features/watch.ts';
import { diskRefusal } from '../../disk-errors.ts';
import type { Engine } from '../../engine.ts';
import { clockLeap } from '../discovery/purge-clock.ts';
import { Availability } from './availability.ts';
import { closeHour, HOUR_MS, MINUTE_MS, saveMinute } from './store.ts';
import type { Tally } from './track.ts';

export class Minutes {
  readonly #engine: Engine;
  readonly #availability: Availability;
  #minute = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#availability = new Availability(engine.db);
  }

  isOver(wall: number): boolean {
    return Math.floor(wall / MINUTE_MS) !== this.#minute;
  }
  /** Writes down what was asked in the minute that runs, or in the part of it since the last call. */
  keep(tallies: readonly (readonly [string, Tally])[]): void {
    if (tallies.length === 0) return;
    if (!this.#saved(() => saveMinute(this.#engine.db, this.#minute, tallies))) return;
    for (const [id, tally] of tallies) this.#availability.add(id, this.#minute, tally);
  }
  /** Begins another minute; with it an hour may be over. */
  next(wall: number, ids: readonly string[]): void {
    const hour = Math.floor((this.#minute * MINUTE_MS) / HOUR_MS);
    this.#minute = Math.floor(wall / MINUTE_MS);
    if (ids.length === 0 || Math.floor(wall / HOUR_MS) === hour) return;
    // a clock that was set years ahead must not cost the outages and checks of a year (security.md T10)
    this.#saved(() => closeHour(this.#engine.db, ids, hour, clockLeap(this.#engine) === null));
  }
  day(id: string, now: number): WatchDay {
    return this.#availability.day(id, now);
  }
  clear(): void {
    this.#availability.clear();
  }

  /** A full disk costs the minute, not the watch. */
  #saved(save: () => void): boolean {
    try {
      save();
      return true;
    } catch (error) {
      if (!diskRefusal(error, this.#engine.dir)) throw error;
      return false;
    }
  }
}
