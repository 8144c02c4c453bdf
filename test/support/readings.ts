/** Readings of a small office: an access switch whose bridge ports are not its ifIndexes, and the core above it. */
import type { DeviceReading, Interface } from '../../main/engine/snmp/reading.ts';

export const pcMac = (n: number): string => `00E04C${n.toString(16).toUpperCase().padStart(6, '0')}`;
const CORE_MAC = '4C1FCC000001';
export const ACCESS_MAC = '4C1FCC000002';

const face = (if_index: number, name: string, mac: string): Interface => ({
  if_index,
  name,
  alias: null,
  type: 6,
  admin_up: true,
  up: true,
  speed_mbps: 1000,
  mac,
  lag_if_index: null,
});
const empty: DeviceReading = {
  ip: '',
  end: 'complete',
  elapsed_ms: 240,
  varbinds: 800,
  tables: {
    interfaces: 'read',
    addresses: 'read',
    arp: 'absent',
    bridge: 'read',
    qbridge: 'absent',
    vendor: 'not_asked',
    lldp: 'read',
  },
  system: null,
  interfaces: [],
  addresses: [],
  arp: [],
  forwarding: [],
  neighbours: [],
};
const system = (name: string, description: string): DeviceReading['system'] => ({
  name,
  description,
  object_id: '1.3.6.1.4.1.2011.2.23.291',
  location: '三楼弱电间',
  contact: null,
  uptime_s: 86_400,
});

/** `ports`: which cards were learned where; port 24 leads to the core and carries its address. */
export const access = (ports: Record<number, string[]>): DeviceReading => ({
  ...empty,
  ip: '10.20.1.2',
  system: system('三楼接入', 'S5735-L24T4S-A, Huawei Versatile Routing Platform'),
  addresses: ['10.20.1.2'],
  interfaces: [...Object.keys(ports), '24'].map((port) =>
    face(100 + Number(port), `GigabitEthernet0/0/${port}`, ACCESS_MAC),
  ),
  forwarding: [
    ...Object.entries(ports).flatMap(([port, macs]) =>
      macs.map((mac) => ({
        mac,
        vlan: 30,
        bridge_port: Number(port),
        if_index: 100 + Number(port),
        status: 'learned' as const,
      })),
    ),
    { mac: CORE_MAC, vlan: 1, bridge_port: 24, if_index: 124, status: 'learned' as const },
  ],
  neighbours: [
    {
      local_port: 24,
      if_index: 124,
      chassis: CORE_MAC,
      port: 'GigabitEthernet0/0/2',
      port_description: null,
      system_name: '核心',
      system_description: 'S6730',
      management_ip: '10.20.1.1',
      capabilities: ['bridge', 'router'],
    },
  ],
});

/** Port 2 leads to the access switch; it routes, so its ARP table knows addresses. */
export const core = (): DeviceReading => ({
  ...empty,
  ip: '10.20.1.1',
  tables: { ...empty.tables, arp: 'read' },
  system: system('核心', 'S6730-H48X6C, Huawei Versatile Routing Platform'),
  addresses: ['10.20.1.1', '10.20.30.1'],
  interfaces: [face(2, 'GigabitEthernet0/0/2', CORE_MAC), face(5, 'GigabitEthernet0/0/5', CORE_MAC)],
  arp: [1, 2].map((n) => ({ if_index: 30, ip: `10.20.30.1${n}`, mac: pcMac(n) })),
  forwarding: [
    ...[pcMac(1), pcMac(2), ACCESS_MAC].map((mac) => ({
      mac,
      vlan: 30,
      bridge_port: 2,
      if_index: 2,
      status: 'learned' as const,
    })),
    { mac: pcMac(3), vlan: 30, bridge_port: 5, if_index: 5, status: 'learned' },
  ],
  neighbours: [
    {
      local_port: 2,
      if_index: 2,
      chassis: ACCESS_MAC,
      port: 'GigabitEthernet0/0/24',
      port_description: null,
      system_name: '三楼接入',
      system_description: 'S5735',
      management_ip: '10.20.1.2',
      capabilities: ['bridge'],
    },
  ],
});
