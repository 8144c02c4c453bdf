/** How the use of a subnet grew, and when it is full at that pace. Pure. */
import { z } from 'zod';
import { DAY_MS } from '../../day.ts';

const WEEK_MS = 7 * DAY_MS;
/** Half a year is shown, as the registers are reviewed each term. */
export const TREND_WEEKS = 26;
/** The pace is that of the last quarter: long enough for a holiday not to stop it, short enough to notice the start of a term. */
const PACE_WEEKS = 13;
/** Beyond two years nobody plans by a number of weeks. */
const FAR_WEEKS = 104;

export interface Life {
  /** UTC ms. */
  readonly from: number;
  /** Null: still held. */
  readonly to: number | null;
}

/** How many were held at the end of each week before `now`, oldest first; the last number is now. */
export function heldByWeek(lives: readonly Life[], now: number, weeks: number = TREND_WEEKS): number[] {
  return Array.from({ length: weeks + 1 }, (_, index) => {
    const at = now - (weeks - index) * WEEK_MS;
    return lives.filter(({ from, to }) => from <= at && (to === null || to > at)).length;
  });
}

/**
 * `full`: none is free now. `in`: full in so many weeks at the pace of the last quarter. `far`: later than anybody plans. `steady`: it does not grow. `unknown`: less than a week
 * of history, or addresses that are not given out one by one.
 */
export const forecast = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('full') }),
  z.object({ kind: z.literal('in'), weeks: z.int(), pace: z.number() }),
  z.object({ kind: z.literal('far') }),
  z.object({ kind: z.literal('steady') }),
  z.object({ kind: z.literal('unknown') }),
]);
export type Forecast = z.infer<typeof forecast>;

/** `free`: addresses that can still be given out. Weeks before the first address was held say nothing of the pace. */
export function forecastOf(weeks: readonly number[], free: number): Forecast {
  const last = weeks.at(-1) ?? 0;
  const begun = weeks.findIndex((held) => held > 0);
  if (free === 0 && last > 0) return { kind: 'full' };
  if (begun < 0) return { kind: 'unknown' };
  const from = Math.max(begun, weeks.length - 1 - PACE_WEEKS);
  const span = weeks.length - 1 - from;
  if (span < 1) return { kind: 'unknown' };
  const pace = (last - (weeks[from] ?? 0)) / span;
  if (pace <= 0) return { kind: 'steady' };
  const left = Math.ceil(free / pace);
  return left > FAR_WEEKS ? { kind: 'far' } : { kind: 'in', weeks: left, pace: Math.round(pace * 10) / 10 };
}
