/** One cell to one value, or to the reason why not. Pure: references to other records are resolved by the engine. */
import { isDay } from '../../day.ts';
import { parseIp, showIp } from '../../ip.ts';
import { isUnicastMac, parseMac } from '../../mac.ts';
import type { Field } from '../../record.ts';
import type { IssueCode } from './issues.ts';

export interface CellIssue {
  readonly code: IssueCode;
  readonly params?: Readonly<Record<string, string | number>>;
}
export interface CellValue {
  readonly value: string | number | boolean | null;
  /** Set when there is no value (error), or a value with something to say (warning). */
  readonly issue?: CellIssue;
}
const wrong = (code: IssueCode, params?: CellIssue['params']): CellValue => ({
  value: null,
  issue: params ? { code, params } : { code },
});

/** Full-width digits, letters and spaces become plain; Chinese punctuation stays what it is. */
export const narrow = (text: string): string =>
  text
    .replace(/[０-９Ａ-Ｚａ-ｚ]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0\t]/g, ' ')
    .trim();
/** Identifiers: every full-width form becomes plain, inner blanks go at the ends only. */
export const narrowKey = (text: string): string => text.normalize('NFKC').trim();

const SCIENTIFIC = /^[-+]?\d(?:\.\d+)?[eE]\+?\d{1,3}$/;

/** The letter of a cell's type (main/engine/sheets/types.ts) without the formula mark. */
const kindOf = (type: string): string => type.toLowerCase();

export interface CellContext {
  readonly isKey: boolean;
  readonly dates: 'ask' | 'dmy' | 'mdy';
  /** Codes of a choice by every word for them. */
  readonly words: ReadonlyMap<string, string> | undefined;
  /** Labels of a choice, for the sentence. */
  readonly legal: string;
}

/** `type` is the cell's letter. Blank text is null without an issue. */
export function readCell(field: Field, text: string, type: string, context: CellContext): CellValue {
  if (text.trim() === '') return { value: null };
  if (kindOf(type) === 'x') return wrong('cell_error', { text });
  switch (field.kind) {
    case 'text':
    case 'note':
    case 'json':
      return readText(field.max ?? (field.kind === 'note' ? 2000 : 200), text, type, context);
    case 'choice': {
      const code = context.words?.get(plainWord(text));
      return code === undefined ? wrong('unknown_choice', { text, legal: context.legal }) : { value: code };
    }
    case 'day':
      return readDay(narrowKey(text), kindOf(type), context.dates);
    case 'int':
      return readNumber(text, 1, field.min, field.max);
    case 'money':
      return readNumber(text, 100, 0, undefined);
    case 'mac':
      return readMac(text, type);
    case 'ip': {
      const ip = parseIp(narrowKey(text));
      return ip === null ? wrong('bad_ip', { text }) : { value: showIp(ip) };
    }
    case 'flag':
      return { value: /^(是|有|√|yes|y|true|1)$/i.test(narrowKey(text)) };
    case 'instant':
    case 'ref':
      return wrong('refused', { text });
  }
}

export const plainWord = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s()（）/、\-_]/g, '')
    .toLowerCase();

function readText(max: number, text: string, type: string, context: CellContext): CellValue {
  if (context.isKey && (kindOf(type) === 'e' || SCIENTIFIC.test(narrowKey(text)))) return wrong('scientific', { text });
  const value = context.isKey ? narrowKey(text) : narrow(text);
  return value.length > max ? wrong('too_long', { max, length: value.length }) : { value };
}

function readMac(text: string, type: string): CellValue {
  if (kindOf(type) === 'e' || SCIENTIFIC.test(narrowKey(text))) return wrong('scientific', { text });
  const hex = parseMac(text);
  if (hex !== null && isUnicastMac(hex)) return { value: hex };
  // A MAC of digits only, stored as a number, has lost its zeros in front
  if (kindOf(type) === 'n' && /^\d{6,11}$/.test(text))
    return wrong('zeros_lost', { text, meant: text.padStart(12, '0') });
  return wrong('bad_mac', { text });
}

function readNumber(text: string, scale: number, min: number | undefined, max: number | undefined): CellValue {
  const plain = text
    .normalize('NFKC')
    .replace(/[,\s¥￥$]|人民币|RMB|CNY/gi, '')
    .replace(/(元|圆|台|套|个|只|件|部|块|年)整?$/, '');
  const value = /^[-+]?\d+(\.\d+)?$/.test(plain) ? Math.round(Number(plain) * scale * 1e6) / 1e6 : Number.NaN;
  const whole = Math.round(value);
  if (!Number.isSafeInteger(whole) || Math.abs(value - whole) > (scale === 1 ? 0 : 0.5))
    return wrong('bad_number', { text });
  if ((min !== undefined && whole < min) || (max !== undefined && whole > max)) return wrong('bad_number', { text });
  return { value: whole };
}

const pad = (n: string): string => n.padStart(2, '0');
const asDay = (year: string, month: string, day: string, text: string): CellValue => {
  const written = `${year}-${pad(month)}-${pad(day)}`;
  return isDay(written) && Number(year) >= 1970 && Number(year) <= 2199
    ? { value: written }
    : wrong('bad_day', { text });
};
/** Days between 1970-01-01 and the serial 0 of Excel's 1900 calendar. */
const EXCEL_EPOCH = 25_569;

/** Calendar fields only. `3/4/2026` is asked about; a month without a day becomes its first with a word. */
function readDay(text: string, kind: string, dates: CellContext['dates']): CellValue {
  const full =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?$/.exec(
      text,
    );
  if (full) return asDay(full[1]!, full[2]!, full[3]!, text);
  const packed = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (packed) return asDay(packed[1]!, packed[2]!, packed[3]!, text);
  const month = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$/.exec(text);
  if (month) {
    const first = asDay(month[1]!, month[2]!, '1', text);
    return first.issue ? first : { value: first.value, issue: { code: 'month_only', params: { text } } };
  }
  // A date cell that lost its format: the serial of 1982 to 2118
  if (kind === 'n' && /^[3-7]\d{4}$/.test(text))
    return { value: new Date((Number(text) - EXCEL_EPOCH) * 86_400_000).toISOString().slice(0, 10) };
  // The same number as text, as a CSV has it: taken for the serial of 1954 to 2064, and said so
  if (/^(?:[2-5]\d{4}|60000)$/.test(text)) {
    const day = new Date((Number(text) - EXCEL_EPOCH) * 86_400_000).toISOString().slice(0, 10);
    return { value: day, issue: { code: 'day_from_number', params: { text, day } } };
  }
  const western = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  if (!western) return wrong('bad_day', { text });
  const [, a, b, year] = western as unknown as [string, string, string, string];
  if (Number(a) > 12 || dates === 'dmy') return asDay(year, b, a, text);
  if (Number(b) > 12 || dates === 'mdy' || a === b) return asDay(year, a, b, text);
  return wrong('day_ambiguous', { text, one: `${year}-${pad(b)}-${pad(a)}`, other: `${year}-${pad(a)}-${pad(b)}` });
}
