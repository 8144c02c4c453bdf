/** Runs jobs with a bound on how many at once and how many a second: what a sweep may ask of a network (security.md X6). */
import type { Wire } from './wire.ts';

export interface Pool {
  /** Queues a job; it is dropped when the signal fires first. */
  add(job: () => Promise<void>): void;
  /** Queues one question and gives its answer; null when the signal fired first. */
  ask<T>(question: () => Promise<T>): Promise<T | null>;
  /** Resolves when nothing is queued or running. */
  idle(): Promise<void>;
}

export function createPool(
  wire: Pick<Wire, 'now' | 'sleep'>,
  atOnce: number,
  perSecond: number,
  signal: AbortSignal,
): Pool {
  const queue: (() => Promise<void>)[] = [];
  const waiters: (() => void)[] = [];
  let running = 0;
  let nextStart = 0;
  let turning = false;

  const settle = (): void => {
    if (running === 0 && (queue.length === 0 || signal.aborted)) for (const done of waiters.splice(0)) done();
  };
  const start = async (job: () => Promise<void>): Promise<void> => {
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
    for (;;) {
      if (queue.length === 0 || running >= atOnce || signal.aborted) break;
      const wait = nextStart - wire.now();
      if (wait > 0) {
        await wire.sleep(wait, signal);
        continue;
      }
      nextStart = Math.max(nextStart, wire.now() - 1000 / perSecond) + 1000 / perSecond;
      const job = queue.shift();
      if (job) void start(job).catch(() => undefined);
    }
    turning = false;
    settle();
  };
  signal.addEventListener('abort', settle);
  const add = (job: () => Promise<void>): void => {
    queue.push(job);
    void turn();
  };

  return {
    add,
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return resolve(null);
        const stop = (): void => resolve(null);
        signal.addEventListener('abort', stop, { once: true });
        add(async () => {
          signal.removeEventListener('abort', stop);
          await question().then(resolve, reject);
        });
      }),
    idle: () =>
      new Promise((resolve) => {
        waiters.push(resolve);
        settle();
      }),
  };
}
