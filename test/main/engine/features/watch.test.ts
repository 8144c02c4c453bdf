/** The continuous watch through its contract, in virtual time: what is down, what is only unseen, and what stays on disk. */
import { fakeLink } from '../../../support/fake-wire.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';
import { timedWire, type TimedWire } from '../../../support/timed-wire.ts';
import type { WatchEvent } from '../../../../shared/features/watch.ts';

const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
let t: TestEngine;
let wire: TimedWire;
afterEach(() => t.close());

async function open(options: Omit<Parameters<typeof timedWire>[0], 'start'>, now = '2026-09-29T09:00:00+08:00') {
  wire = timedWire({ start: now, ...options });
  t = await testEngine({ now, ports: { wire: () => wire, clock: wire.clock } });
}
const ipOf = (n: number): string => `10.20.30.${n + 1}`;
const add = async (n: number, interval_s?: number): Promise<string> =>
  (await t.call.watch.create({ ip: ipOf(n), name: `交换机${n + 1}`, kind: 'core', interval_s: interval_s ?? null })).id;
const outages = () => t.call.watch.outages({});
/** The picture a window that opens now is given. */
async function picture(): Promise<Extract<WatchEvent, { kind: 'all' }>> {
  for await (const event of await t.call.watch.live()) if (event.kind === 'all') return event;
  throw new Error('no picture');
}
const stateOf = async (id: string) => (await picture()).devices.find((each) => each.id === id)?.state;
/** Local time of day of a moment. */
const clockTime = (at: number | null): string | null =>
  at === null ? null : new Date(at + 8 * HOUR).toISOString().slice(11, 19);

test('a device is down after three misses on end, since the first of them, and up again with its next answer', async () => {
  const gone = (at: number): boolean => at >= 60 * SECOND && at < 128 * SECOND;
  await open({ answers: (_ip, at) => (gone(at) ? null : 2) });
  const id = await add(0, 1);
  await t.call.watch.start({});
  await wire.run(61.5 * SECOND);
  expect(await stateOf(id)).toBe('up');
  await wire.run(4 * SECOND);
  expect(await stateOf(id)).toBe('down');
  await wire.run(2 * MINUTE);
  const [outage] = await outages();
  expect([clockTime(outage?.began_at ?? null), clockTime(outage?.ended_at ?? null), outage?.ending]).toEqual([
    '09:01:00',
    '09:02:08',
    'up',
  ]);
  expect(await outages()).toHaveLength(1);
});

test('one or two lost packets are loss and no outage', async () => {
  await open({ answers: (_ip, at) => (at > 30 * SECOND && at < 32.5 * SECOND ? null : 2) });
  const id = await add(0, 1);
  await t.call.watch.start({});
  await wire.run(2 * MINUTE);
  expect(await outages()).toEqual([]);
  const { hours } = await t.call.watch.hours({ id, hours: 1 });
  expect(hours[0]).toMatchObject({ lost: 2, min_ms: 2, avg_ms: 2, max_ms: 2 });
});

test('a host that drops echoes but answers on TCP is never called down', async () => {
  await open({ answers: () => null, ports: () => 443 });
  const id = await add(0, 1);
  await t.call.watch.start({});
  await wire.run(MINUTE);
  const device = (await picture()).devices.find((each) => each.id === id);
  expect(device?.state).toBe('up');
  // dropping echoes is no loss
  expect(device?.probes.length).toBeGreaterThan(50);
  expect(device?.probes.filter((rtt) => rtt === null)).toEqual([]);
  expect(await outages()).toEqual([]);
});

test('such a host that was really away is found again, and so is one that begins to answer echoes', async () => {
  const away = (): boolean => wire.now() > 60 * SECOND && wire.now() < 300 * SECOND;
  await open({
    answers: (ip, at) => (ip === ipOf(1) && at > 400 * SECOND ? 2 : null),
    ports: (ip) => (away() || (ip === ipOf(1) && wire.now() > 400 * SECOND) ? null : 443),
  });
  const ids = [await add(0, 1), await add(1, 1)];
  await t.call.watch.start({});
  await wire.run(6 * MINUTE);
  expect(await outages()).toMatchObject([{ ending: 'up' }, { ending: 'up' }]);
  await wire.run(2 * MINUTE);
  expect(await Promise.all(ids.map(stateOf))).toEqual(['up', 'up']);
  expect(await outages()).toHaveLength(2);
});

test('a pulled cable is told once and marks nobody down; afterwards it goes on by itself', async () => {
  const unplugged = (at: number): boolean => at >= 60 * SECOND && at < 180 * SECOND;
  await open({ answers: (_ip, at) => (unplugged(at) ? null : 2), links: (at) => (unplugged(at) ? [] : [fakeLink]) });
  for (let n = 0; n < 64; n += 1) await add(n, 1);
  await t.call.watch.start({});
  await wire.run(90 * SECOND);
  expect((await picture()).network).toBe('gone');
  await wire.run(150 * SECOND);
  const { network, devices } = await picture();
  expect(network).toBe('ready');
  expect(devices.filter(({ state }) => state === 'up')).toHaveLength(64);
  expect((await outages()).map(({ device_id, ending }) => [device_id, ending])).toEqual([[null, 'up']]);
  const days = await t.call.watch.days();
  expect(days.every(({ up, seen }) => seen > 0 && up === seen)).toBe(true);
});

test('a laptop that slept has no data of that time, and no loss', async () => {
  await open({ answers: () => 2 });
  const id = await add(0, 5);
  await t.call.watch.start({});
  await wire.run(10 * MINUTE);
  wire.clock.sleeps(6 * HOUR);
  await wire.run(10 * MINUTE);
  expect(await outages()).toEqual([]);
  const [day] = await t.call.watch.days();
  expect(day?.seen).toBeGreaterThanOrEqual(19);
  expect(day?.seen).toBeLessThanOrEqual(21);
  expect(day?.up).toBe(day?.seen);
  const { hours } = await t.call.watch.hours({ id, hours: 24 });
  expect(hours.map(({ at, lost }) => [clockTime(at), lost])).toEqual([
    ['09:00:00', 0],
    ['15:00:00', 0],
  ]);
});

test('an outage that nobody saw the end of ends in the unknown', async () => {
  await open({ answers: (_ip, at) => (at < MINUTE ? 2 : null) });
  await add(0, 5);
  await t.call.watch.start({});
  await wire.run(5 * MINUTE);
  wire.clock.sleeps(HOUR);
  await wire.run(MINUTE);
  const [after, before] = await outages();
  expect([before?.ending, clockTime(before?.ended_at ?? null)]).toEqual(['unknown', '09:05:00']);
  expect(after).toMatchObject({ ended_at: null, ending: null });
});

test('on somebody else’s network the watch waits until it is told to go on', async () => {
  const home = [{ ...fakeLink, address: '192.168.1.7', cidr: '192.168.1.0/24' }];
  await open({ answers: () => 2, links: (at) => (at < MINUTE ? [fakeLink] : home) });
  const id = await add(0, 1);
  await t.call.watch.start({});
  await wire.run(90 * SECOND);
  expect(await picture()).toMatchObject({ network: 'elsewhere', here: ['192.168.1.0/24'] });
  const asked = wire.asked.get(ipOf(0));
  await wire.run(MINUTE);
  expect(wire.asked.get(ipOf(0))).toBe(asked);
  await t.call.watch.start({ here: true });
  await wire.run(10 * SECOND);
  expect(await stateOf(id)).toBe('up');
});

test('it goes on after a restart where it was on, and stops within a second when told', async () => {
  await open({ answers: () => 2 });
  const [first, second] = [await add(0, 1), await add(1, 1)];
  await t.call.watch.start({});
  await wire.run(10 * SECOND);
  await t.call.watch.stop({ ids: [second] });
  t.reopen();
  expect((await t.call.watch.list()).on).toEqual([first]);
  await wire.run(10 * SECOND);
  expect((await picture()).devices).toMatchObject([{ id: first, state: 'up' }]);
  await t.call.watch.stop({});
  const asked = wire.asked.get(ipOf(0));
  await wire.run(MINUTE);
  expect(wire.asked.get(ipOf(0))).toBe(asked);
  expect((await picture()).devices).toEqual([]);
});

test('two windows see the same answers, and a closed one keeps nothing alive', async () => {
  await open({ answers: () => 2 });
  await add(0, 1);
  await t.call.watch.start({});
  const halt = [new AbortController(), new AbortController()];
  const heard = halt.map(() => 0);
  const windows = halt.map(async ({ signal }, index) => {
    try {
      for await (const event of await t.call.watch.live(undefined, { signal }))
        if (event.kind === 'tick') heard[index] = (heard[index] ?? 0) + event.probes.flatMap(({ rtts }) => rtts).length;
    } catch {
      // closed by its own window
    }
  });
  await wire.run(20 * SECOND);
  halt[0]?.abort();
  await wire.run(20 * SECOND);
  halt[1]?.abort();
  await Promise.all(windows);
  expect(heard[0]).toBeGreaterThan(15);
  expect(heard[0]).toBeLessThan(25);
  expect(heard[1]).toBeGreaterThan(35);
});

test('sixty-four devices for a day: polite, complete, and nothing piles up', async () => {
  // each is away for ten minutes, one after the other
  const away = (ip: string, at: number): boolean => Math.floor(at / (10 * MINUTE)) === Number(ip.split('.')[3]) + 3;
  await open({ answers: (ip, at) => (away(ip, at) ? null : 3) });
  for (let n = 0; n < 64; n += 1) await add(n, 20);
  await t.call.watch.start({});
  await wire.run(HOUR);
  const waiting = wire.waiting();
  await wire.run(23 * HOUR);
  expect(wire.waiting()).toBeLessThanOrEqual(waiting + 64);
  expect(wire.busiest().second).toBeLessThanOrEqual(51);
  expect(wire.busiest().atOnce).toBeLessThanOrEqual(32);
  const asked = [...wire.asked.values()];
  // 4,320 times twenty seconds in a day
  expect(Math.min(...asked)).toBeGreaterThan(4250);
  expect(Math.max(...asked)).toBeLessThan(4350);
  const all = await t.call.watch.outages({ limit: 500 });
  expect(all.filter(({ ending }) => ending === 'up')).toHaveLength(64);
  expect(all.every(({ began_at, ended_at }) => Math.abs((ended_at ?? 0) - began_at - 10 * MINUTE) < 40 * SECOND)).toBe(
    true,
  );
  for (const { up, seen } of await t.call.watch.days()) {
    expect(seen).toBeGreaterThanOrEqual(1425);
    expect(seen - up).toBeGreaterThanOrEqual(9);
    expect(seen - up).toBeLessThanOrEqual(11);
  }
  expect(t.engine.db.value('SELECT count(*) FROM _watch_hours')).toBe(64 * 24);
}, 120_000);

test('a whole building without power is asked as politely, by the watch and a morning check at once', async () => {
  await open({ answers: () => null });
  for (let n = 0; n < 64; n += 1) await add(n, 1);
  await t.call.watch.start({});
  const checking = (async () => {
    for await (const event of await t.call.watch.check()) if (event.kind === 'done') return event.check.results;
    return [];
  })();
  await wire.run(2 * MINUTE);
  expect((await checking).map(({ state }) => state)).toEqual(Array.from({ length: 64 }, () => 'down'));
  expect(await outages()).toHaveLength(64);
  // security.md X6: seven ports a device are seven questions
  expect(wire.busiest().second).toBeLessThanOrEqual(101);
  expect(wire.busiest().atOnce).toBeLessThanOrEqual(32);
});

test('a clock that was set two years ahead costs no outage and no check', async () => {
  await open({ answers: (_ip, at) => (at > MINUTE && at < 5 * MINUTE ? null : 2) });
  const id = await add(0, 20);
  await t.call.watch.start({});
  const checking = (async () => {
    for await (const event of await t.call.watch.check()) if (event.kind === 'done') return;
  })();
  await wire.run(3 * HOUR);
  await checking;
  expect(await outages()).toHaveLength(1);
  wire.clock.sleeps(2 * 365 * 24 * HOUR);
  await wire.run(3 * HOUR);
  expect(await outages()).toHaveLength(1);
  expect(await t.call.watch.lastCheck()).not.toBeNull();
  expect(t.engine.db.value('SELECT count(*) FROM _watch_hours WHERE device_id = ?', id)).toBeGreaterThan(4);
  // a person says that the date is right: now they are past their term
  await t.call.discovery.history.confirmDate({ today: t.engine.today() });
  await wire.run(2 * HOUR);
  expect(await outages()).toHaveLength(0);
  expect(await t.call.watch.lastCheck()).toBeNull();
});

test('a minute that was stopped and gone on with is one minute, whenever the day was looked at', async () => {
  await open({ answers: () => 2 });
  const id = await add(0, 1);
  await t.call.watch.start({});
  await wire.run(10 * SECOND);
  await t.call.watch.stop({});
  expect((await t.call.watch.days())[0]).toMatchObject({ up: 1, seen: 1 });
  await t.call.watch.start({});
  await wire.run(10 * SECOND);
  await t.call.watch.stop({});
  expect((await t.call.watch.days())[0]).toMatchObject({ id, up: 1, seen: 1 });
});

test('what may be watched', async () => {
  await open({ answers: () => 2 });
  expect(await refusalOf(t.call.watch.create({ ip: '8.8.8.8', name: 'DNS', kind: 'other' }))).toMatchObject({
    code: 'watch_public',
  });
  await t.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '教师办公', purpose: 'office' });
  expect(await refusalOf(t.call.watch.create({ ip: '10.20.30.255', name: '广播地址', kind: 'other' }))).toMatchObject({
    code: 'scope_edges',
  });
  await add(0);
  expect(await refusalOf(t.call.watch.create({ ip: ipOf(0), name: '又一台', kind: 'other' }))).toMatchObject({
    code: 'watch_ip_taken',
    params: { name: '交换机1' },
  });
  for (let n = 1; n < 64; n += 1) await add(n);
  expect(await refusalOf(t.call.watch.create({ ip: ipOf(64), name: '一台太多', kind: 'other' }))).toMatchObject({
    code: 'watch_full',
  });
});

test('an undo does not bring back a second watch of one address', async () => {
  await open({ answers: () => 2 });
  const { batch } = await t.call.watch.remove({ id: await add(0) });
  await add(0);
  expect(await refusalOf(t.call.system.undo({ batch }))).toMatchObject({ code: 'watch_ip_taken' });
});

test('gateways and key equipment are proposed once each', async () => {
  await open({ answers: () => 2 });
  await t.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '教师办公', purpose: 'office', gateway: '10.20.30.1' });
  await t.call.ipam.createSubnet({ cidr: '10.20.31.0/24', name: '机房', purpose: 'office', gateway: '10.20.31.1' });
  await t.call.assets.create({ name: '核心交换机', category: 'switch', status: 'in_use', ip: '10.20.30.1' });
  await t.call.assets.create({ name: '文件服务器', category: 'server', status: 'in_use', ip: '10.20.30.5' });
  await t.call.assets.create({ name: '办公电脑', category: 'desktop', status: 'in_use', ip: '10.20.30.6' });
  const found = await t.call.watch.suggest();
  expect(found.map(({ device, why }) => [device.ip, device.name, device.kind, why])).toEqual([
    ['10.20.30.1', '核心交换机', 'gateway', 'gateway'],
    // the name of the whole subnet would say that all of it is down
    ['10.20.31.1', '机房网关', 'gateway', 'gateway'],
    ['10.20.30.5', '文件服务器', 'server', 'asset'],
  ]);
  expect(await t.call.watch.addAll({ devices: found.map(({ device }) => device) })).toMatchObject({ added: 3 });
  expect(await t.call.watch.suggest()).toEqual([]);
});
