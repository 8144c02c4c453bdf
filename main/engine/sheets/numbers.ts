/** Numbers and dates of a spreadsheet as the text a person sees, from serials and calendar fields only: no time zone. */

/**
 * Built-in format ids that are dates (ECMA-376 part 1, 18.8.30), with the ones of Chinese Excel (27-36, 50-58) that files
 * carry without their format code.
 */
// prettier-ignore
const BUILT_IN: Readonly<Record<number, FormatKind>> = {
  18: 'time', 19: 'time', 20: 'time', 21: 'time', 22: 'moment', 45: 'time', 46: 'time', 47: 'time',
  32: 'time', 33: 'time', 34: 'time', 35: 'time', 55: 'time', 56: 'time',
  11: 'science', 48: 'science', 49: 'text', 1: 'plain', 2: 'plain', 3: 'plain', 4: 'plain', 9: 'percent', 10: 'percent',
};
const BUILT_IN_DAYS = new Set([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

export type FormatKind = 'general' | 'plain' | 'zeros' | 'percent' | 'science' | 'day' | 'moment' | 'time' | 'text';
export interface NumberFormat {
  readonly kind: FormatKind;
  /** For `zeros` (`000000`): how many digits are shown at least. */
  readonly digits: number;
}

export function formatOf(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) {
    const kind = BUILT_IN_DAYS.has(id) ? 'day' : (BUILT_IN[id] ?? 'general');
    return { kind, digits: 0 };
  }
  // Quoted text, escapes, fill characters, colours and locales are no part of the kind; [h] and [mm] are
  const bare = code
    .split(';', 1)[0]!
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, '');
  const zeros = /^0{2,}$/.exec(bare);
  if (zeros) return { kind: 'zeros', digits: zeros[0].length };
  return { kind: kindOf(bare), digits: 0 };
}

function kindOf(bare: string): FormatKind {
  if (bare === '@') return 'text';
  if (/general|常规|G\/通用格式/i.test(bare) || bare === '') return 'general';
  if (/e[+-]/i.test(bare)) return 'science';
  if (/[yd年日]|m{3,}/i.test(bare)) return /[hs]/i.test(bare) ? 'moment' : 'day';
  if (/[hs]/i.test(bare)) return 'time';
  if (/m/i.test(bare)) return 'day';
  return bare.includes('%') ? 'percent' : 'plain';
}

const DAY_MS = 86_400_000;
/** Day 0 of Excel's 1900 calendar, counted so that serials from 61 on are right (Excel believes in 29 Feb 1900). */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
/** Days between Excel's two calendars (1904 is the old Macintosh one). */
const DAYS_1904 = 1462;
/** Serial of 9999-12-31, the last date Excel knows. */
const LAST_SERIAL = 2_958_465;

/** The text of a date serial, or null when it is outside the calendar. */
export function serialText(serial: number, kind: 'day' | 'moment' | 'time', date1904: boolean): string | null {
  const days = date1904 ? serial + DAYS_1904 : serial;
  if (!(days >= 0 && days < LAST_SERIAL + 1)) return null;
  const seconds = Math.round((days % 1) * 86_400);
  const whole = Math.floor(days) + (!date1904 && days >= 1 && days < 60 ? 1 : 0);
  const iso = new Date(EPOCH_1900 + whole * DAY_MS + seconds * 1000).toISOString();
  const time = seconds % 60 === 0 ? iso.slice(11, 16) : iso.slice(11, 19);
  if (kind === 'time' && days < 1) return time;
  return seconds === 0 ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${time}`;
}

/** Excel serial of 'YYYY-MM-DD', or null when it is no date Excel can hold. */
export function daySerial(day: string): number | null {
  const fields = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
  if (!fields) return null;
  const ms = Date.UTC(Number(fields[1]), Number(fields[2]) - 1, Number(fields[3]));
  const serial = (ms - EPOCH_1900) / DAY_MS;
  return new Date(ms).toISOString().startsWith(day) && serial >= 61 ? serial : null;
}

/** Excel's General format turns to scientific notation from 12 digits on (1E+11). */
const SCIENTIFIC_FROM = 1e11;
/** A double holds every integer exactly only up to 15 decimal digits; Excel cuts the rest to zeros. */
const EXACT_BELOW = 1e15;

/** A number as shown, with its letter of RawRow.type. */
export function numberText(raw: string, format: NumberFormat): { text: string; type: 'n' | 'e' } | null {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return null;
  const size = Math.abs(value);
  const hidden =
    size >= EXACT_BELOW ||
    (size >= SCIENTIFIC_FROM && format.kind === 'general') ||
    (format.kind === 'science' && size >= 1e5);
  if (format.kind === 'percent') return { text: `${tidy(value * 100)}%`, type: 'n' };
  const text = tidy(value);
  return {
    text: format.kind === 'zeros' && Number.isInteger(value) ? text.padStart(format.digits, '0') : text,
    type: hidden ? 'e' : 'n',
  };
}

/** Fifteen significant digits, as Excel shows (0.30000000000000004 is 0.3); large integers in full digits. */
function tidy(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString();
  return String(Number(value.toPrecision(15)));
}
