/** Neighbours over LLDP and CDP: short lists in the order of columns that each maker has, and long ones as labels with values. Pure. */
import { ipOf, isPort, macOf, type NeighbourRow, type Read } from './rows.ts';

const nobody: Omit<NeighbourRow, 'port'> = {
  chassis: null,
  remote: null,
  description: null,
  name: null,
  system: null,
  ip: null,
  capabilities: null,
};
const join = (words: readonly string[]): string | null =>
  words
    .filter((word) => word !== '-')
    .join(' ')
    .slice(0, 120) || null;
const chassisOf = (word: string | undefined): string | null =>
  word === undefined ? null : (macOf(word) ?? (word.slice(0, 120) || null));

/** By LLDP-MIB's names; letters as LLDP writes them. */
const LETTERS: Readonly<Record<string, string>> = {
  O: 'other',
  P: 'repeater',
  B: 'bridge',
  W: 'access_point',
  R: 'router',
  T: 'telephone',
  C: 'cable_modem',
  S: 'station',
};
const CDP_LETTERS: Readonly<Record<string, string>> = {
  R: 'router',
  T: 'bridge',
  B: 'bridge',
  S: 'bridge',
  P: 'telephone',
  H: 'station',
  r: 'repeater',
};
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/wlan|access.?point/i, 'access_point'],
  [/bridge|switch/i, 'bridge'],
  [/router/i, 'router'],
  [/phone/i, 'telephone'],
  [/repeater/i, 'repeater'],
  [/station|host/i, 'station'],
];
export function capabilitiesOf(text: string, protocol: 'lldp' | 'cdp'): string[] | null {
  const letters = protocol === 'cdp' ? CDP_LETTERS : LETTERS;
  const words = text.split(/[\s,;()]+/, 20).filter(Boolean);
  const found = words.every((word) => word.length === 1)
    ? words.flatMap((word) => letters[word] ?? [])
    : NAMES.flatMap(([pattern, name]) => (pattern.test(text) ? [name] : []));
  return found.length === 0 ? null : [...new Set(found)];
}

export type ListOrder = 'huawei' | 'huawei-new' | 'h3c-5' | 'h3c-7' | 'zte' | 'ruijie' | 'cisco-lldp' | 'cisco-cdp';
const isTime = (word: string): boolean => /^\d{1,6}(?:min\w*|sec\w*|s)?$/i.test(word);

/** A line of a short list; names may hold spaces, ports may not. */
export const readList: Readonly<Record<ListOrder, (words: readonly string[]) => Read<NeighbourRow>>> = {
  huawei: (words) => {
    const [port = '', ...rest] = words;
    if (!isPort(port) || rest.length < 3 || !/^\d+$/.test(rest.at(-1) ?? '')) return null;
    return { ...nobody, port, name: join(rest.slice(0, -2)), remote: rest.at(-2) ?? null };
  },
  'huawei-new': (words) => {
    const [port = '', time = '', remote, ...name] = words;
    if (!isPort(port) || !/^\d+$/.test(time) || remote === undefined) return null;
    return { ...nobody, port, remote, name: join(name) };
  },
  'h3c-5': (words) => {
    const at = words.findIndex((word, index) => index > 0 && macOf(word) !== null && isPort(words[index - 1] ?? ''));
    if (at < 1) return null;
    return {
      ...nobody,
      port: words[at - 1] ?? '',
      name: join(words.slice(0, at - 1)),
      chassis: chassisOf(words[at]),
      remote: join(words.slice(at + 1)),
    };
  },
  'h3c-7': (words) => {
    const [port = '', chassis, remote, ...name] = words;
    if (!isPort(port) || chassis === undefined || remote === undefined) return null;
    return { ...nobody, port, chassis: chassisOf(chassis), remote, name: join(name) };
  },
  zte: (words) => {
    const [port = '', ...rest] = words;
    if (!isPort(port) || rest.length < 2) return null;
    const chassis = rest.find((word) => macOf(word) !== null);
    const remote = rest.findLast(isPort) ?? rest.at(-1) ?? null;
    const name = rest.filter(
      (word) => word !== chassis && word !== remote && !isTime(word) && !/^[A-Z](?:,[A-Z])*$/.test(word),
    );
    return { ...nobody, port, chassis: chassisOf(chassis), remote, name: join(name) };
  },
  ruijie: (words) => {
    const at = words.findIndex((word, index) => index > 0 && isPort(word));
    const remote = words[at + 1];
    if (at < 1 || remote === undefined || isTime(remote)) return null;
    const capabilities = words.slice(at + 2).find((word) => /^[A-Z](?:,[A-Z])*$/.test(word));
    return {
      ...nobody,
      port: words[at] ?? '',
      name: join(words.slice(0, at)),
      remote,
      capabilities: capabilities === undefined ? null : capabilitiesOf(capabilities, 'lldp'),
    };
  },
  'cisco-lldp': (words) => {
    const at = words.findIndex((word, index) => index > 0 && isPort(word) && /^\d+$/.test(words[index + 1] ?? ''));
    const rest = words.slice(at + 2);
    if (at < 1 || rest.length === 0) return null;
    const capabilities = rest.length > 1 ? capabilitiesOf(rest[0] ?? '', 'lldp') : null;
    return {
      ...nobody,
      port: words[at] ?? '',
      name: join(words.slice(0, at)),
      remote: rest.at(-1) ?? null,
      capabilities,
    };
  },
  'cisco-cdp': (words) => {
    const at = words.findIndex((word, index) => index > 0 && isPort(word) && /^\d+$/.test(words[index + 1] ?? ''));
    const rest = words.slice(at + 2);
    if (at < 1 || rest.length === 0) return null;
    const end = rest.findIndex((word) => !/^[A-Za-z]$/.test(word));
    return {
      ...nobody,
      port: words[at] ?? '',
      name: join(words.slice(0, at)),
      remote: rest.at(-1) ?? null,
      system: join(rest.slice(end, -1)),
      capabilities: capabilitiesOf(rest.slice(0, end).join(' '), 'cdp'),
    };
  },
};

/** Lines that begin the neighbours of a port, by maker. */
const OPENERS: readonly RegExp[] = [
  /^(\S{2,60}) has \d+ neighbou?r/i,
  /^(?:LLDP|CDP) neighbou?r-information of port\s*\d*\s*\[([^\]]{1,60})\]/i,
  /^Local (?:Intf|Port|Interface)\s*:\s*(\S.{0,60})$/i,
];
export function opened(line: string): string | null {
  for (const pattern of OPENERS) {
    const port = pattern
      .exec(line)?.[1]
      ?.replace(/\s+(?=\d)/, '')
      .trim();
    if (port !== undefined && isPort(port)) return port;
  }
  return null;
}

type Field = 'chassis' | 'remote' | 'description' | 'name' | 'system' | 'ip' | 'capabilities' | 'index' | 'none';
const FIELDS: readonly (readonly [RegExp, Field])[] = [
  [/^(?:lldp )?neighbou?r index$/, 'index'],
  [/^chassis ?id(?:\/subtype)?$/, 'chassis'],
  [/^port ?id(?:\/subtype)?$/, 'remote'],
  [/^port desc(?:ription)?$/, 'description'],
  [/^(?:system|sys) ?name$/, 'name'],
  [/^(?:system|sys) ?desc(?:ription)?$|^version$/, 'system'],
  [/^(?:management|mgmt) address(?: value)?$|^ip(?: address)?$|^ipv4(?: address)?$/, 'ip'],
  [/^(?:system )?(?:capabilities enabled|enabled capabilities)$/, 'capabilities'],
  // these end a description of several lines
  [
    /^(?:system )?capabilities(?: supported)?$|^time (?:remaining|to live)$|^management address(?:es)?\b.*$|^(?:chassis|port) (?:id )?type$|^port vlan.*$|^oid.*$|^entry address.*$|^expired time$|^vlan id$|^auto.negotiation.*$|^link aggregation.*$/,
    'none',
  ],
];
export interface Label {
  readonly field: Field;
  readonly value: string;
}
/** `System name   : SW-A1`; null where the line is no label that is known. */
export function labelOf(line: string): Label | null {
  const at = line.slice(0, 60).search(/[:：]/);
  if (at < 1) return null;
  const key = line.slice(0, at).trim().toLowerCase().replace(/\s+/g, ' ');
  const field = FIELDS.find(([pattern]) => pattern.test(key))?.[1];
  return field === undefined ? null : { field, value: line.slice(at + 1).trim() };
}
/** Labels that are of no use here. */
export const isLabel = (line: string): boolean => /^[A-Za-z\p{Script=Han}][^:：]{1,60}[:：]/u.test(line);

/** H3C ends values with `/MAC address`, ZTE with ` (MAC Address)`. */
const plain = (value: string): string =>
  value
    .replace(/\/[A-Za-z][A-Za-z ]{3,30}$/, '')
    .replace(/\s*\([A-Za-z ]{3,30}\)$/, '')
    .trim();
const DESCRIPTION = 500;

/** One neighbour as it grows line by line. */
export class Neighbour {
  #row: NeighbourRow;
  /** The description goes on in the lines that follow. */
  describing = false;
  readonly #protocol: 'lldp' | 'cdp';
  constructor(port: string, protocol: 'lldp' | 'cdp' = 'lldp') {
    this.#row = { ...nobody, port };
    this.#protocol = protocol;
  }
  /** Null while nothing is known but the port. */
  get row(): NeighbourRow | null {
    const { port, chassis, name, remote } = this.#row;
    return port !== '' && (chassis !== null || name !== null || remote !== null) ? this.#row : null;
  }
  get port(): string {
    return this.#row.port;
  }
  set(changes: Partial<NeighbourRow>): void {
    this.#row = { ...this.#row, ...changes };
  }
  describe(line: string): void {
    const system = [this.#row.system, line.trim()].filter(Boolean).join(' ').slice(0, DESCRIPTION);
    this.set({ system });
  }
  take({ field, value }: Label): void {
    this.describing = field === 'system';
    const told =
      value === '' || value === '-' || value === '--' || /^not (?:advertised|present)/i.test(value)
        ? null
        : value.slice(0, DESCRIPTION);
    if (told === null || field === 'none' || field === 'index') return;
    if (field === 'ip') return this.set({ ip: this.#row.ip ?? ipOf(plain(told)) });
    if (field === 'chassis') return this.set({ chassis: chassisOf(plain(told)) });
    if (field === 'remote') return this.set({ remote: macOf(plain(told)) ?? plain(told).replace(/\s+(?=\d)/, '') });
    if (field === 'capabilities') return this.set({ capabilities: capabilitiesOf(told, this.#protocol) });
    this.set({ [field]: told });
  }
}
