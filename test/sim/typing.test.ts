/** What is typed while an answer travels lies over the page that comes with it, and gives way when the hub holds it. */
import type { Ports } from '../../main/engine/engine.ts';
import { hasPostgres, noPostgres } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';
import { i1Convergence } from './invariants/convergence.ts';
import type { SimLaptop } from './laptop.ts';
import { openSchool, type School } from './school.ts';

describeIf(hasPostgres, noPostgres)('typed while an answer travels', () => {
  let school: School;
  beforeAll(async () => {
    school = await openSchool();
  }, 120_000);
  afterAll(() => school.close(), 60_000);

  test('and held: the row is what the hub has, which came on the page beneath it', async () => {
    const { laptops, store, close } = await school.scene(2);
    try {
      const [mine, other] = laptops as [SimLaptop, SimLaptop];
      const [row] = (await mine.call.assets.list({})).rows;
      const id = row?.id ?? '';
      await other.call.assets.update({ id, changes: { serial: '甲' } });
      await other.sync();
      const seen: (string | null)[] = [];
      let typed = false;
      const through: Ports['fetch'] = mine.line.fetch;
      const typing: Ports['fetch'] = async (url, init) => {
        // The second round: the page of the first lies beneath what was typed by now.
        if (url.endsWith('/v1/sync') && typed) seen.push((await mine.call.assets.get({ id })).asset.serial);
        const answer = await through(url, init);
        if (url.endsWith('/v1/sync') && !typed) {
          typed = true;
          await mine.call.assets.update({ id, changes: { serial: '丁' } });
        }
        return answer;
      };
      Object.assign(mine.engine.ports, { fetch: typing });
      expect(await mine.sync()).toMatchObject({ held: 1 });
      expect(seen).toEqual(['丁']);
      expect((await mine.call.assets.get({ id })).asset.serial).toBe('甲');
      await other.sync();
      await i1Convergence(store.hub, laptops);
    } finally {
      await close();
    }
  }, 60_000);
});
