import fc from 'fast-check';
import { answerOf } from '../../../../shared/features/switches/candidate.ts';
import type { ForwardingRow, NeighbourRow, Snapshot } from '../../../../shared/features/switches/ports.ts';
import { portFinder } from '../../../../shared/features/switches/which-port.ts';

const MINUTE = 60_000;
const NOW = 1_790_000_000_000;
const card = (n: number): string => `00E04C${n.toString(16).toUpperCase().padStart(6, '0')}`;
const bridgeMac = (n: number): string => `4C1FCC${n.toString(16).toUpperCase().padStart(6, '0')}`;

/** Switch number `n`: ports by their number, each with the cards it learned. Bridge port and ifIndex differ, as on Huawei. */
function device(
  n: number,
  ports: Record<number, string[]>,
  more: { ageMs?: number; neighbours?: NeighbourRow[]; lag?: number; rows?: ForwardingRow[] } = {},
): Snapshot {
  return {
    device_ip: `10.20.1.${n}`,
    name: `SW-${n}`,
    read_at: NOW - (more.ageMs ?? 0),
    addresses: [`10.20.1.${n}`],
    interfaces: Object.keys(ports).map((port) => ({
      if_index: 100 + Number(port),
      name: more.lag === Number(port) ? 'Eth-Trunk1' : `GigabitEthernet0/0/${port}`,
      alias: null,
      type: more.lag === Number(port) ? 53 : 6,
      mac: bridgeMac(n),
    })),
    forwarding: [
      ...Object.entries(ports).flatMap(([port, macs]) =>
        macs.map((mac) => ({
          mac,
          vlan: 30,
          bridge_port: Number(port),
          if_index: 100 + Number(port),
          status: 'learned' as const,
        })),
      ),
      ...(more.rows ?? []),
    ],
    neighbours: more.neighbours ?? [],
  };
}
const neighbour = (port: number, more: Partial<NeighbourRow>): NeighbourRow => ({
  if_index: 100 + port,
  chassis: null,
  system_name: null,
  system_description: null,
  management_ip: null,
  port: null,
  port_description: null,
  capabilities: null,
  ...more,
});
const where = (devices: Snapshot[], mac: string, known: Parameters<typeof portFinder>[1] = []) =>
  portFinder(devices, known)
    .find(mac)
    .map(({ device: name, port, kind, uplink_because }) => [name, port, kind, ...uplink_because].join(' '));

const hosts = (from: number, count: number): string[] => Array.from({ length: count }, (_, at) => card(from + at));
/** A core with two access switches; each knows the others' own addresses, as switches do that are managed over the same wires. */
const tree = (): Snapshot[] => [
  device(1, { 1: [...hosts(10, 3), bridgeMac(2)], 2: [...hosts(20, 3), bridgeMac(3)], 3: [card(30)] }),
  device(2, {
    1: [card(10)],
    2: [card(11)],
    3: [card(12)],
    24: [...hosts(20, 3), card(30), bridgeMac(1), bridgeMac(3)],
  }),
  device(3, {
    1: [card(20)],
    2: [card(21)],
    3: [card(22)],
    24: [...hosts(10, 3), card(30), bridgeMac(1), bridgeMac(2)],
  }),
];

test('in a tree of three switches the edge is the answer and both uplinks say why they are not', () => {
  const found = where(tree(), card(21));
  expect(found[0]).toBe('SW-3 GigabitEthernet0/0/2 edge');
  expect(found.slice(1).every((each) => each.includes(' uplink carries_switch'))).toBe(true);
  expect(found).toHaveLength(3);
});

test('switches that never send a packet of their own are told apart by whole ports behind them', () => {
  const bridges = new Set([1, 2, 3].map(bridgeMac));
  const mute = tree().map((each) => ({
    ...each,
    forwarding: each.forwarding.filter((row) => !bridges.has(row.mac)),
  }));
  expect(where(mute, card(10))).toStrictEqual([
    'SW-2 GigabitEthernet0/0/1 edge',
    'SW-1 GigabitEthernet0/0/1 uplink ports_behind',
    'SW-3 GigabitEthernet0/0/24 uplink ports_behind',
  ]);
});

test('LLDP hears a neighbour on a cable of a trunk: the trunk is the uplink, however few are behind it', () => {
  const heard = { neighbours: [neighbour(23, { system_name: '核心', capabilities: ['bridge'] })], lag: 30 };
  const trunk = device(2, { 1: [card(1)], 23: [], 24: [], 30: [card(7)] }, heard);
  const cables = trunk.interfaces.map((each) =>
    [123, 124].includes(each.if_index) ? { ...each, lag_if_index: 130 } : each,
  );
  expect(where([{ ...trunk, interfaces: cables }], card(7))).toStrictEqual(['SW-2 Eth-Trunk1 uplink lldp_switch']);
  // where the device does not say whose cable it is, the trunk is not taken for an edge either
  expect(where([trunk], card(7))).toStrictEqual(['SW-2 Eth-Trunk1 uplink lldp_switch']);
  expect(where([trunk], card(1))).toStrictEqual(['SW-2 GigabitEthernet0/0/1 edge']);
  expect(where([{ ...trunk, neighbours: [] }], card(7))).toStrictEqual(['SW-2 Eth-Trunk1 edge']);
});

test('tables read an hour apart prove nothing about each other', () => {
  const apart = [
    device(1, { 1: [card(1), card(2)], 2: [card(3)] }),
    device(2, { 1: [card(1)], 2: [card(2)] }, { ageMs: 60 * MINUTE }),
  ];
  expect(where(apart, card(1))[0]).toBe('SW-1 GigabitEthernet0/0/1 edge');
});

test('a missing switch in the middle leaves a direction and no answer', () => {
  const found = portFinder([tree()[0]!, tree()[1]!], [{ ip: '10.20.1.3', mac: bridgeMac(3), name: '东侧接入' }]).find(
    card(21),
  );
  expect(found.map(({ kind }) => kind)).toStrictEqual(['uplink', 'uplink']);
  expect(answerOf(found)).toBeNull();
  // the direction is where fewer cards are: towards the missing switch, not back over the core
  expect(found[0]).toMatchObject({ device: 'SW-1', port: 'GigabitEthernet0/0/2', uplink_because: ['carries_switch'] });
});

test('an aggregated link with many cards is an uplink, one with a server is not', () => {
  const core = device(1, { 1: hosts(1, 9), 2: [card(50)] }, { lag: 1 });
  expect(where([core], card(3))).toStrictEqual(['SW-1 Eth-Trunk1 uplink many_macs']);
  const server = device(1, { 1: hosts(1, 2), 2: [card(50)] }, { lag: 1 });
  expect(where([server], card(2))).toStrictEqual(['SW-1 Eth-Trunk1 edge']);
});

test('a neighbour that does not say what it can is known by how it names its port', () => {
  const beside = device(
    2,
    { 1: [card(1)], 2: [card(2)], 3: [card(3)] },
    {
      neighbours: [
        neighbour(1, { system_name: 'HX', port: '25' }),
        neighbour(2, { system_name: 'srv', port: 'eth0' }),
        neighbour(3, { system_name: 'NPI-printer', port: '1' }),
      ],
    },
  );
  expect([1, 2, 3].map((n) => where([beside], card(n))[0]?.split(' ')[2])).toStrictEqual(['uplink', 'edge', 'edge']);
});

test('a small switch under a port is still the place to go to, and says that others hang there', () => {
  const access = device(2, { 1: [card(1)], 2: [card(2)], 3: [card(3)], 5: hosts(10, 6) });
  expect(portFinder([access]).find(card(12))[0]).toMatchObject({ kind: 'edge', end: 'several_hosts', macs: 6 });
});

test('far more cards than on the neighbours make a port an uplink even where nobody says so', () => {
  const access = device(2, { 1: [card(1)], 2: [card(2)], 3: [card(3)], 24: hosts(10, 200) });
  expect(where([access], card(12))).toStrictEqual(['SW-2 GigabitEthernet0/0/24 uplink many_macs']);
  expect(where([access], card(2))).toStrictEqual(['SW-2 GigabitEthernet0/0/2 edge']);
});

test('a card that moved is looked for where it was seen last, and the older place is told', () => {
  const moved = [
    device(2, { 7: [card(1)] }, { ageMs: 90 * MINUTE }),
    device(3, { 4: [card(1), card(2), card(3)] }, { ageMs: MINUTE }),
  ];
  const found = portFinder(moved).find(card(1));
  expect(found.map(({ device: name, outdated }) => [name, outdated])).toStrictEqual([
    ['SW-3', false],
    ['SW-2', true],
  ]);
});

test('seen by two in the same minutes, the port with fewer cards wins; learned before written by hand', () => {
  const two = [device(2, { 7: hosts(1, 4) }), device(3, { 4: [card(1)] }, { ageMs: 4 * MINUTE })];
  expect(where(two, card(1))[0]).toBe('SW-3 GigabitEthernet0/0/4 edge');
  const fixed = device(
    2,
    { 9: [] },
    {
      rows: [{ mac: card(1), vlan: 30, bridge_port: 9, if_index: 109, status: 'static' }],
    },
  );
  expect(where([fixed, device(3, { 4: [card(1)] })], card(1))[0]).toBe('SW-3 GigabitEthernet0/0/4 edge');
});

test('port 0 is no port, and an own address is the device itself', () => {
  const odd = device(
    2,
    { 1: [card(1)] },
    {
      rows: [
        { mac: card(9), vlan: null, bridge_port: 0, if_index: null, status: 'other' },
        { mac: card(8), vlan: null, bridge_port: 0, if_index: null, status: 'self' },
      ],
    },
  );
  expect(where([odd], card(9))).toStrictEqual([]);
  expect(portFinder([odd]).find(card(8))[0]).toMatchObject({ kind: 'self', device: 'SW-2' });
  expect(portFinder([odd]).find(bridgeMac(2))[0]).toMatchObject({ kind: 'self' });
});

test('a card in several VLANs is one card on its port', () => {
  const rows = [10, 20].map((vlan) => ({
    mac: card(1),
    vlan,
    bridge_port: 4,
    if_index: 104,
    status: 'learned' as const,
  }));
  const found = portFinder([device(2, { 4: [] }, { rows })]).find(card(1));
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ macs: 1, vlan: 10, end: 'one_host' });
});

test('LLDP: a switch makes an uplink, a telephone and an access point do not', () => {
  const beside = device(
    2,
    { 1: [card(1)], 2: [card(2), card(3)], 3: hosts(10, 30), 4: [card(4)] },
    {
      neighbours: [
        neighbour(1, { system_name: 'S5735', capabilities: ['bridge', 'router'] }),
        neighbour(2, { system_name: 'SEP1', capabilities: ['bridge', 'telephone'] }),
        neighbour(3, { system_name: 'AP-3F', capabilities: ['bridge', 'access_point'] }),
        neighbour(4, {
          system_name: 'PC-7',
          capabilities: ['station'],
          system_description: 'Windows, a switchable desk',
        }),
      ],
    },
  );
  expect(where([beside], card(1))).toStrictEqual(['SW-2 GigabitEthernet0/0/1 uplink lldp_switch']);
  expect(portFinder([beside]).find(card(3))[0]).toMatchObject({ kind: 'edge', end: 'telephone' });
  expect(portFinder([beside]).find(card(12))[0]).toMatchObject({ kind: 'edge', end: 'access_point', macs: 30 });
  expect(where([beside], card(4))).toStrictEqual(['SW-2 GigabitEthernet0/0/4 edge']);
});

test('a registered switch that nobody can read is found at the port it hangs on', () => {
  const access = device(2, { 1: [card(1)], 5: [bridgeMac(9), ...hosts(20, 4)] });
  const known = [{ ip: '10.20.1.9', mac: bridgeMac(9), name: '三楼接入' }];
  expect(portFinder([access], known).find(bridgeMac(9))[0]).toMatchObject({ kind: 'edge', end: 'switch_itself' });
  expect(where([access], card(21), known)).toStrictEqual(['SW-2 GigabitEthernet0/0/5 uplink carries_switch']);
});

/** A random tree of switches with complete tables: who is where is known, so that the answer can be checked. */
const forest = fc
  .record({
    parents: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
    seats: fc.array(fc.nat({ max: 6 }), { minLength: 2, maxLength: 40 }),
  })
  .map(({ parents, seats }) => {
    const count = parents.length + 1;
    const parentOf = [-1, ...parents.map((each, at) => each % (at + 1))];
    const path = (from: number): number[] => (from === -1 ? [] : [from, ...path(parentOf[from] ?? -1)]);
    /** The port of `a` towards `b`: 60 is up, 61 and on are down. */
    const towards = (a: number, b: number): number => {
      const chain = path(b);
      const at = chain.indexOf(a);
      return at <= 0 ? 60 : 61 + (chain[at - 1] ?? 0);
    };
    const homes = seats.map((seat, at) => ({ mac: card(1000 + at), home: seat % count, port: 1 + at }));
    const devices = Array.from({ length: count }, (_, n) => {
      const ports: Record<number, string[]> = {};
      const put = (port: number, mac: string): void => void (ports[port] ??= []).push(mac);
      for (const { mac, home, port } of homes) put(home === n ? port : towards(n, home), mac);
      for (let other = 0; other < count; other++) if (other !== n) put(towards(n, other), bridgeMac(other + 1));
      return device(n + 1, ports);
    });
    return { devices, homes };
  });

test('with every table at hand, every card of any tree is found where it is plugged in', () => {
  fc.assert(
    fc.property(forest, ({ devices, homes }) => {
      const finder = portFinder(devices);
      for (const { mac, home, port } of homes)
        expect(answerOf(finder.find(mac))).toMatchObject({
          device: `SW-${home + 1}`,
          port: `GigabitEthernet0/0/${port}`,
          macs: 1,
        });
    }),
    { numRuns: 60 },
  );
});

test('with any one table missing, a card of that switch gets a direction and never a wrong place; the order of tables means nothing', () => {
  fc.assert(
    fc.property(forest, fc.nat(), ({ devices, homes }, pick) => {
      const missing = pick % devices.length;
      const left = devices.filter((_, at) => at !== missing);
      const known = [{ ip: `10.20.1.${missing + 1}`, mac: bridgeMac(missing + 1), name: null }];
      const finder = portFinder(left, known);
      const turned = portFinder(left.toReversed(), known);
      for (const { mac, home } of homes) {
        if (home === missing) expect(answerOf(finder.find(mac))).toBeNull();
        expect(turned.find(mac)).toStrictEqual(finder.find(mac));
      }
    }),
    { numRuns: 60 },
  );
});
