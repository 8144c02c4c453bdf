/** How far the transfers under way are: known only while the engine runs, and told to windows a few times a second at most. */
import type { Engine } from '../engine.ts';

const TELL_MS = 400;
interface Tracks {
  readonly percents: Map<string, number>;
  toldAt: number;
}
const tracks = new WeakMap<Engine, Tracks>();
function tracksOf(engine: Engine): Tracks {
  let found = tracks.get(engine);
  if (!found) tracks.set(engine, (found = { percents: new Map(), toldAt: 0 }));
  return found;
}

/** 0 to 100 while it is under way, otherwise null. */
export const percentOf = (engine: Engine, sha256: string): number | null =>
  tracksOf(engine).percents.get(sha256) ?? null;

export function tellProgress(engine: Engine, sha256: string, done: number, size: number): void {
  const known = tracksOf(engine);
  known.percents.set(sha256, Math.floor((100 * done) / size));
  // The monotonic clock of this process: the engine's own stands still in tests.
  const now = performance.now();
  if (now - known.toldAt < TELL_MS) return;
  known.toldAt = now;
  engine.changed(['blobs']);
}
export function endProgress(engine: Engine, sha256: string): void {
  tracksOf(engine).percents.delete(sha256);
  engine.changed(['blobs']);
}
