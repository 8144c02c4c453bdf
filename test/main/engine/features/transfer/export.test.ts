import { unzip } from '@cj-tech-master/excelts/archive';
import { formRows, Names } from '../../../../../main/engine/features/transfer/form-rows.ts';
import { spawnHelper, type SpawnHelper } from '../../../../../main/engine/spawn-helper.ts';
import { locationPath, pathIn } from '../../../../../main/engine/titles.ts';
import { assets } from '../../../../../shared/features/assets.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../../support/engine.ts';
import { readHere } from '../../../../support/sheets.ts';
import { fileFrom, previewOf, tableFrom } from '../../../../support/transfer.ts';

// Every file is made by a process of its own
jest.setTimeout(30_000);

let t: TestEngine;
let room: string;
let person: string;
beforeEach(async () => {
  t = await testEngine();
  const building = await t.call.locations.create({ kind: 'building', name: '综合楼' });
  room = (await t.call.locations.create({ kind: 'room', name: '财务室', parent_id: building.id })).id;
  person = (
    await t.call.people.create({
      name: '王芳',
      department: '财务处',
      identity: 'staff',
      letter: 'signed',
      status: 'active',
      phone: '05711234567',
    })
  ).id;
});
afterEach(() => t.close());

const asset = (n: number, more: object = {}): ReturnType<TestEngine['call']['assets']['create']> =>
  t.call.assets.create({
    tag: `ZC-${String(n).padStart(3, '0')}`,
    name: '台式计算机',
    category: 'desktop',
    status: 'in_use',
    price: 450_000,
    quantity: 2,
    purchased_on: '2026-09-07',
    mac: `aabb-ccdd-ee${String(n * 2).padStart(2, '0')}`,
    ip: `10.20.35.${n + 7}`,
    location_id: room,
    user_id: person,
    ...more,
  });
const byTag = { sort: [{ field: 'tag', dir: 'asc' as const }] };

test('F-03 holds the columns of the form, text as text, and what the list shows in its order', async () => {
  await asset(2);
  await asset(1, { serial: '6377020000000001', remark: '=1+1' });
  await asset(3, { category: 'printer' });
  const table = await tableFrom(
    await t.call.transfer.export({
      form: 'F-03',
      query: { filter: [{ field: 'category', op: 'equals', value: 'desktop' }], ...byTag },
    }),
  );
  expect(table.rows[0]!.text).toStrictEqual(['临江市第三中学固定资产台账']);
  expect(table.rows[2]!.text).toStrictEqual([
    '资产编号',
    '资产名称',
    '分类代码',
    '类别',
    '品牌',
    '规格',
    '型号',
    '序列号SN',
    '计量单位',
    '数量',
    '单价',
    '金额',
    '购置日期',
    '验收日期',
    '供应商',
    '发票/合同号',
    '经费来源',
    '采购形式',
    '使用方向',
    '使用部门',
    '使用人',
    '保管人',
    '存放地点',
    '使用状况',
    '保修到期',
    '最低年限',
    'IP',
    'MAC',
    '备注',
    'Lanbook ID',
  ]);
  const [first, second, foot] = table.rows.slice(3);
  expect(first!.text.slice(0, 13)).toStrictEqual([
    'ZC-001',
    '台式计算机',
    '',
    '台式计算机',
    '',
    '',
    '',
    '6377020000000001',
    '',
    '2',
    '4500',
    '9000',
    '2026-09-07',
  ]);
  expect(first!.text.slice(20, 29)).toStrictEqual([
    '王芳',
    '',
    '综合楼 / 财务室',
    '在用',
    '',
    '',
    '10.20.35.8',
    'AA-BB-CC-DD-EE-02',
    '=1+1',
  ]);
  expect(first!.type).toMatch(/^ss-s---s-nnnd/);
  expect(second!.text[0]).toBe('ZC-002');
  expect(foot!.text[0]).toMatch(/^制表人：\s+资产管理员：/);
});

test('the way back is exact: an export imported again changes nothing, an edited cell is one change', async () => {
  await asset(1);
  await asset(2, { tag: null, serial: null });
  const { bytes } = await fileFrom(await t.call.transfer.export({ form: 'F-03', query: byTag }));
  expect((await previewOf(t.call, bytes)).counts).toStrictEqual({ add: 0, update: 0, skip: 3, error: 0 });
  const { bytes: list } = await fileFrom(
    await t.call.transfer.export({
      form: 'F-03',
      query: byTag,
      columns: ['name', 'location_id', 'user_id', 'status', 'mac'],
    }),
  );
  expect((await previewOf(t.call, list)).counts).toStrictEqual({ add: 0, update: 0, skip: 2, error: 0 });
});

test('a namesake never takes over: whoever the record names by these words stays', async () => {
  const other = (
    await t.call.people.create({
      name: '王芳',
      department: '教务处',
      identity: 'staff',
      letter: 'signed',
      status: 'active',
    })
  ).id;
  await asset(1, { department: '财务处', custodian_id: other });
  await asset(2, { department: null });
  const { bytes } = await fileFrom(await t.call.transfer.export({ form: 'F-03', query: byTag }));
  expect((await previewOf(t.call, bytes)).counts).toStrictEqual({ add: 0, update: 0, skip: 3, error: 0 });
});

async function styleOf(bytes: Buffer, sheet: number, cell: string): Promise<{ red: boolean; strike: boolean }> {
  const archive = unzip(bytes);
  const part = async (name: string): Promise<string> =>
    new TextDecoder().decode(await (await archive.get(name))!.bytes());
  const style = Number(
    new RegExp(`<c r="${cell}" s="(\\d+)"`).exec(await part(`xl/worksheets/sheet${sheet}.xml`))?.[1],
  );
  const styles = await part('xl/styles.xml');
  const xf = [
    ...styles
      .split('<cellXfs')[1]!
      .split('</cellXfs>')[0]!
      .matchAll(/<xf [^>]*fontId="(\d+)"/g),
  ][style];
  const font = [...styles.matchAll(/<font>.*?<\/font>/g)][Number(xf?.[1])]![0];
  return { red: font.includes('rgb="FFFF0000"'), strike: font.includes('<strike') };
}

test('red against the submitted copy: a new row whole, a changed row by its cells, a removed row struck through', async () => {
  const one = await asset(1);
  const two = await asset(2);
  const never = await fileFrom(await t.call.transfer.export({ form: 'F-03', query: byTag }));
  expect(never.file.marks).toBeNull();
  const submitted = await t.call.transfer.submit({ form: 'F-03' });
  expect(submitted).toMatchObject({ number: 'ZC-202609-L03-0001', rows: 2 });
  expect((await fileFrom(await t.call.transfer.export({ form: 'F-03' }))).file.marks).toStrictEqual({
    added: 0,
    changed: 0,
    gone: 0,
    since: submitted.number,
  });

  t.clock.set('2026-10-08T09:00+08:00');
  await t.call.assets.update({ id: one.id, changes: { ip: '10.20.35.99' } });
  await t.call.assets.remove({ id: two.id, reason: '已调出' });
  await asset(3);
  const { bytes, file } = await fileFrom(await t.call.transfer.export({ form: 'F-03', query: byTag }));
  expect(file.marks).toStrictEqual({ added: 1, changed: 1, gone: 1, since: submitted.number });
  const table = await readHere(bytes);
  if (typeof table === 'string') throw new Error(table);
  expect(table.rows.slice(3, 6).map(({ text }) => [text[0], text[26], text[29], text[30]])).toStrictEqual([
    ['ZC-001', '10.20.35.99', '变更', '2026-10-08'],
    ['ZC-003', '10.20.35.10', '新增', '2026-10-08'],
    ['ZC-002', '10.20.35.9', '停用', '2026-10-08'],
  ]);
  expect(await styleOf(bytes, 1, 'A4')).toStrictEqual({ red: false, strike: false });
  expect(await styleOf(bytes, 1, 'AA4')).toStrictEqual({ red: true, strike: false });
  expect(await styleOf(bytes, 1, 'A5')).toStrictEqual({ red: true, strike: false });
  expect(await styleOf(bytes, 1, 'A6')).toStrictEqual({ red: false, strike: true });
  const changes = await tableFrom(await t.call.transfer.export({ form: 'F-03', query: byTag }), '变更说明');
  expect(changes.rows.slice(2).map(({ text }) => text)).toStrictEqual([
    ['资产编号', '资产名称', '栏目', '原内容', '现内容', '变更日期', '变更人', '变更原因'],
    ['ZC-001', '台式计算机', 'IP', '10.20.35.8', '10.20.35.99', '2026-10-08', '李明'],
    ['ZC-003', '台式计算机', '新增', '', '', '2026-10-08', '李明'],
    ['ZC-002', '台式计算机', '停用', '', '', '2026-10-08', '李明', '已调出'],
  ]);
  await t.call.transfer.submit({ form: 'F-03' });
  expect((await fileFrom(await t.call.transfer.export({ form: 'F-03' }))).file.marks).toMatchObject({
    added: 0,
    changed: 0,
    gone: 0,
  });
  expect(await t.call.transfer.submissions({ form: 'F-03' })).toHaveLength(2);
});

test('a second click submits nothing; the same content another day, or a change the same day, does', async () => {
  const one = await asset(1);
  const first = await t.call.transfer.submit({ form: 'F-03' });
  const twice = await Promise.allSettled([
    t.call.transfer.submit({ form: 'F-03' }),
    t.call.transfer.submit({ form: 'F-03', query: { text: '' } }),
  ]);
  expect(twice.map(({ status }) => status)).toStrictEqual(['rejected', 'rejected']);
  expect(await refusalOf(t.call.transfer.submit({ form: 'F-03' }))).toMatchObject({
    code: 'submit_unchanged',
    params: { number: first.number },
  });
  await t.call.assets.update({ id: one.id, changes: { remark: '改' } });
  await t.call.transfer.submit({ form: 'F-03' });
  t.clock.set('2026-10-08T09:00+08:00');
  await t.call.transfer.submit({ form: 'F-03' });
  expect(await t.call.transfer.submissions({ form: 'F-03' })).toHaveLength(3);
});

test('submitting a part renews only that part', async () => {
  const one = await asset(1);
  const two = await asset(2, { category: 'printer' });
  await t.call.transfer.submit({ form: 'F-03' });
  await t.call.assets.update({ id: one.id, changes: { remark: '改' } });
  await t.call.assets.update({ id: two.id, changes: { remark: '换鼓' } });
  t.clock.set(60_000);
  await t.call.transfer.submit({
    form: 'F-03',
    query: { filter: [{ field: 'category', op: 'equals', value: 'printer' }] },
  });
  expect((await fileFrom(await t.call.transfer.export({ form: 'F-03' }))).file.marks).toMatchObject({
    added: 0,
    changed: 1,
    gone: 0,
  });
});

test('F-01: one sheet per building, address and person together, released ones struck through', async () => {
  const subnet = await t.call.ipam.createSubnet({
    cidr: '10.20.35.0/24',
    name: '办公',
    purpose: 'office',
    vlan: 35,
    gateway: '10.20.35.254',
  });
  await t.call.people.create({ name: '李强', identity: 'teacher', letter: 'signed', status: 'active' });
  const first = await t.call.ipam.bind({
    ip: '10.20.35.1',
    mac: 'AABBCCDDEE02',
    person_id: person,
    location_id: room,
    subnet_id: subnet.id,
  });
  const {
    rows: [other],
  } = await t.call.people.list({ filter: [{ field: 'name', op: 'equals', value: '李强' }] });
  await t.call.ipam.bind({ ip: '10.20.35.2', mac: 'AABBCCDDEE03', person_id: other!.id, subnet_id: subnet.id });
  const { bytes } = await fileFrom(
    await t.call.transfer.export({ form: 'F-01', query: { sort: [{ field: 'ip', dir: 'asc' }] } }),
  );
  const table = await readHere(bytes);
  if (typeof table === 'string') throw new Error(table);
  expect(table.sheets.map(({ name }) => name)).toStrictEqual(['综合楼', '用户资料表']);
  expect(table.rows[0]!.text).toStrictEqual(['临江市第三中学用户资料表（综合楼）']);
  expect(table.rows[2]!.text.slice(0, 10)).toStrictEqual([
    '序号',
    '姓名',
    '部门/班级',
    '身份',
    '楼栋/楼层/房间',
    '信息点',
    '交换机',
    '端口',
    'VLAN',
    'IP',
  ]);
  expect(table.rows[3]!.text.slice(0, 12)).toStrictEqual([
    '1',
    '王芳',
    '财务处',
    '职员',
    '综合楼 / 财务室',
    '',
    '',
    '',
    '35',
    '10.20.35.1',
    '255.255.255.0',
    '10.20.35.254',
  ]);
  expect(table.rows[3]!.text[14]).toBe('05711234567');
  expect(await t.call.transfer.submit({ form: 'F-01' })).toMatchObject({ number: 'YH-202609-L03-0001', rows: 2 });
  await t.call.ipam.release({ id: first.id, reason: '停网' });
  const after = await fileFrom(await t.call.transfer.export({ form: 'F-01' }));
  expect(after.file.marks).toMatchObject({ added: 0, changed: 0, gone: 1 });
  // It stays on the sheet of the building it was in
  expect(await readHere(after.bytes, { sheet: '综合楼' })).toMatchObject({
    rows: [{}, {}, {}, { text: expect.arrayContaining(['王芳', '停用']) }, {}],
  });
  // The register of users is read back as people without a question; it knows a room that the person's own record did not
  const people = await previewOf(t.call, bytes, { target: 'people' });
  expect(people.counts).toStrictEqual({ add: 0, update: 1, skip: 1, error: 0 });
  const { rows } = await t.call.transfer.rows({ token: people.token, only: 'update' });
  expect(rows).toMatchObject([
    { title: '王芳', changes: [{ field: 'location_id', before: '', after: '综合楼 / 财务室' }] },
  ]);
});

test('a register without a form leaves as the list is shown; computed columns stay on the screen', async () => {
  const { bytes, file } = await fileFrom(
    await t.call.transfer.export({
      form: 'people',
      columns: ['phone', 'name', 'time_left', 'identity', 'location_id'],
    }),
  );
  expect(file.name).toMatch(/^人员列表-\d{8}\.xlsx$/);
  expect(await readHere(bytes)).toMatchObject({
    rows: [
      { text: ['电话', '姓名', '身份', '房间', 'Lanbook ID'] },
      { text: ['05711234567', '王芳', '职员', '', person], type: 'sss-s' },
    ],
  });
  expect((await previewOf(t.call, bytes, { target: 'people' })).counts).toStrictEqual({
    add: 0,
    update: 0,
    skip: 1,
    error: 0,
  });
});

test('what is marked as submitted is the file that was saved: refused once the register moved, not for what the form does not show', async () => {
  const one = await asset(1);
  const { file } = await fileFrom(await t.call.transfer.export({ form: 'F-03' }));
  const position = file.position!;
  await t.call.tickets.open({ reporter: '张三', symptom: '网络不通' });
  await t.call.assets.update({ id: one.id, changes: { remark: '改' } });
  expect((await refusalOf(t.call.transfer.submit({ form: 'F-03', position }))).code).toBe('submit_moved');
  expect(await t.call.transfer.submissions({ form: 'F-03' })).toEqual([]);
  const again = (await fileFrom(await t.call.transfer.export({ form: 'F-03' }))).file.position!;
  await t.call.tickets.open({ reporter: '李四', symptom: '网络不通' });
  expect(await t.call.transfer.submit({ form: 'F-03', position: again })).toMatchObject({ rows: 1 });
});

test('a row that is removed while its file is made or submitted is left out, and the rest comes', async () => {
  const gone: string[] = [];
  // The process that writes the workbook starts when the list of rows is known already.
  const spawn: SpawnHelper = (name) => {
    for (const id of gone.splice(0)) t.engine.command('test.remove', (tx) => tx.remove(assets, id));
    return spawnHelper(name);
  };
  t.close();
  t = await testEngine({ ports: { spawnHelper: spawn } });
  const bare = { user_id: null, location_id: null };
  await asset(1, bare);
  for (const columns of [undefined, ['tag', 'name']]) {
    gone.push((await asset(2, bare)).id);
    const { bytes, file } = await fileFrom(
      await t.call.transfer.export({ form: 'F-03', query: byTag, ...(columns ? { columns } : {}) }),
    );
    expect(gone).toEqual([]);
    expect(file.rows).toBe(1);
    expect(JSON.stringify(await readHere(bytes))).not.toContain('ZC-002');
  }
  const { id } = await asset(2, bare);
  const rows = formRows(t.engine.db, 'F-03', { filter: [], sort: [] });
  await t.call.assets.remove({ id, reason: '登错' });
  for await (const batch of rows.batches) expect(batch).toHaveLength(1);
});

test('a place is called the same on paper as on the screen, with a campus above it and without', async () => {
  const under = async (parent_id: string | null, kind: 'building' | 'floor' | 'room', name: string): Promise<string> =>
    (await t.call.locations.create({ kind, name, parent_id })).id;
  const path = async (campus: string | null): Promise<string[]> => {
    const building = await under(campus, 'building', '实验楼');
    const place = await under(await under(building, 'floor', '2F'), 'room', '物理室');
    const places = new Map((await t.call.locations.tree()).map((node) => [node.id, node]));
    return [new Names(t.engine.db).place(place) ?? '', pathIn(places, place), locationPath(t.engine.db, place)];
  };
  const shown = Array.from({ length: 3 }, () => '实验楼 / 2F / 物理室');
  expect(await path(null)).toEqual(shown);
  expect(await path((await t.call.locations.create({ kind: 'campus', name: '城东校区' })).id)).toEqual(shown);
});
