import { beginSweep, saveSightings } from '../../../../../main/engine/features/discovery/store.ts';
import { intervalsOf, type Point } from '../../../../../main/engine/features/discovery/timeline.ts';
import type { DiscoveredHost } from '../../../../../shared/features/discovery.ts';
import { unidentified } from '../../../../../shared/features/discovery/identity.ts';
import { testEngine } from '../../../../support/engine.ts';

const HOUR = 3_600_000;
const CARD = '001B21000005';
/** One look an hour, newest first: who was seen in it. */
const looks = (...seen: (readonly (readonly [string, string])[])[]): Point[] =>
  seen.flatMap((pairs, ago) =>
    pairs.map(([ip, mac]) => ({
      at: (1000 - ago) * HOUR,
      look: `look${ago}`,
      ip,
      mac,
      source: 'sweep' as const,
      device: null,
      port: null,
      name: null,
    })),
  );
const told = (points: readonly Point[]): string[] =>
  intervalsOf(points).map(({ ip, mac, times }) => `${ip} ${mac} x${times}`);

test('two cards at one address at once are two intervals that go on beside each other', () => {
  const both = [
    ['.5', 'A'],
    ['.5', 'B'],
  ] as const;
  expect(told(looks(both, both, both))).toEqual(['.5 A x3', '.5 B x3']);
});

test('cards that take turns are told turn by turn', () => {
  expect(told(looks([['.5', 'A']], [['.5', 'B']], [['.5', 'A']]))).toEqual(['.5 A x1', '.5 B x1', '.5 A x1']);
});

test('sources do not part each other: a switch that told in between ends no interval of the sweeps', () => {
  const sweeps = looks([['.5', 'A']], [['.5', 'A']]);
  const port: Point = {
    ...sweeps[0]!,
    at: 999.5 * HOUR,
    look: 'r',
    source: 'forwarding',
    device: 'SW',
    port: '5',
    ip: null,
  };
  expect(told([sweeps[0]!, port, sweeps[1]!])).toEqual(['.5 A x2', 'null A x1']);
});

test('pages end where reading ended, and together they tell every sighting once', async () => {
  const test_ = await testEngine();
  const { db } = test_.engine;
  const start = test_.clock.now() - 6000 * HOUR;
  const host: DiscoveredHost = {
    ip: '10.20.30.5',
    mac: CARD,
    self: false,
    proof: 'arp',
    vendor: null,
    random: false,
    rtt_ms: null,
    loss_percent: null,
    ttl: null,
    name: null,
    ...unidentified,
  };
  db.raw.transaction(() => {
    for (let at = 0; at < 5300; at++) {
      const id = beginSweep(db, start + at * HOUR, { cidrs: [], effort: 'quick', total: 1 });
      saveSightings(db, id, start + at * HOUR, [{ ...host, ip: `10.20.30.${at % 100 === 0 ? 6 : 5}` }]);
    }
  })();
  const ask = test_.call.discovery.history;
  let times = 0;
  let pages = 0;
  let before: number | undefined;
  do {
    const page = await ask.sightings({ address: CARD, ...(before === undefined ? {} : { before }) });
    times += page.intervals.reduce((sum, each) => sum + each.times, 0);
    pages += 1;
    before = page.next ?? undefined;
  } while (before !== undefined);
  expect([pages, times]).toEqual([2, 5300]);
  test_.close();
});
