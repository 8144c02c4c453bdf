/**
 * Command lines that bring a binding onto a device, to be copied by hand (R-18). Pure. Only checked numbers, addresses and interface
 * names become part of a line; names of people or rooms never do, so that nothing typed into the register can become a command.
 *
 * Static ARP and DHCP reservations belong on the gateway, so no access port stands in them; the binding of port, IP and MAC belongs on
 * the access switch. Syntax by the makers' command references: VRP (`arp static`, `static-bind`, `user-bind static`), Comware 7
 * (`arp static`/`undo arp`, `static-bind … hardware-address`, `ip source binding`), RGOS and IOS (`arp … arpa`, host pools,
 * `address-bind`, `ip source binding`). ZTE is left out: its releases differ too much to be sure.
 */
import { parseIp, showIp } from '../../ip.ts';
import { isUnicastMac } from '../../mac.ts';
import { portKey } from '../../port-name.ts';

export const deviceVendors = ['huawei', 'h3c', 'ruijie', 'cisco'] as const;
export type DeviceVendor = (typeof deviceVendors)[number];
export const snippetKinds = ['arp', 'dhcp', 'guard'] as const;
export type SnippetKind = (typeof snippetKinds)[number];
export const snippetActions = ['add', 'remove'] as const;
export type SnippetAction = (typeof snippetActions)[number];

export interface DeviceLine {
  readonly ip: string;
  /** 12 hex digits. */
  readonly mac: string | null;
  readonly vlan: number | null;
  /** Dotted mask of the subnet. */
  readonly mask: string | null;
  /** As written in the register: `GE0/0/5`, `5`. */
  readonly port: string | null;
}
/** Why a line is missing: no (usable) MAC, an address that is none, no VLAN, no full port name. */
export type LeftWhy = 'mac' | 'ip' | 'vlan' | 'port';
export interface Snippet {
  readonly text: string;
  readonly left: readonly { readonly ip: string; readonly why: LeftWhy }[];
}

interface Checked {
  readonly ip: string;
  readonly mac: string;
  readonly vlan: number | null;
  readonly mask: string | null;
  readonly port: string | null;
}

const MAX_VLAN = 4094;
/** The full name of an interface type, where the maker has one. */
const INTERFACES: Readonly<Record<DeviceVendor, Readonly<Record<string, string>>>> = {
  huawei: { ge: 'GigabitEthernet', fe: 'Ethernet', eth: 'Ethernet', xge: 'XGigabitEthernet' },
  h3c: { ge: 'GigabitEthernet', fe: 'Ethernet', eth: 'Ethernet', xge: 'Ten-GigabitEthernet' },
  ruijie: { ge: 'GigabitEthernet', fe: 'FastEthernet', xge: 'TenGigabitEthernet' },
  cisco: { ge: 'GigabitEthernet', fe: 'FastEthernet', xge: 'TenGigabitEthernet' },
};
/** Chassis, module and port in numbers, as `portKey` leaves them. */
const PORT = /^([a-z]+)(\d{1,3}(?:\/\d{1,3}){1,3})$/;

/** `GE0/0/5` as this maker writes it; null for a bare number or anything that is no interface. */
export function interfaceName(vendor: DeviceVendor, port: string | null): string | null {
  const [, type = '', numbers = ''] = PORT.exec(portKey(port ?? '')) ?? [];
  const name = INTERFACES[vendor][type];
  return name === undefined ? null : `${name}${numbers}`;
}

/** `00e0-fc01-0001` (VRP, Comware) or `00e0.fc01.0001` (RGOS, IOS). */
export const deviceMac = (vendor: DeviceVendor, hex: string): string =>
  (hex.toLowerCase().match(/.{4}/g) ?? []).join(vendor === 'huawei' || vendor === 'h3c' ? '-' : '.');

/** Option 61 of Windows: the type of medium (01) before the MAC. IOS wants it instead of the plain address. */
const clientId = (hex: string): string => (`01${hex.toLowerCase()}`.match(/.{1,4}/g) ?? []).join('.');
/** A pool of its own for each host, as RGOS and IOS want it. */
const hostPool = (ip: string): string => `lanbook-${ip.replaceAll('.', '-')}`;
const vlanPool = (vlan: number | null): string => `vlan${vlan ?? 1}`;

function check(vendor: DeviceVendor, kind: SnippetKind, line: DeviceLine): Checked | LeftWhy {
  const address = parseIp(line.ip);
  if (address === null) return 'ip';
  if (line.mac === null || !isUnicastMac(line.mac)) return 'mac';
  const vlan =
    line.vlan !== null && Number.isInteger(line.vlan) && line.vlan >= 1 && line.vlan <= MAX_VLAN ? line.vlan : null;
  const mask = parseIp(line.mask ?? '');
  const port = interfaceName(vendor, line.port);
  if (kind === 'dhcp' && (vlan === null || mask === null)) return 'vlan';
  if (kind === 'guard' && vendor === 'cisco') {
    if (vlan === null) return 'vlan';
    if (port === null) return 'port';
  }
  return { ip: showIp(address), mac: line.mac, vlan, mask: mask === null ? null : showIp(mask), port };
}

type Writer = (line: Checked, add: boolean) => readonly string[];
const no = (add: boolean, word: string, line: string): string => (add ? line : `${word} ${line}`);

const WRITERS: Readonly<Record<DeviceVendor, Readonly<Record<SnippetKind, Writer>>>> = {
  huawei: {
    arp: ({ ip, mac }, add) => [add ? `arp static ${ip} ${deviceMac('huawei', mac)}` : `undo arp static ${ip}`],
    dhcp: ({ ip, mac, vlan }, add) => [
      `ip pool ${vlanPool(vlan)}`,
      add
        ? ` static-bind ip-address ${ip} mac-address ${deviceMac('huawei', mac)}`
        : ` undo static-bind ip-address ${ip}`,
      ' quit',
    ],
    guard: ({ ip, mac, vlan, port }, add) => [
      no(
        add,
        'undo',
        `user-bind static ip-address ${ip} mac-address ${deviceMac('huawei', mac)}${port ? ` interface ${port}` : ''}${vlan ? ` vlan ${vlan}` : ''}`,
      ),
    ],
  },
  h3c: {
    arp: ({ ip, mac }, add) => [add ? `arp static ${ip} ${deviceMac('h3c', mac)}` : `undo arp ${ip}`],
    dhcp: ({ ip, mac, vlan, mask }, add) => [
      `dhcp server ip-pool ${vlanPool(vlan)}`,
      add
        ? ` static-bind ip-address ${ip} mask ${mask} hardware-address ${deviceMac('h3c', mac)}`
        : ` undo static-bind ip-address ${ip}`,
      ' quit',
    ],
    guard: ({ ip, mac, vlan, port }, add) => {
      const line = `ip source binding ip-address ${ip} mac-address ${deviceMac('h3c', mac)}`;
      if (port === null) return [no(add, 'undo', line)];
      return [`interface ${port}`, ` ${no(add, 'undo', `${line}${vlan ? ` vlan ${vlan}` : ''}`)}`, ' quit'];
    },
  },
  ruijie: {
    arp: ({ ip, mac }, add) => [add ? `arp ${ip} ${deviceMac('ruijie', mac)} arpa` : `no arp ${ip}`],
    dhcp: ({ ip, mac, mask }, add) =>
      add
        ? [
            `ip dhcp pool ${hostPool(ip)}`,
            ` host ${ip} ${mask}`,
            ` hardware-address ${deviceMac('ruijie', mac)}`,
            ' exit',
          ]
        : [`no ip dhcp pool ${hostPool(ip)}`],
    guard: ({ ip, mac }, add) => [add ? `address-bind ${ip} ${deviceMac('ruijie', mac)}` : `no address-bind ${ip}`],
  },
  cisco: {
    arp: ({ ip, mac }, add) => [add ? `arp ${ip} ${deviceMac('cisco', mac)} arpa` : `no arp ${ip}`],
    dhcp: ({ ip, mac, mask }, add) =>
      add
        ? [`ip dhcp pool ${hostPool(ip)}`, ` host ${ip} ${mask}`, ` client-identifier ${clientId(mac)}`, ' exit']
        : [`no ip dhcp pool ${hostPool(ip)}`],
    guard: ({ ip, mac, vlan, port }, add) => [
      no(add, 'no', `ip source binding ${deviceMac('cisco', mac)} vlan ${vlan} ${ip} interface ${port}`),
    ],
  },
};
const FRAME: Readonly<Record<DeviceVendor, readonly [string, string]>> = {
  huawei: ['system-view', 'return'],
  h3c: ['system-view', 'return'],
  ruijie: ['configure terminal', 'end'],
  cisco: ['configure terminal', 'end'],
};

/** From entering the configuration to leaving it; empty when no line could be written. It does not save the configuration. */
export function snippetOf(
  vendor: DeviceVendor,
  kind: SnippetKind,
  action: SnippetAction,
  lines: readonly DeviceLine[],
): Snippet {
  const left: { ip: string; why: LeftWhy }[] = [];
  const written: string[] = [];
  for (const line of lines) {
    const checked = check(vendor, kind, line);
    if (typeof checked === 'string') {
      left.push({ ip: line.ip, why: checked });
      continue;
    }
    const made = WRITERS[vendor][kind](checked, action === 'add');
    // The same pool or interface again: one entrance for all of its lines.
    if (made.length > 1 && made.at(-1) === ' quit' && opened(written) === made[0]) {
      written.pop();
      written.push(...made.slice(1));
    } else written.push(...made);
  }
  const [first, last] = FRAME[vendor];
  return { text: written.length === 0 ? '' : [first, ...written, last].join('\n'), left };
}

/** The view that the last written line leaves. */
const opened = (written: readonly string[]): string | null =>
  written.at(-1) === ' quit' ? (written.findLast((line) => !line.startsWith(' ')) ?? null) : null;
