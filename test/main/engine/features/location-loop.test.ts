import { testEngine, type TestEngine } from '../../../support/engine.ts';

/** Between two syncs a laptop may hold two moves at once that the store will not both let in. */
describe('places that lie in each other', () => {
  let a: TestEngine;
  let ids: string[];
  beforeEach(async () => {
    a = await testEngine();
    const one = await a.call.locations.create({ kind: 'building', name: '甲楼' });
    const two = await a.call.locations.create({ kind: 'room', name: '101', parent_id: one.id });
    await a.call.locations.create({ kind: 'building', name: '丙楼' });
    ids = [one.id, two.id];
    a.engine.db.raw.prepare('UPDATE locations SET parent_id = ? WHERE id = ?').run(two.id, one.id);
  });
  afterEach(() => a.close());

  test('stay in the tree once each, the first of them at the root', async () => {
    const tree = await a.call.locations.tree();
    expect(tree.map(({ name }) => name).toSorted()).toEqual(['101', '丙楼', '甲楼']);
    expect(tree.filter(({ parent_id }) => parent_id === null)).toHaveLength(2);
    expect(new Set(tree.map(({ path }) => path)).size).toBe(3);
  });

  test('can be filtered by, suggested from, built under and moved apart', async () => {
    const [one = '', two = ''] = ids;
    await a.call.assets.create({ name: '台式机', category: 'desktop', status: 'in_use', location_id: two });
    const filter = [{ field: 'location_id', op: 'equals' as const, value: one }];
    expect((await a.call.assets.list({ filter })).total).toBe(1);
    expect((await a.call.ipam.suggest({ location_id: two })).location_id).toBe(two);
    const third = await a.call.locations.create({ kind: 'room', name: '102' });
    await a.call.locations.update({ id: third.id, changes: { parent_id: two } });
    await a.call.locations.update({ id: one, changes: { parent_id: null } });
    expect((await a.call.locations.tree()).map(({ path }) => path)).toContain('甲楼 / 101 / 102');
  });
});
