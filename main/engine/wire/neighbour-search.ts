/**
 * Finds hosts of the own subnets without privileges: one empty datagram to every address makes the kernel ask for its MAC, and the
 * neighbour table tells who answered. Hosts that drop ICMP are found as well: nothing that speaks IPv4 can refuse ARP.
 */
import { showIp } from '../../../shared/ip.ts';
import type { Neighbour, Wire } from './wire.ts';

/** `cache`: the kernel knew the MAC from before, and a quick sweep did not wait for the proof. */
export type Proof = 'arp' | 'udp' | 'icmp' | 'cache';
export interface SearchOptions {
  /** Quick stops when answers have stopped coming; thorough waits until the kernel has asked three times. */
  readonly effort: 'quick' | 'thorough';
  readonly signal: AbortSignal;
  /** Those of the remembered that were asked for this sweep. */
  readonly answered: ReadonlySet<string>;
  found(ip: string, mac: string, proof: Proof): void;
  /** Sends the datagram itself and waits for the host's own word, where the kernel has an entry from before and will not ask. */
  alive(ip: string): Promise<'udp' | 'icmp' | null>;
  /** So many of the addresses have been asked. */
  asked(count: number): void;
  /** This address is settled: it answered, or nobody will. */
  settled(address: number): void;
}

/** 2,000 ARP questions a second are 1.3 Mbit/s of broadcast, for an eighth of a second per /24 and half a second per /22. */
const POKES_PER_SECOND = 2000;
/** Questions sent in one go, so that a slow look at the table does not slow the sweep. */
const BURST = 64;
/** macOS and some drivers drop the first question: asked once more, when the kernel's own second question is due. */
const ASK_AGAIN_MS = 1100;
/**
 * Linux keeps an answered entry in a full table while it counts as reachable: at most one and a half times 30 s (base_reachable_time),
 * and 5 s more (neigh_forced_gc). Measured: without this pause 1,012 of 2,036 live hosts of a /21 were lost.
 */
const ENTRY_STAYS_MS = 51_000;

/** How long after the last question an answer is still likely: four times the slowest so far, within bounds. */
const patience = (slowestMs: number): number => Math.min(1000, Math.max(200, slowestMs * 4));

/** Between the first and the last of these an address that was asked must stand in the table. */
const LISTED_AFTER_MS = 100;
const LISTED_UNTIL_MS = 1000;
/** Sockets that listen for a refusal at once; each is a file handle. */
const LISTENERS = 200;
/** A full table is tried again after a pause, and for so long at most: then the address counts as not asked. */
const FULL_PAUSE_MS = 1000;
const FULL_PAUSE_LEAST_MS = 100;
/** `giveUpMs` is on the safe side: the kernel's own three seconds are over before. */
const GIVEN_UP_EARLIER_MS = 150;
const FULL_PATIENCE_MS = 60_000;

/** The table could not be read three times on end: nobody can be told alive from dead any more. */
export class NeighboursUnreadable extends Error {}
const FAILURES = 3;
const unreadable = (cause: unknown): never => {
  throw new NeighboursUnreadable('the neighbour table', { cause });
};

interface Asked {
  readonly address: number;
  readonly at: number;
  again: boolean;
}

export async function searchNeighbours(wire: Wire, targets: readonly number[], options: SearchOptions): Promise<void> {
  const { signal } = options;
  const { habits } = wire;
  const before = known(await wire.neighbours().catch(unreadable));
  for (const ip of options.answered) before.delete(ip);
  const waiting = new Map<string, Asked>();
  const proofs = new Map<string, 'udp' | 'icmp'>();
  let listening = 0;
  const doubtful = new Map<string, Asked & { mac: string }>();
  const seen = new Map<string, Set<string>>();
  const queue = [...targets];
  /** Addresses the table had no room for, and since when they are tried. */
  const crowdedOut = new Map<number, number>();
  /** When the entries that still fill the table were answered. */
  const answers: number[] = [];
  let next = 0;
  let slowest = 0;
  let lastAsked = wire.now();
  let filled = lastAsked;
  let budget = BURST;
  let pauseUntil = -Infinity;

  const take = (ip: string, mac: string, proof: Proof): void => {
    const macs = seen.get(ip) ?? new Set();
    if (macs.has(mac)) return;
    seen.set(ip, macs.add(mac));
    options.found(ip, mac, proof);
  };
  const ask = (): void => {
    const now = wire.now();
    budget = Math.min(BURST, budget + ((now - filled) * POKES_PER_SECOND) / 1000);
    filled = now;
    while (now - (answers[0] ?? now) > ENTRY_STAYS_MS) answers.shift();
    const left = habits.table - answers.length;
    // what is needed for a moment only may fill the table up; half an hour of it would take the laptop off the network
    const spare = queue.length - next + waiting.size <= left + habits.spare ? habits.spare : 0;
    const room = now < pauseUntil ? 0 : Math.min(habits.window, left) + spare;
    while (budget >= 1 && next < queue.length && waiting.size < room) {
      const address = queue[next++] as number;
      const ip = showIp(address);
      if (before.has(ip) && listening < LISTENERS) void listen(ip);
      else wire.poke(ip);
      waiting.set(ip, { address, at: now, again: false });
      budget -= 1;
      lastAsked = now;
    }
    options.asked(targets.length - (queue.length - next));
  };
  /** An entry from before proves nothing about today: the host is asked to say itself that it is there. */
  const listen = async (ip: string): Promise<void> => {
    listening++;
    const proof = await options.alive(ip);
    listening--;
    if (proof === null || signal.aborted) return;
    proofs.set(ip, proof);
    const asked = doubtful.get(ip);
    if (asked) believe(ip, asked.mac, proof, asked.address);
  };
  const believe = (ip: string, mac: string, proof: Proof, address: number): void => {
    doubtful.delete(ip);
    take(ip, mac, proof);
    options.settled(address);
  };
  const look = (table: readonly Neighbour[]): void => {
    const now = wire.now();
    for (const { ip, mac } of table) {
      if (mac === null) continue;
      if (seen.has(ip)) take(ip, mac, 'arp');
      const asked = waiting.get(ip);
      if (!asked) continue;
      waiting.delete(ip);
      answers.push(now);
      if (before.get(ip) === mac) {
        const proof = proofs.get(ip);
        if (proof !== undefined) believe(ip, mac, proof, asked.address);
        else doubtful.set(ip, { ...asked, mac });
        continue;
      }
      slowest = Math.max(slowest, now - asked.at);
      take(ip, mac, 'arp');
      options.settled(asked.address);
    }
  };
  /** Room comes when the kernel gives up the address that waits longest. */
  const pause = (now: number): number => {
    const [longest] = waiting.values();
    return longest
      ? Math.max(FULL_PAUSE_LEAST_MS, longest.at + habits.giveUpMs - GIVEN_UP_EARLIER_MS - now)
      : FULL_PAUSE_MS;
  };
  const age = (table: readonly Neighbour[]): void => {
    const now = wire.now();
    const listed = habits.listsUnanswered ? new Set(table.map((row) => row.ip)) : null;
    for (const [ip, asked] of waiting) {
      const waited = now - asked.at;
      if (listed && waited > LISTED_AFTER_MS && waited < LISTED_UNTIL_MS && !listed.has(ip)) {
        waiting.delete(ip);
        const since = crowdedOut.get(asked.address) ?? asked.at;
        crowdedOut.set(asked.address, since);
        if (now - since < FULL_PATIENCE_MS) queue.push(asked.address);
        pauseUntil = now + pause(now);
      } else if (waited > habits.giveUpMs) {
        waiting.delete(ip);
        options.settled(asked.address);
      } else if (!asked.again && waited > ASK_AGAIN_MS) {
        asked.again = true;
        wire.poke(ip);
      }
    }
    const current = doubtful.size > 0 ? known(table) : before;
    for (const [ip, asked] of doubtful) {
      const mac = current.get(ip);
      if (mac === undefined) {
        // the remembered card did not answer the kernel: another one may hold the address by now
        doubtful.delete(ip);
        before.delete(ip);
        wire.poke(ip);
        waiting.set(ip, { address: asked.address, at: now, again: true });
      } else if (mac !== asked.mac || now - asked.at > habits.confirmMs) {
        // an entry that lasts so long after use was confirmed by the kernel (or less than a minute ago, while it is fresh)
        believe(ip, mac, 'arp', asked.address);
      }
    }
  };
  let failures = 0;
  const read = async (): Promise<readonly Neighbour[] | null> => {
    try {
      const table = await wire.neighbours();
      failures = 0;
      return table;
    } catch (error) {
      if (++failures >= FAILURES) unreadable(error);
      return null;
    }
  };
  const over = (): boolean => {
    if (next < queue.length) return false;
    if (waiting.size === 0 && doubtful.size === 0) return true;
    return options.effort === 'quick' && wire.now() - lastAsked > patience(slowest);
  };

  while (!signal.aborted) {
    ask();
    await wire.sleep(habits.lookEveryMs, signal);
    if (signal.aborted) return;
    const table = await read();
    if (table === null) continue;
    look(table);
    age(table);
    if (over()) break;
  }
  if (signal.aborted) return;
  for (const [ip, { mac, address }] of doubtful) {
    take(ip, mac, 'cache');
    options.settled(address);
  }
  doubtful.clear();
  for (const { address } of waiting.values()) options.settled(address);
}

const known = (table: readonly Neighbour[]): Map<string, string> =>
  new Map(table.flatMap(({ ip, mac }) => (mac === null ? [] : [[ip, mac] as const])));
