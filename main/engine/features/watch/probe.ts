/** Asks one device whether it is there: an echo, and where echoes are dropped the few TCP ports that network devices have. */
import type { Pool } from '../../wire/pool.ts';
import type { Echo, Wire } from '../../wire/wire.ts';

/** How a device is asked: by echo, or by the TCP port that answered when echoes did not. */
export type Means = 'icmp' | number;
export interface Life {
  readonly means: Means;
  readonly rtt_ms: number;
}
/** HTTPS, HTTP, SSH, Telnet, Windows file sharing, camera stream, printer: any answer, even a refusal, is a sign of life. */
const PORTS = [443, 80, 22, 23, 445, 554, 9100] as const;
/** As long as an echo waits. */
const WAIT_MS = 1000;

/** Whoever asks, through its line of the network's pool: each echo and each port is one question there. */
export interface Asker {
  readonly wire: Wire;
  readonly line: Pool;
  readonly signal: AbortSignal;
}

/** Echoes; `missing`: there is no `ping` on this machine. Null when the asker was stopped. */
export const echoOf = ({ wire, line, signal }: Asker, ip: string, count: number): Promise<Echo | 'missing' | null> =>
  line.ask(async () => (await wire.ping(ip, count, signal)) ?? 'missing');

const byPort = ({ wire, line, signal }: Asker, ip: string, port: number): Promise<number | null> =>
  line.ask(async () => {
    const began = wire.now();
    const answer = await wire.connect(ip, port, WAIT_MS, signal);
    return answer === 'silent' ? null : wire.now() - began;
  });

/** One question by the means that worked last. Null: no answer. `missing`: there is no `ping` on this machine. */
export async function ask(
  asker: Asker,
  ip: string,
  means: Means,
): Promise<{ rtt_ms: number | null; missing: boolean }> {
  if (means !== 'icmp') return { rtt_ms: await byPort(asker, ip, means), missing: false };
  const echo = await echoOf(asker, ip, 1);
  return echo === 'missing' ? { rtt_ms: null, missing: true } : { rtt_ms: echo?.rtt_ms ?? null, missing: false };
}

/** By all means but the one that just failed; the one that worked is the next to use. */
export async function askOtherwise(asker: Asker, ip: string, failed: Means): Promise<Life | null> {
  const life = await askPorts(asker, ip);
  if (life !== null || failed === 'icmp' || asker.signal.aborted) return life;
  const { rtt_ms } = await ask(asker, ip, 'icmp');
  return rtt_ms === null ? null : { means: 'icmp', rtt_ms };
}

/** Of the ports the one that answered fastest. */
export async function askPorts(asker: Asker, ip: string): Promise<Life | null> {
  const answers = await Promise.all(
    PORTS.map(async (port) => ({ means: port, rtt_ms: await byPort(asker, ip, port) })),
  );
  const alive = answers.filter((each): each is Life & { means: (typeof PORTS)[number] } => each.rtt_ms !== null);
  return alive.toSorted((a, b) => a.rtt_ms - b.rtt_ms)[0] ?? null;
}
