import { arpEvidence, edgePorts, whichPort } from '../../../../../main/engine/features/switches/evidence.ts';
import { linksOf } from '../../../../../shared/features/switches/links.ts';
import {
  lastReads,
  purgeReadings,
  saveReading,
  saveReadingInSteps,
  snapshots,
} from '../../../../../main/engine/features/switches/store.ts';
import { testEngine, type TestEngine } from '../../../../support/engine.ts';
import { access, core, pcMac } from '../../../../support/readings.ts';

const HOUR = 3_600_000;
let test: TestEngine;
beforeEach(async () => {
  test = await testEngine();
});
afterEach(() => test.close());
const now = (): number => test.clock.now();

it('answers nothing before the first reading', () => {
  const { db } = test.engine;
  expect(whichPort(db, pcMac(1))).toStrictEqual([]);
  expect(arpEvidence(db, 0)).toStrictEqual([]);
  expect(edgePorts(db).size).toBe(0);
});

it('finds a card at its edge port, since when, and what routers say of addresses', () => {
  const { db } = test.engine;
  saveReading(db, now() - 3 * HOUR, 'c', access({ 5: [pcMac(1)], 6: [pcMac(2)] }));
  saveReading(db, now() - 2 * HOUR, 'c', access({ 4: [pcMac(2)], 5: [pcMac(1)] }));
  saveReading(db, now() - 60_000, 'c', access({ 4: [pcMac(2)], 5: [pcMac(1)] }));
  saveReading(db, now(), 'c', core());
  expect(whichPort(db, pcMac(1))[0]).toMatchObject({
    device: '三楼接入',
    port: 'GigabitEthernet0/0/5',
    kind: 'edge',
    macs: 1,
    since: now() - 3 * HOUR,
  });
  expect(whichPort(db, pcMac(2))[0]).toMatchObject({ port: 'GigabitEthernet0/0/4', since: now() - 2 * HOUR });
  expect(edgePorts(db).get(pcMac(1))).toMatchObject({ device_ip: '10.20.1.2', port: 'GigabitEthernet0/0/5' });
  expect(arpEvidence(db, now() - HOUR)).toContainEqual({
    ip: '10.20.30.11',
    mac: pcMac(1),
    seen_at: now(),
    device: '核心',
  });
  expect(arpEvidence(db, now() + 1)).toStrictEqual([]);
});

it('a device read at two of its addresses is one device', () => {
  const { db } = test.engine;
  saveReading(db, now() - HOUR, 'c', core());
  saveReading(db, now(), 'c', { ...core(), ip: '10.20.30.1' });
  expect(whichPort(db, pcMac(3)).map(({ device_ip }) => device_ip)).toStrictEqual(['10.20.30.1']);
  expect(linksOf(snapshots(db, 'any'), [])).toHaveLength(1);
});

it('a big reading is written in steps, and is no evidence before the last', async () => {
  const { db } = test.engine;
  const cards = Array.from({ length: 1800 }, (_, n) => pcMac(100 + n));
  const written = saveReadingInSteps(db, now(), 'c', access({ 5: cards }));
  expect(db.value('SELECT ending FROM _device_reads')).toBe('stopped');
  expect(snapshots(db, 'any')).toHaveLength(0);
  // a window that asks meanwhile must not have its answer kept
  expect(whichPort(db, cards[0] ?? '')).toStrictEqual([]);
  await written;
  expect(whichPort(db, cards[0] ?? '')[0]).toMatchObject({ port: 'GigabitEthernet0/0/5' });
  expect(snapshots(db)[0]?.forwarding.filter(({ bridge_port }) => bridge_port === 5)).toHaveLength(1800);
  // small ones are written at once
  void saveReadingInSteps(db, now() + 1, 'c', core());
  expect(snapshots(db)).toHaveLength(2);
  // an engine that is closed meanwhile is left alone
  const late = saveReadingInSteps(db, now() + 2, 'c', access({ 5: cards }));
  test.engine.close();
  await late;
  test.reopen();
  expect(test.engine.db.value('SELECT count(*) FROM _device_reads WHERE ending = ?', 'stopped')).toBe(1);
});

it('a later reading that failed leaves the last good one in force', () => {
  const { db } = test.engine;
  saveReading(db, now() - HOUR, 'c', access({ 5: [pcMac(1)] }));
  saveReading(db, now(), 'c', { ...access({}), end: 'silent' });
  expect(whichPort(db, pcMac(1))[0]).toMatchObject({ kind: 'edge', read_at: now() - HOUR });
  expect(lastReads(db)[0]).toMatchObject({ last: { ending: 'silent' }, good: { ending: 'complete' } });
});

it('keeps the newest ten and the last of every earlier day, and purging never takes the last good one', () => {
  const { db } = test.engine;
  const count = (): unknown => db.value('SELECT count(*) FROM _device_reads');
  // 16:20 local: 3 x 24 readings are the rest of one day, two whole days, and today
  for (let n = 72; n > 0; n--) saveReading(db, now() - n * HOUR, 'c', access({ 5: [pcMac(1)] }));
  const days = db.all<{ at: number }>('SELECT read_at AS at FROM _device_reads ORDER BY read_at').map(({ at }) => at);
  expect(days.slice(0, 3).map((at) => new Date(at + 8 * HOUR).toISOString().slice(5, 16))).toStrictEqual([
    '09-26T23:20',
    '09-27T23:20',
    '09-28T23:20',
  ]);
  expect(count()).toBe(13);
  saveReading(db, now() - HOUR / 2, 'c', { ...access({}), end: 'silent' });
  expect(lastReads(db)).toMatchObject([{ last: { ending: 'silent' }, good: { read_at: now() - HOUR } }]);
  const bites: number[] = [];
  for (let gone = purgeReadings(db, now()); gone > 0; gone = purgeReadings(db, now())) bites.push(gone);
  expect(bites).toStrictEqual([4, 4, 4, 1]);
  expect(whichPort(db, pcMac(1))[0]).toMatchObject({ read_at: now() - HOUR });
  expect(db.value('SELECT count(*) FROM _device_forwarding')).toBe(2);
});
