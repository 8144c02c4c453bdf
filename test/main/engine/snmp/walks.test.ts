/** Every recorded walk, served by an agent on loopback and read through the real helper process, all at the same time. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceReading } from '../../../../main/engine/snmp/reading.ts';
import { createSnmpReader } from '../../../../main/engine/snmp/reader.ts';
import { spawnHelper } from '../../../../main/engine/spawn-helper.ts';
import { serveWalk, type Agent } from '../../../support/snmp-agent.ts';
import { shown } from '../../../support/snmp-reading.ts';
import { readWalk } from '../../../support/walk.ts';

const names = readdirSync(join(__dirname, '../../../support/walks')).map((file) => file.replace('.walk', ''));
const reader = createSnmpReader(spawnHelper);
const agents = new Map<string, Agent>();
const readings = new Map<string, Promise<DeviceReading>>();

beforeAll(async () => {
  for (const name of names) {
    const walk = readWalk(name);
    const agent = await serveWalk(walk);
    agents.set(name, agent);
    const credential = { version: 'v2c', community: walk.community } as const;
    readings.set(name, reader.read({ ip: '127.0.0.1', port: agent.port, credential }));
  }
});
afterAll(() => {
  reader.close();
  for (const agent of agents.values()) agent.close();
});

test.each(names)(
  '%s',
  async (name) => {
    const reading = await readings.get(name);
    expect(reading && shown(reading)).toEqual(readWalk(name).reading);
  },
  60_000,
);

test('a device is only ever asked: GET, GETNEXT and GETBULK', async () => {
  await Promise.all(readings.values());
  const kinds = new Set([...agents.values()].flatMap((agent) => [...agent.kinds]));
  expect([...kinds].sort((a, b) => a - b)).toEqual([0xa0, 0xa1, 0xa5]);
}, 60_000);

test('no community is tried but the one given, with a VLAN where Cisco wants it', async () => {
  await Promise.all(readings.values());
  const heard = [...agents].map(([name, agent]) => [name, [...new Set(agent.heard)].sort()]);
  const plain = names.map((name) => [name, ['walk-community']]);
  const cisco = ['walk-community', 'walk-community@1', 'walk-community@10', 'walk-community@20'];
  expect(heard).toEqual(plain.map(([name, list]) => [name, name === 'cisco-2960' ? cisco : list]));
}, 60_000);
