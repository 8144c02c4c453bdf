/** Notes every hour that the clock goes on as clocks do, and purges what is due where the user switched that on. */
import type { Engine } from '../../engine.ts';
import { clockLeap } from './purge-clock.ts';
import { purgeIfDue } from './purge.ts';

const HOUR_MS = 3_600_000;
/** Opening the notebook comes first. */
const FIRST_AFTER_MS = 60_000;
const scheduled = new WeakSet<Engine>();

/** Once for each engine, however many windows it has. The timers keep no process alive. */
export function schedulePurges(engine: Engine): void {
  if (scheduled.has(engine)) return;
  scheduled.add(engine);
  const look = (): void => {
    if (!engine.db.raw.open || clockLeap(engine) !== null) return;
    void purgeIfDue(engine).catch((error: unknown) => {
      // what cannot be purged today is purged another day
      if (engine.db.raw.open) console.error('purge:', error);
    });
  };
  const first = setTimeout(look, FIRST_AFTER_MS).unref();
  const later = setInterval(look, HOUR_MS).unref();
  engine.onClose(() => {
    clearTimeout(first);
    clearInterval(later);
  });
}
