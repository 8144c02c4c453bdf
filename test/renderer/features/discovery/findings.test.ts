import { factEntry, holds, type Entry } from '../../../../renderer/features/discovery/entries.ts';
import { findingLines } from '../../../../renderer/features/discovery/finding-lines.ts';
import { groupActs, mainOf, offersOf } from '../../../../renderer/features/discovery/offers.ts';
import type { FoundFact } from '../../../../shared/features/discovery.ts';
import type { Verdict } from '../../../../shared/features/discovery/verdicts.ts';

const fact = (verdict: Verdict, ip: string, change: Partial<FoundFact> = {}): Entry =>
  factEntry({
    key: `${verdict}|${ip}|001B21000007`,
    verdict,
    ip,
    mac: '001B21000007',
    macs: [],
    host: null,
    holder: null,
    other_holder: null,
    asset: null,
    misses: 0,
    last_seen_at: null,
    ticket: null,
    ignored: null,
    also: [],
    evidence: [],
    port: null,
    naming: null,
    other_ips: [],
    ...change,
  });

test('findings stand by verdict, gravest first, and by the smallest subnet that the register knows', () => {
  const names = [
    { cidr: '10.1.0.0/16', name: '校园网' },
    { cidr: '10.1.2.0/24', name: '教师办公' },
  ];
  const lines = findingLines(
    [
      fact('new_mac', '10.1.2.5'),
      fact('new_mac', '10.1.3.5'),
      fact('new_mac', '192.168.7.9'),
      fact('conflict', '10.1.2.9'),
    ],
    names,
  );
  expect(
    lines.map((line) => (line.is === 'finding' ? line.entry.ip : line.is === 'group' ? line.verdict : line.title)),
  ).toEqual([
    'conflict',
    '10.1.2.9',
    'new_mac',
    '10.1.2.0/24 教师办公',
    '10.1.2.5',
    '10.1.0.0/16 校园网',
    '10.1.3.5',
    '192.168.7.0/24',
    '192.168.7.9',
  ]);
});

test('an address with several things wrong offers what settles each, and never to put it aside first', () => {
  const both = fact('port_moved', '10.1.2.5', { also: [{ verdict: 'misnamed', key: 'k' }] });
  expect(offersOf(both)).toEqual(['port', 'ticket', 'ignore']);
  expect(groupActs([both, fact('new_mac', '10.1.2.6')])).toEqual(['bind', 'register', 'ticket', 'ignore', 'port']);
});

test('with a ticket open nothing is done by habit, and what is set aside can only be taken up again', () => {
  const ticket = { id: 't', number: 'BX-202611-L03-0001' };
  expect(mainOf(fact('moved', '10.1.2.5', { ticket }))).toBeNull();
  // a conflict is not over with its ticket: both ends are settled in one place
  expect(mainOf(fact('conflict', '10.1.2.5', { ticket }))).toBe('clash');
  expect(mainOf(fact('new_mac', '10.1.2.5', { ticket }))).toBe('bind');
  expect(offersOf(fact('silent', '10.1.2.5', { ignored: { id: 'i', until: '2026-12-01', reason: '假期' } }))).toEqual([
    'notice',
  ]);
});

test.each(['10.1.2.5', '001b-2100', '00:1b:21', '0007', '00-1B-21-00-00-07'])('%s finds the row', (typed) => {
  expect(holds(fact('new_mac', '10.1.2.5'), typed)).toBe(true);
  expect(holds(fact('new_mac', '10.1.2.5'), `${typed}x`)).toBe(false);
});
