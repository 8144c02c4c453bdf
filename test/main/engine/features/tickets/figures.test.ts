/** The figures of a period and the faults that came back, from tickets that went their whole way. */
import { testEngine, type TestEngine } from '../../../../support/engine.ts';

let t: TestEngine;
beforeEach(async () => {
  t = await testEngine({ now: '2026-09-07T09:00+08:00' });
});
afterEach(() => t.close());

const september = { from: '2026-09-01', to: '2026-09-30' };
interface Plan {
  at: string;
  place?: string;
  category?: 'cable' | 'slow';
  /** When it was repaired; open without. */
  done?: string;
  asset?: string;
}
async function ticket({ at, place, category = 'cable', done, asset }: Plan): Promise<string> {
  t.clock.set(at);
  const { id } = await t.call.tickets.open({
    reporter: '王芳',
    symptom: '没网',
    category,
    ...(place ? { location_id: place } : {}),
    ...(asset ? { asset_id: asset } : {}),
  });
  if (done) {
    t.clock.set(done);
    await t.call.tickets.advance({ id, step: 'arrive' });
    await t.call.tickets.advance({ id, step: 'finish', cause: 'wear', action: '换线', cost: 1250 });
  }
  return id;
}

test('a period is counted on the working calendar: on time, late, open, by category and building', async () => {
  const building = await t.call.locations.create({ kind: 'building', name: '综合楼' });
  const room = await t.call.locations.create({ kind: 'room', name: '财务室', parent_id: building.id });
  // Monday 09:00 to 11:00: two working hours. Friday 16:30 to Monday 09:00: two, over the weekend.
  await ticket({ at: '2026-09-07T09:00+08:00', done: '2026-09-07T11:00+08:00', place: room.id });
  await ticket({ at: '2026-09-11T16:30+08:00', done: '2026-09-14T09:00+08:00', place: room.id, category: 'slow' });
  // Due Wednesday 17:30, repaired on Thursday.
  const late = await ticket({ at: '2026-09-14T09:00+08:00', done: '2026-09-17T09:00+08:00', place: building.id });
  await t.call.tickets.advance({ id: late, step: 'close', satisfaction: 'bad' });
  const open = await ticket({ at: '2026-09-18T09:00+08:00' });
  const gone = await ticket({ at: '2026-09-18T10:00+08:00' });
  await t.call.tickets.advance({ id: gone, step: 'cancel', remark: '自己好了' });
  t.clock.set('2026-09-22T09:00+08:00');
  await t.call.tickets.open({ reporter: '李静', symptom: '慢', category: 'slow' });
  const figures = await t.call.tickets.figures(september);
  expect(figures).toMatchObject({
    reported: 5,
    cancelled: 1,
    finished: 3,
    on_time: 2,
    late: 1,
    on_time_percent: 66.7,
    median_hours: 2,
    // Two, two, and three working days of eight hours.
    mean_hours: 9.3,
    satisfaction: { good: 0, fair: 0, bad: 1, silent: 2 },
    satisfied_percent: 0,
    cost: 3750,
    backlog: 2,
    overdue: 1,
    paused: 0,
  });
  expect(figures.by_category.map(({ key, count, late: n }) => [key, count, n])).toEqual([
    ['cable', 3, 1],
    ['slow', 2, 0],
  ]);
  expect(figures.by_building.map(({ name, count }) => [name, count])).toEqual([
    ['综合楼', 3],
    ['', 2],
  ]);
  expect(figures.by_technician).toContainEqual({ name: '李明', finished: 3, late: 1, open: 0, overdue: 0 });
  expect((await t.call.tickets.get({ id: open })).ticket.state).toBe('open');
  const inside = await t.call.tickets.figures({ ...september, area: room.id });
  expect(inside.reported).toBe(2);
});

test('the bar of a category opens the tickets it counts', async () => {
  await ticket({ at: '2026-09-07T09:00+08:00' });
  await ticket({ at: '2026-08-31T09:00+08:00' });
  const { by_category } = await t.call.tickets.figures(september);
  const { total } = await t.call.tickets.list({
    filter: [
      { field: 'category', op: 'equals', value: 'cable' },
      {
        field: 'reported_at',
        op: 'between',
        value: [Date.parse('2026-09-01T00:00+08:00'), Date.parse('2026-09-30T23:59:59+08:00')],
      },
    ],
  });
  expect([by_category[0]?.count, total]).toEqual([1, 1]);
});

test('what stood still is told with its reason, and is not time of work', async () => {
  const id = await ticket({ at: '2026-09-07T09:00+08:00' });
  await t.call.tickets.advance({ id, step: 'arrive' });
  await t.call.tickets.advance({ id, step: 'pause', reason: 'parts' });
  t.clock.set('2026-09-08T09:00+08:00');
  await t.call.tickets.advance({ id, step: 'resume' });
  t.clock.set('2026-09-08T10:00+08:00');
  await t.call.tickets.advance({ id, step: 'finish', cause: 'wear', action: '换线' });
  await t.call.tickets.advance({ id, step: 'reopen', remark: '又断了' });
  await t.call.tickets.advance({ id, step: 'finish', cause: 'wear', action: '换线' });
  expect(await t.call.tickets.figures(september)).toMatchObject({
    mean_hours: 9,
    mean_work_hours: 1,
    reopened: 1,
    pauses: [{ reason: 'parts', count: 1, hours: 8 }],
  });
});

test('a month without a ticket has no figures that lie', async () => {
  expect(await t.call.tickets.figures({ from: '2026-02-01', to: '2026-02-28' })).toMatchObject({
    reported: 0,
    on_time_percent: null,
    median_hours: null,
    satisfied_percent: null,
    by_category: [],
  });
});

test('the same fault in a room or at a device twice in a month has come back', async () => {
  const room = await t.call.locations.create({ kind: 'room', name: '财务室' });
  const pc = await t.call.assets.create({ name: '台式计算机', tag: 'CW-1', category: 'desktop', status: 'in_use' });
  await ticket({ at: '2026-09-07T09:00+08:00', place: room.id, asset: pc.id });
  await ticket({ at: '2026-09-08T09:00+08:00', place: room.id, asset: pc.id });
  await ticket({ at: '2026-09-09T09:00+08:00', place: room.id });
  await ticket({ at: '2026-09-10T09:00+08:00', place: room.id, category: 'slow' });
  const found = await t.call.tickets.recurring(september);
  expect(found.map(({ table, category, count }) => [table, category, count])).toEqual([
    ['locations', 'cable', 3],
    ['assets', 'cable', 2],
  ]);
  expect(found[0]?.name).toContain('财务室');
});
