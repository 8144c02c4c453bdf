/** How full every subnet is, how that came about, and when it will be full. */
import { usageAndNext } from '../ipam/map.ts';
import { allSubnets } from '../ipam/plan.ts';
import { forecastOf, heldByWeek, type Forecast, type Life } from '../../../../shared/features/ipam/trend.ts';
import type { Usage } from '../../../../shared/features/ipam/map.ts';
import type { ReadDb } from '../../db.ts';

interface Trend {
  readonly subnet_id: string;
  readonly cidr: string;
  readonly usage: Usage;
  readonly weeks: number[];
  readonly forecast: Forecast;
  readonly warns: boolean;
}

/** A reservation that was cancelled was never a use. */
const LIVES = `
  SELECT subnet_id, opened_at, released_at FROM bindings
  WHERE deleted_at IS NULL AND NOT (state = 'released' AND released_at IS NULL)`;

/** The fullest first; subnets that are left to DHCP last. */
export function trendsOf(db: ReadDb, today: string, now: number): Trend[] {
  const lives = new Map<string, Life[]>();
  for (const { subnet_id, opened_at, released_at } of db.iterate(LIVES)) {
    const known = lives.get(subnet_id as string) ?? [];
    known.push({ from: opened_at as number, to: released_at as number | null });
    lives.set(subnet_id as string, known);
  }
  return allSubnets(db)
    .map((subnet): Trend => {
      const { next: _next, ...usage } = usageAndNext(db, subnet, today);
      const held = heldByWeek(lives.get(subnet.id) ?? [], now);
      // Gateways and devices without a binding have no history: they are taken to have always been there.
      const fixed = Math.max(0, usage.used - (held.at(-1) ?? 0));
      return {
        subnet_id: subnet.id,
        cidr: subnet.cidr,
        usage,
        weeks: held.map((n) => n + fixed),
        forecast: usage.percent === null ? { kind: 'unknown' } : forecastOf(held, usage.free),
        warns: usage.level === 'full' || usage.level === 'short',
      };
    })
    .toSorted((a, b) => (b.usage.percent ?? -1) - (a.usage.percent ?? -1));
}
