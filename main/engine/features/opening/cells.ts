/** Cells of a batch read by themselves: what they hold, or why not. */
import type { OpenField, OpenRow, OpenVerdict } from '../../../../shared/features/opening.ts';
import { narrowKey } from '../../../../shared/features/transfer/cells.ts';
import { parseIp, showIp } from '../../../../shared/ip.ts';
import { isUnicastMac, parseMac } from '../../../../shared/mac.ts';
import { refuse, type Refusal, type RefusalCode, type RefusalParams } from '../../../../shared/refusal.ts';

/** Stops a row at one of its cells. */
export class Stop extends Error {
  readonly field: OpenField | null;
  readonly refusal: Refusal;
  readonly persons: OpenVerdict['persons'];
  constructor(
    field: OpenField | null,
    code: RefusalCode,
    params: RefusalParams = {},
    persons: OpenVerdict['persons'] = [],
  ) {
    super(code);
    this.field = field;
    this.refusal = refuse(code, params);
    this.persons = persons;
  }
}

export function readMac(written: string): string {
  if (written.trim() === '') throw new Stop('mac', 'mac_needed');
  const hex = parseMac(written);
  if (hex === null) throw new Stop('mac', 'open_mac_bad', { text: written });
  if (/^0+$/.test(hex)) throw new Stop('mac', 'open_mac_zero');
  if (/^F+$/.test(hex)) throw new Stop('mac', 'open_mac_broadcast');
  if (!isUnicastMac(hex)) throw new Stop('mac', 'open_mac_group', { text: written });
  return hex;
}

/** Null: the next one in order is given out. */
export function readIp(written: string): string | null {
  const text = narrowKey(written);
  if (text === '') return null;
  const address = parseIp(text);
  if (address === null) throw new Stop('ip', 'open_ip_bad', { text: written });
  return showIp(address);
}

/** A cell as it is stored; nothing for a blank. */
export const said = (text: string): string | null => narrowKey(text) || null;
/** Two rows of one name and department are one new person. */
export const newKey = (row: OpenRow): string => `${narrowKey(row.name)}\u0000${narrowKey(row.department)}`;
