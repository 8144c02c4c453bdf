/** One sweep, told as it happens: who is there, since when, with which card, name and round trip. It writes nothing. */
import { parseIp } from '../../../shared/ip.ts';
import { isRandomMac } from '../../../shared/mac.ts';
import { unidentified, type Identity, type IdentifyDepth } from '../../../shared/features/discovery/identity.ts';
import { runsOf } from '../../../shared/features/discovery/scope.ts';
import { createIdentifier, type Read } from './identify/identifier.ts';
import { inTurns } from './in-turns.ts';
import { linkFor } from './links.ts';
import { searchNeighbours, type Proof } from './neighbour-search.ts';
import { sameGateways, stillLinked, type NetworkMark } from './network.ts';
import { lineOf } from './pool.ts';
import { measureEcho } from './round-trip.ts';
import { searchRouted, type FarProof } from './routed-search.ts';
import { createStream, type Stream } from './stream.ts';
import type { Echo, Wire } from './wire.ts';

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
  readonly identify: IdentifyDepth;
  /** The networks it was approved for: when another gateway answers there, the sweep ends. */
  readonly network?: readonly NetworkMark[];
  /** Addresses that answered the kernel just now: what it remembers of them is no memory. */
  readonly answered?: ReadonlySet<string>;
  /** What SNMP read lately, by address. */
  readonly reads?: ReadonlyMap<string, Read>;
  /** What a host told of itself a moment ago (`ip mac`): it is not asked again. */
  readonly remembered?: ReadonlyMap<string, Identity & { readonly name: string | null }>;
}
export type SweepEnd = 'finished' | 'stopped' | 'network_changed';
export type SweepEvent =
  | { readonly kind: 'host'; readonly host: Host }
  | {
      readonly kind: 'progress';
      /** `identifying`: all addresses are settled; `asked` and `total` are then of hosts, and what they are. */
      readonly phase: 'asking' | 'waiting' | 'identifying';
      readonly asked: number;
      readonly total: number;
      readonly found: number;
    }
  /** These addresses are settled, and the network was still the same afterwards. */
  | { readonly kind: 'settled'; readonly runs: readonly (readonly [number, number])[] }
  | {
      readonly kind: 'end';
      readonly end: SweepEnd;
      /** All that was told as settled, as `[first, last]`. */
      readonly covered: readonly (readonly [number, number])[];
      readonly ping_missing: boolean;
      readonly elapsed_ms: number;
    };

/** Progress is told at most so often: a screen needs no more. */
const TELL_EVERY_MS = 100;
const CHECK_LINK_EVERY_MS = 500;
const CHECK_GATEWAY_EVERY_MS = 2000;
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
  const used = new Set([
    ...near.map((address) => linkFor(links, address)?.cidr),
    ...(order.network ?? []).map(({ cidr }) => cidr),
  ]);
  const needed = links.filter((link) => used.has(link.cidr));
  const hosts = new Map<string, Host>();
  const settled = new Set<number>();
  /** Those of them told as settled: the network was the same after they were asked. */
  const covered = new Set<number>();
  const asked = { near: 0, far: 0 };
  /** Hosts about which everything was asked, of all there are questions about. */
  const known = { asked: 0, total: 0 };
  let searched = false;
  let pingMissing = false;
  let changed = false;
  let told = -Infinity;

  const found = (): number => new Set([...hosts.values()].map((host) => host.ip)).size;
  const tell = (force = false): void => {
    const now = wire.now();
    if (!force && now - told < TELL_EVERY_MS) return;
    told = now;
    const count = asked.near + asked.far;
    const phase = searched ? 'identifying' : count < order.targets.length ? 'asking' : 'waiting';
    const done = phase === 'identifying' ? known : { asked: count, total: order.targets.length };
    stream.push({ kind: 'progress', phase, ...done, found: found() });
  };
  const put = (host: Host): void => {
    if (signal.aborted) return;
    hosts.set(`${host.ip} ${host.mac}`, host);
    stream.push({ kind: 'host', host });
  };
  const learn = (key: string, more: Partial<Host>): void => {
    const host = hosts.get(key);
    if (host) put(identifier.judged({ ...host, ...more }));
  };

  /** All questions to hosts go through this line of the network's one pool. */
  const pool = lineOf(wire, signal);
  const identifier = createIdentifier(wire, pool, order.identify, links, signal, {
    reads: order.reads ?? new Map(),
    host: (key) => hosts.get(key),
    learn,
  });
  const tasks = new Set<Promise<void>>();
  /** What is to be found out about a host; the sweep ends when all of it is done. */
  const meanwhile = (...questions: readonly Promise<void>[]): void => {
    if (questions.length === 0) return;
    known.total++;
    const watched = Promise.allSettled(questions).then(() => {
      known.asked++;
      tasks.delete(watched);
      tell();
    });
    tasks.add(watched);
  };
  /** Echoes already asked for; null: the host drops them. */
  const echoes = new Map<string, Echo | null>();
  const measure = async (key: string, ip: string): Promise<void> => {
    const answer = await measureEcho(wire, pool, ip, order.effort, signal);
    if (answer === 'missing') pingMissing = true;
    else if (answer !== null) learn(key, { rtt_ms: answer.rtt_ms, ttl: answer.ttl, loss_percent: answer.loss_percent });
    tell();
  };
  const know = (fresh: Host): void => {
    const key = `${fresh.ip} ${fresh.mac}`;
    if (hosts.has(key)) return;
    const told = order.remembered?.get(key);
    const { ip } = fresh;
    const host = identifier.judged(told ? { ...fresh, ...told } : fresh);
    put(host);
    const measured = !order.rtt || fresh.self || fresh.rtt_ms !== null || echoes.has(ip);
    meanwhile(...(measured ? [] : [measure(key, ip)]), ...(told ? [] : [identifier.identify(host)]));
  };
  /** The first sign of life from the host itself. */
  const alive = async (ip: string): Promise<'udp' | 'icmp' | null> => {
    if (await wire.refuses(ip, REFUSAL_WAIT_MS, signal)) return 'udp';
    if (!order.rtt) return null;
    const echo = await pool.ask(() => wire.ping(ip, 1, signal));
    if (echo === null && !signal.aborted) pingMissing = true;
    const answered = echo !== null && echo.rtt_ms !== null;
    echoes.set(ip, answered ? echo : null);
    return answered ? 'icmp' : null;
  };
  const hostOf = (ip: string, mac: string | null, proof: Host['proof'], echo: Echo | null = null): Host => ({
    ip,
    mac,
    self: proof === 'self',
    proof,
    vendor: mac === null ? null : wire.vendorOf(mac),
    random: mac !== null && isRandomMac(mac),
    rtt_ms: echo?.rtt_ms ?? null,
    loss_percent: null,
    ttl: echo?.ttl ?? null,
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
  const checkpoint = (): void => {
    const fresh = [...settled].filter((address) => !covered.has(address));
    for (const address of fresh) covered.add(address);
    if (fresh.length > 0) stream.push({ kind: 'settled', runs: runsOf(fresh) });
  };
  /** A card that lost its address, another gateway: what comes after would be about somebody else. */
  const same = async (gateways: boolean): Promise<boolean> =>
    stillLinked(needed, wire.links()) && (!gateways || (await sameGateways(wire, order.network ?? [])));
  const watch = async (): Promise<void> => {
    let gatewaysAt = began;
    for (;;) {
      await wire.sleep(CHECK_LINK_EVERY_MS, signal);
      if (signal.aborted) return;
      const gateways = wire.now() - gatewaysAt >= CHECK_GATEWAY_EVERY_MS;
      if (gateways) gatewaysAt = wire.now();
      if (await same(gateways)) checkpoint();
      else {
        changed = true;
        halt.abort();
      }
    }
  };
  const watching = watch();
  await Promise.all([
    searchNeighbours(
      wire,
      inTurns(
        near.filter((address) => !settled.has(address)),
        (address) => linkFor(links, address)?.cidr,
      ),
      {
        effort: order.effort,
        signal,
        answered: order.answered ?? new Set(),
        alive,
        found: (ip, mac, proof) => know(hostOf(ip, mac, proof, echoes.get(ip) ?? null)),
        asked: (count) => {
          asked.near = count + own;
          tell();
        },
        settled: settle,
      },
    ),
    searchRouted(
      wire,
      inTurns(far, (address) => address >>> 8),
      {
        effort: order.effort,
        signal,
        pool: lineOf(wire, signal),
        found: (ip, proof, echo) => know(hostOf(ip, null, proof, echo)),
        asked: (count) => {
          asked.far = count;
          tell();
        },
        settled: settle,
        pingMissing: () => {
          pingMissing = true;
        },
      },
    ),
  ]);
  tell(true);
  searched = true;
  while (tasks.size > 0) await Promise.all(tasks);
  if (known.total > 0) tell(true);
  changed ||= !(await same(true));
  if (!changed) checkpoint();
  const end: SweepEnd = changed ? 'network_changed' : outer.aborted ? 'stopped' : 'finished';
  halt.abort();
  await watching;
  stream.push({
    kind: 'end',
    end,
    covered: runsOf([...covered]),
    ping_missing: pingMissing,
    elapsed_ms: Math.round(wire.now() - began),
  });
}
