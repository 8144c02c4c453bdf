/** The system group (SNMPv2-MIB): who the device says it is. */
import type { SystemGroup } from './reading.ts';
import type { Varbind } from './session.ts';
import { numberOf, oidOf, textOf } from './values.ts';

const SYSTEM = '1.3.6.1.2.1.1';
const OIDS = {
  description: `${SYSTEM}.1.0`,
  object_id: `${SYSTEM}.2.0`,
  uptime: `${SYSTEM}.3.0`,
  contact: `${SYSTEM}.4.0`,
  name: `${SYSTEM}.5.0`,
  location: `${SYSTEM}.6.0`,
} as const;
export const systemOids: readonly string[] = Object.values(OIDS);

/** Null when the device answered, and with none of it. */
export function systemOf(lines: readonly Varbind[]): SystemGroup | null {
  const value = (oid: string): Varbind['value'] | undefined => lines.find((line) => line.oid === oid)?.value;
  const ticks = numberOf(value(OIDS.uptime));
  const system: SystemGroup = {
    name: textOf(value(OIDS.name)),
    description: textOf(value(OIDS.description)),
    object_id: oidOf(value(OIDS.object_id)),
    location: textOf(value(OIDS.location)),
    contact: textOf(value(OIDS.contact)),
    // hundredths of a second
    uptime_s: ticks === null ? null : Math.floor(ticks / 100),
  };
  return Object.values(system).every((each) => each === null) ? null : system;
}
