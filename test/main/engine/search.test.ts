import * as fc from 'fast-check';
import { refusalOf, testEngine, type TestEngine } from '../../support/engine.ts';

let t: TestEngine;
beforeAll(async () => {
  t = await testEngine();
  for await (const _ of await t.call.system.demo({})) void _;
}, 60_000);
afterAll(() => t.close());

const titles = async (text: string, tables?: string[]): Promise<string[]> =>
  (await t.call.search.find({ text, tables, limit: 100 })).map(({ title }) => title);

test('the demo school has the numbers of its specification', async () => {
  expect((await t.call.assets.list({})).total).toBe(699);
  expect((await t.call.people.list({})).total).toBe(250);
  expect((await t.call.tickets.list({})).total).toBe(120);
  expect((await t.call.tickets.list({ filter: [{ field: 'state', op: 'equals', value: 'closed' }] })).total).toBe(98);
  expect((await t.call.ipam.list({ filter: [{ field: 'state', op: 'in', value: ['active'] }] })).total).toBe(648);
  // and the two that were closed since the register was handed in
  expect((await t.call.ipam.list({})).total).toBe(650);
  const rooms = await t.call.locations.list({ filter: [{ field: 'kind', op: 'in', value: ['room', 'closet'] }] });
  expect(rooms.total).toBe(93);
  const again = await refusalOf(
    (async () => {
      for await (const _ of await t.call.system.demo({})) void _;
    })(),
  );
  expect(again.code).toBe('demo_not_empty');
  expect((await t.call.system.state()).demo).toBe(1);
});

test('a demo that was stopped goes on where it stood', async () => {
  const other = await testEngine();
  try {
    for await (const { done } of await other.call.system.demo({ scale: 2 })) if (done === 1) break;
    for await (const _ of await other.call.system.demo({ scale: 2 })) void _;
    expect((await other.call.assets.list({})).total).toBe(2 * 699);
    expect((await other.call.system.state()).demo).toBe(2);
    await other.call.people.create({ name: '王芳', identity: 'staff', letter: 'signed', status: 'active' });
    expect((await other.call.system.state()).demo).toBeNull();
  } finally {
    other.close();
  }
}, 30_000);

test('namesakes are told apart, polyphone surnames and initials find their people', async () => {
  const hits = (await t.call.search.find({ text: 'wf' })).filter(({ table }) => table === 'people');
  expect(hits.map(({ title }) => title)).toEqual(['王芳', '王芳']);
  expect(new Set(hits.map(({ subtitle }) => subtitle)).size).toBe(2);
  for (const [typed, name] of [
    ['shanxm', '单晓梅'],
    ['qjg', '仇建国'],
    ['ouyangx', '欧阳雪'],
    ['yuchi', '尉迟海波'],
    ['aygl', '阿依古丽·买买提'],
    ['䶮', '张䶮'],
  ] as const)
    expect(await titles(typed, ['people'])).toContain(name);
});

test('who is called so comes before who only works there', async () => {
  for (let i = 0; i < 15; i += 1)
    await t.call.people.create({
      name: `赵甲${'一二三四五六七八九十百千万亿兆'[i]}`,
      department: '水星',
      identity: 'teacher',
      letter: 'signed',
      status: 'active',
    });
  await t.call.people.create({ name: '尚雪', identity: 'teacher', letter: 'signed', status: 'active' });
  const found = await titles('sx', ['people']);
  expect(found).toContain('尚雪');
  expect(found.indexOf('尚雪')).toBeLessThan(found.findIndex((name) => name.startsWith('赵甲')));
});

test('a room, a tag, an IP fragment and a MAC tail are found; the room itself comes first', async () => {
  expect((await titles('财务室'))[0]).toBe('财务室');
  const pc = (await t.call.assets.list({ filter: [{ field: 'ip', op: 'equals', value: '10.20.20.35' }] })).rows[0];
  expect(await titles('20.35', ['bindings'])).toEqual(['10.20.20.35']);
  const tail = `${pc?.mac?.slice(-4, -2)}:${pc?.mac?.slice(-2)}`.toLowerCase();
  expect(await titles(tail)).toContain('10.20.20.35');
  expect(await titles(pc?.tag ?? '', ['assets'])).toContain(`${pc?.tag} · 台式计算机`);
});

test('one, two and three Chinese characters match exactly what LIKE matches', async () => {
  const names = (await t.call.people.list({ limit: 1000 })).rows.map(({ name }) => name);
  const piece = fc.constantFrom(...names.flatMap((name) => name.split('·'))).chain((name) => {
    const chars = [...name].filter((char) => /[\u3400-\u9fff]/u.test(char));
    return fc
      .integer({ min: 0, max: chars.length - 1 })
      .chain((at) => fc.integer({ min: 1, max: 3 }).map((n) => chars.slice(at, at + n).join('')));
  });
  await fc.assert(
    fc.asyncProperty(piece, async (typed) => {
      const expected = names.filter((name) => name.includes(typed));
      const found = (await t.call.people.list({ text: typed, limit: 1000 })).rows.filter(({ name }) =>
        name.includes(typed),
      );
      expect(found.length).toBe(expected.length);
    }),
    { numRuns: 80, seed: 20_260_929 },
  );
});

test('a renamed room is found by its new name, and so are the things in it', async () => {
  const room = (await t.call.locations.list({ filter: [{ field: 'name', op: 'equals', value: '校医室' }] })).rows[0];
  await t.call.locations.update({ id: room?.id ?? '', changes: { name: '卫生保健中心' } });
  expect(await titles('保健中', ['locations'])).toEqual(['卫生保健中心']);
  expect((await t.call.assets.list({ text: '保健中' })).total).toBe(3);
});

test.each(['"', "'", '*', 'AND', '(', ')', '"a" OR', '-', '\u0000', '%', '   ', 'NEAR(', '😀'])(
  'hostile query %j is only text',
  async (text) => {
    await expect(t.call.search.find({ text })).resolves.toBeInstanceOf(Array);
    await expect(t.call.assets.list({ text })).resolves.toHaveProperty('rows');
  },
);
