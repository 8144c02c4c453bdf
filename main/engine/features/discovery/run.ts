/** A sweep on the engine's side: one at a time, written down as it goes, each host judged as it is told. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { DiscoveredHost, DiscoveryEvent, SweepSummary } from '../../../../shared/features/discovery.ts';
import { createMatcher } from '../../../../shared/features/discovery/match.ts';
import { mergeRuns, type Runs } from '../../../../shared/features/discovery/scope.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { Engine } from '../../engine.ts';
import { isEdge, linkFor } from '../../wire/links.ts';
import { NeighboursUnreadable } from '../../wire/neighbour-search.ts';
import { sweep } from '../../wire/sweep.ts';
import type { Wire } from '../../wire/wire.ts';
import { countFindings, flipsAt, registerOf } from './compare.ts';
import { lookAgain } from './second-look.ts';
import { planSweep, type SweepOptions, type SweepPlan } from './plan-sweep.ts';
import { stillKnown } from './still-known.ts';
import { beginSweep, endSweep, findSweep, reopenSweep, saveProgress, summaryOf } from './store.ts';

/** What was seen is written at least so often: a power cut costs no more. */
const SAVE_EVERY_MS = 500;
/** So many known hosts are judged in one go: some ten milliseconds. */
const JUDGED_AT_ONCE = 100;

interface Network {
  readonly wire: Wire;
  running: AbortController | null;
}
const networks = new WeakMap<Engine, Network>();

/** The table of card makers that the user brought, where there is one. */
export const vendorFileOf = (engine: Engine): string => join(engine.dir, 'oui.tsv');

/** The engine's network, opened at the first question and closed with the engine. */
export function networkOf(engine: Engine): Network {
  const known = networks.get(engine);
  if (known) return known;
  const network: Network = { wire: engine.ports.wire(engine.ports.spawnHelper), running: null };
  if (existsSync(vendorFileOf(engine))) network.wire.useVendors(vendorFileOf(engine));
  networks.set(engine, network);
  engine.onClose(() => {
    network.running?.abort();
    network.wire.close();
  });
  return network;
}

/** Refuses at once what may not or cannot be swept; then streams. */
export async function startSweep(
  engine: Engine,
  options: SweepOptions,
  signal?: AbortSignal,
): Promise<AsyncGenerator<DiscoveryEvent, void, void>> {
  const network = networkOf(engine);
  if (network.running) throw refuse('sweep_running');
  const plan = await planSweep(engine, network.wire, options);
  const halt = new AbortController();
  const stop = (): void => halt.abort();
  // a stream nobody reads must not hold the place: it is taken when reading begins
  const take = (): void => {
    if (network.running) throw refuse('sweep_running');
    network.running = halt;
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
  };
  const finish = (): void => {
    signal?.removeEventListener('abort', stop);
    if (network.running === halt) network.running = null;
  };
  return conduct(engine, network.wire, plan, { signal: halt.signal, take, finish });
}

const asRefusal = (error: unknown): unknown =>
  error instanceof NeighboursUnreadable ? refuse('neighbours_unreadable') : error;

async function* conduct(
  engine: Engine,
  wire: Wire,
  plan: SweepPlan,
  { signal, take, finish }: { signal: AbortSignal; take: () => void; finish: () => void },
): AsyncGenerator<DiscoveryEvent, void, void> {
  take();
  const { db, clock } = engine;
  const { cidrs, total, before } = plan;
  const already = total - plan.targets.length;
  const seen = new Map<string, Map<string | null, DiscoveredHost>>();
  const known = new Map(before?.hosts.map((host) => [`${host.ip} ${host.mac}`, host]));
  let id: string | null = null;
  let ended = false;
  let pingMissing = before?.sweep.ping_missing ?? false;
  let runs: Runs = before?.sweep.runs ?? [];
  let unsaved = new Map<string, DiscoveredHost>();
  let savedAt = wire.now();
  const save = (): void => {
    if (id !== null) saveProgress(db, id, clock.now(), { hosts: [...unsaved.values()], runs });
    unsaved = new Map();
    savedAt = wire.now();
  };
  const end = (ending: SweepSummary['ending']): void => {
    if (id === null) return;
    save();
    endSweep(db, id, clock.now(), { ending, runs, pingMissing });
    ended = true;
  };
  try {
    if (before) reopenSweep(db, before.sweep.id);
    id =
      before?.sweep.id ??
      beginSweep(db, clock.now(), { cidrs, effort: plan.effort, total, gateway: JSON.stringify(plan.network) });
    const begun = findSweep(db, id);
    const matcher = createMatcher(registerOf(db), begun ? flipsAt(db, begun) : new Map());
    const judged = (host: DiscoveredHost): DiscoveryEvent => {
      const here = seen.get(host.ip) ?? new Map<string | null, DiscoveredHost>();
      seen.set(host.ip, here.set(host.mac, host));
      return { kind: 'host', host, verdict: matcher.judge(host.ip, [...here.values()]).verdict };
    };
    yield { kind: 'started', sweep_id: id, cidrs: [...cidrs], total };
    for (const [at, host] of (before?.hosts ?? []).entries()) {
      yield judged(host);
      if (at % JUDGED_AT_ONCE === JUDGED_AT_ONCE - 1) await breathe();
      if (!db.raw.open) return;
    }
    for await (const event of sweep(wire, plan, signal)) {
      // the engine closed meanwhile: what was saved stays, and the sweep is told as broken off
      if (!db.raw.open) return;
      if (event.kind === 'progress')
        yield event.phase === 'identifying'
          ? { ...event, found: seen.size }
          : { ...event, asked: already + event.asked, total, found: seen.size };
      else if (event.kind === 'host') {
        const key = `${event.host.ip} ${event.host.mac}`;
        const host = stillKnown(event.host, known.get(key));
        unsaved.set(key, host);
        yield judged(host);
      } else if (event.kind === 'settled') runs = mergeRuns([...runs, ...event.runs]);
      else {
        pingMissing ||= event.ping_missing;
        save();
        if (event.end === 'finished')
          for await (const host of lookAgain(engine, wire, id, { signal, pingMissing })) {
            if (!db.raw.open) return;
            unsaved.set(`${host.ip} ${host.mac}`, host);
            yield judged(host);
          }
        // what was settled is saved; the second look is made again with the next sweep
        if (!db.raw.open) return;
        end(event.end);
      }
      if (!ended && wire.now() - savedAt > SAVE_EVERY_MS) save();
    }
    engine.changed(['_sweeps']);
    // the windows hear of it before everything is compared
    await breathe();
    if (!db.raw.open) return;
    const stored = findSweep(db, id);
    if (stored) yield { kind: 'done', sweep: summaryOf(stored), counts: countFindings(db, stored, engine.today()) };
  } catch (error) {
    // what was found stays; the sentence says why there is no more
    throw asRefusal(error);
  } finally {
    finish();
    // the reader walked away, or the table could not be read: what was found so far stays, marked as stopped
    if (!ended && db.raw.open) {
      end('stopped');
      engine.changed(['_sweeps']);
    }
  }
}

/** The MAC of one live address of an own subnet: asked for, read from the table; node-arp as the second opinion. */
export async function lookUp(engine: Engine, address: number, ip: string): Promise<string | null> {
  const { wire } = networkOf(engine);
  const link = linkFor(wire.links(), address);
  if (!link || isEdge([link], address)) throw refuse('address_not_near', { ip });
  if (link.address === ip) return link.mac;
  const order = { targets: [address], effort: 'quick', rtt: false, identify: 'none' } as const;
  let mac: string | null = null;
  try {
    for await (const event of sweep(wire, order, new AbortController().signal))
      if (event.kind === 'host') mac = event.host.mac ?? mac;
  } catch (error) {
    throw asRefusal(error);
  }
  return mac ?? (await wire.arpLookup(ip));
}
