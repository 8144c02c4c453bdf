import fc from 'fast-check';
import { diffSweeps, type ComparedSweep } from '../../../../../main/engine/features/discovery/diff.ts';
import type { DiscoveredHost } from '../../../../../shared/features/discovery.ts';
import { unidentified } from '../../../../../shared/features/discovery/identity.ts';
import { parseIp, showIp } from '../../../../../shared/ip.ts';

const FIRST = parseIp('10.20.30.1') ?? 0;
const mac = (n: number): string => `001B21${n.toString(16).toUpperCase().padStart(6, '0')}`;
const host = (octet: number, card: number | null, more: Partial<DiscoveredHost> = {}): DiscoveredHost => ({
  ip: showIp(FIRST - 1 + octet),
  mac: card === null ? null : mac(card),
  self: false,
  proof: 'arp',
  vendor: null,
  random: false,
  rtt_ms: null,
  loss_percent: null,
  ttl: null,
  name: null,
  ...unidentified,
  ...more,
});
const whole = [[FIRST, FIRST + 253]] as const;
const sweep = (hosts: DiscoveredHost[], runs: ComparedSweep['runs'] = whole, deep = true): ComparedSweep => ({
  hosts,
  runs,
  deep,
});
const told = (before: ComparedSweep, after: ComparedSweep): string[] =>
  diffSweeps(before, after).changes.map(({ kind, ip, fields, before: old }) =>
    `${kind} ${ip.slice(9)}${kind === 'moved' ? ` from ${old?.ip.slice(9)}` : ''} ${fields.join(' ')}`.trim(),
  );

test('appeared, gone, moved and changed, each told once', () => {
  const before = sweep([host(1, 1), host(2, 2), host(3, 3), host(4, 4, { name: 'PC-4', ports: [80] }), host(5, 5)]);
  const after = sweep([
    host(1, 1),
    host(20, 2),
    host(4, 4, { name: 'PC-4B', ports: [80, 3389] }),
    host(5, 55),
    host(6, 6),
  ]);
  expect(told(before, after)).toEqual([
    'gone 3',
    'changed 4 name ports',
    'changed 5 mac',
    'appeared 6',
    'moved 20 from 2',
  ]);
  expect(diffSweeps(before, after).counts).toEqual({ moved: 1, changed: 2, appeared: 1, gone: 1, unchanged: 1 });
});

test('two that changed places moved, both; the address that one left to a newcomer is told of the newcomer', () => {
  expect(told(sweep([host(1, 1), host(2, 2)]), sweep([host(1, 2), host(2, 1)]))).toEqual([
    'moved 1 from 2',
    'moved 2 from 1',
  ]);
  expect(told(sweep([host(1, 1)]), sweep([host(2, 1), host(1, 9)]))).toEqual(['appeared 1', 'moved 2 from 1']);
});

test('of an address that one of the two did not ask nothing is said, but it is counted', () => {
  const half = [[FIRST, FIRST + 9]] as const;
  const before = sweep([host(1, 1), host(100, 100)]);
  const after = sweep([host(2, 2)], half);
  expect(told(before, after)).toEqual(['gone 1', 'appeared 2']);
  expect(diffSweeps(before, after)).toMatchObject({ common: 10, incomparable: { before: 1, after: 0 } });
  // a card seen elsewhere moved only if its old address was asked again and its new one had been asked before
  expect(told(sweep([host(100, 1)]), sweep([host(2, 1)], half))).toEqual(['appeared 2']);
  expect(told(sweep([host(2, 1)], half), sweep([host(100, 1)]))).toEqual(['gone 2']);
});

test('what answered was asked, also in a sweep that was broken off', () => {
  expect(told(sweep([host(1, 1)], []), sweep([host(1, 2)], []))).toEqual(['changed 1 mac']);
});

test('what only one of the two asked for is no change', () => {
  const known = host(1, 1, { name: 'PC-1', kind: 'pc', ports: [3389] });
  expect(told(sweep([known]), sweep([host(1, 1)], whole, false))).toEqual([]);
  expect(told(sweep([host(1, null)]), sweep([known], whole, false))).toEqual([]);
  // two that both knocked: a port that is open no more is closed
  expect(told(sweep([known]), sweep([host(1, 1)]))).toEqual(['changed 1 ports']);
  expect(told(sweep([host(1, 1, { proof: 'icmp' })]), sweep([host(1, 1)]))).toEqual([]);
  expect(told(sweep([host(1, 1, { proof: 'cache' })]), sweep([host(1, 1)]))).toEqual(['changed 1 proof']);
});

const anySweep = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.option(fc.integer({ min: 1, max: 20 }))), {
    selector: ([octet, card]) => `${octet} ${card}`,
    maxLength: 30,
  })
  .chain((rows) =>
    fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 })), { maxLength: 2 }).map((runs) =>
      sweep(
        rows.map(([octet, card]) => host(octet, card)),
        // disjoint, as sweeps write them down
        runs.map(([first, length], at) => [FIRST + at * 60 + first, FIRST + at * 60 + first + length] as const),
      ),
    ),
  );
test('every host of both sweeps is accounted for once, and turning the two round turns the answer round', () => {
  fc.assert(
    fc.property(anySweep, anySweep, (before, after) => {
      const { counts, incomparable, common } = diffSweeps(before, after);
      const pairs = counts.moved + counts.changed + counts.unchanged;
      expect(pairs + counts.gone + incomparable.before).toBe(before.hosts.length);
      expect(pairs + counts.appeared + incomparable.after).toBe(after.hosts.length);
      const back = diffSweeps(after, before);
      expect(back.common).toBe(common);
      expect(diffSweeps(before, before).changes).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('20,000 hosts beside 20,000 are quick', () => {
  const runs = [[FIRST, FIRST + 25_000]] as const;
  const many = (shift: number): DiscoveredHost[] =>
    Array.from({ length: 20_000 }, (_, at) => host(at + 1 + (at % 10 === 0 ? shift : 0), at, { ports: [80, at % 50] }));
  const before = sweep(many(0), runs);
  const after = sweep(many(3000), runs);
  const from = performance.now();
  const { counts } = diffSweeps(before, after);
  // about 60 ms on the build machine; a second would be felt
  expect(performance.now() - from).toBeLessThan(1000);
  expect(counts.moved).toBe(2000);
});
