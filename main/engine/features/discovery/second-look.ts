/** Before a registered address is called silent it is asked in a second way; what a sweep asked of it is written down. */
import type { DiscoveredHost } from '../../../../shared/features/discovery.ts';
import { unidentified } from '../../../../shared/features/discovery/identity.ts';
import { parseIp } from '../../../../shared/ip.ts';
import { isRandomMac } from '../../../../shared/mac.ts';
import type { Engine } from '../../engine.ts';
import { linkFor } from '../../wire/links.ts';
import { lineOf } from '../../wire/pool.ts';
import type { Wire } from '../../wire/wire.ts';
import { missedIn } from './compare.ts';
import { silentAfter } from './naming.ts';
import { saveWays, WAYS_NEEDED, type Way } from './silence.ts';
import { findSweep } from './store.ts';

/** Windows file sharing and a web server: one of them answers or refuses on nearly everything that is switched on. */
const PORTS = [445, 80] as const;
const CONNECT_WAIT_MS = 700;
/** Some three seconds at 32 a second. After a holiday hundreds are off: the others get their turn in the next sweeps. */
const MOST_ASKED = 96;

/**
 * Asks once more whoever would be called silent now, and yields those that live after all. Only registered addresses that were missed
 * `silentAfter` times on end are asked, and only once in such a row: on most days that is nobody.
 */
export async function* lookAgain(
  engine: Engine,
  wire: Wire,
  sweepId: string,
  { signal, pingMissing }: { signal: AbortSignal; pingMissing: boolean },
): AsyncGenerator<DiscoveredHost, void, void> {
  const sweep = findSweep(engine.db, sweepId);
  if (!sweep) return;
  const after = silentAfter(engine.db);
  const links = wire.links();
  const asked = new Map<string, Way[]>();
  const doubtful: string[] = [];
  for (const { ip, misses } of missedIn(engine.db, sweep, engine.today())) {
    // behind a router the sweep asked by echo and by TCP already
    const near = Boolean(linkFor(links, parseIp(ip) ?? -1));
    const ways: Way[] = near ? ['arp'] : pingMissing ? ['tcp'] : ['icmp', 'tcp'];
    asked.set(ip, ways);
    if (misses.times >= after && new Set([...misses.ways, ...ways]).size < WAYS_NEEDED) doubtful.push(ip);
  }
  const pool = lineOf(wire, signal);
  const ask = async (ip: string): Promise<DiscoveredHost | null> => {
    const echo = await pool.ask(() => wire.ping(ip, 1, signal));
    if (signal.aborted) return null;
    let alive = typeof echo?.rtt_ms === 'number';
    if (echo === null) {
      const answers = await Promise.all(
        PORTS.map((port) => pool.ask(() => wire.connect(ip, port, CONNECT_WAIT_MS, signal))),
      );
      alive = answers.some((answer) => answer === 'open' || answer === 'refused');
    }
    if (signal.aborted) return null;
    asked.get(ip)?.push(echo === null ? 'tcp' : 'icmp');
    return alive ? await hostAt(wire, ip, echo) : null;
  };
  for (const host of await Promise.all(doubtful.slice(0, MOST_ASKED).map(ask))) if (host) yield host;
  if (engine.db.raw.open) saveWays(engine.db, sweepId, asked);
}

async function hostAt(wire: Wire, ip: string, echo: Awaited<ReturnType<Wire['ping']>>): Promise<DiscoveredHost> {
  const mac = (await wire.neighbours()).find((row) => row.ip === ip)?.mac ?? null;
  return {
    ip,
    mac,
    self: false,
    proof: echo === null ? 'tcp' : 'icmp',
    vendor: mac === null ? null : wire.vendorOf(mac),
    random: mac !== null && isRandomMac(mac),
    rtt_ms: echo?.rtt_ms ?? null,
    loss_percent: null,
    ttl: echo?.ttl ?? null,
    name: null,
    ...unidentified,
  };
}
