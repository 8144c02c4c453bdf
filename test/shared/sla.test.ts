import fc from 'fast-check';
import { calendarOf } from '../../shared/calendar.ts';
import { workingBetween } from '../../shared/calendar/hours.ts';
import { addDays, momentOf, showMoment } from '../../shared/day.ts';
import { countdown, replay, standardPolicy, type ClockEvent } from '../../shared/sla.ts';

const calendar = calendarOf();
const at = (written: string): number => Date.parse(`${written}:00+08:00`);
const reported = { reported_at: at('2026-09-29T16:20'), priority: 'normal' };
const due = (events: ClockEvent[], start = reported): string =>
  showMoment(replay(standardPolicy, calendar, start, events).due_at);

test('due is the close of the 2nd working day; after hours and days off count as their own day', () => {
  expect(due([])).toBe('2026-10-08 17:30');
  expect(due([], { ...reported, reported_at: at('2026-10-08T23:50') })).toBe('2026-10-10 17:30');
  expect(due([], { ...reported, reported_at: at('2026-10-03T09:00') })).toBe('2026-10-09 17:30');
});

test('a pause moves due by the working time it took, and by nothing over a night', () => {
  expect(
    due([
      { kind: 'pause', at: at('2026-09-30T09:00') },
      { kind: 'resume', at: at('2026-09-30T11:00') },
    ]),
  ).toBe('2026-10-09 10:00');
  expect(
    due([
      { kind: 'pause', at: at('2026-09-30T17:30') },
      { kind: 'resume', at: at('2026-10-08T08:00') },
    ]),
  ).toBe('2026-10-08 17:30');
});

test('finishing stops the clock, reopening starts it again with what was left', () => {
  const finished = [{ kind: 'finish', at: at('2026-10-08T16:30') }];
  expect(replay(standardPolicy, calendar, reported, finished).stopped_at).toBe(at('2026-10-08T16:30'));
  expect(
    due([...finished, { kind: 'close', at: at('2026-10-09T09:00') }, { kind: 'reopen', at: at('2026-10-12T08:00') }]),
  ).toBe('2026-10-12 09:00');
});

test('late stays late: a pause after due moves nothing', () => {
  expect(
    due([
      { kind: 'pause', at: at('2026-10-09T09:00') },
      { kind: 'resume', at: at('2026-10-12T09:00') },
    ]),
  ).toBe('2026-10-08 17:30');
});

test('an urgent report on a day off runs by natural hours, and pauses by them', () => {
  const urgent = { reported_at: at('2026-10-03T09:00'), priority: 'urgent' };
  expect(due([], urgent)).toBe('2026-10-05 09:00');
  expect(
    due(
      [
        { kind: 'pause', at: at('2026-10-03T10:00') },
        { kind: 'resume', at: at('2026-10-04T01:00') },
      ],
      urgent,
    ),
  ).toBe('2026-10-06 00:00');
  expect(due([], { ...urgent, reported_at: at('2026-09-29T16:20') })).toBe('2026-10-08 17:30');
  const plain = replay({ ...standardPolicy, urgentHours: null }, calendar, urgent, []);
  expect(showMoment(plain.due_at)).toBe('2026-10-09 17:30');
});

test('a card is fine, soon on its last day, late after it, paused while it waits', () => {
  const clock = replay(standardPolicy, calendar, reported, []);
  const stand = (now: string): string => countdown(calendar, clock, 'working', at(now)).urgency;
  expect(stand('2026-09-30T09:00')).toBe('fine');
  expect(stand('2026-10-08T08:00')).toBe('soon');
  expect(stand('2026-10-08T17:31')).toBe('late');
  expect(countdown(calendar, clock, 'working', at('2026-10-09T10:00')).left).toBe(-2 * 3_600_000);
  const paused = replay(standardPolicy, calendar, reported, [{ kind: 'pause', at: at('2026-10-08T15:30') }]);
  expect(countdown(calendar, paused, 'paused', at('2026-10-20T09:00'))).toMatchObject({
    urgency: 'paused',
    left: 2 * 3_600_000,
  });
  const done = replay(standardPolicy, calendar, reported, [{ kind: 'finish', at: at('2026-10-09T09:00') }]);
  expect(countdown(calendar, done, 'closed', at('2026-10-20T09:00')).urgency).toBe('missed');
});

test('a deadline over the turn of a year without a notice says so', () => {
  const clock = replay(standardPolicy, calendar, { ...reported, reported_at: at('2026-12-31T10:00') }, []);
  expect(countdown(calendar, clock, 'open', at('2026-12-31T11:00')).estimated).toEqual([2027]);
});

const moment = fc.integer({ min: 0, max: 60 * 24 * 60 }).map((minutes) => momentOf('2026-02-01', minutes));

test('property: what is left when a pause begins is left when it ends', () => {
  fc.assert(
    fc.property(moment, moment, moment, (a, b, c) => {
      const [start = 0, from = 0, to = 0] = [a, b, c].toSorted((x, y) => x - y);
      const first = replay(standardPolicy, calendar, { reported_at: start, priority: 'normal' }, []);
      const events = [
        { kind: 'pause', at: from },
        { kind: 'resume', at: to },
      ];
      const then = replay(standardPolicy, calendar, { reported_at: start, priority: 'normal' }, events);
      if (from >= first.due_at) expect(then.due_at).toBe(first.due_at);
      else expect(workingBetween(calendar, to, then.due_at)).toBe(workingBetween(calendar, from, first.due_at));
    }),
  );
});

test('property: the order in which events arrived does not matter, and due never moves back', () => {
  const kinds = fc.constantFrom('pause', 'resume', 'finish', 'reopen', 'note', 'work', 'close');
  const log = fc.uniqueArray(fc.tuple(kinds, fc.integer({ min: 1, max: 40_000 })), {
    selector: ([, minute]) => minute,
    maxLength: 12,
  });
  fc.assert(
    fc.property(log, fc.infiniteStream(fc.nat()), (entries, keys) => {
      const start = { reported_at: momentOf('2026-09-20', 600), priority: 'normal' };
      const events = entries.map(([kind, minute]) => ({ kind, at: start.reported_at + minute * 60_000 }));
      const shuffled = events
        .map((event) => ({ event, key: keys.next().value ?? 0 }))
        .toSorted((x, y) => x.key - y.key)
        .map(({ event }) => event);
      const clock = replay(standardPolicy, calendar, start, events);
      expect(replay(standardPolicy, calendar, start, shuffled)).toEqual(clock);
      expect(clock.due_at).toBeGreaterThanOrEqual(replay(standardPolicy, calendar, start, []).due_at);
      expect(clock.due_on >= addDays('2026-09-20', 1)).toBe(true);
    }),
  );
});
