import { forecastOf, heldByWeek } from '../../../../shared/features/ipam/trend.ts';
import { DAY_MS } from '../../../../shared/day.ts';

const now = Date.parse('2026-09-29T16:20+08:00');
const weeksAgo = (n: number): number => now - n * 7 * DAY_MS;

test('held at the end of each week: what was released before is not counted, what is released later is', () => {
  const lives = [
    { from: weeksAgo(3), to: null },
    { from: weeksAgo(3), to: weeksAgo(1) },
    { from: weeksAgo(0.5), to: null },
  ];
  expect(heldByWeek(lives, now, 4)).toEqual([0, 2, 2, 1, 2]);
});

test.each([
  [
    'one a week for a quarter, ten free',
    [...Array<number>(13).keys()].map((n) => 20 + n),
    10,
    { kind: 'in', weeks: 10, pace: 1 },
  ],
  ['one every second week', [10, 10, 11, 11, 12], 3, { kind: 'in', weeks: 6, pace: 0.5 }],
  ['nothing is free', [10, 20, 30], 0, { kind: 'full' }],
  ['it shrinks', [30, 20, 20], 40, { kind: 'steady' }],
  ['it stands still', [20, 20, 20], 40, { kind: 'steady' }],
  ['one in a quarter, and two hundred free', [...Array<number>(13).fill(20), 21], 200, { kind: 'far' }],
  ['never used', [0, 0, 0], 62, { kind: 'unknown' }],
  ['opened this week: no pace yet', [0, 0, 12], 50, { kind: 'unknown' }],
  // What was taken over at once two weeks ago is where the count begins, and not how it grows.
  ['taken over from a list', [0, 0, 60, 60, 61], 5, { kind: 'in', weeks: 10, pace: 0.5 }],
] as const)('%s', (_, weeks, free, expected) => expect(forecastOf(weeks, free)).toEqual(expected));
