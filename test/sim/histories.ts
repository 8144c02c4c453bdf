/** How many histories are played, from which seed: LANBOOK_SYNC_RUNS and LANBOOK_SYNC_SEED, or what a run of the tests can afford. */
import fc from 'fast-check';
import { newTotals, playHistory, type Totals } from './history.ts';
import type { School } from './school.ts';
import type { History } from './steps.ts';

export const SEED = Number(process.env['LANBOOK_SYNC_SEED'] ?? 20_261_122);
export const runsOr = (usual: number): number => Number(process.env['LANBOOK_SYNC_RUNS'] ?? usual);

/** One history of a seed, as fast-check named it when it failed. */
const PATH = process.env['LANBOOK_SYNC_PATH'];
/** As long a failing history is made shorter before it is printed, ms; 0 prints it as it was drawn. */
const SHRINK_MS = 1000 * Number(process.env['LANBOOK_SYNC_SHRINK'] ?? 60);

class Stuck extends Error {}
/** A history takes a second or two; one that stands still is a failure of its own. */
const HISTORY_MS = 30_000;
async function within<T>(ms: number, totals: Totals, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Stuck(`a history stood still at ${totals.at} for ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** One line a turn, as a person reads it. */
function told({ laptops, turns }: History): string {
  const names = Array.from({ length: laptops }, (_, index) => `L${String(index + 1).padStart(2, '0')}`);
  const lines = turns.map((turn, index) => {
    if (typeof turn === 'string') return `${index} ${turn}`;
    const name = names[turn.who % names.length] ?? '';
    if (turn.step.do === 'clone' && !name.endsWith('b') && !names.includes(`${name}b`)) names.push(`${name}b`);
    return `${index} ${name} ${JSON.stringify(turn.step)}`;
  });
  return [`${laptops} laptops`, ...lines].join('\n');
}

/** Plays random histories; a failing one is made shorter and printed with its seed. */
export async function playMany(
  school: School,
  histories: fc.Arbitrary<History>,
  runs: number,
  seed: number,
  play = playHistory,
): Promise<Totals> {
  const totals = newTotals();
  let until = Infinity;
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      fc.pre(Date.now() < until);
      try {
        await within(HISTORY_MS, totals, play(school, history, totals));
      } catch (error) {
        // What stands still keeps its store: nothing can be played beside it.
        until = Math.min(until, error instanceof Stuck ? 0 : Date.now() + SHRINK_MS);
        process.stderr.write(`${told(history)}\n  ${String(error).slice(0, 300)}\n\n`);
        throw error;
      }
    }),
    { numRuns: runs, seed, endOnFailure: SHRINK_MS === 0, ...(PATH === undefined ? {} : { path: PATH }) },
  );
  return totals;
}
