/** The morning check and the duty log through their contract. */
import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';
import { timedWire, type TimedWire } from '../../../support/timed-wire.ts';
import type { CheckEvent } from '../../../../shared/features/watch.ts';

let t: TestEngine;
let wire: TimedWire;
let dead: Set<string>;
beforeEach(async () => {
  dead = new Set();
  // Tuesday before the National Day holiday
  const now = '2026-09-29T08:05:00+08:00';
  wire = timedWire({
    start: now,
    answers: (ip) => (dead.has(ip) || ip === '10.20.30.9' ? null : 2),
    ports: (ip) => (ip === '10.20.30.9' ? 554 : null),
  });
  t = await testEngine({ now, ports: { wire: () => wire, clock: wire.clock } });
  await t.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '教师办公', purpose: 'office', gateway: '10.20.30.1' });
  await t.call.watch.addAll({
    devices: [
      { ip: '10.20.30.2', name: '核心交换机', kind: 'core' },
      { ip: '10.20.30.3', name: '文件服务器', kind: 'server' },
      { ip: '10.20.30.9', name: '大门摄像头', kind: 'camera' },
    ],
  });
});
afterEach(() => t.close());

async function check(): Promise<CheckEvent[]> {
  const events: CheckEvent[] = [];
  const reading = (async () => {
    for await (const event of await t.call.watch.check()) events.push(event);
  })();
  for (let n = 0; n < 40; n += 1) await wire.run(500);
  await reading;
  return events;
}
const entries = async (day?: string) => (await t.call.duty.day(day === undefined ? {} : { day })).entries;

test('the check asks every watched device and every gateway, also those that drop echoes', async () => {
  const events = await check();
  expect(events[0]).toEqual({ kind: 'started', total: 4 });
  const last = await t.call.watch.lastCheck();
  expect(last).toMatchObject({ complete: true, total: 4, compared_at: null, entry_id: null });
  expect(last?.results.map(({ ip, state, how }) => [ip, state, how]).toSorted()).toEqual([
    ['10.20.30.1', 'ok', 'icmp'],
    ['10.20.30.2', 'ok', 'icmp'],
    ['10.20.30.3', 'ok', 'icmp'],
    ['10.20.30.9', 'ok', 'tcp'],
  ]);
});

test('an address that two notebooks watch is asked once', async () => {
  t.engine.db
    .prepare("INSERT INTO watched_devices (id, ip, name, kind) VALUES ('of-l05', '10.20.30.2', '教学楼核心', 'core')")
    .run();
  await check();
  const last = await t.call.watch.lastCheck();
  expect(last?.results.map(({ ip }) => ip).toSorted()).toEqual([
    '10.20.30.1',
    '10.20.30.2',
    '10.20.30.3',
    '10.20.30.9',
  ]);
  expect(wire.asked.get('10.20.30.2')).toBe(1);
});

test('compared with the day before, new troubles come first', async () => {
  dead.add('10.20.30.2');
  await check();
  wire.clock.sleeps(24 * 3_600_000);
  dead.add('10.20.30.3');
  await check();
  const last = await t.call.watch.lastCheck();
  expect(last?.results.slice(0, 2).map(({ name, state, before }) => [name, state, before])).toEqual([
    ['文件服务器', 'down', 'ok'],
    ['核心交换机', 'down', 'down'],
  ]);
});

test('a check goes into the duty log once, with its figures', async () => {
  dead.add('10.20.30.2');
  await check();
  const id = (await t.call.watch.lastCheck())?.id ?? '';
  await t.call.watch.logCheck({ id });
  await t.call.watch.logCheck({ id });
  const [entry, ...more] = await entries();
  expect(more).toEqual([]);
  expect(entry).toMatchObject({
    kind: 'morning_check',
    text: '早检：3 台正常，1 台不通：核心交换机 10.20.30.2。',
    ok: false,
    shift: 'day',
    author: '李明@L03',
  });
  expect(JSON.parse(entry?.evidence ?? '')).toMatchObject({
    total: 4,
    core: { total: 1, failed: 1 },
    gateways: { total: 1, failed: 0 },
  });
  expect((await t.call.watch.lastCheck())?.entry_id).toBe(entry?.id);
});

test('by a setting each complete check writes itself', async () => {
  await t.call.watch.setAutoLog({ on: true });
  await check();
  expect((await entries()).map(({ text }) => text)).toEqual(['早检：4 台正常。']);
});

test('a check that was left is kept as incomplete, and the next one is not refused', async () => {
  dead.add('10.20.30.3');
  const halt = new AbortController();
  const reading = (async () => {
    for await (const event of await t.call.watch.check(undefined, { signal: halt.signal }))
      if (event.kind === 'result') halt.abort();
  })().catch(() => undefined);
  await wire.run(10_000);
  await reading;
  const last = await t.call.watch.lastCheck();
  expect(last?.complete).toBe(false);
  expect(last?.results.length).toBeLessThan(4);
  await check();
  expect((await t.call.watch.lastCheck())?.complete).toBe(true);
});

test('an entry cannot be removed or taken back, only voided with a reason; the reason stays beside it', async () => {
  const entry = await t.call.duty.write({ kind: 'visit', text: '电信来人看光猫' });
  const batch = t.engine.db.value<string>('SELECT batch FROM _commits ORDER BY ord DESC LIMIT 1') ?? '';
  expect(await refusalOf(t.call.system.undo({ batch }))).toMatchObject({ code: 'undo_not_possible' });
  const voided = await t.call.duty.void({ id: entry.id, reason: '记错日期' });
  expect(voided.voided).toMatchObject({ by: '李明@L03', reason: '记错日期' });
  expect((await entries()).map(({ text, voided: struck }) => [text, struck?.reason])).toEqual([
    ['电信来人看光猫', '记错日期'],
  ]);
  expect(await refusalOf(t.call.duty.void({ id: entry.id, reason: '再来一次' }))).toMatchObject({
    code: 'duty_void_already',
  });
});

test('an earlier day is written in later, a later one is refused; shifts follow the calendar', async () => {
  await t.call.duty.write({ kind: 'note', text: '补记', day: '2026-09-28' });
  expect((await entries('2026-09-28')).map(({ text }) => text)).toEqual(['补记']);
  expect(await refusalOf(t.call.duty.write({ kind: 'note', text: '预记', day: '2026-09-30' }))).toMatchObject({
    code: 'duty_future',
  });
  expect((await t.call.duty.day({})).shift).toBe('day');
  wire.clock.sleeps(12 * 3_600_000);
  expect((await t.call.duty.day({})).shift).toBe('night');
  wire.clock.sleeps(36 * 3_600_000);
  expect((await t.call.duty.day({})).shift).toBe('holiday');
});

test('the day counts what was really done, and the log is searched over all days', async () => {
  await t.call.tickets.open({ symptom: '上不了网', reporter: '王芳' });
  await t.call.duty.write({ kind: 'event', text: '防火墙规则被改，已恢复', security: true });
  await t.call.duty.write({ kind: 'note', text: '100% 正常_今天' });
  expect((await t.call.duty.day({})).counts).toEqual({ sweeps: 0, opened: 1, closed: 0, bindings: 0 });
  const texts = async (input: Parameters<typeof t.call.duty.search>[0]) =>
    (await t.call.duty.search(input)).map(({ text }) => text);
  expect(await texts({ text: '防火墙' })).toEqual(['防火墙规则被改，已恢复']);
  expect(await texts({ text: '0%' })).toEqual(['100% 正常_今天']);
  expect(await texts({ security: true })).toEqual(['防火墙规则被改，已恢复']);
  expect(await texts({ kinds: ['note'] })).toEqual(['100% 正常_今天']);
});

test('a day is printed as form F-09; unchanged, it is the same paper again', async () => {
  expect(await refusalOf(t.call.duty.print({ day: '2026-09-29' }))).toMatchObject({ code: 'duty_day_empty' });
  dead.add('10.20.30.2');
  await check();
  await t.call.watch.logCheck({ id: (await t.call.watch.lastCheck())?.id ?? '' });
  const wrong = await t.call.duty.write({ kind: 'visit', text: '电信来人' });
  await t.call.duty.void({ id: wrong.id, reason: '没有来' });
  await t.call.duty.write({ kind: 'handover', text: '核心交换机等配件' });
  const first = await t.call.duty.print({ day: '2026-09-29' });
  expect(first.number).toBe('ZB-20260929-L03');
  const { paper } = await t.call.papers.get({ id: first.id });
  const text = JSON.stringify(paper);
  for (const part of [
    '2026年9月29日 星期二',
    '1 台，1 台不通',
    '核心交换机 10.20.30.2',
    '核心交换机等配件',
    '【作废：没有来，李明】电信来人',
  ])
    expect(text).toContain(part);
  expect((await t.call.duty.print({ day: '2026-09-29' })).id).toBe(first.id);
  await t.call.duty.write({ kind: 'note', text: '又记一笔' });
  expect((await t.call.duty.print({ day: '2026-09-29' })).id).not.toBe(first.id);
});

test('nothing to ask and no network are said as such', async () => {
  const bare = await testEngine({ ports: { wire: () => ({ ...wire, links: () => [] }) } });
  expect(await refusalOf(bare.call.watch.check())).toMatchObject({ code: 'check_nothing' });
  await bare.call.watch.create({ ip: '10.20.30.2', name: '核心交换机', kind: 'core' });
  expect(await refusalOf(bare.call.watch.check())).toMatchObject({ code: 'no_network' });
  bare.close();
});
