/** When something was changed, as sure as it is known, and how wrong the clock of that laptop was. */
import { showMoment } from '../../../shared/day.ts';
import type { ClashMoment } from '../../../shared/features/sync.ts';
import type { Text } from '../../i18n.ts';

/** From here on a time is only about right. */
const ABOUT_MS = 60_000;
/** A clock that is less wrong than this is right enough for people. */
const WRONG_MS = 5 * 60_000;
const spans = [
  ['sync.span.years', 365 * 86_400_000],
  ['sync.span.days', 86_400_000],
  ['sync.span.hours', 3_600_000],
  ['sync.span.minutes', 60_000],
] as const;

function span(t: Text, ms: number): string {
  const [key, unit] = spans.find(([, size]) => ms >= size) ?? spans[3];
  return t(key, { n: Math.round(ms / unit) });
}

export function showWhen(t: Text, { at, unc_ms, off_ms }: ClashMoment): string {
  const off = Math.abs(off_ms ?? 0);
  if (off_ms !== null && off > WRONG_MS && off > unc_ms)
    return t(off_ms > 0 ? 'sync.clockAhead' : 'sync.clockBehind', { at: showMoment(at), by: span(t, off) });
  return unc_ms > ABOUT_MS ? t('sync.about', { at: showMoment(at) }) : showMoment(at);
}
