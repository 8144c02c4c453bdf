/** All laptops at once over several connections, as on a Monday morning: numbers stay gapless, and each commit is there once. */
import { hasPostgres, noPostgres } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';
import { i10GaplessHead, i1Convergence } from './invariants/convergence.ts';
import { i3Decided, i3i4i19EachOnce, i6OwnOrder } from './invariants/durability.ts';
import { hubLog } from './invariants/log.ts';
import type { SimLaptop } from './laptop.ts';
import { Ledger } from './ledger.ts';
import { MOST_LAPTOPS, openSchool, type School } from './school.ts';

describeIf(hasPostgres, noPostgres)('a storm', () => {
  let school: School;
  beforeAll(async () => {
    school = await openSchool(8);
  }, 120_000);
  afterAll(() => school.close(), 60_000);

  test('of twelve laptops that sync at the same moment, five times', async () => {
    const { laptops, store, close } = await school.scene(MOST_LAPTOPS);
    try {
      const ledger = new Ledger(laptops[0] as SimLaptop);
      for (let round = 0; round < 5; round += 1) {
        for (const laptop of laptops)
          await ledger.act(laptop, async () => {
            const [row] = (await laptop.call.assets.list({})).rows;
            for (let index = 0; index < 5; index += 1)
              await laptop.call.assets.create({ name: `机${round}`, category: 'desktop', status: 'in_use' });
            if (row) await laptop.call.assets.update({ id: row.id, changes: { model: `${laptop.machine}-${round}` } });
          });
        await Promise.all(laptops.map((laptop) => laptop.sync()));
      }
      for (let round = 0; round < 2; round += 1) for (const laptop of laptops) await laptop.sync();
      const commits = await hubLog(store.hub);
      await i1Convergence(store.hub, laptops);
      for (const laptop of laptops) i3Decided(laptop);
      await i3i4i19EachOnce(store.hub, ledger, commits);
      i6OwnOrder(commits);
      await i10GaplessHead(store.hub);
    } finally {
      await close();
    }
  }, 120_000);
});
