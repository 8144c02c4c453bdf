import { inTurns } from '../../../../main/engine/wire/in-turns.ts';
import { createPool, lineOf } from '../../../../main/engine/wire/pool.ts';
import { fakeWire, type FakeWire } from '../../../support/fake-wire.ts';

const never = new AbortController().signal;
const nobody = (): FakeWire => fakeWire({ hosts: [] });

test('it keeps its pace, however many ask and however long nobody did', async () => {
  const wire = nobody();
  const open = createPool(wire, { atOnce: 1000, perSecond: 100 });
  const lines = [open(never), open(never), open(never)];
  const starts: number[] = [];
  const ask = (times: number): Promise<unknown> =>
    Promise.all(
      lines.flatMap((line) => Array.from({ length: times }, () => line.ask(async () => void starts.push(wire.now())))),
    );
  await ask(50);
  await wire.sleep(5000);
  await ask(50);
  expect(starts).toHaveLength(300);
  const most = Math.max(...starts.map((at) => starts.filter((other) => other >= at && other < at + 1000).length));
  expect(most).toBeLessThanOrEqual(101);
});

test('it never has more under way than allowed, all lines together', async () => {
  const wire = nobody();
  const open = createPool(wire, { atOnce: 8, perSecond: 1000 });
  let running = 0;
  let most = 0;
  const slow = async (): Promise<void> => {
    most = Math.max(most, ++running);
    await wire.sleep(500);
    running--;
  };
  const lines = [open(never), open(never)];
  await Promise.all(lines.flatMap((line) => Array.from({ length: 40 }, () => line.ask(slow))));
  expect(most).toBe(8);
});

test('lines take turns: the names of a few hosts do not wait for a wide search', async () => {
  const wire = nobody();
  const open = createPool(wire, { atOnce: 4, perSecond: 100 });
  const order: string[] = [];
  const asker = (name: string, times: number): Promise<unknown> => {
    const line = open(never);
    return Promise.all(Array.from({ length: times }, () => line.ask(async () => void order.push(name))));
  };
  await Promise.all([asker('wide', 1000), asker('names', 20)]);
  expect(order.lastIndexOf('names')).toBeLessThan(45);
});

test('a stopped line answers at once, also for what is under way; the others go on', async () => {
  const wire = nobody();
  const open = createPool(wire, { atOnce: 2, perSecond: 1000 });
  const stop = new AbortController();
  const stopped = open(stop.signal);
  const other = open(never);
  const hangs = Array.from({ length: 50 }, () => stopped.ask(() => wire.sleep(60_000).then(() => 'late')));
  await wire.sleep(10);
  stop.abort();
  expect(new Set(await Promise.all(hangs))).toEqual(new Set([null]));
  expect(wire.now()).toBeLessThan(1000);
  expect(await stopped.ask(async () => 'asked after all')).toBeNull();
  expect(await other.ask(async () => 'answer')).toBe('answer');
});

test('a question that fails does so for its asker alone', async () => {
  const line = createPool(nobody(), { atOnce: 1, perSecond: 1000 })(never);
  await expect(line.ask(() => Promise.reject(new Error('garbage')))).rejects.toThrow('garbage');
  expect(await line.ask(async () => 'next')).toBe('next');
});

test('a network has one pool, another network another', async () => {
  const wire = nobody();
  const starts: number[] = [];
  const ask = (at: FakeWire): Promise<unknown> =>
    Promise.all(Array.from({ length: 10 }, () => lineOf(at, never).ask(async () => void starts.push(at.now()))));
  await Promise.all([ask(wire), ask(wire)]);
  expect(Math.max(...starts)).toBeGreaterThanOrEqual(190);
});

test('lists take turns, and none is lost', () => {
  const mixed = inTurns([1, 2, 3, 4, 101, 102, 201], (each) => Math.floor(each / 100));
  expect(mixed).toEqual([1, 101, 201, 2, 102, 3, 4]);
  expect(inTurns([], () => 0)).toEqual([]);
});
