import { assets } from '../../../../shared/features/assets.ts';
import { cables, switchPorts } from '../../../../shared/features/cabling.ts';
import { paper } from '../../../../shared/paper.ts';
import type { WriteDb } from '../../../../main/engine/door.ts';
import { layOut, NODE } from '../../../../main/engine/features/topology/layout.ts';
import { testEngine, type TestEngine } from '../../../support/engine.ts';

let t: TestEngine;
const ids: Record<string, string> = {};
const device = (tx: WriteDb, key: string, category: 'switch' | 'firewall' | 'ap', name: string): string => {
  const n = Object.keys(ids).length + 1;
  return (ids[key] = tx.insert(assets, {
    name,
    category,
    status: 'in_use',
    hostname: `SW-${key}`,
    ip: `10.20.10.${n}`,
  }).id);
};
function join(tx: WriteDb, a: string, b: string, n: number, redundant = false): void {
  const port = (key: string, name: string): string =>
    tx.insert(switchPorts, { asset_id: ids[key] ?? '', name, state: 'good', speed: 'm10000', light: 'on' }).id;
  tx.insert(cables, {
    label: `L-${a}-${b}-${n}`,
    medium: 'single_mode',
    redundant,
    a_port_id: port(a, `XGE1/0/${n}`),
    b_port_id: port(b, `XGE1/0/${n + 40}`),
  });
}
beforeEach(async () => {
  for (const key of Object.keys(ids)) delete ids[key];
  t = await testEngine();
});
afterEach(() => t.close());
const build = (): void =>
  t.engine.command('test.net', (tx) => {
    device(tx, 'fw', 'firewall', '防火墙');
    device(tx, 'core', 'switch', '核心交换机');
    device(tx, 'agg', 'switch', '汇聚交换机');
    device(tx, 'acc', 'switch', '接入交换机1');
    device(tx, 'acc2', 'switch', '接入交换机2');
    device(tx, 'spare', 'switch', '接入交换机3');
    join(tx, 'fw', 'core', 1);
    join(tx, 'core', 'agg', 2);
    join(tx, 'core', 'agg', 3, true);
    join(tx, 'agg', 'acc', 4);
    join(tx, 'agg', 'acc2', 5);
  });
const node = (map: Awaited<ReturnType<typeof t.call.topology.map>>, key: string) =>
  map.nodes.find(({ id }) => id === ids[key]);

it('lays devices out in layers, from cables alone, and outlines what everything hangs on', async () => {
  build();
  const map = await t.call.topology.map();
  expect(map.nodes.map(({ name, layer }) => [name.split(' ').at(-1), layer])).toEqual([
    ['防火墙', 'edge'],
    ['核心交换机', 'core'],
    ['汇聚交换机', 'aggregation'],
    ['接入交换机1', 'access'],
    ['接入交换机2', 'access'],
    ['接入交换机3', 'access'],
  ]);
  expect(
    map.links.map(({ bridge, speed_mbps, medium, proofs, up }) => [bridge, speed_mbps, medium, proofs, up]),
  ).toEqual([
    [true, 10_000, 'single_mode', ['cable'], true],
    [false, 10_000, 'single_mode', ['cable'], true],
    [false, 10_000, 'single_mode', ['cable'], true],
    [true, 10_000, 'single_mode', ['cable'], true],
    [true, 10_000, 'single_mode', ['cable'], true],
  ]);
  expect(map.nodes.filter(({ spof }) => spof).map(({ name }) => name)).toEqual([
    'SW-fw 防火墙',
    'SW-core 核心交换机',
    'SW-agg 汇聚交换机',
  ]);
  expect(node(map, 'spare')).toMatchObject({ alone: true, place: null });
  const ys = ['fw', 'core', 'agg', 'acc', 'spare'].map((key) => node(map, key)?.y ?? 0);
  expect(ys).toEqual(ys.toSorted((a, b) => a - b));
  expect(node(map, 'acc')?.y).toBe(node(map, 'acc2')?.y);
});

it('shows where LLDP and the register of cables disagree, and devices that are not on record', async () => {
  build();
  const paste = `<SW-acc>display lldp neighbor brief
Local Intf       Neighbor Dev             Neighbor Intf             Exptime(s)
XGE1/0/44        SW-core                  XGE1/0/9                  101
GE1/0/7          Unknown-SW               GE0/0/1                   101
<SW-acc>display interface brief
Interface                   PHY   Protocol InUti OutUti   inErrors  outErrors
XGE1/0/44                   down  down        0%     0%          0          0`;
  await t.call.console.take({ text: paste });
  const map = await t.call.topology.map();
  expect(
    map.links.filter(({ conflict }) => conflict !== null).map(({ proofs, conflict, up }) => [proofs, conflict, up]),
  ).toEqual([
    [['lldp'], 'SW-agg 汇聚交换机', false],
    [['cable'], 'SW-core 核心交换机 XGE1/0/9', false],
  ]);
  expect(map.nodes.find(({ name }) => name === 'Unknown-SW')).toMatchObject({
    category: null,
    layer: 'end',
    place: null,
  });
});

it('remembers places set by hand, and lets them go', async () => {
  build();
  const { batch } = await t.call.topology.pin({ places: [{ id: ids['core'] ?? '', x: 12.4, y: -80 }] });
  await t.call.topology.pin({ places: [{ id: ids['core'] ?? '', x: 40, y: 50 }] });
  expect(t.engine.db.value('SELECT count(*) FROM topology_nodes WHERE deleted_at IS NULL')).toBe(1);
  expect(node(await t.call.topology.map(), 'core')).toMatchObject({ x: 40, y: 50, pinned: true });
  expect(batch).not.toBe('');
  expect(await t.call.topology.unpin({})).toEqual({ unpinned: 1 });
  expect(node(await t.call.topology.map(), 'core')).toMatchObject({ pinned: false });
});

it('freezes revisions that print and compare, and none where nothing changed', async () => {
  await expect(t.call.topology.freeze()).rejects.toMatchObject({ data: { code: 'topology_empty' } });
  build();
  const first = await t.call.topology.freeze();
  expect(first).toMatchObject({ version: 1, fresh: true, document: { form: 'F-07', number: 'TP-202609-L03-0001' } });
  expect(await t.call.topology.freeze()).toMatchObject({
    version: 1,
    fresh: false,
    document: { id: first.document.id },
  });
  t.clock.set(60_000);
  t.engine.command('test.more', (tx) => {
    join(tx, 'core', 'spare', 6);
    tx.remove(cables, t.engine.db.value<string>("SELECT id FROM cables WHERE label = 'L-agg-acc2-5'") ?? '');
  });
  expect(await t.call.topology.compare({ from: first.document.id, to: null })).toEqual({
    added: [{ a: 'SW-core 核心交换机', a_port: 'XGE1/0/6', b: 'SW-spare 接入交换机3', b_port: 'XGE1/0/46' }],
    removed: [{ a: 'SW-agg 汇聚交换机', a_port: 'XGE1/0/5', b: 'SW-acc2 接入交换机2', b_port: 'XGE1/0/45' }],
    nodes_added: [],
    nodes_removed: [],
  });
  const second = await t.call.topology.freeze();
  expect(second).toMatchObject({ version: 2, fresh: true, document: { number: 'TP-202609-L03-0001' } });
  expect(await t.call.topology.revisions()).toMatchObject([
    { version: 2, nodes: 6, links: 5 },
    { version: 1, nodes: 6, links: 5 },
  ]);
  const printed = await t.call.papers.get({ id: first.document.id });
  expect(paper.safeParse(printed.paper).success).toBe(true);
  const [drawing, table] = printed.paper.sections.map(({ blocks }) => blocks[0]);
  const words =
    drawing?.kind === 'drawing' ? drawing.shapes.flatMap((shape) => (shape.kind === 'words' ? [shape.text] : [])) : [];
  expect(words).toEqual(
    expect.arrayContaining([
      'SW-core 核心交换机',
      '第 1 版',
      'TP-202609-L03-0001',
      '2026年9月29日',
      'XGE1/0/2—XGE1/0/42',
    ]),
  );
  expect(table?.kind === 'table' ? table.groups[0]?.rows.map((row) => row.slice(5, 9)) : []).toContainEqual([
    '光纤单模',
    '10G',
    'L-core-agg-2',
    '是',
  ]);
});

it('lays 300 devices out in rows that do not overlap, loops included, within a second', () => {
  const devices = Array.from({ length: 300 }, (_, n) => ({
    id: `d${String(n).padStart(3, '0')}`,
    layer:
      n < 2 ? ('edge' as const) : n < 4 ? ('core' as const) : n < 20 ? ('aggregation' as const) : ('access' as const),
  }));
  const links = devices.flatMap(({ id }, n) =>
    n === 0
      ? []
      : [
          { a: devices[n < 20 ? 0 : n % 20]?.id ?? '', b: id },
          { a: id, b: devices[(n * 7) % 300]?.id ?? '' },
        ],
  );
  const started = performance.now();
  const spots = layOut(devices, links);
  expect(performance.now() - started).toBeLessThan(8000);
  expect(spots.size).toBe(300);
  const rows = Map.groupBy([...spots.values()], ({ y }) => y);
  for (const row of rows.values()) {
    const xs = row.map(({ x }) => x).toSorted((a, b) => a - b);
    for (const [index, x] of xs.entries())
      if (index > 0) expect(x - (xs[index - 1] ?? 0)).toBeGreaterThanOrEqual(NODE.width);
  }
  expect(layOut(devices, links)).toEqual(spots);
  expect(layOut([], []).size).toBe(0);
});
