/**
 * Names of switch ports, for comparing and never for showing: what a technician wrote (`Gi0/0/5`, `5口`) against what the device says
 * (`GigabitEthernet0/0/5`). Types by the command references of Huawei, H3C, Ruijie, ZTE and Cisco.
 */

const TYPES: Readonly<Record<string, readonly string[]>> = {
  ge: ['gigabitethernet', 'gigaethernet', 'gigethernet', 'ge', 'gi', 'gig', 'gei', 'g', '千兆'],
  fe: ['fastethernet', 'fa', 'fas', 'fe', 'fei', 'f', '百兆'],
  eth: ['ethernet', 'eth', 'et', 'e'],
  xge: [
    'xgigabitethernet',
    'tengigabitethernet',
    'tengige',
    'tengigaethernet',
    'xge',
    'xgei',
    'xg',
    'te',
    'ten',
    '万兆',
  ],
  '25ge': ['twentyfivegigabitethernet', 'twentyfivegige', 'twe', '25ge', 'tf'],
  '40ge': ['fortygigabitethernet', 'fortygige', 'fo', '40ge', 'fge'],
  '100ge': ['hundredgigabitethernet', 'hundredgige', 'hu', '100ge', 'hge'],
  lag: [
    'ethtrunk',
    'bridgeaggregation',
    'bagg',
    'portchannel',
    'po',
    'aggregateport',
    'ag',
    'lag',
    'trk',
    'smartgroup',
  ],
  vlan: ['vlanif', 'vlaninterface', 'vlan', 'vl', 'svi'],
  mgmt: ['meth', 'mgigabitethernet', 'mge', 'mgmt', 'management'],
  '': ['port', 'p', 'no', '端口', '口', '第'],
};
const typeOf = new Map(Object.entries(TYPES).flatMap(([type, words]) => words.map((word) => [word, type] as const)));

interface Port {
  /** Empty: only numbers were written. */
  readonly type: string;
  /** `0/0/5`, `1`, `0/0/5.100`; empty where there is no number. */
  readonly numbers: string;
}

function read(written: string): Port {
  const text = written
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_]+/g, '');
  const parts = /^(.*?)[-:#]?((?:\d+[/\-:])*\d+(?:\.\d+)?)(?:号?端?口)?$/.exec(text);
  if (!parts) return { type: text, numbers: '' };
  const [, before = '', digits = ''] = parts;
  const numbers = digits.replace(/[-:]/g, '/').replace(/\d+/g, (each) => String(Number(each)));
  // `25GE1/0/1`: the speed belongs to the type
  const speed = /^(\d+ge)(.+)$/.exec(text);
  if (speed && typeOf.has(speed[1] ?? '')) return { type: speed[1] ?? '', numbers: (speed[2] ?? '').replace(/^-/, '') };
  const word = before.replace(/-/g, '');
  return { type: typeOf.get(word) ?? word, numbers };
}

/** The same text for every way of writing one port of a device. */
export function portKey(written: string): string {
  const { type, numbers } = read(written);
  return `${type}${numbers}`;
}

/** `XGE1/0/49` for `Ten-GigabitEthernet1/0/49`: as short as Huawei and H3C write it, for drawings; what has no short form stays. */
export function shortPort(written: string): string {
  const key = portKey(written);
  return /^(?:\d*ge|fe|eth|xge)\d/.test(key) ? key.toUpperCase() : written;
}

/** IANAifType-MIB: ieee8023adLag. */
const LAG = 161;
/** Several cables as one. Huawei and H3C give theirs the type propVirtual, so the name counts too. */
export const isLag = ({ type, name }: { readonly type: number | null; readonly name: string }): boolean =>
  type === LAG || read(name).type === 'lag';

/** Whether the chassis numbers before the last are those of a switch that stands alone: `0/0/5`, `1/0/5`, `0/5`. */
const standsAlone = (numbers: string): boolean =>
  numbers
    .split('/')
    .slice(0, -1)
    .every((each) => Number(each) <= 1);

/**
 * Whether two names mean one port. Where one side wrote numbers only, the type is not held against it; a bare `5` means the fifth port
 * of a switch that stands alone, and of no other member of a stack.
 */
export function samePort(one: string, other: string): boolean {
  const [a, b] = [read(one), read(other)];
  if (a.type === b.type && a.numbers === b.numbers) return true;
  if ((a.type !== '' && b.type !== '') || a.numbers === '' || b.numbers === '') return false;
  const [bare, full] = a.type === '' ? [a, b] : [b, a];
  if (full.type === 'lag' || full.type === 'vlan') return false;
  if (a.numbers === b.numbers) return true;
  return !bare.numbers.includes('/') && full.numbers.split('/').at(-1) === bare.numbers && standsAlone(full.numbers);
}
