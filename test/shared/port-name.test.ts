import fc from 'fast-check';
import { portKey, samePort } from '../../shared/port-name.ts';

test.each([
  [
    'ge0/0/5',
    ['GigabitEthernet0/0/5', 'GE0/0/5', 'Gi0/0/5', 'gigabitethernet 0/0/5', 'ＧＥ０/０/５', 'ge 0/0/05', 'gei-0/0/5'],
  ],
  [
    'xge0/0/1',
    [
      'XGigabitEthernet0/0/1',
      'XGE0/0/1',
      'Te0/0/1',
      'TenGigabitEthernet0/0/1',
      'Ten-GigabitEthernet0/0/1',
      'xgei-0/0/1',
    ],
  ],
  ['25ge1/0/3', ['Twenty-FiveGigE1/0/3', '25GE1/0/3']],
  ['lag1', ['Eth-Trunk1', 'eth-trunk 1', 'Bridge-Aggregation1', 'Port-channel1', 'AggregatePort 1', 'Po1']],
  ['fe0/24', ['FastEthernet0/24', 'Fa0/24']],
  ['5', ['port 5', '5', '端口5', '5口', '5号口', 'Port5', '第5口']],
  ['vlan30', ['Vlanif30', 'Vlan-interface30', 'VLAN 30']],
])('%s is one port, however it is written', (key, ways) => {
  expect(ways.map(portKey)).toStrictEqual(ways.map(() => key));
});

test('other numbers, other types and other members of a stack are other ports', () => {
  for (const [a, b] of [
    ['GE0/0/5', 'GE0/0/15'],
    ['GE0/0/5', 'XGE0/0/5'],
    ['GE1/0/5', 'GE2/0/5'],
    ['5', 'GE2/0/5'],
    ['5', 'GE0/0/15'],
    ['1', 'Eth-Trunk1'],
    ['', 'GE0/0/1'],
  ] as const)
    expect([a, b, samePort(a, b)]).toStrictEqual([a, b, false]);
});

test('what a technician leaves out is not held against him', () => {
  for (const [a, b] of [
    ['5', 'GigabitEthernet0/0/5'],
    ['5口', 'GigabitEthernet1/0/5'],
    ['0/0/5', 'GE0/0/5'],
    ['port 5', '5'],
    ['GE0/0/5', 'gi0/0/5'],
  ] as const)
    expect([a, b, samePort(a, b), samePort(b, a)]).toStrictEqual([a, b, true, true]);
});

test('any text is compared without a fault: with itself it is the same, and both ways round alike', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }), (a, b) => {
      expect(samePort(a, a)).toBe(true);
      expect(samePort(a, b)).toBe(samePort(b, a));
    }),
  );
});
