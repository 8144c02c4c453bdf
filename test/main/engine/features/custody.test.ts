import { looksLikePassword } from '../../../../shared/features/custody.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';

let t: TestEngine;
beforeEach(async () => {
  t = await testEngine();
});
afterEach(() => t.close());

const make = (name: string) => t.call.custody.tools.create({ kind: 'tool', name, quantity: 1, condition: 'good' });

test('a tool is given out and comes back in one step each; who had it before is in its history', async () => {
  const { id, number } = await make('压线钳');
  expect(number).toBe('GJ-202609-L03-0001');
  expect(await t.call.custody.tools.issue({ ids: [id], holder: '李明', back_by: '2026-10-09' })).toEqual({ n: 1 });
  expect(await t.call.custody.tools.get({ id })).toMatchObject({ holder: '李明', issued_on: '2026-09-29' });
  expect(await refusalOf(t.call.custody.tools.issue({ ids: [id], holder: '王芳' }))).toEqual({
    code: 'tool_out',
    params: { tool: '压线钳', holder: '李明' },
  });
  expect((await refusalOf(t.call.custody.tools.remove({ id }))).code).toBe('tool_held');
  await t.call.custody.tools.giveBack({ ids: [id], received_by: '赵主任', condition: 'worn' });
  await t.call.custody.tools.issue({ ids: [id], holder: '王芳' });
  expect(await t.call.custody.tools.get({ id })).toMatchObject({
    holder: '王芳',
    condition: 'worn',
    back_by: null,
    returned_on: null,
    received_by: null,
  });
  expect(JSON.stringify(await t.call.custody.tools.history({ id }))).toContain('李明');
});

test('lost tools, days that do not fit and returns of what is not out are refused; several go together or not at all', async () => {
  const [one, two] = [await make('测线仪'), await make('寻线仪')];
  expect(
    (await refusalOf(t.call.custody.tools.giveBack({ ids: [one.id], received_by: '李明', condition: 'good' }))).code,
  ).toBe('tool_in');
  await t.call.custody.tools.update({ id: two.id, changes: { condition: 'lost' } });
  expect((await refusalOf(t.call.custody.tools.issue({ ids: [one.id, two.id], holder: '李明' }))).code).toBe(
    'tool_lost',
  );
  expect((await t.call.custody.tools.get({ id: one.id })).holder).toBeNull();
  for (const days of [{ on: '2026-09-30' }, { back_by: '2026-09-28' }])
    expect((await refusalOf(t.call.custody.tools.issue({ ids: [one.id], holder: '李明', ...days }))).code).toBe(
      'tool_day',
    );
  await t.call.custody.tools.issue({ ids: [one.id], holder: '李明', on: '2026-09-20' });
  const early = { ids: [one.id], received_by: '李明', condition: 'good' as const, on: '2026-09-19' };
  expect((await refusalOf(t.call.custody.tools.giveBack(early))).code).toBe('tool_day');
});

test('form F-20 lists all in custody, ticks the condition, and is the same paper until something changes', async () => {
  expect((await refusalOf(t.call.custody.tools.print())).code).toBe('tools_none');
  const { id } = await make('压线钳');
  await t.call.custody.tools.create({ kind: 'key', name: '三楼弱电间钥匙', quantity: 2, condition: 'good' });
  await t.call.custody.tools.issue({ ids: [id], holder: '李明' });
  const first = await t.call.custody.tools.print();
  const paper = JSON.stringify((await t.call.papers.get({ id: first.id })).paper);
  for (const word of ['压线钳', '李明\\n2026年9月29日', '☑\u2060完好', '钥匙', '一式两份'])
    expect(paper).toContain(word);
  expect((await t.call.custody.tools.print()).id).toBe(first.id);
  await t.call.custody.tools.giveBack({ ids: [id], received_by: '赵主任', condition: 'damaged' });
  const second = await t.call.custody.tools.print();
  expect(second).toMatchObject({ form: 'F-20', number: first.number });
  expect(second.id).not.toBe(first.id);
  expect(JSON.stringify(await t.call.papers.blank({ form: 'F-20' }))).toContain('临江市第三中学工具保管清单');
});

test('of an envelope only the cover is kept: a password is refused in whatever field it is typed', async () => {
  const cover = { number: 'MF-01', system: '核心交换机', account: 'admin@10.20.10.1' };
  const saved = await t.call.custody.envelopes.create({ ...cover, sealed: true, holder: '赵主任' });
  expect(
    await refusalOf(t.call.custody.envelopes.create({ ...cover, number: 'MF-02', remark: '密码：Abc12345' })),
  ).toEqual({
    code: 'password_typed',
    params: { field: 'envelopes.remark' },
  });
  expect(
    (await refusalOf(t.call.custody.envelopes.update({ id: saved.id, changes: { account: 'Lj3z#2026!' } }))).code,
  ).toBe('password_typed');
  expect((await refusalOf(t.call.custody.envelopes.create(cover))).code).toBe('envelope_taken');
  expect((await t.call.custody.envelopes.list({})).total).toBe(1);
});

test.each([
  ['password=x', true],
  ['口令是 1234', true],
  ['pwd：8888', true],
  ['P@ssw0rd', true],
  ['Lj3z#2026!', true],
  ['Huawei S5735-L24T4S', false],
  ['admin', false],
  ['LJ\\Administrator01', false],
  ['Root@10.20.10.1', false],
  ['密码由中心保管，2026-09-01 更换', false],
  ['C110 机房 2 号柜（第 3 层）', false],
])('%s: a password? %s', (written, is) => {
  expect(looksLikePassword(written)).toBe(is);
});
