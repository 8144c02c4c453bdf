/** One sweep by the real wire, told as JSON lines. Run by the lab inside a namespace: `node sweep-once.ts '{"cidr":…,"effort":…,"stop_after_hosts":…}'`. */
import type { IdentifyDepth } from '../../shared/features/discovery/identity.ts';
import { parseCidr } from '../../shared/ip.ts';
import { readScope, targetsOf } from '../../shared/features/discovery/scope.ts';
import { spawnHelper } from '../../main/engine/spawn-helper.ts';
import { localWire } from '../../main/engine/wire/local.ts';
import { sweep } from '../../main/engine/wire/sweep.ts';

export interface SweepOnce {
  readonly cidr: string;
  readonly effort: 'quick' | 'thorough';
  readonly rtt: boolean;
  readonly identify: IdentifyDepth;
  /** Stopped when so many hosts were told; every line from then on says when (`stopped_at_ms`). */
  readonly stop_after_hosts?: number;
  /** Stopped after so long, whatever was found. */
  readonly stop_after_ms?: number;
  /** How often, one after the other. */
  readonly times?: number;
  /** Addresses to look up with node-arp before anything else. */
  readonly look_up?: readonly string[];
}

const order = JSON.parse(process.argv[2] ?? '{}') as SweepOnce;
const scope = readScope([order.cidr], true);
if (!scope.ok) throw new Error(scope.problem);
const wire = localWire(spawnHelper);
const known = wire.links().flatMap((link) => parseCidr(link.cidr) ?? []);
for (const ip of order.look_up ?? [])
  process.stdout.write(JSON.stringify({ ip, mac: await wire.arpLookup(ip) }) + '\n');
for (let turn = 0; turn < (order.times ?? 1); turn++) {
  const stop = new AbortController();
  let hosts = 0;
  const began = performance.now();
  let stopped_at_ms: number | undefined;
  if (order.stop_after_ms !== undefined) setTimeout(() => stop.abort(), order.stop_after_ms);
  for await (const event of sweep(wire, { targets: targetsOf(scope.cidrs, known), ...order }, stop.signal)) {
    const at_ms = Math.round(performance.now() - began);
    if (event.kind === 'host' && ++hosts === order.stop_after_hosts) {
      stopped_at_ms = at_ms;
      stop.abort();
    }
    process.stdout.write(JSON.stringify({ turn, at_ms, stopped_at_ms, ...event }) + '\n');
  }
}
wire.close();
