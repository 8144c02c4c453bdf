/** Two cables in one place, as two laptops leave them that were offline: listed with both, who and when, on the trace too, until one is moved or removed. */
import { testEngine, type TestEngine } from '../../../../support/engine.ts';

let t: TestEngine;
let closet: string;
let room: string;
let switchId: string;
let panel: string;
const cabling = () => t.call.cabling;

beforeEach(async () => {
  t = await testEngine();
  closet = (await t.call.locations.create({ kind: 'closet', name: 'B1F 弱电间' })).id;
  room = (await t.call.locations.create({ kind: 'room', name: 'B101' })).id;
  const made = { name: '接入交换机', category: 'switch', status: 'in_use', hostname: 'SW-B1-1' } as const;
  switchId = (await t.call.assets.create({ ...made, location_id: closet })).id;
  await cabling().makePorts({ asset_id: switchId, prefix: 'GE1/0/', from: 1, to: 24 });
  panel = (await cabling().createPanel({ location_id: closet, code: 'B-1A', name: 'A', ports: 24 })).id;
  const side = { panel_id: panel, range: '1-4', target_range: '1-4', dry: false } as const;
  await cabling().map({ ...side, target: 'outlets', target_id: room, prefix: 'B101-' });
  await cabling().map({ ...side, target: 'ports', target_id: switchId });
});
afterEach(() => t.close());

const labelled = async (label: string) => {
  const all = await cabling().cables({ location_id: closet });
  return all.find(({ cable }) => cable.label === label)!.cable;
};
/** What sync brings from a laptop that did not know of the first cable. */
const double = (id: string, position: number): void => {
  t.engine.db.raw.prepare("UPDATE cables SET a_position = ? WHERE id = ? AND a_side = 'front'").run(position, id);
};
const portId = async (n: number) => (await cabling().faceplate({ asset_id: switchId })).ports[n - 1]!.port.id;

test('a place with two cables is listed with both, who put them there and when, and is settled by moving one', async () => {
  expect(await cabling().breaches()).toEqual([]);
  const [one, two] = [await labelled('B-1A-A-01P'), await labelled('B-1A-A-02P')];
  t.clock.set(60_000);
  double(two.id, 1);
  const [breach, ...more] = await cabling().breaches();
  expect(more).toEqual([]);
  expect(breach).toMatchObject({ place: 'B-1A-A-01 正面', where: 'B1F 弱电间' });
  expect(breach?.cables.map(({ id, label, far, by }) => [id, label, far, by])).toEqual([
    [one.id, 'B-1A-A-01P', 'SW-B1-1 GE1/0/1', '李明@L03'],
    [two.id, 'B-1A-A-02P', 'SW-B1-1 GE1/0/2', '李明@L03'],
  ]);
  expect(breach?.cables[0]?.at).toBe(Date.parse('2026-09-29T16:20+08:00'));
  const end = { kind: 'panel', id: panel, position: 9, side: 'front' } as const;
  await cabling().updateCable({ id: two.id, changes: {}, [breach!.cables[1]!.end]: end });
  expect(await cabling().breaches()).toEqual([]);
});

test('the last one who moved an end is the one named', async () => {
  const two = await labelled('B-1A-A-02P');
  t.clock.set(3_600_000);
  const moved = { kind: 'panel', id: panel, position: 8, side: 'front' } as const;
  await cabling().updateCable({ id: two.id, changes: { remark: '换过' }, a: moved });
  const at = t.clock.now();
  t.clock.set(3_600_000);
  await cabling().updateCable({ id: two.id, changes: { remark: '又看过' } });
  double(two.id, 1);
  const [breach] = await cabling().breaches();
  expect(breach?.cables.find(({ id }) => id === two.id)?.at).toBe(at);
});

test('the trace shows it at whatever cable it follows, and removing one ends it', async () => {
  const two = await labelled('B-1A-A-02P');
  double(two.id, 1);
  const outlet = (await cabling().listOutlets({})).rows.find(({ label }) => label === 'B101-01')!;
  for (const [start, id] of [
    ['outlet', outlet.id],
    ['port', await portId(1)],
    ['port', await portId(2)],
  ] as const) {
    const [trace] = await cabling().trace({ start, id });
    expect(trace?.doubled.map(({ place, cables }) => [place, cables.length])).toEqual([['B-1A-A-01 正面', 2]]);
    expect(trace?.line).toContain('B-1A-A-01 正面 登记了 2 根线');
  }
  const [clean] = await cabling().trace({ start: 'port', id: await portId(3) });
  expect(clean?.doubled).toEqual([]);
  await cabling().removeCable({ id: two.id });
  expect(await cabling().breaches()).toEqual([]);
});

test('outlets and ports with two cables are listed too; a device takes many', async () => {
  const device = { kind: 'asset', id: switchId } as const;
  for (const label of ['B-1A-L-1', 'B-1A-L-2']) await cabling().createCable({ a: device, b: null, values: { label } });
  const [one, two] = [await labelled('B-1A-A-01'), await labelled('B-1A-A-02')];
  const outlet = one.b_outlet_id ?? one.a_outlet_id;
  t.engine.db.raw
    .prepare(`UPDATE cables SET ${two.b_outlet_id ? 'b' : 'a'}_outlet_id = ? WHERE id = ?`)
    .run(outlet, two.id);
  expect((await cabling().breaches()).map(({ place, where }) => [place, where])).toEqual([['B101-01', 'B101']]);
});

test('a trace begins at a port by the name of its switch and its own, in any way of writing it', async () => {
  const id = await portId(3);
  for (const text of ['SW-B1-1 GE1/0/3', 'sw-b1-1  Gi1/0/3', 'SW-B1-1 GigabitEthernet 1/0/3', 'SW-B1-1：ge1/0/3'])
    expect(await cabling().traceFrom({ text })).toEqual([
      { start: 'port', id, title: 'SW-B1-1 GE1/0/3', detail: 'B1F 弱电间' },
    ]);
  expect(await cabling().traceFrom({ text: 'SW-B1-1 GE1/0/30' })).toEqual([]);
  expect(await cabling().traceFrom({ text: 'SW-B9-9 GE1/0/3' })).toEqual([]);
});
