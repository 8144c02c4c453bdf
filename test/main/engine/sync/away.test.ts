/** Too long without the store: reading only, said beforehand, over with the first sync; and nobody locked out by a clock that is wrong (security.md T10). */
import { DAY_MS, passed } from '../../../../main/engine/sync/grace.ts';
import { refusalOf, type TestEngine } from '../../../support/engine.ts';
import {
  hasPostgres,
  laptopOf,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../../../support/hub.ts';
import { describeIf } from '../../../support/skip.ts';

jest.setTimeout(60_000);

describeIf(hasPostgres, noPostgres)('a laptop that is away', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let a: TestEngine;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);
  beforeEach(async () => {
    hub = await cluster.hub({ graceDays: 30 });
    a = await laptopOf(hub, 'L03', '李明');
    await syncNow(a);
    await hub.stopServer();
  });
  afterEach(async () => {
    a.close();
    await hub.close();
  });

  const room = (name: string): Promise<unknown> => a.call.locations.create({ kind: 'room', name });
  const absence = async () => (await a.call.sync.status({})).absence;

  test('works for thirty days, is told before, and reads only after; the next sync ends it and nothing is lost', async () => {
    for (let day = 0; day < 24; day += 1) a.clock.set(DAY_MS);
    await room('101');
    expect(await absence()).toBeNull();
    a.clock.set(2 * DAY_MS);
    expect(await absence()).toEqual({ days: 26, grace: 30, read_only: false });
    a.clock.set(4 * DAY_MS);
    expect(await refusalOf(room('102'))).toEqual({ code: 'away_too_long', params: { days: 30 } });
    expect(await absence()).toEqual({ days: 30, grace: 30, read_only: true });
    // Everything is there to be read, and a restart changes nothing.
    expect(await a.call.locations.tree()).toHaveLength(1);
    a.reopen();
    expect((await refusalOf(room('102'))).code).toBe('away_too_long');
    expect((await a.call.sync.status({})).unsynced).toBe(1);
    await hub.restart();
    expect(await syncNow(a)).toMatchObject({ applied: 1 });
    await room('102');
    expect(await absence()).toBeNull();
  });

  test('is not locked out by a clock that jumps to 2040 and stands at 2010, though it reads only at the end of its time', async () => {
    const start = Date.parse('2026-09-29T08:00:00Z');
    const clock = { wall: start, ran: 0, boot: 1, now: () => clock.wall, mono: () => clock.ran, bootId: '1' };
    await hub.restart();
    const b = await laptopOf(hub, 'L04', '张伟', { ports: { clock } });
    try {
      await syncNow(b);
      await hub.stopServer();
      const write = (name: string): Promise<unknown> => b.call.locations.create({ kind: 'room', name });
      const boot = (wall: number): void => {
        clock.wall = wall;
        clock.ran = 0;
        clock.boot += 1;
        clock.bootId = String(clock.boot);
        b.reopen();
      };
      // The date is set wrong while it runs, and at a start; the battery of its clock is empty.
      clock.wall = Date.parse('2040-01-01T00:00:00Z');
      await write('2040');
      boot(Date.parse('2010-01-01T00:00:00Z'));
      await write('2010');
      boot(Date.parse('2040-01-01T00:00:00Z'));
      await write('2040 again');
      for (let start2010 = 0; start2010 < 20; start2010 += 1) boot(Date.parse('2010-01-01T00:00:00Z'));
      await write('2010 again');
      boot(start + DAY_MS);
      await write('right');
      expect((await b.call.sync.status({})).absence).toBeNull();
      // Its time counts on the clock of its starts, whatever the date says.
      for (let day = 0; day < 30; day += 1) {
        boot(Date.parse('2010-01-01T00:00:00Z'));
        // As the window asks every half minute.
        await b.call.sync.status({});
        clock.ran += DAY_MS;
        await b.call.sync.status({});
      }
      expect((await refusalOf(write('late'))).code).toBe('away_too_long');
    } finally {
      b.close();
    }
  });

  test('a hub that sets no limit never ends it', async () => {
    await hub.restart({ graceDays: 0 });
    a.reopen();
    await syncNow(a);
    await hub.stopServer();
    a.clock.set(400 * DAY_MS);
    await room('101');
    expect(await absence()).toBeNull();
  });
});

test('time away is what ran, and of a pause what the date says, a week at most', () => {
  const at = (wall: string, boot_id: string, mono_ms: number) => ({ wall_ms: Date.parse(wall), boot_id, mono_ms });
  const before = at('2026-09-01T08:00Z', 'a', 1000);
  expect(passed(before, at('2026-09-03T08:00Z', 'b', 5))).toBe(2 * DAY_MS);
  expect(passed(before, at('2040-09-03T08:00Z', 'b', 5))).toBe(7 * DAY_MS);
  expect(passed(before, at('2010-01-01T08:00Z', 'b', 5))).toBe(0);
  // Set back while it ran: what ran counts.
  expect(passed(before, at('2010-01-01T08:00Z', 'a', 1000 + 3 * DAY_MS))).toBe(3 * DAY_MS);
  expect(passed(before, at('2026-09-01T08:00Z', 'a', 0))).toBe(0);
});
