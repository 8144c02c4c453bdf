/** Asks one device whether it is there: an echo, and where echoes are dropped the few TCP ports that network devices have. */
import type { Wire } from '../../wire/wire.ts';

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

async function byPort(wire: Wire, ip: string, port: number, signal: AbortSignal): Promise<number | null> {
  const began = wire.now();
  const answer = await wire.connect(ip, port, WAIT_MS, signal);
  return answer === 'silent' ? null : wire.now() - began;
}

/** One question by the means that worked last. Null: no answer. `missing`: there is no `ping` on this machine. */
export async function ask(
  wire: Wire,
  ip: string,
  means: Means,
  signal: AbortSignal,
): Promise<{ rtt_ms: number | null; missing: boolean }> {
  if (means !== 'icmp') return { rtt_ms: await byPort(wire, ip, means, signal), missing: false };
  const echo = await wire.ping(ip, 1, signal);
  return { rtt_ms: echo?.rtt_ms ?? null, missing: echo === null };
}

/** By all means but the one that just failed; the one that worked is the next to use. */
export async function askOtherwise(wire: Wire, ip: string, failed: Means, signal: AbortSignal): Promise<Life | null> {
  const life = await askPorts(wire, ip, signal);
  if (life !== null || failed === 'icmp' || signal.aborted) return life;
  const { rtt_ms } = await ask(wire, ip, 'icmp', signal);
  return rtt_ms === null ? null : { means: 'icmp', rtt_ms };
}

/** The first port that answers, asked all at once. */
export async function askPorts(wire: Wire, ip: string, signal: AbortSignal): Promise<Life | null> {
  const answers = await Promise.all(
    PORTS.map(async (port) => ({ means: port, rtt_ms: await byPort(wire, ip, port, signal) })),
  );
  const alive = answers.filter((each): each is Life & { means: (typeof PORTS)[number] } => each.rtt_ms !== null);
  return alive.toSorted((a, b) => a.rtt_ms - b.rtt_ms)[0] ?? null;
}
