import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { importFile } from '../../../../../main/cli/jobs.ts';
import { WriteDb } from '../../../../../main/engine/door.ts';
import { refuse, type RefusalParams } from '../../../../../shared/refusal.ts';
import { refusalText } from '../../../../../shared/refusal-text.ts';
import { translator } from '../../../../../shared/translate.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../../support/engine.ts';
import { sheetXml, workbook } from '../../../../support/sheets.ts';
import { fileFrom, previewOf, tableFrom } from '../../../../support/transfer.ts';

const FILE = `临江市第三中学固定资产台账,,,,,,,
单位：信息中心,,,,,,2026年9月,
序号,固定资产编号,设备名称,资产类别,规格型号,SN码,存放位置,使用人,购置时间,原值（元）,MAC地址,IP地址,使用状态
1,ZC-001,台式计算机,台式机,M750e,SN0001,综合楼/2F/财务室,王芳,2023/9/1,"4,500.00",aa:bb:cc:dd:ee:02,10.20.35.8,在用
2,ZC-002,激光打印机,打印机,P2055,SN0002,综合楼/2F/教务处,,2021年3月,1800,,,正常
3,ZC-003,接入交换机,交换机,S5735,SN0003,综合楼2F弱电间,无,20200410,3200,3C52.821A.0002,/,在用
合计,,,,,,,,,9500,,,
制表人：李明,,,,,,,,,,,,`;
const create = { decisions: { places: 'create', people: 'create' } } as const;

jest.setTimeout(30_000);

let test3: TestEngine;
beforeEach(async () => {
  test3 = await testEngine();
});
afterEach(() => test3.close());
const allRows = (token: string): ReturnType<TestEngine['call']['transfer']['rows']> =>
  test3.call.transfer.rows({ token, limit: 500 });

test('a real-life sheet: header under titles, synonyms, places along the path, people, all in one undoable batch', async () => {
  const { call } = test3;
  const first = await previewOf(call, FILE, { decisions: { places: 'error', people: 'error' } });
  expect(first.header_row).toBe(3);
  expect(first.columns.map(({ field }) => field)).toStrictEqual([
    null,
    'tag',
    'name',
    'category',
    'model',
    'serial',
    'location_id',
    'user_id',
    'purchased_on',
    'price',
    'mac',
    'ip',
    'status',
  ]);
  // Nothing is known yet, and that was to be an error: three rows miss their places, and the two lines under the table are no rows
  expect(first.counts).toStrictEqual({ add: 0, update: 0, skip: 2, error: 3 });
  expect(first.unknown).toMatchObject({ places: 3, people: 1 });

  const second = await previewOf(call, { token: first.token }, create);
  expect(second.counts).toStrictEqual({ add: 3, update: 0, skip: 2, error: 0 });
  const done = await call.transfer.commit({ token: second.token });
  expect(done).toMatchObject({ added: 3, updated: 0, skipped: 2, errors: 0, places: 5, people: 1 });

  const { rows, refs } = await call.assets.list({ sort: [{ field: 'tag', dir: 'asc' }] });
  expect(
    rows.map((row) => [row.tag, row.category, row.status, row.purchased_on, row.price, row.mac, row.ip]),
  ).toStrictEqual([
    ['ZC-001', 'desktop', 'in_use', '2023-09-01', 450_000, 'AABBCCDDEE02', '10.20.35.8'],
    ['ZC-002', 'printer', 'in_use', '2021-03-01', 180_000, null, null],
    ['ZC-003', 'switch', 'in_use', '2020-04-10', 320_000, '3C52821A0002', null],
  ]);
  expect(refs[rows[0]!.location_id!]).toMatch(/财务室$/);
  expect((await call.locations.tree()).map(({ kind, path }) => `${kind} ${path}`).toSorted()).toStrictEqual(
    [
      'building 综合楼',
      'floor 综合楼 / 2F',
      'room 综合楼 / 2F / 财务室',
      'room 综合楼 / 2F / 教务处',
      'closet 综合楼 / 2F / 弱电间',
    ].toSorted(),
  );

  // The same file again: nothing to do, whatever the decisions
  const again = await previewOf(call, FILE);
  expect(again.counts).toStrictEqual({ add: 0, update: 0, skip: 5, error: 0 });
  // What the skipped rows are adds up to their number
  expect(again.issues.filter(({ severity }) => severity === 'note')).toStrictEqual([
    { code: 'same', severity: 'note', field: null, n: 3 },
    { code: 'not_a_row', severity: 'note', field: null, n: 2 },
  ]);
  expect((await refusalOf(call.transfer.commit({ token: again.token }))).code).toBe('import_nothing');
  expect((await refusalOf(call.transfer.commit({ token: second.token }))).code).toBe('import_done');

  expect(await call.transfer.undo({ batch: done.batch })).toStrictEqual({ undone: 9, kept: 0 });
  expect((await call.assets.list({})).total).toBe(0);
  expect((await call.people.list({})).total).toBe(0);
  expect((await refusalOf(call.transfer.undo({ batch: done.batch }))).code).toBe('nothing_to_undo');
});

test('an undo leaves what was changed since, and says how many', async () => {
  const { call } = test3;
  const { token } = await previewOf(call, FILE, create);
  const { batch } = await call.transfer.commit({ token });
  const { rows } = await call.assets.list({ filter: [{ field: 'tag', op: 'equals', value: 'ZC-002' }] });
  await call.assets.update({ id: rows[0]!.id, changes: { remark: '已换硒鼓' } });
  // With it stay its room and the floor and building above: it still lies there.
  expect(await call.transfer.undo({ batch })).toMatchObject({ kept: 4 });
  expect((await call.assets.list({})).rows.map(({ tag }) => tag)).toStrictEqual(['ZC-002']);
});

test('every damage has its reason, at its cell', async () => {
  const { call } = test3;
  await call.assets.create({ name: '旧电脑', category: 'desktop', status: 'in_use', serial: 'S-OLD', tag: 'OLD-1' });
  await call.people.create({ name: '王芳', identity: 'staff', letter: 'signed', status: 'active' });
  const csv = `资产编号,名称,类别,SN,购置日期,IP,MAC,使用人,数量
A-1,电脑,飞船,,,,,,
A-2,电脑,台式机,6.37702E+15,,,,,
0003,电脑,台式机,,,,,,
0004,电脑,台式机,,,,,,
0005,电脑,台式机,,,,,,
6,电脑,台式机,,,,,,
A-7,电脑,台式机,,03/04/2026,,,,
A-8,电脑,台式机,,2026-02-30,,,,
A-9,电脑,台式机,,,10.20.300.1,,,
A-10,电脑,台式机,,,,FF-FF-FF-FF-FF-FF,,
A-11,电脑,台式机,,,,,没有此人,
A-12,电脑,台式机,,,,,,二十
A-1,电脑,台式机,,,,,,
,电脑,台式机,,,,,,
,电脑,台式机,S-NEW,,,,,
A-13,电脑,台式机,S-OLD,,,,,
A-14,,台式机,,,,,,
A-15,奇怪的东西,,,,,,,
A-16,联想笔记本电脑,,,,,,,`;
  const { token, counts } = await previewOf(call, csv);
  const { rows } = await allRows(token);
  const codes = rows.map(({ verdict, issues }) =>
    [verdict, ...issues.map(({ code, field }) => `${code}@${field}`)].join(' '),
  );
  expect(codes).toStrictEqual([
    'error unknown_choice@category',
    'error scientific@serial',
    'add',
    'add',
    'add',
    'error zeros_lost@tag',
    'error day_ambiguous@purchased_on',
    'error bad_day@purchased_on',
    'error bad_ip@ip',
    'error bad_mac@mac',
    'error person_not_found@user_id',
    'error bad_number@quantity',
    'error duplicate_in_file@tag',
    'error no_key@null',
    'add',
    'error serial_elsewhere@serial',
    'error required@name',
    'error required@category',
    'add category_from_name@category',
  ]);
  expect(counts).toStrictEqual({ add: 5, update: 0, skip: 0, error: 14 });
  expect(rows[5]!.issues[0]!.params).toStrictEqual({ text: '6', meant: '0006' });
  // Errors stay out, the rest goes in, and a corrected file completes it without doubling anything
  expect(await call.transfer.commit({ token })).toMatchObject({ added: 5, errors: 14 });
  const fixed = await previewOf(
    call,
    csv.replace('A-1,电脑,飞船', 'A-1,电脑,台式机').replace('\nA-1,电脑,台式机,,,,,,\n,', '\n,'),
  );
  expect(fixed.counts).toMatchObject({ add: 1, skip: 5 });
});

test('numbers in a workbook: scientific notation, lost zeros, dates, errors, formulas', async () => {
  const cell = (value: string, style = 0): string => `<c s="${style}"><v>${value}</v></c>`;
  const text = (value: string): string => `<c t="str"><v>${value}</v></c>`;
  const bytes = await workbook({
    sheets: {
      说明: sheetXml(`<row r="1">${text('填表说明')}</row>`),
      台账: sheetXml(
        `<row r="1">${['资产编号', '资产名称', '类别', '购置日期', '类别'].map(text).join('')}</row>
         <row r="2">${text('000123')}${text('电脑')}${text('台式机')}${cell('46272', 1)}</row>
         <row r="3">${cell('124')}${text('电脑')}${text('台式机')}</row>
         <row r="4">${cell('1234567890123')}${text('电脑')}${text('台式机')}</row>
         <row r="5">${text('X-1')}<c t="e"><f>VLOOKUP(1,A:A,1)</f><v>#N/A</v></c>${text('台式机')}</row>
         <row r="6">${text('X-2')}${text('电脑')}${text('台式机')}${cell('46272')}</row>`,
      ),
    },
    styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
  });
  const preview = await previewOf(test3.call, bytes, { sheet: 1 });
  expect(preview.columns[4]).toMatchObject({ field: null, problem: 'duplicate_header' });
  expect(preview.issues).toContainEqual({ code: 'duplicate_header', severity: 'warning', field: null, n: 2 });
  expect(preview.formulas).toBe(1);
  const { rows } = await allRows(preview.token);
  expect(rows.map(({ verdict, issues }) => [verdict, issues[0]?.code])).toStrictEqual([
    ['add', undefined],
    ['error', 'zeros_lost'],
    ['error', 'scientific'],
    ['error', 'cell_error'],
    ['add', undefined],
  ]);
  await test3.call.transfer.commit({ token: preview.token });
  const { rows: stored } = await test3.call.assets.list({});
  expect(stored.map(({ tag, purchased_on }) => [tag, purchased_on]).toSorted()).toStrictEqual([
    ['000123', '2026-09-07'],
    ['X-2', '2026-09-07'],
  ]);
});

test('an update changes only what the file says; a blank cell never erases', async () => {
  const { call } = test3;
  await call.transfer.commit({ token: (await previewOf(call, FILE, create)).token });
  const update = await previewOf(call, '资产编号,资产名称,备注,序列号\nZC-001,财务电脑,已加内存,\n');
  const { rows } = await allRows(update.token);
  expect(rows[0]).toMatchObject({
    verdict: 'update',
    changes: [
      { field: 'name', before: '台式计算机', after: '财务电脑' },
      { field: 'remark', before: '', after: '已加内存' },
    ],
  });
  await call.transfer.commit({ token: update.token });
  const {
    rows: [asset],
  } = await call.assets.list({ filter: [{ field: 'tag', op: 'equals', value: 'ZC-001' }] });
  expect(asset).toMatchObject({ name: '财务电脑', remark: '已加内存', serial: 'SN0001', category: 'desktop' });
});

test('the mapping that was chosen is remembered for the same headers', async () => {
  const { call } = test3;
  const csv = '牌牌,东东,类别\nA-1,电脑,台式机\n';
  const first = await previewOf(call, csv);
  expect(first.columns.map(({ field, from }) => [field, from])).toStrictEqual([
    [null, 'none'],
    [null, 'none'],
    ['category', 'header'],
  ]);
  await previewOf(call, { token: first.token }, { mapping: { 0: 'tag', 1: 'name', 2: 'category' } });
  const second = await previewOf(call, csv.replace('A-1', 'A-2'));
  expect(second.columns.map(({ field, from }) => [field, from])).toStrictEqual([
    ['tag', 'remembered'],
    ['name', 'remembered'],
    ['category', 'header'],
  ]);
  expect(second.counts.add).toBe(1);
  expect((await refusalOf(previewOf(call, { token: second.token }, { mapping: { 0: 'tag', 1: 'tag' } }))).code).toBe(
    'import_field_twice',
  );
});

test('a register that changed after the dry run is judged again; other verdicts are shown before they count', async () => {
  const { call } = test3;
  const { token } = await previewOf(call, FILE, create);
  await call.people.create({ name: '赵敏', identity: 'teacher', letter: 'signed', status: 'active' });
  await call.assets.create({ tag: 'ZC-002', name: '打印机', category: 'printer', status: 'in_use' });
  expect((await refusalOf(call.transfer.commit({ token }))).code).toBe('import_changed');
  expect((await call.assets.list({})).total).toBe(1);
  expect(await call.transfer.commit({ token })).toMatchObject({ added: 2, updated: 1 });
});

test('upload in pieces, another encoding, and a commit after the program was started again', async () => {
  const bytes = iconv.encode(FILE, 'gb18030');
  const { id } = await test3.call.transfer.upload({
    name: '台账.csv',
    data: bytes.subarray(0, 300).toString('base64'),
  });
  expect(
    await test3.call.transfer.upload({ id, name: '', data: bytes.subarray(300).toString('base64') }),
  ).toMatchObject({ bytes: bytes.length });
  let preview;
  for await (const event of await test3.call.transfer.preview({ upload: id, options: create }))
    if (event.is === 'ready') preview = event.preview;
  expect(preview).toMatchObject({ encoding: 'gb18030', counts: { add: 3 }, name: '台账.csv' });
  test3.reopen();
  expect(await test3.call.transfer.commit({ token: id })).toMatchObject({ added: 3 });
  expect((await refusalOf(test3.call.transfer.commit({ token: id }))).code).toBe('import_done');
});

test('the result file carries verdict and reason; an unreadable file is refused', async () => {
  const { token } = await previewOf(test3.call, '资产编号,名称,类别\nA-1,电脑,飞船\nA-2,电脑,台式机\n');
  const table = await tableFrom(await test3.call.transfer.result({ token }));
  expect(table.rows.map(({ text }) => text.slice(0, 2))).toStrictEqual([
    ['行号', '结果'],
    ['2', '错误'],
    ['3', '新增'],
  ]);
  expect(table.rows[1]!.text[2]).toMatch(/^类别：不认识“飞船”。可填：台式计算机/);
  expect(table.rows[1]!.text.slice(3)).toStrictEqual(['A-1', '电脑', '飞船']);
  expect((await refusalOf(previewOf(test3.call, Buffer.from('PK\u0003\u0004')))).code).toBe('sheet_broken');
});

test('what waits in the data folder is no more than three files, none older than a day, none unreadable', async () => {
  const waiting = (): string[] => readdirSync(join(test3.dir, 'incoming')).filter((file) => file.endsWith('.file'));
  for (let i = 0; i < 5; i += 1) {
    await previewOf(test3.call, `资产编号,名称,类别\nA-${i},电脑,台式机\n`);
    test3.clock.set(1000);
  }
  expect(waiting()).toHaveLength(3);
  await refusalOf(previewOf(test3.call, Buffer.from('PK\u0003\u0004')));
  expect(waiting()).toHaveLength(2);
  test3.clock.set(25 * 3_600_000);
  const { token } = await previewOf(test3.call, FILE, create);
  expect(waiting()).toStrictEqual([`${token}.file`]);
  await test3.call.transfer.commit({ token });
  expect(waiting()).toStrictEqual([]);
});

test('lines under the table are passed over, things that only sound like them are not', async () => {
  const { token } = await previewOf(
    test3.call,
    '资产编号,名称,类别,序列号\n,注塑机,其他,S-1\n,说明书架,其他,S-2\n合 计,,,\n制表人：李明,,审核人：,\n备注（内部）,,,\n总计,2,,\n',
  );
  const { rows } = await allRows(token);
  expect(rows.map(({ verdict }) => verdict)).toStrictEqual(['add', 'add', 'skip', 'skip', 'skip', 'skip']);
});

test('people: known by staff number, then by name and department', async () => {
  const { call } = test3;
  await call.people.create({
    name: '王芳',
    department: '财务处',
    identity: 'staff',
    letter: 'signed',
    status: 'active',
  });
  const preview = await previewOf(
    call,
    '工号,姓名,部门,身份,手机\nT01,王芳,财务处,职员,13800000001\nT02,李强,教务处,教师,13800000002\n',
    { target: 'people' },
  );
  expect(preview.counts).toStrictEqual({ add: 1, update: 1, skip: 0, error: 0 });
  await call.transfer.commit({ token: preview.token });
  const { rows } = await call.people.list({ sort: [{ field: 'number', dir: 'asc' }] });
  expect(rows.map(({ name, number, phone, letter }) => [name, number, phone, letter])).toStrictEqual([
    ['王芳', 'T01', '13800000001', 'signed'],
    ['李强', 'T02', '13800000002', 'unsigned'],
  ]);
});

test('the template imports without a question', async () => {
  const { bytes, file } = await fileFrom(await test3.call.transfer.template({ target: 'assets' }));
  expect(file.name).toBe('资产台账-导入模板.xlsx');
  const preview = await previewOf(test3.call, bytes);
  expect(preview.columns.filter(({ field }) => field === null)).toStrictEqual([]);
});

test('a tag that is given out while the second check runs stops the import, and is not found out by a row that fails', async () => {
  const { call } = test3;
  // Rows without a name are errors: they only make the check long enough to be interrupted.
  const rows = ['ZC-1,台式计算机,台式机', ...Array.from({ length: 2000 }, (_, n) => `ZC-${n + 10},,台式机`)];
  const { token, counts } = await previewOf(call, ['资产编号,资产名称,类别', ...rows].join('\n'));
  expect(counts).toMatchObject({ add: 1, error: 2000 });
  // The register moves on after the dry run, so the commit checks again; in the middle of that check it moves once more.
  await call.people.create({ name: '王芳', identity: 'teacher', letter: 'signed', status: 'active' });
  const refused = refusalOf(call.transfer.commit({ token }));
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  await call.assets.create({ tag: 'ZC-1', name: '一体机', category: 'desktop', status: 'in_use' });
  expect((await refused).code).toBe('import_changed');
  expect((await call.assets.list({})).rows.map(({ name }) => name)).toEqual(['一体机']);
});

test('a row that the register refuses is named with the sentence of its reason', async () => {
  const { call, engine } = test3;
  const { token } = await previewOf(call, '资产编号,资产名称,类别\nZC-1,台式计算机,台式机\n');
  // A rule that the check does not know: the door finds it out.
  const insert = jest.spyOn(WriteDb.prototype, 'insert').mockImplementation(() => {
    throw refuse('tag_in_use', { tag: 'ZC-1', holder: '一体机' });
  });
  const { code, params } = await refusalOf(call.transfer.commit({ token }));
  insert.mockRestore();
  expect(refusalText(translator('zh-CN'), code, params as RefusalParams)).toBe(
    `第 2 行无法写入，整批都没有导入。原因：${refusalText(translator('zh-CN'), 'tag_in_use', { tag: 'ZC-1', holder: '一体机' })}`,
  );
  expect(engine.db.value('SELECT count(*) FROM assets')).toBe(0);
});

test('the command line makes no places or people unless it is told to', async () => {
  const { call } = test3;
  const file = join(test3.dir, '台账.csv');
  writeFileSync(file, FILE);
  const quiet = new AbortController().signal;
  const said = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  await importFile(call, file, {}, quiet);
  expect((await call.locations.tree()).length + (await call.people.list({})).total).toBe(0);
  await importFile(call, file, { create: true }, quiet);
  said.mockRestore();
  expect((await call.assets.list({})).total).toBe(3);
  expect((await call.people.list({})).total).toBe(1);
});
