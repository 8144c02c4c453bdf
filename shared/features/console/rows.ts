/** What one line of a switch's console says, whatever the maker. Pure; ports as the switch writes them, MACs as 12 hex digits. */
import { isUnicastMac, parseMac } from '../../mac.ts';
import { parseIp, showIp } from '../../ip.ts';

export const vendors = ['huawei', 'h3c', 'zte', 'ruijie', 'cisco'] as const;
export type Vendor = (typeof vendors)[number];
export const consoleTables = ['arp', 'mac', 'interfaces', 'neighbours'] as const;
export type ConsoleTable = (typeof consoleTables)[number];

export interface ArpRow {
  readonly ip: string;
  readonly mac: string;
  readonly port: string | null;
  readonly vlan: number | null;
  /** The switch's own address. */
  readonly own: boolean;
}
export interface MacRow {
  readonly mac: string;
  readonly vlan: number | null;
  /** Null: the switch's own processor. */
  readonly port: string | null;
  readonly status: 'learned' | 'static' | 'self';
}
export interface FaceRow {
  readonly port: string;
  readonly up: boolean;
  readonly admin_up: boolean;
  readonly speed_mbps: number | null;
  readonly vlan: number | null;
  readonly alias: string | null;
  /** Main address, which only routed interfaces have. */
  readonly ip: string | null;
}
export interface NeighbourRow {
  readonly port: string;
  readonly chassis: string | null;
  readonly remote: string | null;
  readonly description: string | null;
  readonly name: string | null;
  readonly system: string | null;
  readonly ip: string | null;
  readonly capabilities: readonly string[] | null;
}
export interface Rows {
  readonly arp: ArpRow;
  readonly mac: MacRow;
  readonly interfaces: FaceRow;
  readonly neighbours: NeighbourRow;
}
/** `said`: understood, and nothing to keep (an incomplete ARP entry, a multicast group). */
export type Read<T> = T | 'said' | null;

/** Words that Ruijie and Cisco write apart from their number: `GigabitEthernet 0/1`, `Gig 0/24`, `VLAN 10`. */
const APART =
  /\b(GigabitEthernet|FastEthernet|TenGigabitEthernet|TFGigabitEthernet|TwentyFiveGigE|FortyGigabitEthernet|HundredGigabitEthernet|AggregatePort|Vlan|Mgmt|Ethernet|Gig|Fas|Ten|Eth|Te|Gi|Fa|Ag|Hu|Fo) (?=\d)/gi;
/** Most words that a line of any known table has. */
const MOST_WORDS = 30;
export const wordsOf = (line: string): string[] => line.replace(APART, '$1').trim().split(/\s+/, MOST_WORDS);

const PORT = /^(?:\d{2,3}GE|[A-Za-z][A-Za-z_-]{0,30})\d{1,5}(?:[/:.]\d{1,5}){0,5}$/;
/** `Vlanif10`, `vlan10`, `Vlan-interface10`. */
const VLAN_FACE = /^vlan(?:if|-interface)?(\d{1,4})$/i;
export const isPort = (word: string): boolean => PORT.test(word);
const vlanOf = (word: string | undefined): number | null => {
  const digits = /^(\d{1,4})(?:[/(]|$)/.exec(word ?? '')?.[1];
  const vlan = digits === undefined ? 0 : Number(digits);
  return vlan >= 1 && vlan <= 4094 ? vlan : null;
};
export const macOf = (word: string): string | null => (word.length >= 12 && word.length <= 17 ? parseMac(word) : null);
export const ipOf = (word: string): string | null => {
  const ip = word.includes('.') ? parseIp(word) : null;
  return ip === null ? null : showIp(ip);
};

export function readArp(words: readonly string[]): Read<ArpRow> {
  const at = words.findIndex((word) => ipOf(word) !== null);
  if (at === -1 || at > 1) return null;
  const ip = ipOf(words[at] ?? '') ?? '';
  const rest = words.slice(at + 1);
  const macAt = rest.findIndex((word) => macOf(word) !== null);
  if (macAt === -1) return rest.some((word) => /^incomplete$/i.test(word)) ? 'said' : null;
  const mac = macOf(rest[macAt] ?? '') ?? '';
  if (!isUnicastMac(mac)) return 'said';
  const after = rest.slice(macAt + 1);
  const ports = after.filter(isPort);
  const port = ports.findLast((word) => !VLAN_FACE.test(word)) ?? ports.at(-1) ?? null;
  const face = after.find((word) => VLAN_FACE.test(word));
  // Huawei writes `D/10` from V200R019 on, and before it 20 minutes and `D-0`, which are no VLANs
  const typed = after.find((word) => /^[DIS]\/\d/.test(word))?.slice(2);
  const plain =
    after[0] !== undefined && /^\d+$/.test(after[0]) && after[1] !== undefined && isPort(after[1])
      ? after[0]
      : undefined;
  const vlan = vlanOf(typed) ?? vlanOf(plain) ?? vlanOf(face === undefined ? undefined : VLAN_FACE.exec(face)?.[1]);
  const own =
    after.some((word) => /^I(?:$|\/)/.test(word)) || rest.slice(0, macAt).some((word) => /^(?:H|-|--)$/.test(word));
  return { ip, mac, port, vlan, own };
}

const STATIC = /^(?:static|sticky|security|config\w*|permanent|blackhole|stc|per)$/i;
export function readMac(words: readonly string[]): Read<MacRow> {
  const at = words.findIndex((word) => macOf(word) !== null);
  if (at === -1 || at > 3) return null;
  const mac = macOf(words[at] ?? '') ?? '';
  const after = words.slice(at + 1);
  const vlan = words.slice(0, at).map(vlanOf).find(Boolean) ?? after.map(vlanOf).find(Boolean) ?? null;
  const self = after.some((word) => /^(?:cpu|self|inherited|local|sup-eth)/i.test(word));
  if (!isUnicastMac(mac)) return 'said';
  const port = after.find(isPort) ?? null;
  if (self && port === null) return { mac, vlan, port: null, status: 'self' };
  if (port === null) return null;
  return { mac, vlan, port, status: after.some((word) => STATIC.test(word)) ? 'static' : 'learned' };
}

/** `1000`, `1G(a)`, `100M`, `a-100`, `10G`, `1000M`: Mbit/s; null for `auto` and `--`. */
export function speedOf(word: string | undefined): number | null {
  const found = /^(?:a-)?(\d{1,6}(?:\.\d)?)([GMK])?(?:bps)?(?:\([aA]\))?$/i.exec(word ?? '');
  if (!found) return null;
  const unit = found[2]?.toUpperCase();
  return Number(found[1]) * (unit === 'G' ? 1000 : unit === 'K' ? 0.001 : 1);
}
const textOf = (words: readonly string[]): string | null => words.join(' ').slice(0, 200) || null;
const plainFace = { speed_mbps: null, vlan: null, alias: null, ip: null };

export const readFaces: Readonly<Record<Vendor, (words: readonly string[]) => Read<FaceRow>>> = {
  huawei: ([port = '', phy = '', protocol = '']) => {
    // members of a trunk stand below it, `10GE1/0/1(10G)` carries its speed
    const name = /^([^(]+)(?:\((\w+)\))?$/.exec(port);
    const link = /^([*#^!~]?)(up|down)(?:\(\w\))?$/i.exec(phy);
    if (!name?.[1] || !isPort(name[1]) || !link || !/^[*#^!~]?(?:up|down)/i.test(protocol)) return null;
    return {
      ...plainFace,
      port: name[1],
      up: link[2]?.toLowerCase() === 'up',
      admin_up: link[1] !== '*',
      speed_mbps: speedOf(name[2]),
    };
  },
  h3c: ([port = '', link = '', third = '', fourth = '', fifth = '', sixth = '', ...rest]) => {
    if (!isPort(port) || !/^(?:up|down|adm|stby)(?:\(\w\))?$/i.test(link)) return null;
    const state = { port, up: /^up/i.test(link), admin_up: !/^adm/i.test(link) };
    if (/^(?:up|down|stby)(?:\(\w\))?$/i.test(third)) {
      const ip = ipOf(fourth);
      return { ...plainFace, ...state, ip, alias: textOf([fifth, sixth, ...rest].filter(Boolean)) };
    }
    if (!/^(?:[ATHR]|--)$/i.test(fifth)) return null;
    return {
      ...plainFace,
      ...state,
      speed_mbps: speedOf(third),
      vlan: /^a$/i.test(fifth) ? vlanOf(sixth) : null,
      alias: textOf(rest),
    };
  },
  zte: ([port = '', , , width = '', admin = '', phy = '', protocol = '', ...rest]) => {
    if (!isPort(port) || ![admin, phy, protocol].every((word) => /^(?:up|down)$/i.test(word))) return null;
    return {
      ...plainFace,
      port,
      up: /^up$/i.test(phy),
      admin_up: /^up$/i.test(admin),
      speed_mbps: speedOf(width),
      alias: textOf(rest),
    };
  },
  ruijie: ([port = '', ...rest]) => {
    const status = rest.findIndex((word) => /^(?:up|down|disabled|err-disabled|administratively)$/i.test(word));
    if (!isPort(port) || status === -1) return null;
    const skip = /^administratively$/i.test(rest[status] ?? '') ? 2 : 1;
    const [vlan, , speed] = rest.slice(status + skip);
    if (vlan === undefined || speed === undefined) return null;
    return {
      ...plainFace,
      port,
      up: /^up$/i.test(rest[status] ?? ''),
      admin_up: /^(?:up|down)$/i.test(rest[status] ?? ''),
      speed_mbps: speedOf(speed),
      vlan: vlanOf(vlan),
      alias: textOf(rest.slice(0, status)),
    };
  },
  cisco: ([port = '', ...rest]) => {
    const status = rest.findLastIndex((word) =>
      /^(?:connected|notconnect|disabled|err-disabled|inactive|suspended|monitoring|sfpAbsent|xcvrAbsen\w?)$/i.test(
        word,
      ),
    );
    if (!isPort(port) || status === -1) return null;
    const [vlan, duplex, speed] = rest.slice(status + 1);
    if (vlan === undefined || !/^(?:a-)?(?:full|half|auto)$/i.test(duplex ?? '')) return null;
    return {
      ...plainFace,
      port,
      up: /^connected$/i.test(rest[status] ?? ''),
      admin_up: !/^disabled$/i.test(rest[status] ?? ''),
      speed_mbps: speedOf(speed),
      vlan: vlanOf(vlan),
      alias: textOf(rest.slice(0, status)),
    };
  },
};
