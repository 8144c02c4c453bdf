/** By what a paste tells whose output it is: prompts with their commands, heads of tables, and lines that say nothing. Pure. */
import type { ListOrder } from './neighbours.ts';
import type { ConsoleTable, Vendor } from './rows.ts';

/** Makers whose switches are asked with `display`, and those asked with `show`. */
export const families = { display: ['huawei', 'h3c'], show: ['zte', 'ruijie', 'cisco'] } as const satisfies Record<
  string,
  readonly Vendor[]
>;
export type Family = keyof typeof families;

export interface Dialect {
  readonly vendor: Vendor;
  readonly table: ConsoleTable;
  readonly head: RegExp;
  readonly list?: ListOrder;
}
const head = (vendor: Vendor, table: ConsoleTable, pattern: RegExp, list?: ListOrder): Dialect => ({
  vendor,
  table,
  head: pattern,
  ...(list ? { list } : {}),
});
/** Heads as the command references of the makers print them; the first that fits counts. */
const dialects: readonly Dialect[] = [
  head('huawei', 'arp', /^IP ADDRESS\s+MAC ADDRESS\s+EXP/i),
  head('h3c', 'arp', /^IP ADDRESS\s+MAC ADDRESS\s+S?VLAN/i),
  head('ruijie', 'arp', /^Protocol\s+Address\s+Age\(min\)\s+Hardware/i),
  head('cisco', 'arp', /^Protocol\s+Address\s+Age \(min\)\s+Hardware/i),
  head('zte', 'arp', /^(?:IP\s+Hardware|(?:IP ?)?Address\s+Age)\b/i),
  head('huawei', 'mac', /^MAC Address\s+VLAN\//i),
  head('h3c', 'mac', /^MAC ADDR(?:ESS)?\s+VLAN ID\s+STATE/i),
  head('zte', 'mac', /^(?:MAC_?Address\s+(?:vid|vlan)|MAC\s+VLAN\s+Outgoing)\b/i),
  head('ruijie', 'mac', /^Vlan\s+MAC Address\s+Type\s+Interface/i),
  head('cisco', 'mac', /^(?:\*\s+)?Vlan\s+Mac Address\s+Type\s+(?:Ports|learn|protocols)/i),
  head('huawei', 'interfaces', /^Interface\s+PHY\s+Protocol/i),
  head('h3c', 'interfaces', /^Interface\s+Link\s+(?:Speed|Protocol)/i),
  head('zte', 'interfaces', /^Interface\s+(?:port)?attribute\s+mode/i),
  head('ruijie', 'interfaces', /^Interface\s+(?:Description\s+)?Status\s+Vlan/i),
  head('cisco', 'interfaces', /^Port\s+Name\s+Status\s+Vlan/i),
  head('huawei', 'neighbours', /^Local Intf\s+Neighbor Dev/i, 'huawei'),
  head('huawei', 'neighbours', /^Local Interface\s+Exptime/i, 'huawei-new'),
  head('h3c', 'neighbours', /^System Name\s+Local Interface\s+Chassis ID/i, 'h3c-5'),
  head('h3c', 'neighbours', /^Local Interface\s+Chassis ID\s+Port ID/i, 'h3c-7'),
  head('zte', 'neighbours', /^Local (?:Port|Interface|Intf)\s+\S/i, 'zte'),
  head('ruijie', 'neighbours', /^System Name\s+Local Intf\s+Port ID/i, 'ruijie'),
  head('cisco', 'neighbours', /^Device ID\s+Local Intf\s+Hold/i, 'cisco-lldp'),
  head('cisco', 'neighbours', /^Device.ID\s+Local Intrfce\s+Hold/i, 'cisco-cdp'),
];
const fits = (vendor: Vendor, family: Family | null): boolean =>
  family === null || families[family].some((each) => each === vendor);
export const dialectOf = (line: string, family: Family | null): Dialect | null =>
  dialects.find((each) => fits(each.vendor, family) && each.head.test(line)) ?? null;
/** All lists that a maker may have written; where nothing tells the maker, those of its family. */
export const listsOf = (vendor: Vendor | null, family: Family | null): readonly Dialect[] =>
  dialects.filter((each) => each.list && (vendor === null ? fits(each.vendor, family) : each.vendor === vendor));

/** Second lines of heads, legends, totals and rulers. */
const SAID: readonly RegExp[] = [
  /^[-=+*\s]+$/,
  /^VLAN\/(?:CEVLAN|BD|VSI)|^VSI\/|^VLAN\(|^Address\s+Age\s|^Address\s+Interface|^-+\s+-+/i,
  /^total\b|^the (?:count|total)\b|^-+\s*\d+ .{0,30}found\b|^\d+ (?:mac|arp|entr)/i,
  /^(?:PHY|Flags?|Link|Speed|Speed or Duplex|Duplex|Type|Protocol|Capability codes?|Codes|Chassis ID|Age|Local|Total \w+|Vlan Mac)\s*:/i,
  /^(?:In|Out)Uti\b/i,
  /^[*#^!~]?(?:down|up)\s*:/i,
  /^\([A-Za-z]{1,3}\)[\s:]/,
  /^(?:#|\*|Default) -- --/,
  /^MAC address table\b|^Mac Address Table|^Legend|^Unicast Entries|^Multicast Entries|^Learning|^Arp protect|^The brief information|^Brief information/i,
  /^(?:S - |D - |R - |P - |W - |B - |\(?[A-Z]\)? ?- )/,
  /^LLDP agent /i,
  /^(?:ARP timeout|Aging time)\s*:/i,
  /^[A-Za-z][\w ]{2,40} - (?:not|unknown|auto)/i,
];
export const saysNothing = (line: string): boolean => SAID.some((pattern) => pattern.test(line));

export interface Prompt {
  readonly host: string;
  readonly family: Family | null;
  /** Null: another command, or none. */
  readonly table: ConsoleTable | null;
  readonly typed: string;
}
const ANGLE = /^(?:HRP_[A-Z])?[<[][~*]?([^<>[\]\s]{1,64})[>\]]\s*(.{0,200})$/;
const HASH = /^([\p{L}\p{N}_.-]{1,64})(?:\([^()]{1,40}\))?[#>]\s*(.{0,200})$/u;
/** What is typed after a `#`; else the line is text that has such a sign in it. */
const TYPED = /^(?:$|(?:sh|show|ter|conf|ex|end|en|exit|enable|do|cl|ping|wr)\b|sh\w*\s|ter\w*\s|conf\w*\s)/i;
/** The name of a view behind that of the switch: `[SW-A1-GigabitEthernet0/0/1]`. */
const VIEW =
  /-(?:(?:X?Gigabit|Ten-Gigabit)?Ethernet|Vlan(?:if|-interface)|Eth-Trunk|GE|XGE|vlan|ui|aaa|port-group).*$/i;

function tableOf(words: string): ConsoleTable | null {
  if (/^(?:ip\s+)?arp\b/i.test(words)) return 'arp';
  if (/^mac\b|^mac-a/i.test(words)) return 'mac';
  if (/^int\w*\s+(?:b|st)/i.test(words)) return 'interfaces';
  return /^(?:lldp|cdp)\s+(?:n|e)/i.test(words) ? 'neighbours' : null;
}
export function promptOf(line: string): Prompt | null {
  const angle = ANGLE.exec(line);
  const hash = angle ? null : HASH.exec(line);
  if (hash && !TYPED.test(hash[2] ?? '')) return null;
  const [, name = '', typed = ''] = angle ?? hash ?? [];
  if (name === '') return null;
  const asked = /^(?:do\s+)?(d(?:is?\w*)?|sh?\w*)\s+(.*)$/i.exec(typed.trim());
  const family = asked?.[1] === undefined ? null : /^d/i.test(asked[1]) ? 'display' : 'show';
  return { host: name.replace(VIEW, ''), family, table: tableOf(asked?.[2] ?? ''), typed: typed.trim() };
}

/** Output of things that are no switch of a known maker: what to say about it. */
export const foreigners = ['juniper', 'windows', 'linux', 'mikrotik', 'hp', 'config'] as const;
export type Foreigner = (typeof foreigners)[number];
const FOREIGN: readonly (readonly [Foreigner, RegExp])[] = [
  ['juniper', /^Ethernet switching table|^\S{1,40}@\S{1,60}> |Routing instance : default-switch/i],
  ['windows', /^(?:接口|Interface): [\d.]{7,15} --- 0x|^Windows IP|^C:\\/i],
  ['linux', /^[\d.]{7,15} dev \S{1,20} lladdr|^\? \([\d.]{7,15}\) at |^Address\s+HWtype/i],
  ['mikrotik', /^\[\S{1,40}@[^\]]{1,60}\] [>/]|^Flags: [A-Z] - \w+, [A-Z] - /],
  ['hp', /^\s*Status and Counters - /i],
  ['config', /^(?:sysname|hostname|version \d|interface \S{3,30}$|port link-type|switchport |undo )/i],
];
export const foreignOf = (line: string): Foreigner | null =>
  FOREIGN.find(([, pattern]) => pattern.test(line))?.[0] ?? null;
