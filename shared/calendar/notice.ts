/**
 * Reads the yearly notice on public holidays: the text of the State Council's notice as it is published, or a JSON file in the
 * three shapes in use (ours, holiday-cn's `{ year, days: [{ name, date, isOffDay }] }`, chinese-days' `{ holidays, workdays }`).
 * Refuses rather than guesses: a weekday or a count of days that does not fit means a wrong year or a misread line.
 */
import { z } from 'zod';
import { daysFromTo, yearOf, type DayKind } from '../calendar.ts';
import { isDay, weekday } from '../day.ts';
import { refuse } from '../refusal.ts';

export interface NoticeDay {
  readonly day: string;
  readonly kind: DayKind;
  readonly name: string;
}
export interface Notice {
  readonly year: number;
  readonly days: readonly NoticeDay[];
}

/** Throws a refusal that says what does not fit. `year` is used where the text names none. */
export function readNotice(written: string, year: number | null = null): Notice {
  const text = written.normalize('NFKC').trim();
  const days = text.startsWith('{') || text.startsWith('[') ? fromJson(text) : fromText(text, year);
  const unique = [...new Map(days.map((each) => [each.day, each])).values()].toSorted((a, b) =>
    a.day.localeCompare(b.day),
  );
  const years = new Set(unique.map(({ day }) => yearOf(day)));
  const [first] = years;
  if (first === undefined || !unique.some(({ kind }) => kind === 'off')) throw refuse('notice_unreadable');
  if (years.size > 1) throw refuse('notice_two_years', { years: [...years].join('、') });
  return { year: first, days: unique };
}

const dated = z.string().refine(isDay);
const ours = z.array(z.object({ day: dated, kind: z.enum(['off', 'work']), name: z.string().max(40).default('') }));
const holidayCn = z.object({
  days: z.array(z.object({ name: z.string().max(40), date: dated, isOffDay: z.boolean() })),
});
/** `"2026-01-01": "New Year's Day,元旦,1"` */
const chineseDays = z.object({
  holidays: z.record(dated, z.string()),
  workdays: z.record(dated, z.string()).default({}),
});

function fromJson(text: string): NoticeDay[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('notice_unreadable');
  }
  const own = ours.or(z.object({ days: ours }).transform(({ days }) => days)).safeParse(value);
  if (own.success) return own.data;
  const cn = holidayCn.safeParse(value);
  if (cn.success)
    return cn.data.days.map(({ date, name, isOffDay }) => ({ day: date, kind: isOffDay ? 'off' : 'work', name }));
  const cd = chineseDays.safeParse(value);
  if (!cd.success) throw refuse('notice_unreadable');
  const named = (kind: DayKind, entries: Record<string, string>): NoticeDay[] =>
    Object.entries(entries).map(([day, label]) => ({ day, kind, name: label.split(',')[1] ?? label }));
  return [...named('off', cd.data.holidays), ...named('work', cd.data.workdays)];
}

const WEEKDAYS = '一二三四五六日';
/** `2月15日(农历腊月二十八、周日)至23日(农历正月初七、周一)`; the month of the end is left out when it is the same. */
const SPAN =
  /(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(\([^)]*\))?(?:\s*(?:至|到|-|~|—|–)\s*(?:(\d{1,2})月)?(\d{1,2})日(\([^)]*\))?)?/g;
const VERB = /放假|调休|补休|休息|上班/g;

function fromText(text: string, given: number | null): NoticeDay[] {
  const year = Number(/(\d{4})年/.exec(text)?.[1] ?? given ?? Number.NaN);
  if (Number.isNaN(year)) throw refuse('notice_year');
  const days: NoticeDay[] = [];
  let name = '';
  for (const line of text.split(/[。;\n]/)) {
    name = /^\s*[一二三四五六七八九十]*[、.]?\s*([^:,\d]{2,20}):/.exec(line)?.[1]?.trim() ?? name;
    for (const clause of clausesOf(line))
      days.push(...clause.spans.flatMap((span) => daysOf(span, year, clause.kind, name)));
  }
  return days;
}

/** The dates of a line with the verb that follows them: `1月1日至3日放假`, `1月4日上班`. Dates without a verb say nothing. */
function clausesOf(line: string): { spans: RegExpMatchArray[]; kind: DayKind }[] {
  const spans = [...line.matchAll(SPAN)];
  const verbs = [...line.matchAll(VERB)];
  const clauses = verbs.map((verb, i) => ({
    spans: spans.filter(({ index }) => index < verb.index && index >= (verbs[i - 1]?.index ?? 0)),
    kind: verb[0] === '上班' ? ('work' as const) : ('off' as const),
  }));
  const count = /共\s*(\d+)\s*天/.exec(line)?.[1];
  const off = clauses.find(({ kind, spans: own }) => kind === 'off' && own.length > 0);
  if (count !== undefined && off) checkCount(Number(count), off.spans);
  return clauses.filter(({ spans: own }) => own.length > 0);
}

const two = (n: string | undefined): string => (n ?? '').padStart(2, '0');
const endsOf = (span: RegExpMatchArray, year: number): readonly [string, string] => {
  const [, own, month, first, , lastMonth, last] = span;
  const start = `${own ?? year}-${two(month)}-${two(first)}`;
  return [start, last === undefined ? start : `${own ?? year}-${two(lastMonth ?? month)}-${two(last)}`];
};

function daysOf(span: RegExpMatchArray, year: number, kind: DayKind, name: string): NoticeDay[] {
  const [first, last] = endsOf(span, year);
  if (!isDay(first) || !isDay(last) || last < first) throw refuse('notice_day', { text: span[0] });
  checkWeekday(first, span[4]);
  checkWeekday(last, span[7]);
  return daysFromTo(first, last).map((day) => ({ day, kind, name }));
}

function checkWeekday(day: string, bracket: string | undefined): void {
  const said = /(?:周|星期)([一二三四五六日天])/.exec(bracket ?? '')?.[1]?.replace('天', '日');
  const is = WEEKDAYS[weekday(day) - 1] ?? '';
  if (said !== undefined && said !== is) throw refuse('notice_weekday', { day, said: `周${said}`, is: `周${is}` });
}

function checkCount(count: number, spans: readonly RegExpMatchArray[]): void {
  const counted = spans.reduce((sum, span) => {
    // Any year that is not a leap year serves: no notice spans the end of February.
    const [first, last] = endsOf(span, 2026);
    return sum + daysFromTo(first, last).length;
  }, 0);
  if (counted !== count)
    throw refuse('notice_count', { text: spans.map(([text]) => text).join('、'), said: count, is: counted });
}
