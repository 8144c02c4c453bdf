/**
 * When a commit was really made (sync.md 2.6). The hub's clock is the only official one: a laptop's wall clock may be wrong by
 * years, so a commit of the same boot as the request is dated by the monotonic clock; any other by the wall clock's present error.
 */
import type { ClockSample } from '../commit.ts';

export interface Estimate {
  readonly est_at: number;
  /** Half width of the interval the true time lies in, ms. */
  readonly unc_ms: number;
}
const SAME_BOOT_MS = 2000;
/** Crystal drift: 200 parts per million is the worst of cheap laptops. */
const DRIFT = 200e-6;
const OTHER_BOOT_MS = 86_400_000;
/** A laptop sleeps for a holiday at most; a clock that leaps further ahead was set. */
const SLEEP_MS = 31 * 86_400_000;
/** 31 December 9999: what both databases can write as a date, and every reader as a whole number. */
export const LAST_MS = 253_402_300_799_999;

/** Whatever a laptop says of its clocks: a number that nobody can store or read again would stop everybody's pages at this commit. */
export const bounded = ({ est_at, unc_ms }: Estimate): Estimate => ({
  est_at: Math.trunc(Math.min(LAST_MS, Math.max(0, est_at))),
  unc_ms: Math.ceil(Math.min(LAST_MS, Math.max(0, unc_ms))),
});

/**
 * The monotonic clock stands still while a laptop sleeps (Linux, macOS), so a commit made before that looks younger than it is.
 * Where both clocks disagree the commit lies between what they say: dated by the wall clock when that may be a sleep, by the
 * monotonic clock when somebody set the wall clock, and uncertain by all of the difference either way.
 *
 * `made` and `sent` are the laptop's samples at the commit and at the request; `received` is hub time. Never later than `received`.
 */
export const estimate = (made: ClockSample, sent: ClockSample, received: number): Estimate =>
  bounded(told(made, sent, received));

function told(made: ClockSample, sent: ClockSample, received: number): Estimate {
  if (made.boot_id === sent.boot_id) {
    const ago = Math.max(0, sent.mono_ms - made.mono_ms);
    const tolerance = Math.ceil(SAME_BOOT_MS + ago * DRIFT);
    const gap = sent.wall_ms - made.wall_ms - ago;
    if (Math.abs(gap) <= tolerance) return { est_at: Math.trunc(received - ago), unc_ms: tolerance };
    const slept = gap > 0 && gap <= SLEEP_MS ? gap : 0;
    return { est_at: Math.trunc(received - ago - slept), unc_ms: Math.ceil(tolerance + Math.abs(gap)) };
  }
  const offset = received - sent.wall_ms;
  return { est_at: Math.trunc(Math.min(received, made.wall_ms + offset)), unc_ms: OTHER_BOOT_MS };
}

/** Which of two is certainly later; null when their intervals overlap. */
export function later(a: Estimate, b: Estimate): 'a' | 'b' | null {
  if (a.est_at - a.unc_ms > b.est_at + b.unc_ms) return 'a';
  if (b.est_at - b.unc_ms > a.est_at + a.unc_ms) return 'b';
  return null;
}
