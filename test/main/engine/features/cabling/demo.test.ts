/** The cabling of the demo school as domain.md §4 counts it, and what can be asked of it. */
import { testEngine, type TestEngine } from '../../../../support/engine.ts';

let school: TestEngine;
beforeAll(async () => {
  school = await testEngine();
  for await (const _ of await school.call.system.demo({ scale: 1 }));
}, 60_000);
afterAll(() => school.close());

const count = (sql: string): number => school.engine.db.value<number>(`SELECT count(*) FROM ${sql}`) ?? 0;

test('816 ports, 618 of them in use: 96 of 144, 138 of 192, 384 of 480; 6 damaged', async () => {
  const lines = (await school.call.cabling.switches()).filter(({ ports }) => ports > 0);
  const used = (building: string): [number, number] => {
    const own = lines.filter(({ place }) => place.startsWith(building));
    return [
      own.reduce((sum, { counts }) => sum + (counts.good ?? 0), 0),
      own.reduce((sum, { ports }) => sum + ports, 0),
    ];
  };
  expect(lines).toHaveLength(17);
  expect([used('综合楼'), used('教学楼'), used('信息实验楼')]).toEqual([
    [96, 144],
    [138, 192],
    [384, 480],
  ]);
  expect(count("switch_ports WHERE state = 'damaged'")).toBe(6);
  for (const floor of ['2F', '3F']) {
    const own = lines.filter(({ place }) => place.startsWith('信息实验楼') && place.includes(floor));
    const good = own.reduce((sum, { counts }) => sum + (counts.good ?? 0), 0);
    expect(good / own.reduce((sum, { ports }) => sum + ports, 0)).toBeGreaterThanOrEqual(0.87);
  }
});

test('each port in use has its lead, its place on a panel, its cable and its outlet', async () => {
  expect([count('outlets'), count("cables WHERE a_side = 'rear'"), count("cables WHERE a_side = 'front'")]).toEqual([
    618, 618, 618,
  ]);
  const first = (await school.call.cabling.switches()).find(({ title }) => title.startsWith('SW-A1-1'));
  const { ports } = await school.call.cabling.faceplate({ asset_id: first?.id ?? '' });
  expect(ports[0]).toMatchObject({
    port: { name: 'GE1/0/1', state: 'good' },
    cable: { label: 'A-1A-A-01P' },
    outlet: { title: 'A1-01' },
    age: 10,
  });
  expect(ports[0]?.people).toHaveLength(1);
});

test('8 labels cannot be read, 2 are wrong', async () => {
  const closets = await school.call.cabling.closets();
  expect(closets.reduce((sum, { illegible }) => sum + illegible, 0)).toBe(8);
  expect(closets.reduce((sum, { wrong }) => sum + wrong, 0)).toBe(2);
  const a2 = closets.find(({ title }) => title.includes('A2F'));
  const lines = await school.call.cabling.cables({ location_id: a2?.id ?? '' });
  expect(lines.filter(({ correct }) => correct === false).map(({ cable }) => [cable.label, cable.found])).toEqual([
    ['A-2A-A-20', 'A-2A-A-21'],
  ]);
});

test('a person is traced to the firewall’s side, in one line', async () => {
  const held = school.engine.db.get<{ id: string; ip: string; name: string }>(
    "SELECT b.id, b.ip, p.name FROM bindings b JOIN people p ON p.id = b.person_id WHERE b.outlet = 'A1-01'",
  );
  const [trace] = await school.call.cabling.trace({ start: 'binding', id: held?.id ?? '' });
  expect(trace?.hops.map(({ kind, from, title }) => [kind, from, kind === 'device' ? '' : title])).toEqual([
    ['person', 'register', expect.stringContaining(held?.name ?? '—')],
    ['device', 'register', ''],
    ['outlet', 'register', 'A1-01'],
    ['panel', 'register', 'A-1A-A-01 背面'],
    ['port', 'register', 'SW-A1-1 GE1/0/1'],
    ['uplink', 'register', 'AGG-A'],
  ]);
  expect(trace?.line).toContain('A1-01 —[A-1A-A-01] → A-1A-A-01 背面 —[A-1A-A-01P] → SW-A1-1 GE1/0/1');
  const [found] = await school.call.cabling.traceFrom({ text: held?.ip ?? '' });
  expect(found).toMatchObject({ start: 'binding', id: held?.id });
});
