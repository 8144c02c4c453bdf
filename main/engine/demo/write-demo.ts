/** Fills an empty notebook with the demo school, campus by campus, so that the engine keeps answering meanwhile. */
import { setImmediate as breathe } from 'node:timers/promises';
import { refuse } from '../../../shared/refusal.ts';
import type { ReadDb } from '../db.ts';
import type { WriteDb } from '../door.ts';
import type { Engine } from '../engine.ts';
import { nextNumber } from '../numbers.ts';
import { writeApplications } from './applications.ts';
import { chance } from './chance.ts';
import { writeTickets } from './history.ts';
import { writeCampus } from './registers.ts';
import { writeRepairs } from './repairs.ts';
import { sayAs } from './worded.ts';

/** The seed of the demo school (domain.md §4). */
export const DEMO_SEED = 20_260_929;

/** What a feature adds to the first campus by its own rules. */
export type DemoPart = (tx: WriteDb, engine: Engine) => void;

/** Campuses of the demo school that are in the notebook; null once anything else was written. */
export function demoIn(db: ReadDb): number | null {
  if (db.get("SELECT 1 FROM _commits WHERE command <> 'system.demo' LIMIT 1")) return null;
  return db.value<number>('SELECT count(DISTINCT batch) FROM _commits') ?? 0;
}

/**
 * Writes `scale` campuses of 699 assets each; yields after each. Refuses a notebook that holds anything else. When the signal
 * aborts or the disk fills up, the campuses written so far stay (each was one commit), and the next call goes on after them.
 */
export async function* writeDemo(
  engine: Engine,
  scale: number,
  seed: number,
  signal?: AbortSignal,
  more: readonly DemoPart[] = [],
  last: readonly DemoPart[] = [],
): AsyncGenerator<{ done: number; total: number }> {
  const done = demoIn(engine.db);
  if (done === null || done >= scale) throw refuse('demo_not_empty');
  for (let n = done; n < scale && !signal?.aborted; n += 1) {
    engine.command('system.demo', (door) => {
      const tx = sayAs(door, engine.setup?.sector ?? 'school');
      const by = chance(seed + n);
      const campus = writeCampus(tx, by, n, engine.today());
      writeTickets(tx, by, campus, engine.clock.now(), engine.setup?.technician ?? '', (day) =>
        nextNumber(tx, 'BX', engine.machine(), day),
      );
      writeRepairs(tx, campus, engine.today(), engine.setup?.technician ?? '', n === 0);
      writeApplications(tx, campus, engine.today(), (code, day) => nextNumber(tx, code, engine.machine(), day));
      if (n === 0) for (const write of more) write(tx, engine);
      // Last, over all that was written: nothing else of the demo counts as changed since.
      if (n === scale - 1) for (const write of last) write(tx, engine);
    });
    yield { done: n + 1, total: scale };
    await breathe();
  }
}
