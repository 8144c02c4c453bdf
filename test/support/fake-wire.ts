/** A network of our own making, in virtual time: hours of waiting pass in milliseconds, and always the same way. */
import type { Route } from '../../main/engine/wire/routes.ts';
import type { Link, Neighbour, Wire } from '../../main/engine/wire/wire.ts';
import { fakeProbes, type FakeTold } from './fake-probes.ts';

export interface FakeHost {
  readonly ip: string;
  readonly mac: string;
  /** Milliseconds from the question to its line in the table. */
  readonly answersAfter?: number;
  /** Takes over another host's address at this moment. */
  readonly from?: number;
  readonly echo?: boolean;
  /** It answers echoes from the second on. */
  readonly losesFirstEcho?: boolean;
  readonly refusesUdp?: boolean;
  readonly openPort?: number;
  readonly name?: string;
  readonly told?: FakeTold;
}
export interface FakeNetwork {
  readonly hosts: readonly FakeHost[];
  /** What the kernel remembers from before. */
  readonly remembered?: readonly Neighbour[];
  readonly links?: readonly Link[];
  /** The cable is pulled at this moment. */
  readonly unpluggedAt?: number;
  readonly pingMissing?: boolean;
  /** How many entries the kernel's table holds; each leaves it after 4 s. Questions without room are lost. */
  readonly room?: number;
  readonly routes?: readonly Route[];
  /** From this moment on nobody can read the kernel's table. */
  readonly unreadableFrom?: number;
}
export const fakeLink: Link = {
  name: 'eth0',
  address: '10.20.30.250',
  mac: '0050560000FA',
  cidr: '10.20.30.0/24',
  virtual: false,
};

export interface FakeWire extends Wire {
  readonly poked: string[];
  readonly pinged: string[];
  /** The most that were being pinged at one moment. */
  readonly mostAtOnce: () => number;
}

export function fakeWire(network: FakeNetwork): FakeWire {
  let time = 0;
  let pumping = false;
  const sleepers: { at: number; wake: () => void }[] = [];
  const poked: string[] = [];
  const pinged: string[] = [];
  const pokedAt = new Map<string, number>();
  let pinging = 0;
  let most = 0;

  // when everybody waits, the next of them wakes: time passes only then
  const pump = (): void => {
    if (pumping) return;
    pumping = true;
    setImmediate(() => {
      pumping = false;
      sleepers.sort((a, b) => a.at - b.at);
      const first = sleepers.shift();
      if (!first) return;
      time = Math.max(time, first.at);
      first.wake();
      pump();
    });
  };
  const sleep: Wire['sleep'] = (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      sleepers.push({ at: time + ms, wake: resolve });
      signal?.addEventListener('abort', () => resolve(), { once: true });
      pump();
    });
  // a test may put other hosts on its network; a list of its own is found by address, so that a thousand of them stay quick
  let listed: { readonly of: readonly FakeHost[]; readonly by: Map<string, FakeHost[]> } | undefined;
  const host = (ip: string): FakeHost | undefined => {
    if (listed?.of !== network.hosts) listed = { of: network.hosts, by: Map.groupBy(network.hosts, (each) => each.ip) };
    return listed.by.get(ip)?.findLast((each) => (each.from ?? 0) <= time);
  };
  const links = network.links ?? [fakeLink];
  const poke = (ip: string): void => {
    poked.push(ip);
    const held = [...pokedAt.values()].filter((at) => time - at < 4000).length;
    if (!pokedAt.has(ip) && held < (network.room ?? Infinity)) pokedAt.set(ip, time);
  };

  return {
    poked,
    pinged,
    mostAtOnce: () => most,
    habits: {
      lookEveryMs: 20,
      window: 900,
      table: 960,
      spare: 0,
      listsUnanswered: network.room !== undefined,
      giveUpMs: 3200,
      confirmMs: 8500,
    },
    now: () => time,
    sleep,
    links: () => (network.unpluggedAt !== undefined && time >= network.unpluggedAt ? [] : links),
    routes: async () => network.routes ?? [],
    poke,
    neighbours: async () => {
      if (time >= (network.unreadableFrom ?? Infinity)) throw new Error('spawn arp.exe ENOENT');
      const table = new Map<string, Neighbour>((network.remembered ?? []).map((row) => [row.ip, row]));
      for (const [ip, at] of pokedAt) {
        const there = host(ip);
        if (there && time >= at + (there.answersAfter ?? 1)) table.set(ip, { ip, mac: there.mac, device: 'eth0' });
        // an old entry nobody answers for fails after the kernel's own questions
        else if (network.room !== undefined && time < at + 4000) table.set(ip, { ip, mac: null, device: 'eth0' });
        else if (!there && time > at + 8000) table.set(ip, { ip, mac: null, device: 'eth0' });
      }
      return [...table.values()];
    },
    // the same datagram as a poke, with an ear for the refusal
    refuses: async (ip, timeoutMs, signal) => {
      poke(ip);
      await sleep(host(ip)?.refusesUdp ? 1 : timeoutMs, signal);
      return host(ip)?.refusesUdp ?? false;
    },
    ...fakeProbes(sleep, (ip) => host(ip)?.told),
    connect: async (ip, port, timeoutMs, signal) => {
      const { openPort, told } = host(ip) ?? {};
      const open = openPort === port || told?.open?.includes(port) === true;
      const answers = open || (told !== undefined && told.firewalled !== true);
      await sleep(answers ? 1 : timeoutMs, signal);
      return open ? 'open' : answers ? 'refused' : 'silent';
    },
    ping: async (ip, _count, signal) => {
      if (network.pingMissing) return null;
      pinged.push(ip);
      most = Math.max(most, ++pinging);
      const lost = host(ip)?.losesFirstEcho === true && pinged.filter((each) => each === ip).length === 1;
      const echo = host(ip)?.echo === true && !lost;
      await sleep(echo ? 2 : 1000, signal);
      pinging--;
      return echo ? { rtt_ms: 2, loss_percent: 0, ttl: 64 } : { rtt_ms: null, loss_percent: 100, ttl: null };
    },
    arpLookup: async () => null,
    nameOf: async (ip) => host(ip)?.name ?? null,
    useVendors: () => undefined,
    vendorOf: (mac) => (mac.startsWith('001B21') ? 'Intel Corporate' : null),
    close: () => undefined,
  };
}
