/** A reading as lines that a person can check against a walk. */
import type { DeviceReading } from '../../main/engine/snmp/reading.ts';
import { tableNames } from '../../main/engine/snmp/reading.ts';

const or = (value: string | number | null | undefined): string => String(value ?? '-');
const upDown = (value: boolean | null): string => (value === null ? '-' : value ? 'up' : 'down');

export function shown(reading: DeviceReading): string[] {
  const { system } = reading;
  return [
    `end ${reading.end}`,
    `tables ${tableNames.map((name) => `${name}=${reading.tables[name]}`).join(' ')}`,
    system
      ? `system ${[system.name, system.location, system.contact, system.object_id, system.uptime_s, system.description].map(or).join(' | ')}`
      : 'system -',
    ...reading.interfaces.map(
      (each) =>
        `if ${each.if_index} ${each.name} | ${or(each.alias)} | type=${or(each.type)} ${upDown(each.admin_up)}/${upDown(each.up)} ${or(each.speed_mbps)} ${or(each.mac)}${each.lag_if_index === null ? '' : ` of ${each.lag_if_index}`}`,
    ),
    ...reading.addresses.map((ip) => `ip ${ip}`),
    ...reading.arp.map((each) => `arp ${or(each.if_index)} ${each.ip} ${each.mac}`),
    ...reading.forwarding.map(
      (each) => `mac ${each.mac} vlan=${or(each.vlan)} port=${each.bridge_port} if=${or(each.if_index)} ${each.status}`,
    ),
    ...reading.neighbours.map(
      (each) =>
        `lldp ${each.local_port} if=${or(each.if_index)} ${[each.chassis, each.port, each.port_description, each.system_name, each.system_description, each.management_ip].map(or).join(' | ')} can=${each.capabilities?.join(',') ?? '-'}`,
    ),
  ];
}
