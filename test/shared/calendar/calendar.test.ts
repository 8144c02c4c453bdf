import chineseDays from 'chinese-days';
import fc from 'fast-check';
import {
  addWorkdays,
  calendarOf,
  countWorkdays,
  daysFromTo,
  estimatedYears,
  isWorkday,
  type MarkedDay,
} from '../../../shared/calendar.ts';
import { addWorking, closeOf, workingBetween } from '../../../shared/calendar/hours.ts';
import {
  handoverClock,
  handoverDueDay,
  handoverReminders,
  registerClock,
  registerDueDay,
  repairDueDay,
  reportDueDay,
} from '../../../shared/calendar/deadlines.ts';
import { addDays, dayOf, momentOf } from '../../../shared/day.ts';

const calendar = calendarOf();
const at = (written: string): number => Date.parse(`${written}:00+08:00`);

test.each([2025, 2026])('every day of %i is as chinese-days says, 248 of them worked', (year) => {
  const days = daysFromTo(`${year}-01-01`, `${year}-12-31`);
  expect(days).toHaveLength(365);
  const wrong = days.filter((day) => isWorkday(calendar, day) !== chineseDays.isWorkday(day));
  expect(wrong).toEqual([]);
  expect(countWorkdays(calendar, `${year}-01-01`, `${year}-12-31`)).toBe(248);
});

// domain.md §5.3, report -> due.
test.each([
  ['2026-02-13', '2026-02-24'],
  ['2026-04-02', '2026-04-07'],
  ['2026-04-30', '2026-05-07'],
  ['2026-05-07', '2026-05-09'],
  ['2026-05-09', '2026-05-12'],
  ['2026-05-10', '2026-05-12'],
  ['2026-06-18', '2026-06-23'],
  ['2026-09-07', '2026-09-09'],
  ['2026-09-18', '2026-09-21'],
  ['2026-09-23', '2026-09-28'],
  ['2026-09-29', '2026-10-08'],
  ['2026-09-30', '2026-10-09'],
  ['2026-10-03', '2026-10-09'],
  ['2026-10-08', '2026-10-10'],
])('reported %s is due %s', (reported, due) => {
  expect(repairDueDay(calendar, reported)).toBe(due);
});

// domain.md §5.4: month handed in, brought forward / moved on.
test.each([
  ['2026-04', '2026-04-03', '2026-04-07'],
  ['2026-05', '2026-04-30', '2026-05-06'],
  ['2026-07', '2026-07-03', '2026-07-06'],
  ['2026-09', '2026-09-04', '2026-09-07'],
  ['2026-10', '2026-09-30', '2026-10-08'],
  ['2026-12', '2026-12-04', '2026-12-07'],
  ['2026-03', '2026-03-05', '2026-03-05'],
])('the report in %s is due %s, or %s', (month, earlier, later) => {
  expect(reportDueDay(calendar, month)).toBe(earlier);
  expect(reportDueDay(calendar, month, 'later')).toBe(later);
});

test('a register change is amber on day 2 and red after day 3', () => {
  expect(registerDueDay('2026-09-29')).toBe('2026-10-02');
  expect(
    ['2026-09-29', '2026-09-30', '2026-10-01', '2026-10-02', '2026-10-03'].map((day) =>
      registerClock('2026-09-29', day),
    ),
  ).toEqual(['fresh', 'fresh', 'soon', 'soon', 'late']);
});

test('a handover has 7 days, and a last day on a holiday moves on', () => {
  expect(handoverDueDay(calendar, '2026-09-24')).toBe('2026-10-08');
  expect(handoverDueDay(calendar, '2026-09-10')).toBe('2026-09-17');
  expect(handoverReminders('2026-09-24')).toEqual(['2026-09-27', '2026-09-30']);
});

test.each([
  // start, today, day, days late, reminder
  ['2026-09-24', '2026-09-24', 0, 0, 'none'],
  ['2026-09-24', '2026-09-26', 2, 0, 'none'],
  ['2026-09-24', '2026-09-27', 3, 0, 'first'],
  ['2026-09-24', '2026-09-29', 5, 0, 'first'],
  ['2026-09-24', '2026-09-30', 6, 0, 'second'],
  ['2026-09-24', '2026-10-01', 7, 0, 'second'],
  ['2026-09-24', '2026-10-08', 14, 0, 'second'],
  ['2026-09-24', '2026-10-09', 15, 1, 'late'],
  ['2026-09-10', '2026-09-17', 7, 0, 'second'],
  ['2026-09-10', '2026-09-18', 8, 1, 'late'],
  ['2026-09-10', '2026-09-29', 19, 12, 'late'],
  ['2026-10-02', '2026-09-29', -3, 0, 'none'],
] as const)('a handover of %s is on %s at day %i, %i late: %s', (start, today, day, late, remind) => {
  expect(handoverClock(start, handoverDueDay(calendar, start), today)).toEqual({ day, late, remind });
});

test.each([
  ['2026-09-18', '2026-09-28'],
  ['2026-09-19', '2026-09-28'],
  ['2026-09-13', '2026-09-20'],
  ['2026-04-27', '2026-05-06'],
  ['2026-05-02', '2026-05-09'],
  ['2026-02-10', '2026-02-24'],
  ['2026-12-25', '2027-01-01'],
])('a handover of %s ends on %s: never on a day off, but on a make-up Saturday or Sunday', (start, due) => {
  expect(handoverDueDay(calendar, start)).toBe(due);
});

test('a year without a notice is reported, and known once the unit imported one', () => {
  expect(estimatedYears(calendar, '2026-12-31', '2027-01-05')).toEqual([2027]);
  expect(estimatedYears(calendar, '2025-12-31', '2026-01-05')).toEqual([]);
  const own: MarkedDay = { day: '2027-05-04', kind: 'off', name: '校庆', source: 'unit' };
  expect(estimatedYears(calendarOf([own]), '2027-05-01', '2027-05-05')).toEqual([2027]);
  const noticed = calendarOf([own, { day: '2027-01-01', kind: 'off', name: '元旦', source: 'notice' }]);
  expect(estimatedYears(noticed, '2027-01-01', '2027-05-05')).toEqual([]);
  expect(isWorkday(noticed, '2027-05-04')).toBe(false);
});

test('an imported notice replaces the shipped year; the unit wins over both', () => {
  const again = calendarOf([
    { day: '2026-10-01', kind: 'off', name: '国庆节', source: 'notice' },
    { day: '2026-10-01', kind: 'work', name: '值班', source: 'unit' },
  ]);
  expect(isWorkday(again, '2026-10-01')).toBe(true);
  expect(isWorkday(again, '2026-10-02')).toBe(true);
  expect(isWorkday(again, '2025-10-02')).toBe(false);
});

test('working hours: nights, lunch and holidays do not count', () => {
  expect(workingBetween(calendar, at('2026-09-29T11:00'), at('2026-09-29T14:00'))).toBe(1.5 * 3_600_000);
  expect(workingBetween(calendar, at('2026-09-30T17:00'), at('2026-10-08T08:30'))).toBe(3_600_000);
  expect(workingBetween(calendar, at('2026-10-08T08:30'), at('2026-09-30T17:00'))).toBe(-3_600_000);
  expect(addWorking(calendar, at('2026-09-30T17:30'), 3_600_000)).toBe(at('2026-10-08T09:00'));
  expect(addWorking(calendar, at('2026-09-29T11:00'), 3_600_000)).toBe(at('2026-09-29T12:00'));
});

const someDay = fc.integer({ min: 0, max: 729 }).map((n) => addDays('2025-01-01', n));
const someMoment = fc.tuple(someDay, fc.integer({ min: 0, max: 1439 })).map(([day, minute]) => momentOf(day, minute));

test('property: a due day is worked, after its start, with exactly n working days on the way', () => {
  fc.assert(
    fc.property(someDay, fc.integer({ min: 1, max: 15 }), (day, n) => {
      const due = addWorkdays(calendar, day, n);
      expect(due > day && isWorkday(calendar, due)).toBe(true);
      expect(countWorkdays(calendar, addDays(day, 1), due)).toBe(n);
    }),
  );
});

test('property: a later report is never due earlier', () => {
  fc.assert(
    fc.property(someDay, fc.integer({ min: 0, max: 30 }), (day, later) => {
      expect(repairDueDay(calendar, addDays(day, later)) >= repairDueDay(calendar, day)).toBe(true);
    }),
  );
});

test('property: adding working time and measuring it are inverse, and measuring adds up', () => {
  fc.assert(
    fc.property(someMoment, fc.integer({ min: 0, max: 60 * 80 }), someMoment, (start, minutes, other) => {
      const end = addWorking(calendar, start, minutes * 60_000);
      expect(workingBetween(calendar, start, end)).toBe(minutes * 60_000);
      const [a = 0, b = 0, c = 0] = [start, end, other].toSorted((x, y) => x - y);
      expect(workingBetween(calendar, a, b) + workingBetween(calendar, b, c)).toBe(workingBetween(calendar, a, c));
    }),
  );
});

test('property: no two working days in a row are more than ten days apart, and close is the end of one', () => {
  fc.assert(
    fc.property(someDay, (day) => {
      const next = addWorkdays(calendar, day, 1);
      expect(next <= addDays(day, 10)).toBe(true);
      expect(dayOf(addWorking(calendar, closeOf(next), 1))).not.toBe(next);
    }),
  );
});
