/** What one SNMP read of a device gave: every table with how it ended, so that "no such table" is never taken for "no hosts". */

/**
 * `absent`: the device has no such table, or an empty one (SNMP cannot tell the two apart). `cut`: it was longer than may be read,
 * repeated itself, or ended in silence; what came is kept. `failed`: nothing came but errors or silence.
 */
export const tableStates = ['read', 'absent', 'cut', 'failed', 'not_asked'] as const;
export type TableState = (typeof tableStates)[number];
/** `vendor`: the forwarding table of the maker's own, where the standard ones lack lines (Huawei; Cisco by VLAN). */
export const tableNames = ['interfaces', 'addresses', 'arp', 'bridge', 'qbridge', 'vendor', 'lldp'] as const;
export type TableName = (typeof tableNames)[number];

/**
 * `silent`: no reply to the first question; a device behind a wrong community or a filter looks just so. `closed`: the host itself
 * says that no SNMP agent runs there. `wrong_credential`: only v3 can tell (user, key or level). `garbage`: no sense in its answers.
 */
export const readEnds = ['complete', 'partial', 'silent', 'closed', 'wrong_credential', 'garbage', 'stopped'] as const;
export type ReadEnd = (typeof readEnds)[number];

export interface SystemGroup {
  readonly name: string | null;
  readonly description: string | null;
  readonly object_id: string | null;
  readonly location: string | null;
  readonly contact: string | null;
  readonly uptime_s: number | null;
}
export interface Interface {
  readonly if_index: number;
  /** `GigabitEthernet0/0/5` as the device writes it. */
  readonly name: string;
  readonly alias: string | null;
  /** ifType (IANAifType-MIB): 6 ethernetCsmacd, 161 ieee8023adLag, 53 propVirtual. */
  readonly type: number | null;
  readonly admin_up: boolean | null;
  readonly up: boolean | null;
  readonly speed_mbps: number | null;
  /** 12 upper-case hex digits. */
  readonly mac: string | null;
  /** The trunk (Eth-Trunk, Bridge-Aggregation) whose cable it is. */
  readonly lag_if_index: number | null;
}
export interface ArpEntry {
  readonly if_index: number | null;
  readonly ip: string;
  readonly mac: string;
}
export interface ForwardingEntry {
  readonly mac: string;
  readonly vlan: number | null;
  /** 0 where the table names the interface itself (Huawei's own), or for the device's own addresses. */
  readonly bridge_port: number;
  /** By dot1dBasePortIfIndex, never taken to be the bridge port itself; null where the device gives no such line. */
  readonly if_index: number | null;
  /** dot1dTpFdbStatus: learned hosts, and the device's own addresses. */
  readonly status: 'learned' | 'self' | 'static' | 'other';
}
/** LldpSystemCapabilitiesMap (LLDP-MIB), in the order of its bits from the left: bit 0 is `other`. */
export const lldpCapabilities = [
  'other',
  'repeater',
  'bridge',
  'access_point',
  'router',
  'telephone',
  'cable_modem',
  'station',
] as const;
export type LldpCapability = (typeof lldpCapabilities)[number];
export interface LldpNeighbour {
  readonly local_port: number;
  readonly if_index: number | null;
  /** A MAC as 12 hex digits, or text. */
  readonly chassis: string | null;
  readonly port: string | null;
  readonly port_description: string | null;
  readonly system_name: string | null;
  readonly system_description: string | null;
  readonly management_ip: string | null;
  /** lldpRemSysCapEnabled as the bits say; null where it was not sent. What forwards for others is no edge. */
  readonly capabilities: readonly LldpCapability[] | null;
}
export interface DeviceReading {
  readonly ip: string;
  /** Left out: by SNMP. */
  readonly source?: 'console';
  readonly end: ReadEnd;
  readonly elapsed_ms: number;
  readonly varbinds: number;
  readonly tables: Readonly<Record<TableName, TableState>>;
  readonly system: SystemGroup | null;
  readonly interfaces: readonly Interface[];
  /** The device's own IPv4 addresses. */
  readonly addresses: readonly string[];
  readonly arp: readonly ArpEntry[];
  readonly forwarding: readonly ForwardingEntry[];
  readonly neighbours: readonly LldpNeighbour[];
}

/** v3 with the strength the device has; `priv` only with `auth`. Secrets stay in the engine's process and its SNMP helper. */
export type Credential =
  | { readonly version: 'v2c'; readonly community: string }
  | {
      readonly version: 'v3';
      readonly user: string;
      readonly auth: { readonly protocol: 'md5' | 'sha' | 'sha256' | 'sha512'; readonly key: string } | null;
      readonly priv: { readonly protocol: 'des' | 'aes' | 'aes256'; readonly key: string } | null;
    };
export interface ReadOrder {
  readonly ip: string;
  /** UDP port of the agent; 161 unless said. */
  readonly port?: number;
  readonly credential: Credential;
}
/** Asks one device, in the SNMP helper process; never throws for what the device does. */
export type ReadDevice = (order: ReadOrder, signal?: AbortSignal) => Promise<DeviceReading>;
