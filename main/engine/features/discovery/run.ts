/** A sweep on the engine's side: one at a time, written down as it goes, each host judged as it is told. */
import type { DiscoveredHost, DiscoveryEvent } from '../../../../shared/features/discovery.ts';
import { createMatcher } from '../../../../shared/features/discovery/match.ts';
import { readScope, targetsOf } from '../../../../shared/features/discovery/scope.ts';
import { parseCidr, showCidr, type Cidr } from '../../../../shared/ip.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { Engine } from '../../engine.ts';
import { linkFor } from '../../wire/links.ts';
import { sweep } from '../../wire/sweep.ts';
import type { Link, Wire } from '../../wire/wire.ts';
import { countFindings, flipsAt, registerOf } from './compare.ts';
import { beginSweep, endSweep, findSweep, saveSightings, summaryOf } from './store.ts';

/** What was seen is written at least so often: a power cut costs no more. */
const SAVE_EVERY_MS = 500;

interface Network {
  readonly wire: Wire;
  running: AbortController | null;
}
const networks = new WeakMap<Engine, Network>();

/** The engine's network, opened at the first question and closed with the engine. */
export function networkOf(engine: Engine): Network {
  const known = networks.get(engine);
  if (known) return known;
  const network: Network = { wire: engine.ports.wire(engine.ports.spawnHelper), running: null };
  networks.set(engine, network);
  engine.onClose(() => {
    network.running?.abort();
    network.wire.close();
  });
  return network;
}

/** What to sweep of an own subnet: all of it, or the /24 around the own address where it is wider than a sweep may be unasked. */
export function scopeOf(link: Link): string {
  const cidr = parseCidr(link.cidr);
  return cidr && cidr.prefix < 20 ? showCidr(parseCidr(`${link.address}/24`) as Cidr) : link.cidr;
}
export const suggestedLinks = (links: readonly Link[]): Link[] => links.filter((link) => !link.virtual);

export interface SweepOptions {
  readonly cidrs: readonly string[];
  readonly effort: 'quick' | 'thorough';
  readonly rtt: boolean;
  readonly names: boolean;
  readonly confirmed: boolean;
}

/** Refuses at once what may not or cannot be swept; then streams. */
export function startSweep(
  engine: Engine,
  options: SweepOptions,
  signal?: AbortSignal,
): AsyncGenerator<DiscoveryEvent, void, void> {
  const network = networkOf(engine);
  if (network.running) throw refuse('sweep_running');
  const links = network.wire.links();
  const asked = options.cidrs.length > 0;
  if (!asked && links.length === 0) throw refuse('no_network');
  const scope = readScope(asked ? options.cidrs : suggestedLinks(links).map(scopeOf), options.confirmed);
  if (!scope.ok) throw refuse(scope.problem, { written: scope.written, count: scope.count });
  // What was written may be wrong in itself; only then does it matter whether there is a network to ask.
  if (links.length === 0) throw refuse('no_network');
  const targets = targetsOf(
    scope.cidrs,
    links.flatMap((link) => parseCidr(link.cidr) ?? []),
  );
  const halt = new AbortController();
  const stop = (): void => halt.abort();
  signal?.addEventListener('abort', stop, { once: true });
  // a stream nobody reads must not hold the place: it is taken when reading begins
  const take = (): void => {
    if (network.running) throw refuse('sweep_running');
    network.running = halt;
  };
  const finish = (): void => {
    signal?.removeEventListener('abort', stop);
    if (network.running === halt) network.running = null;
  };
  return conduct(
    engine,
    network.wire,
    { ...options, cidrs: scope.cidrs.map(showCidr), targets },
    { signal: halt.signal, take, finish },
  );
}

async function* conduct(
  engine: Engine,
  wire: Wire,
  order: SweepOptions & { targets: readonly number[] },
  { signal, take, finish }: { signal: AbortSignal; take: () => void; finish: () => void },
): AsyncGenerator<DiscoveryEvent, void, void> {
  take();
  const { db, clock } = engine;
  const cidrs = [...order.cidrs];
  let id: string | null = null;
  let ended = false;
  let unsaved = new Map<string, DiscoveredHost>();
  let savedAt = wire.now();
  const save = (): void => {
    if (id !== null && unsaved.size > 0) saveSightings(db, id, clock.now(), [...unsaved.values()]);
    unsaved = new Map();
    savedAt = wire.now();
  };
  try {
    id = beginSweep(db, clock.now(), { cidrs, effort: order.effort, total: order.targets.length });
    const begun = findSweep(db, id);
    const matcher = createMatcher(registerOf(db), begun ? flipsAt(db, begun) : new Map());
    const seen = new Map<string, Map<string | null, DiscoveredHost>>();
    yield { kind: 'started', sweep_id: id, cidrs, total: order.targets.length };
    for await (const event of sweep(wire, order, signal)) {
      // the engine closed meanwhile: what was saved stays, and the sweep is told as broken off
      if (!db.raw.open) return;
      if (event.kind === 'progress') yield event;
      else if (event.kind === 'host') {
        const { host } = event;
        const here = seen.get(host.ip) ?? new Map<string | null, DiscoveredHost>();
        seen.set(host.ip, here.set(host.mac, host));
        unsaved.set(`${host.ip} ${host.mac}`, host);
        if (wire.now() - savedAt > SAVE_EVERY_MS) save();
        yield { kind: 'host', host, verdict: matcher.judge(host.ip, [...here.values()]).verdict };
      } else {
        save();
        endSweep(db, id, clock.now(), { ending: event.end, runs: event.covered, pingMissing: event.ping_missing });
        ended = true;
      }
    }
    engine.changed(['_sweeps']);
    const stored = findSweep(db, id);
    if (stored) yield { kind: 'done', sweep: summaryOf(stored), counts: countFindings(db, stored, engine.today()) };
  } finally {
    finish();
    // the reader walked away: what was found so far stays, marked as stopped
    if (id !== null && !ended && db.raw.open) {
      save();
      endSweep(db, id, clock.now(), { ending: 'stopped', runs: [], pingMissing: false });
      engine.changed(['_sweeps']);
    }
  }
}

/** The MAC of one live address of an own subnet: asked for, read from the table; node-arp as the second opinion. */
export async function lookUp(engine: Engine, address: number, ip: string): Promise<string | null> {
  const { wire } = networkOf(engine);
  const link = linkFor(wire.links(), address);
  const cidr = link && parseCidr(link.cidr);
  if (!cidr || address === cidr.first || address === cidr.last) throw refuse('address_not_near', { ip });
  if (link.address === ip) return link.mac;
  const stop = new AbortController();
  let mac: string | null = null;
  for await (const event of sweep(wire, { targets: [address], effort: 'quick', rtt: false, names: false }, stop.signal))
    if (event.kind === 'host') mac = event.host.mac ?? mac;
  return mac ?? (await wire.arpLookup(ip));
}
