/** Numbers of a lost past mean other commits now: a removal made over one of them has not seen what stands under that number today. */
import { hasPostgres, noPostgres } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';
import { hubPicture, i1Convergence } from './invariants/convergence.ts';
import type { SimLaptop } from './laptop.ts';
import { openSchool, type School } from './school.ts';

describeIf(hasPostgres, noPostgres)('a version of a lost past', () => {
  let school: School;
  beforeAll(async () => {
    school = await openSchool();
  }, 120_000);
  afterAll(() => school.close(), 60_000);

  test('is not taken for the one that has its number now: the removal waits instead of taking it away', async () => {
    const { laptops, store, close } = await school.scene(3);
    try {
      const [mine, other, third] = laptops as [SimLaptop, SimLaptop, SimLaptop];
      const [row] = (await mine.call.assets.list({})).rows;
      const id = row?.id ?? '';
      const epoch = async (): Promise<unknown> => (await store.hub.pool.query('SELECT epoch FROM sync.head')).rows[0];
      const old = await epoch();
      await store.backup();
      await other.call.assets.update({ id, changes: { model: '甲' } });
      await other.sync();
      await mine.sync();
      await mine.call.assets.remove({ id, reason: '报废' });
      await store.restore();
      await third.call.assets.update({ id, changes: { model: '丙' } });
      await third.sync();
      expect(await mine.sync()).toMatchObject({ held: 1 });
      for (const laptop of [other, third, mine]) await laptop.sync();
      const asset = (await hubPicture(store.hub)).find((line) => line.startsWith('assets') && line.includes(id));
      expect(asset).toContain('"model":"丙"');
      expect(asset).toContain('"gone":0');
      expect(await epoch()).not.toEqual(old);
      await i1Convergence(store.hub, laptops);
    } finally {
      await close();
    }
  }, 60_000);
});
