/** Round trip, time to live and loss of one host, by single echoes, so that each is one question to the network. */
import type { Pool } from './pool.ts';
import type { Echo, Wire } from './wire.ts';

/** More echoes to a host that lost one and then answered: with the first two they tell its loss to a quarter. */
const MORE = 2;

/**
 * One echo. A thorough sweep asks a silent host once more; if it answers then, loss is worth measuring; if not, it drops echoes, as
 * most firewalls do. `loss_percent` is null where one echo was all. Null: no answer, or stopped.
 */
export async function measureEcho(
  wire: Wire,
  pool: Pool,
  ip: string,
  effort: 'quick' | 'thorough',
  signal: AbortSignal,
): Promise<(Omit<Echo, 'loss_percent'> & { loss_percent: number | null }) | 'missing' | null> {
  const ask = (): Promise<Echo | 'missing' | null> =>
    pool.ask(async () => (await wire.ping(ip, 1, signal)) ?? 'missing');
  const first = await ask();
  if (first === null || first === 'missing') return first;
  if (first.rtt_ms !== null) return { ...first, loss_percent: null };
  const second = effort === 'thorough' ? await ask() : null;
  if (second === null || second === 'missing' || second.rtt_ms === null) return null;
  const echoes = [first, second];
  for (let more = 0; more < MORE; more++) {
    const echo = await ask();
    if (echo === null || echo === 'missing') return null;
    echoes.push(echo);
  }
  const lost = echoes.filter((echo) => echo.rtt_ms === null).length;
  return { ...second, loss_percent: Math.round((lost / echoes.length) * 100) };
}
