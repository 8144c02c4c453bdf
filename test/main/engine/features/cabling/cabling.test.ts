/** Ports, panels, cables and labels through their calls: what works, and what is refused with a sentence and writes nothing. */
import { refusalOf, testEngine, type TestEngine } from '../../../../support/engine.ts';

let t: TestEngine;
let closet: string;
let room: string;
let switchId: string;
let panelId: string;
const cabling = () => t.call.cabling;

beforeEach(async () => {
  t = await testEngine();
  const building = (await t.call.locations.create({ kind: 'building', name: '信息楼' })).id;
  closet = (await t.call.locations.create({ kind: 'closet', name: 'C2F 弱电间', parent_id: building })).id;
  room = (await t.call.locations.create({ kind: 'room', name: 'C201', parent_id: building })).id;
  switchId = (
    await t.call.assets.create({
      name: '接入交换机',
      category: 'switch',
      status: 'in_use',
      hostname: 'SW-C2-1',
      location_id: closet,
    })
  ).id;
  await cabling().makePorts({ asset_id: switchId, prefix: 'GE1/0/', from: 1, to: 48 });
  const proposed = await cabling().suggestPanel({ location_id: closet });
  expect(proposed).toEqual({ code: 'C-2A', name: 'A' });
  panelId = (await cabling().createPanel({ location_id: closet, ...proposed, ports: 24, medium: 'cat6' })).id;
});
afterEach(() => t.close());

const rear = (range: string, target_range: string, dry = false) =>
  cabling().map({ panel_id: panelId, range, target: 'outlets', target_id: room, prefix: 'C201-', target_range, dry });
const front = (range: string, target_range: string, dry = false) =>
  cabling().map({ panel_id: panelId, range, target: 'ports', target_id: switchId, target_range, dry });
const rows = (table: string): number =>
  t.engine.db.value<number>(`SELECT count(*) FROM ${table} WHERE deleted_at IS NULL`) ?? 0;

test('a panel is mapped 1-24 on both sides in two steps, and each step is taken back as one', async () => {
  const looked = await rear('1-24', '1-24', true);
  expect(looked.rows[11]).toEqual({
    position: 12,
    target: 'C201-12',
    label: 'C-2A-A-12',
    fresh: true,
    problem: null,
    holder: null,
  });
  expect(rows('cables')).toBe(0);
  await rear('1-24', '1-24');
  const { batch } = await front('1-24', '1-24');
  expect([rows('cables'), rows('outlets')]).toEqual([48, 24]);
  const { places } = await cabling().panel({ id: panelId });
  expect(places[11]).toMatchObject({
    position: 12,
    rear: { label: 'C-2A-A-12', far: 'C201-12' },
    front: { label: 'C-2A-A-12P', far: 'SW-C2-1 GE1/0/12' },
  });
  await t.call.system.undo({ batch: batch ?? '' });
  expect(rows('cables')).toBe(24);
});

test('a place that is taken is shown beforehand with its cable, and nothing is written over it', async () => {
  await rear('1-4', '1-4');
  const looked = await rear('3-6', '3-6', true);
  expect(looked.rows.map(({ problem, holder }) => [problem, holder])).toEqual([
    ['panel_taken', 'C-2A-A-03'],
    ['panel_taken', 'C-2A-A-04'],
    [null, null],
    [null, null],
  ]);
  expect(await refusalOf(rear('3-6', '3-6'))).toMatchObject({ code: 'map_conflict', params: { position: 3 } });
  await front('1-2', '1-2');
  expect((await front('9-10', '2-3', true)).rows[0]).toMatchObject({ problem: 'target_taken', holder: 'C-2A-A-02P' });
  expect(rows('cables')).toBe(6);
});

test('ranges that differ in length, mean nothing, or go beyond the panel are refused', async () => {
  expect(await refusalOf(rear('1-24', '1-23'))).toMatchObject({ code: 'map_lengths', params: { from: 24, to: 23 } });
  expect(await refusalOf(rear('eins', '1'))).toMatchObject({ code: 'map_range' });
  expect(await refusalOf(rear('20-30', '1-11'))).toMatchObject({ code: 'panel_position', params: { position: 25 } });
  expect((await front('1-2', '48-49', true)).rows[1]).toMatchObject({ problem: 'no_target' });
  expect(rows('cables')).toBe(0);
});

test('a port takes one cable: the second is refused, naming the first and where it leads', async () => {
  await front('1', '1');
  const { ports } = await cabling().faceplate({ asset_id: switchId });
  const [first, second] = ports.map(({ port }) => port.id);
  const to = (id: string | undefined) => ({ kind: 'port' as const, id: id ?? '' });
  const other = { kind: 'panel' as const, id: panelId, position: 9, side: 'front' as const };
  expect(await refusalOf(cabling().createCable({ a: other, b: to(first), values: {} }))).toMatchObject({
    code: 'cable_end_taken',
    params: { end: 'SW-C2-1 GE1/0/1', cable: 'C-2A-A-01P', far: 'C-2A-A-01 正面' },
  });
  expect(await refusalOf(cabling().createCable({ a: to(second), b: to(second), values: {} }))).toMatchObject({
    code: 'cable_loop',
  });
  const made = await cabling().createCable({ a: other, b: to(second), values: {} });
  expect(made.label).toBe('C-2A-A-09P');
  expect(await refusalOf(cabling().removePort({ id: second ?? '' }))).toMatchObject({ code: 'port_cabled' });
  expect(await refusalOf(cabling().createCable({ a: { ...other, position: 25 }, b: null, values: {} }))).toMatchObject({
    code: 'panel_position',
  });
});

test('labels follow the grammar and are on one cable only', async () => {
  const at = (position: number) => ({ kind: 'panel' as const, id: panelId, position, side: 'rear' as const });
  const label = (text: string, position: number) =>
    cabling().createCable({ a: at(position), b: null, values: { label: text } });
  for (const bad of ['3号线', 'C-2A-I-12', 'C-2A-B-', 'C-2A-B-12X'])
    expect(await refusalOf(label(bad, 1))).toMatchObject({ code: 'label_grammar' });
  expect((await label(' c-2a-b-12 ', 1)).label).toBe('C-2A-B-12');
  expect(await refusalOf(label('C-2A-B-12', 2))).toMatchObject({
    code: 'label_taken',
    params: { label: 'C-2A-B-12', ends: 'C-2A-A-01 背面 ↔ 未登记' },
  });
  const uplink = await cabling().createCable({ a: { kind: 'asset', id: switchId }, b: null, values: {} });
  expect(uplink.label).toBe('C-2A-L-1');
});

test('panels: letters that are misread, a panel there is, no ports and 500 are refused', async () => {
  const make = (values: object) =>
    cabling().createPanel({ location_id: closet, code: 'C-2A', name: 'B', ports: 24, ...values });
  expect(await refusalOf(make({ name: 'O' }))).toMatchObject({ code: 'panel_name' });
  expect(await refusalOf(make({ name: 'A' }))).toMatchObject({ code: 'panel_exists', params: { name: 'C-2A-A' } });
  expect(await refusalOf(make({ code: '二楼' }))).toMatchObject({ code: 'panel_code' });
  for (const ports of [0, 500])
    expect(await refusalOf(make({ ports }))).toMatchObject({ code: 'invalid', params: { field: 'panels.ports' } });
  await rear('20-24', '20-24');
  expect(await refusalOf(cabling().updatePanel({ id: panelId, changes: { ports: 12 } }))).toMatchObject({
    code: 'panel_shrinks',
  });
  expect(await refusalOf(cabling().removePanel({ id: panelId }))).toMatchObject({ code: 'port_cabled' });
});

test('port names: nonsense, twins in another way of writing, and runs the wrong way round are refused', async () => {
  const { ports } = await cabling().faceplate({ asset_id: switchId });
  const id = ports[0]?.port.id ?? '';
  const rename = (name: string) => cabling().updatePort({ id, changes: { name } });
  expect(await refusalOf(rename('上联口'))).toMatchObject({ code: 'port_name' });
  expect(await refusalOf(rename('GigabitEthernet 1/0/2'))).toMatchObject({
    code: 'port_exists',
    params: { name: 'GE1/0/2' },
  });
  const make = (from: number, to: number, prefix = 'XGE1/0/') =>
    cabling().makePorts({ asset_id: switchId, prefix, from, to });
  expect(await refusalOf(make(4, 1))).toMatchObject({ code: 'port_run' });
  expect(await refusalOf(make(1, 480))).toMatchObject({ code: 'port_run' });
  expect(await refusalOf(make(48, 52, 'Gi1/0/'))).toMatchObject({ code: 'port_exists' });
  expect((await make(49, 52)).changed).toBe(4);
  expect(rows('switch_ports')).toBe(52);
});

test('results of many ports in one line; what is not understood is said and nothing recorded', async () => {
  const say = (line: string) => cabling().testPorts({ asset_id: switchId, line });
  const { changed, batch } = await say('1-24，30口 正常，昨天，测线仪');
  expect(changed).toBe(25);
  const face = async (n: number) => (await cabling().faceplate({ asset_id: switchId })).ports[n - 1];
  expect(await face(24)).toMatchObject({
    age: 1,
    port: { state: 'good', test_method: 'tester', tested_on: '2026-09-28', tested_by: '李明' },
  });
  await say('30 damaged, today, link');
  expect(await face(30)).toMatchObject({ age: 0, port: { state: 'damaged', test_method: 'link' } });
  for (const [line, code] of [
    ['正常', 'bulk_range'],
    ['1-24', 'bulk_state'],
    ['1-24 挺好', 'bulk_word'],
    ['1-24 正常 2026-10-01', 'bulk_future'],
    ['40-52 正常', 'port_positions'],
  ] as const)
    expect(await refusalOf(say(line))).toMatchObject({ code });
  // What was said since stays; the others are taken back.
  await t.call.system.undo({ batch });
  expect(await face(1)).toMatchObject({ age: null, port: { state: 'unused' } });
});

test('labels are judged one by one; what is wrong asks what it says, and only the bad ones are printed again', async () => {
  await rear('1-5', '1-5');
  const lines = () => cabling().cables({ location_id: closet });
  const ids = (await lines()).map(({ cable }) => cable.id);
  const give = (n: number, verdict: 'right' | 'wrong' | 'blurred' | 'missing' | 'unchecked', found?: string) =>
    cabling().verdict({ id: ids[n] ?? '', verdict, ...(found === undefined ? {} : { found }) });
  await give(0, 'right');
  expect(await refusalOf(give(1, 'wrong'))).toMatchObject({ code: 'label_found' });
  await give(1, 'wrong', 'C-2A-A-20');
  await give(2, 'blurred');
  await give(3, 'missing');
  expect((await lines()).map(({ correct, cable }) => [correct, cable.legible, cable.fix])).toEqual([
    [true, 'clear', 'none'],
    [false, 'clear', 'to_replace'],
    [null, 'blurred', 'to_replace'],
    [null, 'missing', 'to_replace'],
    [null, null, null],
  ]);
  const [closetLine] = await cabling().closets();
  expect(closetLine).toMatchObject({ cables: 5, checked: 4, wrong: 1, illegible: 2 });
  await give(1, 'right');
  expect((await lines())[1]).toMatchObject({ correct: true, cable: { fix: 'replaced' } });
});

test('a binding’s words are laid beside the cables, and a gap is told as a gap', async () => {
  await rear('1-4', '1-4');
  await front('1-2', '1-2');
  const subnet = await t.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '办公', purpose: 'office' });
  const wang = await t.call.people.create({ name: '王芳', identity: 'staff', letter: 'signed', status: 'active' });
  const bind = (host: number, outlet: string | null, port: string | null) =>
    t.call.ipam.bind({
      subnet_id: subnet.id,
      ip: `10.20.30.${host}`,
      person_id: wang.id,
      mac: `0200000000${String(host).padStart(2, '0')}`,
      location_id: room,
      outlet,
      switch_name: port === null ? null : 'SW-C2-1',
      switch_port: port,
      reason: '指定',
    });
  const traced = async (id: string) => {
    const [trace] = await cabling().trace({ start: 'binding', id });
    return { hops: Object.fromEntries((trace?.hops ?? []).map((hop) => [hop.kind, hop])), line: trace?.line };
  };
  const agreed = await traced((await bind(11, 'C201-01', 'Gi1/0/1')).id);
  expect(agreed.hops['port']).toMatchObject({ title: 'SW-C2-1 GE1/0/1', from: 'register', other: null });
  const differs = await traced((await bind(12, 'C201-02', 'GE1/0/7')).id);
  expect(differs.hops['port']).toMatchObject({ title: 'SW-C2-1 GE1/0/2', other: 'SW-C2-1 GE1/0/7' });
  expect(differs.line).toContain('绑定写的是 SW-C2-1 GE1/0/7');
  const unpatched = await traced((await bind(13, 'C201-03', null)).id);
  expect([unpatched.hops['panel']?.title, unpatched.hops['port']?.from]).toEqual(['C-2A-A-03 背面', 'gap']);
  const words = await traced((await bind(14, '墙角那个', 'XGE9')).id);
  expect([words.hops['outlet'], words.hops['port']].map((hop) => [hop?.title, hop?.from])).toEqual([
    ['墙角那个', 'words'],
    ['SW-C2-1 XGE9', 'words'],
  ]);
  const { ports } = await cabling().faceplate({ asset_id: switchId });
  const [back] = await cabling().trace({ start: 'port', id: ports[0]?.port.id ?? '' });
  expect(back?.hops.map(({ kind, title }) => [kind, title]).slice(2, 5)).toEqual([
    ['outlet', 'C201-01'],
    ['panel', 'C-2A-A-01 背面'],
    ['port', 'SW-C2-1 GE1/0/1'],
  ]);
});

test('an undo brings no cable back to a place that was given away, and takes no port away under a cable', async () => {
  await front('1', '1');
  const [line] = await cabling().cables({ location_id: closet });
  const removed = await cabling().removeCable({ id: line?.cable.id ?? '' });
  await front('1', '2');
  expect(await refusalOf(t.call.system.undo({ batch: removed.batch }))).toMatchObject({
    code: 'cable_end_taken',
    params: { end: 'C-2A-A-01 正面' },
  });
  const more = await cabling().makePorts({ asset_id: switchId, prefix: 'XGE1/0/', from: 1, to: 2 });
  const { ports } = await cabling().faceplate({ asset_id: switchId });
  const uplink = ports.find(({ port }) => port.name === 'XGE1/0/2')?.port.id ?? '';
  await cabling().createCable({ a: { kind: 'port', id: uplink }, b: null, values: {} });
  expect(await t.call.system.undo({ batch: more.batch })).toEqual({ undone: 1, kept: 1 });
  expect(rows('switch_ports')).toBe(49);
});

test('a room stays while outlets and panels are in it', async () => {
  await rear('1-2', '1-2');
  expect(await refusalOf(t.call.locations.remove({ id: room }))).toMatchObject({
    code: 'location_in_use',
    params: { n: 2 },
  });
  for (const { id } of (await cabling().listOutlets({})).rows) {
    const [cable] = t.engine.db.all<{ id: string }>('SELECT id FROM cables WHERE b_outlet_id = ?', id);
    await cabling().removeCable({ id: cable?.id ?? '' });
    await cabling().removeOutlet({ id });
  }
  await t.call.locations.remove({ id: room });
});

test('the port sheet, the label table and the label sheets are frozen papers; the forms print empty too', async () => {
  await rear('1-3', '1-3');
  await front('1-3', '1-3');
  // As the faceplate marks it, and as a sentence
  await cabling().testPorts({ asset_id: switchId, line: '1 坏' });
  expect((await cabling().faceplate({ asset_id: switchId })).ports[0]?.port.state).toBe('damaged');
  await cabling().testPorts({ asset_id: switchId, line: '1-3 正常，今天，测线仪' });
  const text = async (id: string) => JSON.stringify((await t.call.papers.get({ id })).paper);
  const ports = await cabling().printPorts({ asset_ids: [switchId] });
  expect([ports.form, ports.number]).toEqual(['F-05', 'DK-202609-L03-0001']);
  const f05 = await text(ports.id);
  for (const word of ['GE1/0/1', 'C201-03', '测线仪', 'GE1/0/4 …', '… GE1/0/48', '共 45 口', '检查人', '移交人'])
    expect(f05).toContain(word);
  const labels = await cabling().printLabels({ location_ids: [closet] });
  expect([labels.form, labels.number]).toEqual(['F-06', 'BQ-202609-L03-0001']);
  expect(await text(labels.id)).toContain('C-2A-A-03P');
  const ids = (await cabling().cables({ location_id: closet })).map(({ cable }) => cable.id);
  const sheet = await t.call.papers.get({
    id: (await cabling().printSheet({ ids, sheet: 'a4_3x8', first: 20 })).id,
  });
  // The ruler, then 5 places of the first sheet and the other 7 of 12 labels on a second.
  const drawn = sheet.paper.sections.map(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'drawing' ? block.shapes : [])),
  );
  const big = drawn.map((shapes) => shapes.filter((shape) => shape.kind === 'words' && shape.bold).length);
  expect(big).toEqual([0, 5, 7]);
  for (const form of ['F-05', 'F-06'] as const)
    expect(JSON.stringify(await t.call.papers.blank({ form }))).toContain('审核人');
  const nameless = await cabling().createCable({ a: { kind: 'asset', id: switchId }, b: null, values: {} });
  await cabling().updateCable({ id: nameless.id, changes: { label: null } });
  expect(await refusalOf(cabling().printSheet({ ids: [nameless.id], sheet: 'tape_12' }))).toMatchObject({
    code: 'sheet_empty',
  });
});
