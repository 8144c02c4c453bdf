/** Interfaces (IF-MIB): the old table and its extension read as one. */
import { withLags } from './lags.ts';
import type { Interface, TableState } from './reading.ts';
import { macOf, numberOf, textOf } from './values.ts';
import type { Walker } from './walk.ts';

const IF = '1.3.6.1.2.1.2.2.1';
const IFX = '1.3.6.1.2.1.31.1.1.1';
// ifDescr, ifType, ifSpeed, ifPhysAddress, ifAdminStatus, ifOperStatus; ifName, ifHighSpeed, ifAlias
const COLUMNS = [
  `${IF}.2`,
  `${IF}.3`,
  `${IF}.5`,
  `${IF}.6`,
  `${IF}.7`,
  `${IF}.8`,
  `${IFX}.1`,
  `${IFX}.15`,
  `${IFX}.18`,
];
/** A chassis with its VLAN and loopback interfaces; a stack of nine 48-port switches has under 1,000. */
const MAX_ROWS = 4096;
const UP = 1;
/** ifSpeed of what is faster than it can say (RFC 2863). */
const TOO_FAST = 4_294_967_295;

export interface InterfacesRead {
  readonly state: TableState;
  readonly interfaces: readonly Interface[];
  /** ifDescr, by ifIndex: LLDP may call a port by it. */
  readonly descriptions: ReadonlyMap<number, string>;
}

export async function readInterfaces(walker: Walker): Promise<InterfacesRead> {
  const { state, rows } = await walker.walk(COLUMNS, MAX_ROWS);
  const interfaces: Interface[] = [];
  const descriptions = new Map<number, string>();
  for (const [index, [descr, type, speed, phys, admin, oper, name, high, alias]] of rows) {
    const if_index = Number(index);
    if (!Number.isSafeInteger(if_index)) continue;
    const description = textOf(descr);
    if (description !== null) descriptions.set(if_index, description);
    interfaces.push({
      if_index,
      name: textOf(name) ?? description ?? String(if_index),
      alias: textOf(alias),
      type: numberOf(type),
      admin_up: isUp(numberOf(admin)),
      up: isUp(numberOf(oper)),
      speed_mbps: speedOf(numberOf(high), numberOf(speed)),
      mac: macOf(phys),
      lag_if_index: null,
    });
  }
  const sorted = interfaces.toSorted((a, b) => a.if_index - b.if_index);
  return { state, interfaces: await withLags(walker, sorted), descriptions };
}

const isUp = (status: number | null): boolean | null => (status === null ? null : status === UP);
/** Zero is what devices say of a port without a link. */
function speedOf(high: number | null, bits: number | null): number | null {
  if (high !== null && high > 0) return high;
  return bits !== null && bits > 0 && bits !== TOO_FAST ? Math.round(bits / 1e6) || null : null;
}
