/** One sweep, told as it happens: who is there, since when, with which card, name and round trip. It writes nothing. */
import { parseCidr, parseIp } from '../../../shared/ip.ts';
import { isRandomMac } from '../../../shared/mac.ts';
import { unidentified, type Identity } from '../../../shared/features/discovery/identity.ts';
import { runsOf } from '../../../shared/features/discovery/scope.ts';
import { linkFor } from './links.ts';
import { searchNeighbours, type Proof } from './neighbour-search.ts';
import { createPool } from './pool.ts';
import { searchRouted, type FarProof } from './routed-search.ts';
import { createStream, type Stream } from './stream.ts';
import type { Link, Wire } from './wire.ts';

/** A host as far as it is known; told again when more is known. */
export interface Host extends Identity {
  readonly ip: string;
  readonly mac: string | null;
  readonly self: boolean;
  readonly proof: Proof | FarProof | 'self';
  readonly vendor: string | null;
  /** The MAC was made up by the device (phones, recent Windows): a hint. */
  readonly random: boolean;
  readonly rtt_ms: number | null;
  readonly loss_percent: number | null;
  readonly ttl: number | null;
  readonly name: string | null;
}
export interface SweepOrder {
  /** Ascending. */
  readonly targets: readonly number[];
  readonly effort: 'quick' | 'thorough';
  readonly rtt: boolean;
  readonly names: boolean;
}
export type SweepEnd = 'finished' | 'stopped' | 'network_changed';
export type SweepEvent =
  | { readonly kind: 'host'; readonly host: Host }
  | {
      readonly kind: 'progress';
      readonly phase: 'asking' | 'waiting' | 'identifying';
      readonly asked: number;
      readonly total: number;
      readonly found: number;
    }
  | {
      readonly kind: 'end';
      readonly end: SweepEnd;
      /** Addresses whose question is settled, as `[first, last]`. */
      readonly covered: readonly (readonly [number, number])[];
      readonly ping_missing: boolean;
      readonly elapsed_ms: number;
    };

/** security.md X6 allows 200 probes a second at most, 32 in flight. */
const IDENTIFY_AT_ONCE = 32;
const IDENTIFY_PER_SECOND = 100;
/** Progress is told at most so often: a screen needs no more. */
const TELL_EVERY_MS = 100;
const CHECK_LINK_EVERY_MS = 500;
const REFUSAL_WAIT_MS = 900;

/** Yields until everything asked for is known, or `signal` stops it: then what was found stays, and the end says so. */
export async function* sweep(
  wire: Wire,
  order: SweepOrder,
  signal: AbortSignal,
): AsyncGenerator<SweepEvent, void, void> {
  const halt = new AbortController();
  const stream = createStream<SweepEvent>();
  const stop = (): void => halt.abort();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) halt.abort();
  try {
    void conduct(wire, order, halt, signal, stream).then(
      () => stream.close(),
      (error: unknown) => stream.close(error),
    );
    yield* stream;
  } finally {
    // also when the reader walks away
    signal.removeEventListener('abort', stop);
    halt.abort();
  }
}

async function conduct(
  wire: Wire,
  order: SweepOrder,
  halt: AbortController,
  outer: AbortSignal,
  stream: Stream<SweepEvent>,
): Promise<void> {
  const { signal } = halt;
  const began = wire.now();
  const links = wire.links();
  const near = order.targets.filter((address) => linkFor(links, address));
  const far = order.targets.filter((address) => !linkFor(links, address));
  const hosts = new Map<string, Host>();
  const settled = new Set<number>();
  const asked = { near: 0, far: 0 };
  let pingMissing = false;
  let changed = false;
  let told = -Infinity;

  const found = (): number => new Set([...hosts.values()].map((host) => host.ip)).size;
  const tell = (force = false): void => {
    const now = wire.now();
    if (!force && now - told < TELL_EVERY_MS) return;
    told = now;
    const count = asked.near + asked.far;
    const phase =
      count < order.targets.length ? 'asking' : settled.size < order.targets.length ? 'waiting' : 'identifying';
    stream.push({ kind: 'progress', phase, asked: count, total: order.targets.length, found: found() });
  };
  const put = (host: Host): void => {
    if (signal.aborted) return;
    hosts.set(`${host.ip} ${host.mac}`, host);
    stream.push({ kind: 'host', host });
  };
  const learn = (key: string, more: Partial<Host>): void => {
    const host = hosts.get(key);
    if (host) put({ ...host, ...more });
  };

  /** Round trips already asked for; null: the host drops echoes. */
  const echoes = new Map<string, number | null>();
  const identify = createPool(wire, IDENTIFY_AT_ONCE, IDENTIFY_PER_SECOND, signal);
  const know = (host: Host): void => {
    const key = `${host.ip} ${host.mac}`;
    if (hosts.has(key)) return;
    put(host);
    if (order.rtt && !host.self && host.rtt_ms === null && !echoes.has(host.ip))
      identify.add(async () => {
        const echo = await wire.ping(host.ip, 1, signal);
        if (echo === null) pingMissing = true;
        else if (echo.rtt_ms !== null) learn(key, { rtt_ms: echo.rtt_ms });
        tell();
      });
    if (order.names)
      identify.add(async () => {
        const name = await wire.nameOf(host.ip, signal);
        if (name !== null) learn(key, { name, names: [{ source: 'dns', name }] });
      });
  };
  /** The first sign of life from the host itself. */
  const alive = async (ip: string): Promise<'udp' | 'icmp' | null> => {
    const refused = wire.refuses(ip, REFUSAL_WAIT_MS, signal).then((yes) => (yes ? ('udp' as const) : null));
    if (!order.rtt || (await refused)) return refused;
    return await new Promise((resolve) => {
      identify.add(async () => {
        const rtt = (await wire.ping(ip, 1, signal))?.rtt_ms ?? null;
        echoes.set(ip, rtt);
        resolve(rtt === null ? null : 'icmp');
      });
    });
  };
  const hostOf = (ip: string, mac: string | null, proof: Host['proof'], rtt: number | null = null): Host => ({
    ip,
    mac,
    self: proof === 'self',
    proof,
    vendor: mac === null ? null : wire.vendorOf(mac),
    random: mac !== null && isRandomMac(mac),
    rtt_ms: rtt,
    loss_percent: null,
    ttl: null,
    name: null,
    ...unidentified,
  });
  const settle = (address: number): void => {
    settled.add(address);
    tell();
  };

  for (const link of links) {
    const address = parseIp(link.address);
    if (address === null || !order.targets.includes(address)) continue;
    know(hostOf(link.address, link.mac, 'self'));
    settled.add(address);
  }
  const own = settled.size;
  asked.near = own;
  tell(true);
  const watch = watchLinks(wire, links, signal, () => {
    changed = true;
    halt.abort();
  });
  await Promise.all([
    searchNeighbours(
      wire,
      near.filter((address) => !settled.has(address)),
      {
        effort: order.effort,
        signal,
        alive,
        found: (ip, mac, proof) => know(hostOf(ip, mac, proof, echoes.get(ip) ?? null)),
        asked: (count) => {
          asked.near = count + own;
          tell();
        },
        settled: settle,
      },
    ),
    searchRouted(wire, far, {
      signal,
      found: (ip, proof, rtt) => know(hostOf(ip, null, proof, rtt)),
      asked: (count) => {
        asked.far = count;
        tell();
      },
      settled: settle,
      pingMissing: () => {
        pingMissing = true;
      },
    }),
  ]);
  tell(true);
  await identify.idle();
  const end: SweepEnd = changed ? 'network_changed' : outer.aborted ? 'stopped' : 'finished';
  halt.abort();
  await watch;
  stream.push({
    kind: 'end',
    end,
    covered: runsOf([...settled]),
    ping_missing: pingMissing,
    elapsed_ms: Math.round(wire.now() - began),
  });
}

/** A card that lost its address while it was being swept: cable pulled, other network. What comes after would be about somebody else. */
async function watchLinks(wire: Wire, links: readonly Link[], signal: AbortSignal, gone: () => void): Promise<void> {
  const name = (link: Link): string => `${link.address} ${parseCidr(link.cidr)?.prefix}`;
  for (;;) {
    await wire.sleep(CHECK_LINK_EVERY_MS, signal);
    if (signal.aborted) return;
    const now = new Set(wire.links().map(name));
    if (!links.every((link) => now.has(name(link)))) return gone();
  }
}
