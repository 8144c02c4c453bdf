/** Finds hosts behind a router, where no MAC can be seen: an ICMP echo, then the few TCP ports that office devices have. */
import { showIp } from '../../../shared/ip.ts';
import { createPool } from './pool.ts';
import type { Wire } from './wire.ts';

export type FarProof = 'icmp' | 'tcp';
export interface FarOptions {
  readonly signal: AbortSignal;
  found(ip: string, proof: FarProof, rttMs: number | null): void;
  asked(count: number): void;
  settled(address: number): void;
  /** The `ping` program is not on this machine: TCP alone has to do. */
  pingMissing(): void;
}
/** HTTPS, HTTP, SSH, Windows file sharing, printer: any answer, even a refusal, is a sign of life. */
const PORTS = [443, 80, 22, 445, 9100] as const;
const CONNECT_WAIT_MS = 700;
/** security.md X6: 32 in flight; two thirds of them wait a full second for nobody. */
const AT_ONCE = 32;
const PER_SECOND = 100;

export async function searchRouted(wire: Wire, targets: readonly number[], options: FarOptions): Promise<void> {
  const { signal } = options;
  const pool = createPool(wire, AT_ONCE, PER_SECOND, signal);
  let asked = 0;
  for (const address of targets) {
    pool.add(async () => {
      const ip = showIp(address);
      options.asked(++asked);
      const echo = await wire.ping(ip, 1, signal);
      if (echo === null) options.pingMissing();
      if (signal.aborted) return;
      if (typeof echo?.rtt_ms === 'number') options.found(ip, 'icmp', echo.rtt_ms);
      else {
        const answers = await Promise.all(PORTS.map((port) => wire.connect(ip, port, CONNECT_WAIT_MS, signal)));
        if (signal.aborted) return;
        if (answers.some((answer) => answer !== 'silent')) options.found(ip, 'tcp', null);
      }
      options.settled(address);
    });
  }
  await pool.idle();
}
