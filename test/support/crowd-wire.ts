/** A crowded /20 at the speed of a real one: hosts answer within milliseconds of the clock on the wall, so that a screen can be timed. */
import { setTimeout as delay } from 'node:timers/promises';
import { parseIp } from '../../shared/ip.ts';
import type { Link, Wire } from '../../main/engine/wire/wire.ts';
import { fakeWire } from './fake-wire.ts';

const FIRST = parseIp('10.40.0.0') ?? 0;
const OWN = '10.40.8.250';
export const CROWD = '10.40.0.0/20';
const crowdLink: Link = { name: 'eth0', address: OWN, mac: '0050560000FA', cidr: CROWD, virtual: false };
/** Milliseconds from a question to its answer, and what a reverse lookup takes. */
const ANSWER_MS = 5;

const crowdMac = (at: number): string => `001B21${at.toString(16).toUpperCase().padStart(6, '0')}`;

/** Every address but the edges and each `deadEvery`th answers: 4,000 of 4,094 with 43. */
export function crowdWire({ deadEvery = 43 }: { deadEvery?: number } = {}): Wire {
  const alive = (ip: string): boolean => {
    const at = (parseIp(ip) ?? 0) - FIRST;
    return at > 0 && at < 4095 && at % deadEvery !== 0;
  };
  const asked = new Map<string, number>();
  const pause = async (ms: number, signal?: AbortSignal): Promise<void> => {
    await delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
  };
  const fake = fakeWire({ hosts: [], links: [crowdLink] });
  return {
    ...fake,
    // as Windows has it: no small table that must empty first
    habits: { ...fake.habits, table: 100_000 },
    now: () => performance.now(),
    sleep: pause,
    poke: (ip) => void asked.set(ip, asked.get(ip) ?? performance.now()),
    neighbours: async () => {
      const now = performance.now();
      return [...asked].flatMap(([ip, at]) =>
        alive(ip) && now > at + ANSWER_MS
          ? [{ ip, mac: crowdMac((parseIp(ip) ?? 0) - FIRST), device: crowdLink.name }]
          : [],
      );
    },
    refuses: async (ip, timeoutMs, signal) => {
      await pause(alive(ip) ? ANSWER_MS : timeoutMs, signal);
      return alive(ip);
    },
    ping: async (ip, _count, signal) => {
      await pause(alive(ip) ? ANSWER_MS : 1000, signal);
      return alive(ip) ? { rtt_ms: 1.4, loss_percent: 0, ttl: 128 } : { rtt_ms: null, loss_percent: 100, ttl: null };
    },
    nameOf: async (ip, signal) => {
      await pause(ANSWER_MS, signal);
      return alive(ip) ? `pc-${ip.replaceAll('.', '-')}` : null;
    },
  };
}
