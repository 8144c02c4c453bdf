/** The address table F-02: a row for every address, folded runs, its number and versions, and what no paper holds. */
import {
  addressTablePaper,
  freezeAddressTable,
  printableSubnets,
} from '../../../../../main/engine/features/address-table/paper.ts';
import { deskOf } from '../../../../../main/engine/features/papers/desk.ts';
import type { Paper, PaperBlock } from '../../../../../shared/paper.ts';
import { testEngine, type TestEngine } from '../../../../support/engine.ts';

let t: TestEngine;
let wang: string;
beforeEach(async () => {
  t = await testEngine();
  wang = (
    await t.call.people.create({
      name: '王芳',
      department: '语文组',
      identity: 'teacher',
      status: 'active',
      letter: 'signed',
    })
  ).id;
});
afterEach(() => t.close());

const subnet = (cidr: string, gateway: string | null = null) =>
  t.call.ipam.createSubnet({ cidr, name: '教师办公', vlan: 30, purpose: 'office', gateway, dns: '10.20.110.2' });
const paperOf = (ids: string[], every = false): Paper =>
  addressTablePaper(deskOf(t.engine), t.engine.db, ids, { today: t.engine.today(), every });
const blocks = <K extends PaperBlock['kind']>(paper: Paper, kind: K): Extract<PaperBlock, { kind: K }>[] =>
  paper.sections.flatMap((section) =>
    section.blocks.filter((block): block is Extract<PaperBlock, { kind: K }> => block.kind === kind),
  );
const rowsOf = (paper: Paper): string[][] =>
  blocks(paper, 'table').flatMap(({ groups }) => groups.flatMap(({ rows }) => rows));

test('the head says what the subnet is, the rows say who has each address, and free runs are one row', async () => {
  const { id } = await subnet('10.20.30.0/24', '10.20.30.1');
  await t.call.ipam.createRange({ subnet_id: id, kind: 'allocate', first_ip: '10.20.30.2', last_ip: '10.20.30.199' });
  await t.call.ipam.createRange({ subnet_id: id, kind: 'dhcp', first_ip: '10.20.30.200', last_ip: '10.20.30.229' });
  await t.call.ipam.bind({
    person_id: wang,
    subnet_id: id,
    mac: '3C52821A0001',
    switch_name: 'B-2F',
    switch_port: 'G0/0/3',
  });
  const paper = paperOf([id]);
  const facts = Object.fromEntries(blocks(paper, 'facts')[0]?.facts.map(({ label, value }) => [label, value]) ?? []);
  expect(facts).toEqual({
    网段: '教师办公 10.20.30.0/24',
    VLAN: '30',
    掩码: '255.255.255.0',
    网关: '10.20.30.1',
    DNS: '10.20.110.2',
    DHCP范围: '10.20.30.200–229',
    用途: '办公',
    '可用/已用/使用率': '224 / 2 / 0%',
  });
  expect(rowsOf(paper).map((row) => [row[0], row[1], row[2], row[7], row[8], row[12]])).toEqual([
    ['10.20.30.0', '网络/广播', '', '', '', ''],
    ['10.20.30.1', '网关', '', '', '', ''],
    ['10.20.30.2', '已分配', '王芳', '3C-52-82-1A-00-01', 'B-2F G0/0/3', ''],
    ['10.20.30.3–199', '空闲', '', '', '', '共 197 个'],
    ['10.20.30.200–229', 'DHCP', '', '', '', '共 30 个'],
    ['10.20.30.230–254', '未规划', '', '', '', '共 25 个'],
    ['10.20.30.255', '网络/广播', '', '', '', ''],
  ]);
  expect(rowsOf(paperOf([id], true))).toHaveLength(256);
});

test.each([
  ['10.20.40.0/26', 1, 64],
  ['10.20.30.0/24', 1, 256],
  ['10.20.100.0/22', 2, 1024],
])('%s is drawn as %i pairs of blocks with a box for each address', async (cidr, drawings, boxes) => {
  const { id } = await subnet(cidr);
  const pages = blocks(paperOf([id]), 'drawing').filter(({ height }) => height > 20);
  expect(pages).toHaveLength(drawings);
  const drawn = pages.flatMap(({ shapes }) => shapes.filter(({ kind }) => kind === 'box'));
  // Beside a single block stands the legend: free and edge.
  expect(drawn).toHaveLength(boxes + (drawings === 1 ? 2 : 0));
  for (const { width, shapes } of pages)
    for (const shape of shapes) if (shape.kind === 'box') expect(shape.x + shape.w).toBeLessThanOrEqual(width);
});

test('an unchanged table is the same document again; a change is its next version under the same number', async () => {
  const { id } = await subnet('10.20.30.0/24');
  const freeze = () => t.engine.command('test.print', (tx) => freezeAddressTable(tx, t.engine, [id]));
  const first = freeze();
  expect([first.number, first.form]).toEqual(['IP-202609-L03-0001', 'F-02']);
  expect(freeze().id).toBe(first.id);
  await t.call.ipam.bind({ person_id: wang, subnet_id: id, mac: '3C52821A0001' });
  const second = freeze();
  expect([second.number, second.id === first.id]).toEqual([first.number, false]);
  const { paper } = await t.call.papers.get({ id: second.id });
  expect(paper.foot.made).toContain('第 2 版');
});

test('several subnets are one paper; one too wide for paper is left out of the pack, and refused by itself', async () => {
  const a = await subnet('10.20.30.0/24');
  const b = await subnet('10.20.40.0/26');
  const wide = await subnet('10.64.0.0/16');
  expect(printableSubnets(t.engine.db)).toEqual([a.id, b.id]);
  expect(blocks(paperOf([a.id, b.id]), 'table')).toHaveLength(2);
  expect(() => paperOf([wide.id])).toThrow(
    expect.objectContaining({ code: 'table_too_wide', params: { cidr: '10.64.0.0/16', n: 65_536, most: 4096 } }),
  );
});

test('the blank form has the columns and rows to write in', async () => {
  const blank = await t.call.papers.blank({ form: 'F-02' });
  expect(rowsOf(blank).every((row) => row.every((cell) => cell === ''))).toBe(true);
  expect(rowsOf(blank).length).toBeGreaterThan(10);
  expect(blank.foot.made).toBe('空白表');
});
