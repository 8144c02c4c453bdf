/** A store restored to before it was given what a revoked laptop had not sent is given it again (seed 77 of test/sim/disasters). */
import { withClient } from '../../hub/db.ts';
import { revokeDevice } from '../../hub/devices.ts';
import { listQuarantine } from '../../hub/quarantine.ts';
import { refusalOf } from '../support/engine.ts';
import { hasPostgres, laptopOf, noPostgres, startCluster, syncNow, type Cluster } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';

describeIf(hasPostgres, noPostgres)('what was handed over', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);

  test('and is lost with a restored store is handed over again, once', async () => {
    const hub = await cluster.hub();
    const laptop = await laptopOf(hub, 'L03', '李明');
    const waiting = async (): Promise<number> =>
      (await withClient(hub.pool, (client) => listQuarantine(client, { all: false }))).items.length;
    const told = (): unknown[] =>
      laptop.engine.db.all("SELECT 1 FROM _sync_log WHERE code = 'handed_over'").map(() => 'handed_over');
    try {
      await laptop.call.locations.create({ kind: 'room', name: '101' });
      await withClient(hub.pool, (client) => revokeDevice(client, 'L03', Date.now()));
      const backup = await hub.backup();
      for (let again = 0; again < 2; again += 1) {
        expect((await refusalOf(syncNow(laptop))).code).toBe('device_revoked');
        expect(await waiting()).toBe(1);
      }
      expect(told()).toEqual(['handed_over']);
      await hub.restoreTo(backup);
      expect(await waiting()).toBe(0);
      expect((await refusalOf(syncNow(laptop))).code).toBe('device_revoked');
      expect(await waiting()).toBe(1);
      expect(told()).toEqual(['handed_over', 'handed_over']);
    } finally {
      laptop.close();
    }
  }, 60_000);
});
