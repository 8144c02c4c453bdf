/** What a sweep is to ask: a new scope, or the rest of a sweep that was broken off. Refuses what may not or cannot be asked. */
import { identity, type Identity, type IdentifyDepth } from '../../../../shared/features/discovery/identity.ts';
import { RESUME_WITHIN_MS, type DiscoveredHost } from '../../../../shared/features/discovery.ts';
import { inRuns, readScope, targetsOf } from '../../../../shared/features/discovery/scope.ts';
import { overlaps, parseCidr, parseIp, showCidr, type Cidr } from '../../../../shared/ip.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { Engine } from '../../engine.ts';
import { linkFor } from '../../wire/links.ts';
import { readNetwork, type NetworkMark } from '../../wire/network.ts';
import type { Link, Wire } from '../../wire/wire.ts';
import { systemsRead, type System } from '../switches/systems.ts';
import { findSweep, hostsOf, sweepsSince, type StoredSweep } from './store.ts';
import { scopeOf, suggestedLinks } from './suggest.ts';

export interface SweepOptions {
  readonly cidrs: readonly string[];
  readonly effort: 'quick' | 'thorough';
  readonly rtt?: boolean | undefined;
  readonly identify: IdentifyDepth;
  readonly confirmed: boolean;
  readonly resume?: string | undefined;
  readonly automatic: boolean;
}
export interface SweepPlan extends Pick<SweepOptions, 'effort' | 'identify'> {
  readonly rtt: boolean;
  readonly cidrs: readonly string[];
  /** All addresses of the scope. */
  readonly total: number;
  /** Those still to be asked. */
  readonly targets: readonly number[];
  readonly network: readonly NetworkMark[];
  readonly answered: ReadonlySet<string>;
  /** What hosts told of themselves in the last minutes, by `ip mac`. */
  readonly remembered: ReadonlyMap<string, Identity & { readonly name: string | null }>;
  /** What SNMP read of hosts lately, by address. */
  readonly reads: ReadonlyMap<string, System>;
  /** The sweep that goes on, with what it has. */
  readonly before: { readonly sweep: StoredSweep; readonly hosts: readonly DiscoveredHost[] } | null;
}

const measures = ({ rtt, identify: depth }: SweepOptions): boolean => rtt ?? depth !== 'none';

/** security.md X6: a machine may sweep a subnet again after this; within it a quick sweep asks no host twice what it is. */
const AGAIN_AFTER_MS = 5 * 60_000;

const cidrsOf = (written: readonly string[]): Cidr[] =>
  written.flatMap((each) => parseCidr(each.includes('/') ? each : `${each}/32`) ?? []);
const addressesOf = (cidrs: readonly Cidr[], links: readonly Link[]): number[] =>
  targetsOf(
    cidrs,
    links.flatMap((link) => parseCidr(link.cidr) ?? []),
  );

/** The neighbour table is how own subnets are seen: without it everybody would count as silent. */
async function seesNeighbours(wire: Wire, targets: readonly number[]): Promise<void> {
  const links = wire.links();
  if (!targets.some((address) => linkFor(links, address))) return;
  await wire.neighbours().catch(() => {
    throw refuse('neighbours_unreadable');
  });
}

async function planFresh(engine: Engine, wire: Wire, options: SweepOptions): Promise<SweepPlan> {
  const links = wire.links();
  const asked = options.cidrs.length > 0;
  if (!asked && links.length === 0) throw refuse('no_network');
  const own = asked ? [] : suggestedLinks(links, await wire.routes().catch(() => [])).map(scopeOf);
  if (!asked && own.length === 0) throw refuse('only_virtual', { names: links.map(({ name }) => name).join(', ') });
  const scope = readScope(asked ? options.cidrs : own, options.confirmed);
  if (!scope.ok) throw refuse(scope.problem, { written: scope.written, count: scope.count });
  // What was written may be wrong in itself; only then does it matter whether there is a network to ask.
  if (links.length === 0) throw refuse('no_network');
  const targets = addressesOf(scope.cidrs, links);
  if (targets.length === 0)
    throw refuse('scope_edges', { written: scope.cidrs.map(showCidr).join(' ').replaceAll('/32', '') });
  const now = engine.clock.now();
  const recent = sweepsSince(engine.db, now - AGAIN_AFTER_MS).filter((sweep) => sweep.started_at <= now);
  const again = recent.find((sweep) =>
    cidrsOf(sweep.cidrs).some((swept) => scope.cidrs.some((cidr) => overlaps(cidr, swept))),
  );
  if (options.automatic && again)
    throw refuse('sweep_too_soon', {
      cidr: again.cidrs.join(' '),
      minutes: Math.max(1, Math.ceil((again.started_at + AGAIN_AFTER_MS - now) / 60_000)),
    });
  await seesNeighbours(wire, targets);
  const { marks, answered } = await readNetwork(wire, scope.cidrs);
  const mark = JSON.stringify(marks);
  const known =
    options.effort === 'thorough'
      ? []
      : recent.filter((sweep) => sweep.gateway === mark).flatMap((sweep) => hostsOf(engine.db, sweep.id));
  return {
    ...options,
    rtt: measures(options),
    cidrs: scope.cidrs.map(showCidr),
    total: targets.length,
    targets,
    network: marks,
    answered,
    remembered: new Map(
      known
        .filter((host) => toldOfItself(host, options.identify))
        .map((host) => [`${host.ip} ${host.mac}`, { ...identity.parse(host), name: host.name }]),
    ),
    reads: systemsRead(engine.db, now),
    before: null,
  };
}

/** What the card and its echo tell nobody had to be asked for; and names alone are no answer to what else was to be asked. */
const UNASKED = new Set(['vendor', 'ttl', 'random_mac', 'snmp']);
const toldOfItself = ({ names, ports, evidence }: DiscoveredHost, depth: IdentifyDepth): boolean =>
  ports.length > 0 ||
  evidence.some(({ clue }) => !UNASKED.has(clue) && (clue !== 'name' || depth === 'names')) ||
  (depth !== 'full' && names.some(({ source }) => source !== 'snmp'));

async function planRest(engine: Engine, wire: Wire, id: string, options: SweepOptions): Promise<SweepPlan> {
  const sweep = findSweep(engine.db, id);
  if (!sweep) throw refuse('sweep_unknown');
  if (sweep.source !== 'sweep') throw refuse('sweep_imported');
  if (sweep.ending === 'finished' && sweep.covered >= sweep.total) throw refuse('sweep_complete');
  if (engine.clock.now() - sweep.started_at > RESUME_WITHIN_MS) throw refuse('sweep_too_old');
  const links = wire.links();
  if (links.length === 0) throw refuse('no_network');
  const cidrs = cidrsOf(sweep.cidrs);
  const all = addressesOf(cidrs, links);
  await seesNeighbours(wire, all);
  const { marks, answered } = await readNetwork(wire, cidrs);
  if (sweep.gateway !== JSON.stringify(marks)) throw refuse('sweep_other_network');
  const hosts = hostsOf(engine.db, id);
  // found, but broken off before what was to be learned of it was
  const unfinished = (host: DiscoveredHost): boolean =>
    !host.self &&
    ((measures(options) && host.rtt_ms === null) ||
      (options.identify !== 'none' && !toldOfItself(host, options.identify)));
  const bare = new Set(hosts.filter(unfinished).map(({ ip }) => parseIp(ip)));
  const covered = inRuns(sweep.runs);
  return {
    effort: sweep.effort,
    rtt: measures(options),
    identify: options.identify,
    cidrs: sweep.cidrs,
    total: sweep.total,
    targets: all.filter((address) => !covered(address) || bare.has(address)),
    network: marks,
    answered,
    remembered: new Map(),
    reads: systemsRead(engine.db, engine.clock.now()),
    before: { sweep, hosts },
  };
}

export const planSweep = (engine: Engine, wire: Wire, options: SweepOptions): Promise<SweepPlan> =>
  options.resume === undefined ? planFresh(engine, wire, options) : planRest(engine, wire, options.resume, options);
