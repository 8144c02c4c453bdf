import { testEngine, type TestEngine } from '../../../../support/engine.ts';
import { previewOf } from '../../../../support/transfer.ts';

jest.setTimeout(30_000);

let t: TestEngine;
beforeEach(async () => {
  t = await testEngine();
});
afterEach(() => t.close());
const verdictsOf = async (token: string): Promise<string[]> =>
  (await t.call.transfer.rows({ token, limit: 500 })).rows.map(({ verdict, issues }) =>
    [verdict, ...issues.map(({ code }) => code)].join(' '),
  );
const place = async (name: string, kind: 'building' | 'floor' | 'room', parent_id: string | null = null) =>
  (await t.call.locations.create({ name, kind, parent_id })).id;

test('a first import into an empty register makes its places and people without being asked; a later one asks', async () => {
  const { call } = t;
  const csv = '资产编号,名称,类别,存放地点,使用人\nA-1,电脑,台式机,教学楼/3楼/301,王芳\n';
  const first = await previewOf(call, csv);
  expect(first.decisions).toStrictEqual({ places: 'create', people: 'create', dates: 'ask', untagged: 'error' });
  expect(first.counts).toStrictEqual({ add: 1, update: 0, skip: 0, error: 0 });
  await call.transfer.commit({ token: first.token });
  const later = await previewOf(call, csv.replace('A-1', 'A-2').replace('301', '302').replace('王芳', '李强'));
  expect(later.decisions).toMatchObject({ places: 'error', people: 'error' });
  expect(later.counts.error).toBe(1);
});

test('what was decided for a sheet is remembered for its headers, and for no others', async () => {
  const { call } = t;
  await place('教学楼', 'building');
  const csv = '资产编号,名称,类别,存放地点\nA-1,电脑,台式机,综合楼/101\n';
  const { token } = await previewOf(call, csv, { decisions: { places: 'create' } });
  await call.transfer.cancel({ token });
  // People were not decided on: their default stays free to change
  expect((await previewOf(call, csv)).decisions).toMatchObject({ places: 'create', people: 'create' });
  await call.people.create({ name: '王芳', identity: 'staff', letter: 'signed', status: 'active' });
  expect((await previewOf(call, csv)).decisions).toMatchObject({ places: 'create', people: 'error' });
  expect((await previewOf(call, csv.replace('名称', '设备名称'))).decisions.places).toBe('error');
});

test('building and room find the room whatever floor it is on, unless several are meant', async () => {
  const { call } = t;
  const building = await place('教学楼', 'building');
  const third = await place('3楼', 'floor', building);
  const room = await place('301', 'room', third);
  await place('弱电间', 'room', third);
  await place('弱电间', 'room', await place('2楼', 'floor', building));
  const csv = `资产编号,名称,类别,存放地点
A-1,电脑,台式机,教学楼301
A-2,电脑,台式机,教学楼/301
A-3,电脑,台式机,教学楼三层301
A-4,电脑,台式机,教学楼弱电间
A-5,电脑,台式机,教学楼302
`;
  const { token, unknown } = await previewOf(call, csv, { decisions: { places: 'create' } });
  expect(await verdictsOf(token)).toStrictEqual(['add', 'add', 'add', 'error place_ambiguous', 'add place_new']);
  expect(unknown.places).toBe(1);
  expect(await call.transfer.commit({ token })).toMatchObject({ added: 4, places: 1 });
  const { rows } = await call.assets.list({ sort: [{ field: 'tag', dir: 'asc' }] });
  expect(rows.slice(0, 3).map(({ location_id }) => location_id)).toStrictEqual([room, room, room]);
});

test('a room of the same file written in two ways is made once; one that may be two is an error', async () => {
  const { call } = t;
  const csv = `资产编号,名称,类别,存放地点
A-1,电脑,台式机,教学楼301
A-2,电脑,台式机,教学楼/3楼/301
A-3,电脑,台式机,教学楼/2楼/弱电间
A-4,电脑,台式机,教学楼/3楼/弱电间
A-5,电脑,台式机,教学楼弱电间
`;
  const first = await previewOf(call, csv);
  expect(first.unknown.places).toBe(3);
  expect(first.counts).toMatchObject({ add: 4, error: 1 });
  await call.transfer.commit({ token: first.token });
  expect((await call.locations.tree()).map(({ path }) => path).toSorted()).toStrictEqual(
    [
      '教学楼',
      '教学楼 / 2楼',
      '教学楼 / 2楼 / 弱电间',
      '教学楼 / 3楼',
      '教学楼 / 3楼 / 301',
      '教学楼 / 3楼 / 弱电间',
    ].toSorted(),
  );
  expect((await previewOf(call, csv)).counts).toStrictEqual({ add: 0, update: 0, skip: 4, error: 1 });
});

test('a filled column that no field is known for is named; the headers of a network sheet are known', async () => {
  const { columns, issues } = await previewOf(
    t.call,
    '资产编码,仪器名称,设备分类,网卡物理地址,内网IP,电脑名,班主任,空列\nA-1,电脑,台式机,3C-52-82-1A-00-02,10.20.35.8,PC-1,王芳,\n',
  );
  expect(columns.map(({ field, problem }) => field ?? problem)).toStrictEqual([
    'tag',
    'name',
    'category',
    'mac',
    'ip',
    'hostname',
    'unknown_header',
    null,
  ]);
  expect(issues).toContainEqual({ code: 'unknown_header', severity: 'warning', field: null, n: 1 });
});

test.each(['网卡号', '物理地址', '网卡地址', '网卡物理地址', 'MAC地址', '网卡 MAC 地址'])(
  '%s is the MAC',
  async (header) => {
    const { columns } = await previewOf(t.call, `资产编号,名称,${header}\nA-1,电脑,3C-52-82-1A-00-02\n`);
    expect(columns[2]).toMatchObject({ field: 'mac', problem: null });
  },
);

const UNTAGGED = `名称,类别,型号,存放地点,购置日期
课桌,其他,A,教学楼301,2024-02-01
课桌,其他,A,教学楼301,2024-02-01
课桌,其他,A,教学楼302,2024-02-01
投影机,,,教学楼301,2024-02-30
`;
const add = { decisions: { untagged: 'add' } } as const;

test('things without a number are an error until decided otherwise; then the same file changes nothing, and corrections come in', async () => {
  const { call } = t;
  const asked = await previewOf(call, UNTAGGED);
  expect(asked).toMatchObject({ counts: { add: 0, error: 4 }, unknown: { untagged: 3 } });
  // What keeps it out is said before what is only to know
  expect((await verdictsOf(asked.token))[0]).toBe('error no_key place_new');
  const first = await previewOf(call, { token: asked.token }, add);
  expect(first.counts).toStrictEqual({ add: 3, update: 0, skip: 0, error: 1 });
  await call.transfer.commit({ token: first.token });
  // Decided for these headers
  expect((await previewOf(call, UNTAGGED)).counts).toStrictEqual({ add: 0, update: 0, skip: 3, error: 1 });
  const fixed = await previewOf(call, UNTAGGED.replace('2024-02-30', '2024-02-28'));
  expect(fixed.counts).toStrictEqual({ add: 1, update: 0, skip: 3, error: 0 });
  expect((await call.assets.list({})).total).toBe(3);
});

test('a thing without a number is never doubled when it was edited or numbered since', async () => {
  const { call } = t;
  const { token } = await previewOf(call, UNTAGGED, add);
  await call.transfer.commit({ token });
  const { rows } = await call.assets.list({});
  await call.assets.update({ id: rows[0]!.id, changes: { tag: 'T-1' } });
  await call.assets.update({ id: rows[1]!.id, changes: { purchased_on: '2024-03-01' } });
  const again = await previewOf(call, UNTAGGED);
  expect(again.counts).toStrictEqual({ add: 0, update: 0, skip: 1, error: 3 });
  expect((await verdictsOf(again.token)).filter((each) => each.includes('untagged_twin'))).toHaveLength(2);
});

test('people without a name are told so', async () => {
  const { token } = await previewOf(t.call, '工号,姓名,部门\n,,教务处\n', { target: 'people' });
  expect(await verdictsOf(token)).toStrictEqual(['error no_name']);
});

test('the day number of a spreadsheet in a CSV is offered as that day', async () => {
  const { call } = t;
  const { token, counts } = await previewOf(
    call,
    '资产编号,名称,类别,购置日期\nA-1,电脑,台式机,43709\nA-2,电脑,台式机,19999\nA-3,电脑,台式机,60001\n',
  );
  expect(counts).toMatchObject({ add: 1, error: 2 });
  expect(await verdictsOf(token)).toStrictEqual(['add day_from_number', 'error bad_day', 'error bad_day']);
  await call.transfer.commit({ token });
  expect((await call.assets.list({})).rows[0]).toMatchObject({ tag: 'A-1', purchased_on: '2019-09-01' });
});
