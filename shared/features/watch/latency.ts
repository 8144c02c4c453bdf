/** Latency in numbers and on paper, so that every screen and text says the same of the same probes. */

export interface Latency {
  readonly last: number | null;
  readonly min: number | null;
  readonly avg: number | null;
  readonly max: number | null;
  /** Null before the first question. */
  readonly loss_percent: number | null;
}

export function latencyOf(probes: readonly (number | null)[]): Latency {
  const answered = probes.filter((each) => each !== null);
  const none = answered.length === 0;
  return {
    last: probes.at(-1) ?? null,
    min: none ? null : Math.min(...answered),
    avg: none ? null : answered.reduce((sum, each) => sum + each, 0) / answered.length,
    max: none ? null : Math.max(...answered),
    loss_percent: probes.length === 0 ? null : (100 * (probes.length - answered.length)) / probes.length,
  };
}

/** The top of every latency chart (domain.md §3.5): one scale for all rows, so that they can be compared. */
export const TOP_MS = 100;
/** Height of a round trip on the shared scale: 0 at 0 ms, 1 at 100 ms and above, logarithmic between. */
export const levelOf = (ms: number): number => Math.min(1, Math.log1p(Math.max(0, ms)) / Math.log1p(TOP_MS));

/** Three digits are enough: 0.42, 3.7, 128. */
export const showMs = (ms: number | null): string =>
  ms === null ? '—' : ms < 1 ? ms.toFixed(2) : ms < 10 ? ms.toFixed(1) : String(Math.round(ms));
/** Whole percent, but never 0 where something was lost and never 100 where something came. */
export function showPercent(percent: number | null): string {
  if (percent === null) return '—';
  if (percent > 0 && percent < 1) return '<1%';
  if (percent > 99 && percent < 100) return '>99%';
  return `${Math.round(percent)}%`;
}
