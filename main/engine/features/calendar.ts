/** The working calendar: importing the yearly notice, the unit's own days, and the deadlines that move with them. */
import {
  calendarOf,
  countWorkdays,
  daysFromTo,
  yearOf,
  type DayKind,
  type MarkedDay,
} from '../../../shared/calendar.ts';
import { readNotice } from '../../../shared/calendar/notice.ts';
import { daysBetween } from '../../../shared/day.ts';
import { calendarDays, type CalendarYear } from '../../../shared/features/calendar.ts';
import { refuse } from '../../../shared/refusal.ts';
import { markedDays } from '../calendar.ts';
import type { WriteDb } from '../door.ts';
import type { Engine } from '../engine.ts';
import { os } from '../rpc.ts';
import { moveDeadlines } from './tickets.ts';

/** A summer vacation fits; a mistyped year does not. */
const MOST_DAYS = 100;

type Entry = MarkedDay & { readonly id: string };
const entriesOf = (tx: WriteDb): Entry[] =>
  tx.all<Entry>('SELECT id, day, kind, name, source FROM calendar_days WHERE deleted_at IS NULL ORDER BY day, rowid');

/** Makes the stored entries those wanted: what is there already stays untouched. */
function settle(
  tx: WriteDb,
  present: readonly Entry[],
  wanted: readonly MarkedDay[],
): { added: number; removed: number } {
  const same = (a: MarkedDay, b: MarkedDay): boolean => a.day === b.day && a.kind === b.kind && a.name === b.name;
  const surplus = present.filter((entry, i) => {
    const twice = present.findIndex((other) => same(entry, other)) < i;
    return twice || !wanted.some((each) => same(entry, each));
  });
  const missing = wanted.filter((each) => !present.some((entry) => same(entry, each)));
  for (const { id } of surplus) tx.remove(calendarDays, id);
  for (const { day, kind, name, source } of missing) tx.insert(calendarDays, { day, kind, name, source });
  return { added: missing.length, removed: surplus.length };
}

function changeDays(
  engine: Engine,
  command: string,
  change: (tx: WriteDb) => { added: number; removed: number },
): { added: number; removed: number; moved: number; batch: string } {
  const { result, batch } = engine.commit(command, (tx) => {
    const counts = change(tx);
    return { ...counts, moved: moveDeadlines(tx) };
  });
  return { ...result, batch };
}

function setDays(
  engine: Engine,
  input: { from: string; to: string; kind: DayKind | 'plain'; name?: string | null | undefined },
): ReturnType<typeof changeDays> {
  const { from, to, kind } = input;
  if (to < from || daysBetween(from, to) >= MOST_DAYS) throw refuse('calendar_range', { max: MOST_DAYS });
  return changeDays(engine, 'calendar.setDays', (tx) => {
    const own = entriesOf(tx).filter(({ day, source }) => source === 'unit' && day >= from && day <= to);
    const wanted =
      kind === 'plain'
        ? []
        : daysFromTo(from, to).map((day): MarkedDay => ({ day, kind, name: input.name || null, source: 'unit' }));
    return settle(tx, own, wanted);
  });
}

function importNotice(
  engine: Engine,
  text: string,
  given: number | null,
): ReturnType<typeof changeDays> & { year: number } {
  const { year, days } = readNotice(text, given);
  const done = changeDays(engine, 'calendar.importNotice', (tx) => {
    const known = entriesOf(tx).filter(({ day, source }) => source === 'notice' && yearOf(day) === year);
    return settle(
      tx,
      known,
      days.map(({ day, kind, name }) => ({ day, kind, name: name || null, source: 'notice' })),
    );
  });
  return { ...done, year };
}

/** Every year with a notice, the current one and the next, whether their notice is known or not. */
function yearsOf(overlay: readonly MarkedDay[], today: string): CalendarYear[] {
  const calendar = calendarOf(overlay);
  const imported = new Set(overlay.filter(({ source }) => source === 'notice').map(({ day }) => yearOf(day)));
  const wanted = new Set([...calendar.known, yearOf(today), yearOf(today) + 1]);
  const marks = [...calendar.marks.values()];
  return [...wanted]
    .toSorted((a, b) => a - b)
    .map((year) => ({
      year,
      notice: imported.has(year) ? 'imported' : calendar.known.has(year) ? 'shipped' : 'none',
      off: marks.filter(({ day, kind }) => yearOf(day) === year && kind === 'off').length,
      work: marks.filter(({ day, kind }) => yearOf(day) === year && kind === 'work').length,
      workdays: countWorkdays(calendar, `${year}-01-01`, `${year}-12-31`),
    }));
}

export const calendarRouter = os.calendar.router({
  state: os.calendar.state.handler(({ context: { engine } }) => {
    const days = markedDays(engine.db);
    return { years: yearsOf(days, engine.today()), days, today: engine.today() };
  }),
  setDays: os.calendar.setDays.handler(({ input, context: { engine } }) => setDays(engine, input)),
  preview: os.calendar.preview.handler(({ input }) => {
    const { year, days } = readNotice(input.text, input.year ?? null);
    return { year, days: [...days] };
  }),
  importNotice: os.calendar.importNotice.handler(({ input, context: { engine } }) =>
    importNotice(engine, input.text, input.year ?? null),
  ),
});
