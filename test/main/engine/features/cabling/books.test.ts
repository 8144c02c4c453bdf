/** F-05 and F-06 as workbooks, and their numbers: the paper and the workbook of one state are one document. */
import { testEngine, type TestEngine } from '../../../../support/engine.ts';
import { readHere } from '../../../../support/sheets.ts';
import { unzip } from '@cj-tech-master/excelts/archive';
import { fileFrom } from '../../../../support/transfer.ts';

// Every file is made by a process of its own
jest.setTimeout(30_000);

let t: TestEngine;
let closet: string;
let other: string;
let first: string;
let second: string;
const cabling = () => t.call.cabling;

beforeEach(async () => {
  t = await testEngine();
  const building = (await t.call.locations.create({ kind: 'building', name: '信息楼' })).id;
  const place = async (kind: 'closet' | 'room', name: string) =>
    (await t.call.locations.create({ kind, name, parent_id: building })).id;
  closet = await place('closet', 'C2F 弱电间');
  other = await place('closet', 'C3F 弱电间');
  const room = await place('room', 'C201');
  const made = async (hostname: string, location_id: string) => {
    const asset = { name: '接入交换机', category: 'switch', status: 'in_use', hostname, location_id } as const;
    const { id } = await t.call.assets.create(asset);
    await cabling().makePorts({ asset_id: id, prefix: 'GE1/0/', from: 1, to: 24 });
    const panel = await cabling().createPanel({
      location_id,
      code: hostname === 'SW-C2-1' ? 'C-2A' : 'C-3A',
      name: 'A',
      ports: 24,
    });
    const side = { panel_id: panel.id, range: '1-3', target_range: '1-3', dry: false } as const;
    await cabling().map({ ...side, target: 'ports', target_id: id });
    await cabling().map({ ...side, target: 'outlets', target_id: room, prefix: `${hostname.slice(3)}-` });
    return id;
  };
  first = await made('SW-C2-1', closet);
  second = await made('SW-C3-1', other);
});
afterEach(() => t.close());

const versionOf = async (id: string) => /第 (\d+) 版/.exec((await t.call.papers.get({ id })).paper.foot.made)?.[1];
const bookOf = async (asset_ids: string[]) => fileFrom(await cabling().portsBook({ asset_ids }));
async function rowsOf(bytes: Uint8Array, sheet: string) {
  const table = await readHere(bytes, { sheet });
  if (typeof table === 'string') throw new Error(table);
  return table;
}

test('a port sheet printed again keeps its number within a month, and takes the next version when something changed', async () => {
  const print = () => cabling().printPorts({ asset_ids: [first] });
  const one = await print();
  expect([one.number, await versionOf(one.id)]).toEqual(['DK-202609-L03-0001', '1']);
  expect((await print()).id).toBe(one.id);
  await cabling().testPorts({ asset_id: first, line: '1-3 正常，今天，测线仪' });
  const two = await print();
  expect([two.number, await versionOf(two.id)]).toEqual([one.number, '2']);
  const elsewhere = await cabling().printPorts({ asset_ids: [second] });
  const all = await cabling().printPorts({});
  expect([elsewhere.number, all.number]).toEqual(['DK-202609-L03-0002', 'DK-202609-L03-0003']);
  expect(all.title).toContain('全部交换机');
  t.clock.set('2026-10-09T09:00+08:00');
  expect((await print()).number).toBe('DK-202610-L03-0001');
});

test('the label table keeps its number by closet in the same way', async () => {
  const one = await cabling().printLabels({ location_ids: [closet] });
  const [line] = await cabling().cables({ location_id: closet });
  await cabling().verdict({ id: line?.cable.id ?? '', verdict: 'right' });
  const two = await cabling().printLabels({ location_ids: [closet] });
  expect([two.number, await versionOf(two.id)]).toEqual([one.number, '2']);
  const elsewhere = await cabling().printLabels({ location_ids: [other] });
  expect(elsewhere.number).not.toBe(one.number);
});

test('the workbook of the ports has a sheet a switch, every port a row, and the number and version of the paper', async () => {
  const printed = await cabling().printPorts({});
  await cabling().testPorts({ asset_id: first, line: '1 正常，今天，测线仪' });
  const { bytes, file } = await bookOf([]);
  expect(file.name).toContain(printed.number);
  expect(file.rows).toBe(48);
  const { rows, sheets } = await rowsOf(bytes, 'SW-C2-1');
  expect(sheets.map(({ name }) => name)).toEqual(['SW-C2-1', 'SW-C3-1']);
  const heads = rows.slice(0, 4).map(({ text }) => text.join(' '));
  expect(heads[1]).toContain('C2F 弱电间');
  expect(heads[2]).toMatch(new RegExp(`${printed.number}  第 2 版`));
  expect(heads[3]).toMatch(/^端口.*信息点.*VLAN/);
  const ports = rows.filter(({ text }) => text[0]?.startsWith('GE1/0/'));
  expect(ports).toHaveLength(24);
  expect(ports[0]?.text.slice(0, 3)).toEqual(['GE1/0/1', 'C2-1-01', expect.stringContaining('C201')]);
  expect(ports.every(({ type }) => /^[s-]+$/.test(type))).toBe(true);
  const xml = new TextDecoder().decode(await (await unzip(bytes).get('xl/worksheets/sheet1.xml'))!.bytes());
  expect(/<pane[^>]*>/.exec(xml)?.[0]).toContain('ySplit="4"');
  // Printed after that, the paper is the same document.
  expect((await t.call.papers.get({ id: (await cabling().printPorts({})).id })).paper.foot.made).toContain('第 2 版');
});

test('the workbook of the labels has a sheet a closet, with what was found on each', async () => {
  const [line] = await cabling().cables({ location_id: closet });
  await cabling().verdict({ id: line?.cable.id ?? '', verdict: 'wrong', found: '=1+2' });
  const { bytes } = await fileFrom(await cabling().labelsBook({}));
  const { rows, sheets } = await rowsOf(bytes, '信息楼 C2F 弱电间');
  expect(sheets).toHaveLength(2);
  expect(rows[2]?.text.join(' ')).toContain('BQ-202609-L03-0001  第 1 版');
  const cables = rows.filter(({ text }) => /^\d+$/.test(text[0] ?? ''));
  expect(cables).toHaveLength(6);
  expect(cables.map(({ text }) => text[3])).toContain('C-2A-A-03P');
  expect(cables[0]?.text.slice(3, 6)).toEqual([line?.cable.label, '=1+2', '否']);
  const one = await fileFrom(await cabling().labelsBook({ location_ids: [other] }));
  expect(one.file.rows).toBe(6);
});
