/** A wire and a clock in one virtual time that passes only when told: a day of watching in seconds, always the same way. */
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../main/engine/clock.ts';
import type { Link, Wire } from '../../main/engine/wire/wire.ts';
import { fakeLink, fakeWire } from './fake-wire.ts';

export interface TimedWire extends Wire {
  readonly clock: Clock & { /** The laptop sleeps: the clock goes on, nothing else does. */ sleeps(ms: number): void };
  /** Lets so much time pass. */
  run(ms: number): Promise<void>;
  /** Echo requests by address. */
  readonly asked: Map<string, number>;
  /** Questions (echoes and ports) of the second that was busiest; the most that waited for an answer at once. */
  busiest(): { second: number; atOnce: number };
  /** What waits to be woken: grows only if something is never let go. */
  waiting(): number;
  links: () => readonly Link[];
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** `answers` tells how long an address takes to answer at a moment; null = not at all. `ports`: what answers on TCP. */
export function timedWire(options: {
  readonly start: string;
  readonly answers: (ip: string, at: number) => number | null;
  readonly ports?: (ip: string) => number | null;
  readonly links?: (at: number) => readonly Link[];
  readonly pingMissing?: boolean;
}): TimedWire {
  let time = 0;
  let wall = Date.parse(options.start);
  const heap: Sleeper[] = [];
  const asked = new Map<string, number>();
  const perSecond = new Map<number, number>();
  let inFlight = 0;
  let most = 0;
  let busiest = 0;

  const push = (sleeper: Sleeper): void => {
    heap.push(sleeper);
    let at = heap.length - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (heap[up]!.at <= heap[at]!.at) break;
      [heap[up], heap[at]] = [heap[at]!, heap[up]!];
      at = up;
    }
  };
  const pop = (): Sleeper => {
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      let at = 0;
      for (;;) {
        let least = at;
        for (const kid of [2 * at + 1, 2 * at + 2]) if ((heap[kid]?.at ?? Infinity) < heap[least]!.at) least = kid;
        if (least === at) break;
        [heap[least], heap[at]] = [heap[at]!, heap[least]!];
        at = least;
      }
    }
    return first;
  };
  const sleep: Wire['sleep'] = (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = (): void => {
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      signal?.addEventListener('abort', wake);
      push({ at: time + ms, wake });
    });
  /** One question to the network, from when it goes out to its answer or the end of waiting. */
  const question = async (ms: number, signal?: AbortSignal): Promise<void> => {
    const second = Math.floor(time / 1000);
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    if (perSecond.size > 4) perSecond.delete(Math.min(...perSecond.keys()));
    busiest = Math.max(busiest, perSecond.get(second) ?? 0);
    most = Math.max(most, ++inFlight);
    await sleep(ms, signal);
    inFlight -= 1;
  };
  const pass = (to: number): void => {
    wall += to - time;
    time = to;
  };

  return {
    ...fakeWire({ hosts: [] }),
    now: () => time,
    sleep,
    links: () => options.links?.(time) ?? [fakeLink],
    clock: {
      bootId: 'timed',
      now: () => wall,
      mono: () => time,
      sleeps: (ms) => {
        wall += ms;
      },
    },
    ping: async (ip, _count, signal) => {
      if (options.pingMissing) return null;
      asked.set(ip, (asked.get(ip) ?? 0) + 1);
      const rtt = options.answers(ip, time);
      await question(rtt ?? 1000, signal);
      return { rtt_ms: rtt, loss_percent: rtt === null ? 100 : 0, ttl: rtt === null ? null : 64 };
    },
    connect: async (ip, port, timeoutMs, signal) => {
      const open = options.ports?.(ip) === port;
      await question(open ? 1 : timeoutMs, signal);
      return open ? 'open' : 'silent';
    },
    asked,
    busiest: () => ({ second: busiest, atOnce: most }),
    waiting: () => heap.length,
    async run(ms) {
      const until = time + ms;
      await setImmediate();
      while ((heap[0]?.at ?? Infinity) <= until) {
        pass(Math.max(time, heap[0]!.at));
        while ((heap[0]?.at ?? Infinity) <= time) pop().wake();
        await setImmediate();
      }
      pass(until);
    },
  };
}
