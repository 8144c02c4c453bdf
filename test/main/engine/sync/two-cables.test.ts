/** Two laptops in the field, each with its own cable into the same place: both arrive, both are listed to both, and one settles it for all. */
import { refusalOf, type TestEngine } from '../../../support/engine.ts';
import {
  hasPostgres,
  laptopOf,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../../../support/hub.ts';
import { describeIf } from '../../../support/skip.ts';

describeIf(hasPostgres, noPostgres)('one place, two cables', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let a: TestEngine;
  let b: TestEngine;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);
  beforeEach(async () => {
    hub = await cluster.hub();
    a = await laptopOf(hub, 'L03', '李明');
    b = await laptopOf(hub, 'L04', '张伟');
  });
  afterEach(() => {
    a.close();
    b.close();
  });
  const level = async (): Promise<void> => {
    await syncNow(a);
    await syncNow(b);
    await syncNow(a);
  };

  test('is listed on both laptops with who and when, until one of the cables is moved', async () => {
    const closet = await a.call.locations.create({ kind: 'closet', name: 'B1F 弱电间' });
    const where = { location_id: closet.id, code: 'B-1A', name: 'A', ports: 24 };
    const panel = (await a.call.cabling.createPanel(where)).id;
    await level();
    const at = (position: number) => ({ kind: 'panel' as const, id: panel, position, side: 'front' as const });
    const put = (laptop: TestEngine, label: string) =>
      laptop.call.cabling.createCable({ a: at(5), b: null, values: { label } });
    const first = await put(a, 'B-1A-A-05P');
    b.clock.set(3_600_000);
    const second = await put(b, 'B-1A-L-7');
    // Each desk refuses what it knows of.
    expect((await refusalOf(put(b, 'B-1A-L-8'))).code).toBe('cable_end_taken');
    await level();
    for (const laptop of [a, b]) {
      const [breach, ...more] = await laptop.call.cabling.breaches();
      expect(more).toEqual([]);
      expect(breach?.place).toBe('B-1A-A-05 正面');
      // The hub sets the time of a laptop whose clock is wrong, as these are.
      expect(breach?.cables.map(({ id, by, at: when }) => [id, by, typeof when])).toEqual([
        [first.id, '李明@L03', 'number'],
        [second.id, '张伟@L04', 'number'],
      ]);
    }
    await a.call.cabling.updateCable({ id: second.id, changes: {}, a: at(6) });
    await level();
    for (const laptop of [a, b]) expect(await laptop.call.cabling.breaches()).toEqual([]);
  });
});
