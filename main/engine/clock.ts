/** The one clock. Rules never read time themselves: it is passed in, so that tests and bad laptop clocks can be played. */
import { randomUUID } from 'node:crypto';
import type { ClockSample } from '../../shared/commit.ts';

export interface Clock {
  /** Milliseconds since 1970 UTC, as this laptop believes. */
  now(): number;
  /** Milliseconds since some fixed moment of this boot; never set back. */
  mono(): number;
  readonly bootId: string;
}

export const systemClock: Clock = { now: () => Date.now(), mono: () => performance.now(), bootId: randomUUID() };

export const sampleOf = (clock: Clock): ClockSample => ({
  wall_ms: Math.trunc(clock.now()),
  boot_id: clock.bootId,
  mono_ms: Math.trunc(clock.mono()),
});
