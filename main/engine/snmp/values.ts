/** What devices send as values, in our terms; everything a device may get wrong gives null. */
import { untrusted } from '../wire/untrusted-bytes.ts';
import type { Value } from './walk.ts';

type Given = Value | null | undefined;

export const numberOf = (value: Given): number | null => (typeof value === 'number' ? value : null);
/**
 * Text in UTF-8 or GBK, through the gate of untrusted text; null when nothing is left of it. Where the bytes could be either, Chinese:
 * 一楼 in GBK reads as `һ¥` in UTF-8, and on the switches of this country the first is what somebody wrote.
 */
export const textOf = (value: Given): string | null =>
  value instanceof Uint8Array ? untrusted(value, 'gb18030').trim() || null : null;
export const oidOf = (value: Given): string | null => (typeof value === 'string' ? value : null);

const hex = (bytes: ArrayLike<number>): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
const NO_MAC = '000000000000';
/** 12 upper-case hex digits; null for what is no MAC of a card (wrong length, all zero). */
export function macOf(bytes: Given | readonly number[]): string | null {
  if (bytes === null || bytes === undefined || typeof bytes === 'string' || typeof bytes === 'number') return null;
  if (bytes.length !== 6) return null;
  const mac = hex(bytes);
  return mac === NO_MAC ? null : mac;
}
/** `0.28.115.195.11.65` of an index, or with its length before it as some agents write. */
export function macOfIndex(parts: readonly number[]): string | null {
  const six = parts.length === 7 && parts[0] === 6 ? parts.slice(1) : parts;
  return six.every((part) => part <= 255) ? macOf(six) : null;
}
export function ipOf(parts: ArrayLike<number>): string | null {
  const four = Array.from(parts);
  return four.length === 4 && four.every((part) => part <= 255) ? four.join('.') : null;
}
export const numbersOf = (index: string): number[] => index.split('.').map(Number);
