/** What the window makes of the engine's events: what is news, and what is only another answer. */
import type { WatchEvent } from '../../../shared/features/watch.ts';
import { byTrouble, shownState, type Device } from '../../../renderer/features/watch/rows.ts';
import { latencyOf, levelOf, showPercent } from '../../../shared/features/watch/latency.ts';
import { heard, useWatch } from '../../../renderer/features/watch/watch-store.ts';

jest.mock('../../../renderer/rpc.ts', () => ({ client: {} }));

const situation = { network: 'ready', here: [], ping_missing: false } as const;
const device = (id: string, state: 'up' | 'down' | 'unknown' = 'up') =>
  ({ id, name: `设备${id}`, ip: `10.20.30.${id}`, state, since: 1, probes: [1] }) as const;
const all = (...devices: ReturnType<typeof device>[]): WatchEvent => ({
  kind: 'all',
  ...situation,
  devices: devices.map((each) => ({ ...each, probes: [...each.probes] })),
  here: [],
});
const tick = (more: Partial<Extract<WatchEvent, { kind: 'tick' }>>): WatchEvent => ({
  kind: 'tick',
  ...situation,
  here: [],
  probes: [],
  changes: [],
  ...more,
});
const start = useWatch.getState();

test('an answer changes only its own device, and is no news', () => {
  const before = heard(start, all(device('1'), device('2')));
  const after = heard(before, tick({ probes: [{ id: '1', rtts: [2, null] }] }));
  expect(after.devices.get('1')?.probes).toEqual([1, 2, null]);
  expect(after.devices.get('2')).toBe(before.devices.get('2'));
  expect(after.news).toBeNull();
});

test('sixty probes are kept', () => {
  const before = heard(start, all(device('1')));
  const after = heard(before, tick({ probes: [{ id: '1', rtts: Array.from({ length: 70 }, (_, n) => n) }] }));
  expect(after.devices.get('1')?.probes).toHaveLength(60);
  expect(after.devices.get('1')?.probes.at(-1)).toBe(69);
});

test('down is news; up only of one that was down, not of one that was just begun', () => {
  const before = heard(start, all(device('1', 'down'), device('2', 'unknown'), device('3')));
  const { news } = heard(
    before,
    tick({
      changes: [
        { id: '1', state: 'up', since: 5 },
        { id: '2', state: 'up', since: 5 },
        { id: '3', state: 'down', since: 4 },
      ],
    }),
  );
  expect(news?.ups.map(({ id }) => id)).toEqual(['1']);
  expect(news?.downs.map(({ id }) => id)).toEqual(['3']);
});

test('a lost network is told once', () => {
  const before = heard(start, all(device('1')));
  const gone = heard(before, tick({ network: 'gone' }));
  expect(gone.news?.gone).toBe(true);
  expect(heard(gone, tick({ network: 'gone' })).news).toBeNull();
});

test('troubles stand first, what is not watched last, the rest by address', () => {
  const rows = ['10.20.30.10', '10.20.30.9', '10.20.30.8', '10.20.30.7'].map(
    (ip) => ({ id: ip, ip, name: ip }) as unknown as Device,
  );
  const states = new Map([
    ['10.20.30.10', 'down'],
    ['10.20.30.9', 'up'],
    ['10.20.30.8', 'off'],
    ['10.20.30.7', 'unknown'],
  ] as const);
  expect(byTrouble(rows, (id) => states.get(id as '10.20.30.9') ?? 'off').map(({ ip }) => ip)).toEqual([
    '10.20.30.10',
    '10.20.30.7',
    '10.20.30.9',
    '10.20.30.8',
  ]);
  expect(shownState({ ...device('1', 'unknown'), probes: [] }, false)).toBe('paused');
  expect(shownState(undefined, true)).toBe('off');
});

test('numbers: loss is never rounded to nothing, the scale ends at 100 ms', () => {
  expect(latencyOf([1, null, 3])).toEqual({ last: 3, min: 1, avg: 2, max: 3, loss_percent: 100 / 3 });
  expect(latencyOf([])).toMatchObject({ avg: null, loss_percent: null });
  expect([0, 0.4, 33.3, 99.6, 100].map(showPercent)).toEqual(['0%', '<1%', '33%', '>99%', '100%']);
  expect([levelOf(0), levelOf(100), levelOf(5000)]).toEqual([0, 1, 1]);
});
