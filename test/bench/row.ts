/** One line of the benchmark table. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The peer's figure in the same run divided into ours: below 1 is faster (or smaller) than the peer. */
  readonly ratio?: number;
  /** What the ratio is against, how many were found, or why nothing was measured. */
  readonly note?: string;
}

/** A figure at a percentile (0..1) of several. */
export function percentile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? NaN;
}
