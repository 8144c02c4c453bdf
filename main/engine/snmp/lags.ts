/**
 * Which cables are one trunk. Forwarding tables name the trunk (Eth-Trunk1), LLDP the cable (GigabitEthernet0/0/24): without this the
 * neighbour of a trunk is at no port that carries anybody.
 */
import { isLag } from '../../../shared/port-name.ts';
import type { Interface } from './reading.ts';
import { numberOf, numbersOf } from './values.ts';
import type { Walker } from './walk.ts';

// dot3adAggPortAttachedAggID by ifIndex (IEEE8023-LAG-MIB): an ifIndex, 0 for none. ifStackStatus by the upper and the lower ifIndex
const ATTACHED = ['1.2.840.10006.300.43.1.2.1.1.13'];
const STACK = ['1.3.6.1.2.1.31.1.2.1.3'];
const MAX_ROWS = 4096;
const ACTIVE = 1;

/** Asks only where there is a trunk. Some Huawei leave the first table out or half empty (FusionInventory 2258): then the second tells. */
export async function withLags(walker: Walker, interfaces: readonly Interface[]): Promise<readonly Interface[]> {
  const trunks = new Set(interfaces.filter((each) => isLag(each)).map(({ if_index }) => if_index));
  if (trunks.size === 0) return interfaces;
  const lagOf = new Map<number, number>();
  for (const [index, [value]] of (await walker.walk(ATTACHED, MAX_ROWS)).rows) {
    const lag = numberOf(value);
    if (lag !== null && trunks.has(lag)) lagOf.set(Number(index), lag);
  }
  if (new Set(lagOf.values()).size < trunks.size)
    for (const [index, [status]] of (await walker.walk(STACK, MAX_ROWS)).rows) {
      const [upper = 0, lower = 0] = numbersOf(index);
      if (trunks.has(upper) && numberOf(status) === ACTIVE && !lagOf.has(lower)) lagOf.set(lower, upper);
    }
  return interfaces.map((each) =>
    trunks.has(each.if_index) ? each : { ...each, lag_if_index: lagOf.get(each.if_index) ?? null },
  );
}
