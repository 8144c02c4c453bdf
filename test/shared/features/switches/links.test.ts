import { linksOf } from '../../../../shared/features/switches/links.ts';
import type { NeighbourRow, Snapshot } from '../../../../shared/features/switches/ports.ts';

const device = (n: number, neighbours: Partial<NeighbourRow>[], ports = [1, 2, 24]): Snapshot => ({
  device_ip: `10.20.1.${n}`,
  name: `SW-${n}`,
  read_at: n * 1000,
  addresses: [],
  interfaces: ports.map((port) => ({
    if_index: 100 + port,
    name: `GigabitEthernet0/0/${port}`,
    alias: null,
    type: 6,
    mac: `4C1FCC00000${n}`,
  })),
  forwarding: [],
  neighbours: neighbours.map((each) => ({
    if_index: null,
    chassis: null,
    system_name: null,
    system_description: null,
    management_ip: null,
    port: null,
    port_description: null,
    capabilities: null,
    ...each,
  })),
});
const shown = (devices: Snapshot[], known: Parameters<typeof linksOf>[1] = []): string[] =>
  linksOf(devices, known).map(
    ({ a, b, both, known }) => `${a.name} ${a.port} - ${b.name} ${b.port} ${both ? 'both' : 'one'} ${known}`,
  );

test('what both ends tell, each in its own words, is one link', () => {
  const one = device(1, [{ if_index: 102, chassis: '4C1FCC000002', port: 'GE0/0/24' }]);
  const two = device(2, [{ if_index: 124, system_name: 'sw-1', port: 'gigabitethernet 0/0/2' }]);
  const expected = ['SW-1 GigabitEthernet0/0/2 - SW-2 GigabitEthernet0/0/24 both read'];
  expect(shown([one, two])).toStrictEqual(expected);
  expect(linksOf([one, two], [])[0]?.read_at).toBe(1000);
});

test('two cables between the same devices are two links', () => {
  const one = device(1, [
    { if_index: 101, system_name: 'SW-2', port: 'GE0/0/1' },
    { if_index: 102, system_name: 'SW-2', port: 'GE0/0/2' },
  ]);
  const two = device(2, [
    { if_index: 102, system_name: 'SW-1', port: 'GE0/0/2' },
    { if_index: 101, system_name: 'SW-1', port: 'GE0/0/1' },
  ]);
  expect(shown([two, one])).toStrictEqual([
    'SW-2 GigabitEthernet0/0/1 - SW-1 GigabitEthernet0/0/1 both read',
    'SW-2 GigabitEthernet0/0/2 - SW-1 GigabitEthernet0/0/2 both read',
  ]);
});

test('ends that contradict each other stay two statements of one end each', () => {
  const one = device(1, [{ if_index: 101, system_name: 'SW-2', port: 'GE0/0/24' }]);
  const two = device(2, [{ if_index: 101, system_name: 'SW-1', port: 'GE0/0/2' }]);
  expect(shown([one, two])).toStrictEqual([
    'SW-1 GigabitEthernet0/0/1 - SW-2 GigabitEthernet0/0/24 one read',
    'SW-2 GigabitEthernet0/0/1 - SW-1 GigabitEthernet0/0/2 one read',
  ]);
});

test('a neighbour nobody read is told by its register name, else by its own', () => {
  const one = device(1, [
    {
      if_index: 101,
      chassis: '4C1FCC000009',
      system_name: 'HUAWEI',
      port: '4C1FCC000009',
      port_description: 'GE0/0/1',
    },
    { if_index: 102, system_name: 'AP-3F', port: 'eth0' },
    { if_index: 102, system_name: 'AP-3F', port: 'eth0' },
  ]);
  expect(shown([one], [{ ip: '10.20.1.9', mac: '4C1FCC000009', name: '实验楼' }])).toStrictEqual([
    'SW-1 GigabitEthernet0/0/1 - 实验楼 GE0/0/1 one registered',
    'SW-1 GigabitEthernet0/0/2 - AP-3F eth0 one unknown',
  ]);
});

test('the order of the readings changes nothing but which end is named first', () => {
  const one = device(1, [{ if_index: 102, system_name: 'SW-2', port: 'GE0/0/24' }]);
  const two = device(2, [{ if_index: 124, system_name: 'SW-1', port: 'GE0/0/2' }]);
  expect(linksOf([two, one], [])).toHaveLength(1);
  expect(linksOf([two, one], [])[0]).toMatchObject({ both: true });
});
