/** MAC addresses: one stored form (12 upper-case hex digits), every written style accepted, one style shown. */
import { z } from 'zod';

const SEPARATED = /^(?:[0-9a-f]{1,2}([:\- ])(?:[0-9a-f]{1,2}\1){4}[0-9a-f]{1,2})$/i;
const QUADS = /^[0-9a-f]{4}([.\-:])[0-9a-f]{4}\1[0-9a-f]{4}$/i;
const PLAIN = /^[0-9a-f]{12}$/i;

/** Full-width digits, letters, colons and hyphens of a Chinese input method become their plain forms. */
const narrow = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[‐-―－]/g, '-')
    .replace(/[：﹕]/g, ':');

/**
 * Reads `AA-BB-CC-DD-EE-FF`, `aa:bb:…` (single digits padded, as macOS prints them), `aabb-ccdd-eeff` (Huawei, H3C),
 * `aabb.ccdd.eeff` (Cisco, Ruijie) or `aabbccddeeff`. Returns 12 upper-case hex digits, or null when it is none of these.
 */
export function parseMac(written: string): string | null {
  const text = narrow(written).trim();
  if (PLAIN.test(text)) return text.toUpperCase();
  if (QUADS.test(text)) return text.replace(/[^0-9a-f]/gi, '').toUpperCase();
  if (SEPARATED.test(text))
    return text
      .split(/[:\- ]/)
      .map((part) => part.padStart(2, '0'))
      .join('')
      .toUpperCase();
  return null;
}

/** The one style of Lanbook's screens and papers: `AA-BB-CC-DD-EE-FF`, as Chinese Windows prints it. */
export const showMac = (hex: string): string => (hex.match(/../g) ?? []).join('-');

/** Whether an address can belong to one network card: not zero, not broadcast, not multicast (IEEE 802 I/G bit). */
export const isUnicastMac = (hex: string): boolean =>
  PLAIN.test(hex) && hex !== '000000000000' && (Number.parseInt(hex.slice(0, 2), 16) & 1) === 0;

/** Phones and recent Windows make up addresses per network: the U/L bit (IEEE 802) is set. A hint, never a verdict. */
export const isRandomMac = (hex: string): boolean => (Number.parseInt(hex.slice(0, 2), 16) & 2) !== 0;

export const macHex = z.string().transform((written, context) => {
  const hex = parseMac(written);
  if (hex !== null && isUnicastMac(hex)) return hex;
  context.addIssue({ code: 'custom', message: 'mac' });
  return z.NEVER;
});
