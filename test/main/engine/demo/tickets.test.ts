/** The demo school's repairs are exactly those of domain.md §4, and every deadline is the one its work log gives. */
import { calendarOf } from '../../../../shared/calendar.ts';
import type { Ticket } from '../../../../shared/features/tickets.ts';
import { faultCategories } from '../../../../shared/features/tickets/faults.ts';
import { dayOf } from '../../../../shared/day.ts';
import { replay, standardPolicy } from '../../../../shared/sla.ts';
import { testEngine, type TestEngine } from '../../../support/engine.ts';

let t: TestEngine;
let all: Ticket[];
beforeAll(async () => {
  t = await testEngine();
  for await (const _ of await t.call.system.demo({})) void _;
  all = (await t.call.tickets.list({ limit: 1000 })).rows;
}, 60_000);
afterAll(() => t.close());

const count = (keyOf: (ticket: Ticket) => string | null): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(all, keyOf)].map(([key, own]) => [String(key), own.length]));
const isLate = ({ finished_at, due_at }: Ticket): boolean => finished_at !== null && finished_at > due_at;

test('by month, state, priority, channel and category', () => {
  expect(count(({ reported_at }) => dayOf(reported_at).slice(5, 7))).toEqual({
    '04': 24,
    '05': 22,
    '06': 23,
    '07': 9,
    '08': 6,
    '09': 36,
  });
  expect(count(({ state }) => state)).toEqual({
    closed: 98,
    to_confirm: 6,
    working: 7,
    paused: 4,
    open: 3,
    cancelled: 2,
  });
  expect(count(({ pause_reason }) => pause_reason)).toEqual({ parts: 3, user: 1, null: 116 });
  expect(count(({ priority }) => priority)).toEqual({ urgent: 6, high: 18, normal: 84, low: 12 });
  expect(count(({ channel }) => channel)).toEqual({ phone: 55, chat: 30, paper: 20, scan: 10, round: 5 });
  const late = all.filter(isLate);
  expect(
    faultCategories.map((code) => [
      code,
      all.filter(({ category }) => category === code).length,
      late.filter(({ category }) => category === code).length,
    ]),
  ).toEqual([
    ['cable', 22, 1],
    ['slow', 16, 3],
    ['no_access', 15, 0],
    ['printer', 12, 1],
    ['ip_conflict', 10, 1],
    ['wireless', 9, 1],
    ['ports_short', 7, 2],
    ['port_damaged', 7, 1],
    ['pc', 6, 0],
    ['switch_power', 4, 1],
    ['virus', 4, 1],
    ['loop', 3, 0],
    ['projection', 3, 0],
    ['other', 2, 0],
  ]);
});

test('104 finished, 92 on time; 2 overdue, 3 due today, 1 of today due after the holiday', async () => {
  const figures = await t.call.tickets.figures({ from: '2026-04-01', to: '2026-09-30' });
  expect(figures).toMatchObject({
    reported: 118,
    cancelled: 2,
    finished: 104,
    on_time: 92,
    late: 12,
    on_time_percent: 88.5,
    backlog: 14,
    paused: 4,
    overdue: 2,
    not_network: expect.any(Number) as number,
  });
  expect(figures.by_building.map(({ name, count: n }) => [name, n >= 2])).toHaveLength(4);
  expect(figures.reopened).toBe(2);
  const running = all.filter(({ state }) => state === 'working' || state === 'open');
  const due = (day: string): number => running.filter(({ due_on }) => due_on === day).length;
  expect([due('2026-09-29'), due('2026-10-08')]).toEqual([3, 1]);
  expect(running.filter(({ due_at }) => due_at < t.clock.now())).toHaveLength(2);
});

test('every deadline follows from the work log, every time lies in its order, nothing in the future', async () => {
  const calendar = calendarOf();
  for (const ticket of all) {
    const { events } = await t.call.tickets.get({ id: ticket.id });
    expect([ticket.number, replay(standardPolicy, calendar, ticket, events).due_at]).toEqual([
      ticket.number,
      ticket.due_at,
    ]);
    const times = [ticket.reported_at, ticket.accepted_at, ticket.arrived_at, ticket.finished_at, ticket.closed_at];
    const known = times.filter((at) => at !== null);
    expect([ticket.number, known]).toEqual([ticket.number, known.toSorted((a, b) => a - b)]);
    expect(Math.max(...known)).toBeLessThan(t.clock.now());
  }
});

test('areas, articles, parts, first aid and PCs that stay in the house are there', async () => {
  expect((await t.call.areas.list({})).total).toBe(3);
  expect((await t.call.knowledge.list({})).total).toBe(6);
  expect((await t.call.tickets.usualParts()).map(({ name }) => name)).toContain('水晶头');
  const kept = await t.call.assets.list({ filter: [{ field: 'no_offsite', op: 'equals', value: 1 }] });
  expect(kept.total).toBe(4);
  expect(t.engine.db.value('SELECT count(*) > 10 FROM ticket_events WHERE aid_outcome IS NOT NULL')).toBe(1);
});
