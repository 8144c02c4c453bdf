/**
 * Everything a network is asked beyond "who has this address" goes through one pool: so many at once and so many a second, whoever asks
 * (security.md X6). Each asker has a line of its own, and the lines take turns: a wide search does not starve the names.
 */
import type { Wire } from './wire.ts';

type Pace = Pick<Wire, 'now' | 'sleep'>;

export interface Pool {
  /** Queues one question and gives its answer; null as soon as the signal fires. A question is one to the network: it asks no others. */
  ask<T>(question: () => Promise<T>): Promise<T | null>;
}
export interface Limits {
  readonly atOnce: number;
  readonly perSecond: number;
}
/** security.md X6 allows 200 a second at most; half of it leaves room for what a host does on its own account. */
const NETWORK: Limits = { atOnce: 32, perSecond: 100 };

type Job = () => Promise<void>;
interface Line {
  readonly queue: Job[];
  readonly signal: AbortSignal;
  /** How to end the questions that are queued or under way. */
  readonly open: Set<() => void>;
}
type Open = (signal: AbortSignal) => Pool;

function stopped({ queue, open }: Line): void {
  queue.length = 0;
  for (const end of open) end();
  open.clear();
}

/** Opens lines into one pool of its own. */
export function createPool(wire: Pace, { atOnce, perSecond }: Limits): Open {
  const gap = 1000 / perSecond;
  /** Lines with something queued, the next to be served first. */
  const turns: Line[] = [];
  let running = 0;
  let nextStart = wire.now();
  let turning = false;

  const start = async (job: Job): Promise<void> => {
    running++;
    try {
      await job();
    } finally {
      running--;
      void turn();
    }
  };
  const turn = async (): Promise<void> => {
    if (turning) return;
    turning = true;
    while (turns.length > 0 && running < atOnce) {
      const wait = nextStart - wire.now();
      if (wait > 0) {
        await wire.sleep(wait);
        continue;
      }
      const line = turns.shift() as Line;
      const job = line.queue.shift();
      if (line.queue.length > 0) turns.push(line);
      if (!job) continue;
      // what a late timer lost is made up by one question at most: a second never sees more than its share
      nextStart = Math.max(nextStart, wire.now() - gap) + gap;
      void start(job);
    }
    turning = false;
  };

  return (signal) => {
    const line: Line = { queue: [], signal, open: new Set() };
    signal.addEventListener('abort', () => stopped(line), { once: true });
    const add = (job: Job): void => {
      line.queue.push(job);
      if (!turns.includes(line)) turns.push(line);
      void turn();
    };
    return {
      ask: (question) =>
        new Promise((resolve, reject) => {
          if (signal.aborted) return resolve(null);
          const end = (): void => resolve(null);
          line.open.add(end);
          add(async () => {
            try {
              resolve(await question());
            } catch (error) {
              reject(error);
            } finally {
              line.open.delete(end);
            }
          });
        }),
    };
  };
}

const networks = new WeakMap<object, Open>();
/** A line into the one pool of this network. */
export function lineOf(wire: Pace, signal: AbortSignal): Pool {
  const open = networks.get(wire) ?? createPool(wire, NETWORK);
  networks.set(wire, open);
  return open(signal);
}
