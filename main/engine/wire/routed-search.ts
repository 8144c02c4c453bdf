/** Finds hosts behind a router, where no MAC can be seen: an ICMP echo, then the few TCP ports that office devices have. */
import { showIp } from '../../../shared/ip.ts';
import type { Pool } from './pool.ts';
import type { Echo, Wire } from './wire.ts';

export type FarProof = 'icmp' | 'tcp';
export interface FarOptions {
  readonly effort: 'quick' | 'thorough';
  readonly signal: AbortSignal;
  readonly pool: Pool;
  found(ip: string, proof: FarProof, echo: Echo | null): void;
  asked(count: number): void;
  settled(address: number): void;
  /** The `ping` program is not on this machine: TCP alone has to do. */
  pingMissing(): void;
}
/** HTTPS, Windows file sharing, HTTP, SSH, printer: any answer, even a refusal, is a sign of life. The first ones answer for most hosts. */
const PORTS = [443, 445, 80, 22, 9100] as const;
const QUICK_PORTS = PORTS.slice(0, 2);
/** A connection is answered as fast as an echo, and echoes over a town's lines take less than this. */
const CONNECT_WAIT_MS = 700;
/** No line is believed to be faster than this for good. */
const CONNECT_WAIT_LEAST_MS = 250;

/** Addresses under way; the pool decides which of their questions go out. */
const SEARCHED_AT_ONCE = 128;
const NO_REPLY: Echo = { rtt_ms: null, loss_percent: 100, ttl: null };

export async function searchRouted(wire: Wire, targets: readonly number[], options: FarOptions): Promise<void> {
  const { signal, pool } = options;
  let asked = 0;
  /** The slowest echo of each 256 addresses: another subnet may hang on another line. */
  const slowest = new Map<number, number>();
  const patience = (address: number): number =>
    Math.min(CONNECT_WAIT_MS, Math.max(CONNECT_WAIT_LEAST_MS, (slowest.get(address >>> 8) ?? Infinity) * 4));

  const search = async (address: number): Promise<void> => {
    const ip = showIp(address);
    let reply: Promise<Echo | null> = Promise.resolve(null);
    // where others have answered fast, a question is given up for the next one early; its answer still counts when it comes
    const early = await pool.ask(() => {
      options.asked(++asked);
      reply = wire.ping(ip, 1, signal);
      const given = slowest.has(address >>> 8)
        ? [wire.sleep(patience(address), signal).then((): Echo => NO_REPLY)]
        : [];
      return Promise.race([reply, ...given]);
    });
    if (signal.aborted) return;
    if (early === null) options.pingMissing();
    const told = (echo: Echo | null): boolean => {
      if (echo === null || echo.rtt_ms === null) return false;
      slowest.set(address >>> 8, Math.max(slowest.get(address >>> 8) ?? 0, echo.rtt_ms));
      options.found(ip, 'icmp', echo);
      options.settled(address);
      return true;
    };
    if (told(early)) return;
    for (const port of options.effort === 'quick' ? QUICK_PORTS : PORTS) {
      const answer = await pool.ask(() => wire.connect(ip, port, patience(address), signal));
      if (signal.aborted) return;
      if (answer === 'silent') continue;
      options.found(ip, 'tcp', null);
      return options.settled(address);
    }
    if (told(await reply) || signal.aborted) return;
    options.settled(address);
  };
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < targets.length && !signal.aborted) await search(targets[next++] as number);
  };
  await Promise.all(Array.from({ length: SEARCHED_AT_ONCE }, work));
}
