/** Quarantined work whose numbers were given to other commits, and work that builds on what still waits: all of it can be taken in. */
import { cpSync, rmSync } from 'node:fs';
import { withClient } from '../../hub/db.ts';
import { revokeDevice } from '../../hub/devices.ts';
import { acceptQuarantined, discardQuarantined, listQuarantine, type Quarantined } from '../../hub/quarantine.ts';
import { refusalOf, type TestEngine } from '../support/engine.ts';
import {
  hasPostgres,
  laptopOf,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(60_000);

describeIf(hasPostgres, noPostgres)('the quarantine', () => {
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
  afterEach(async () => {
    for (const laptop of [a, b]) laptop.close();
    await hub.close();
  });

  const room = async (laptop: TestEngine, name: string, parent_id?: string): Promise<string> =>
    (await laptop.call.locations.create({ kind: 'room', name, parent_id })).id;
  const rooms = async (laptop: TestEngine): Promise<string[]> =>
    (await laptop.call.locations.tree()).map(({ name }) => name).toSorted();
  const revoke = (machine: string): ReturnType<typeof revokeDevice> =>
    withClient(hub.pool, (client) => revokeDevice(client, machine, Date.now()));
  const list = async (all = false): Promise<Quarantined[]> =>
    (await withClient(hub.pool, (client) => listQuarantine(client, { all }))).items;
  type Which = Parameters<typeof acceptQuarantined>[1];
  const accept = (which: Which): ReturnType<typeof acceptQuarantined> =>
    withClient(hub.pool, (client) => acceptQuarantined(client, which, '王主任', Date.now()));
  const discard = (which: Which): ReturnType<typeof discardQuarantined> =>
    withClient(hub.pool, (client) => discardQuarantined(client, which, '王主任', Date.now()));
  const rejoin = async (laptop: TestEngine): Promise<void> =>
    void (await laptop.call.sync.enrol({ address: hub.url, code: await hub.newCode() }));
  const bodies = async (): Promise<unknown[]> =>
    (await hub.pool.query('SELECT incarnation, mut_no, sha256, body FROM sync.quarantine ORDER BY number')).rows;

  /** The notebook goes on after it was put back to an older copy of itself: the same numbers again, for other work. Its access is ended. */
  async function strays(): Promise<void> {
    const copy = `${a.dir}-copy`;
    a.engine.close();
    cpSync(a.dir, copy, { recursive: true });
    a.reopen();
    await room(a, '101');
    await syncNow(a);
    a.engine.close();
    rmSync(a.dir, { recursive: true });
    cpSync(copy, a.dir, { recursive: true });
    rmSync(copy, { recursive: true });
    a.reopen();
    const id = await room(a, '201');
    await a.call.locations.update({ id, changes: { remark: '改过' } });
    await room(a, '202', id);
    await revoke('L03');
    expect((await refusalOf(syncNow(a))).code).toBe('device_revoked');
  }

  test('takes in what lost its number to another commit under one of the store’s own, in its author’s order', async () => {
    await strays();
    const kept = await bodies();
    expect((await list()).map(({ state }) => state)).toEqual(['clash', 'waiting', 'waiting']);
    const [first, , last] = await list();
    // The last builds on the two before it.
    expect(await accept({ number: last?.number ?? 0 })).toEqual({ decided: 1, settled: 0 });
    expect((await list()).map(({ state }) => state)).toEqual(['clash', 'waiting', 'decided']);
    expect(await accept({ number: first?.number ?? 0 })).toEqual({ decided: 1, settled: 1 });
    expect(await accept({ machine: 'L03' })).toEqual({ decided: 1, settled: 2 });
    expect(await list()).toEqual([]);
    expect((await list(true)).map(({ state, seq }) => [state, seq])).toEqual([
      ['there', 2],
      ['there', 3],
      ['there', 4],
    ]);
    // As it came, it stays on record.
    expect(await bodies()).toEqual(kept);
    await syncNow(b);
    expect(await rooms(b)).toEqual(['101', '201', '202']);
    expect(b.engine.db.value("SELECT remark FROM locations WHERE name = '201'")).toBe('改过');
    expect(b.engine.db.all('SELECT DISTINCT actor FROM _commits WHERE seq > 1')).toEqual([{ actor: '李明@L03' }]);
    expect(await b.call.audit.verify()).toMatchObject({ ok: true });
    expect(await accept({ machine: 'L03' })).toEqual({ decided: 0, settled: 0 });

    // Taken in again, the laptop brings the same work under new numbers: nothing is doubled.
    await rejoin(a);
    await syncNow(a);
    await syncNow(a);
    await syncNow(b);
    expect(await rooms(a)).toEqual(['101', '201', '202']);
    expect(await rooms(b)).toEqual(['101', '201', '202']);
    expect(await a.call.sync.status({})).toMatchObject({ unsynced: 0, last_error: null });
    // What it made a second time is asked about, as a record that is there already.
    const { cards } = await a.call.sync.conflicts({});
    expect(cards.map(({ kind, rule }) => [kind, rule])).toEqual([
      ['rule', 'exists'],
      ['rule', 'exists'],
    ]);
    for (const { id } of cards) await a.call.sync.resolve({ id, how: 'keep_theirs' });
    await syncNow(a);
    await syncNow(b);
    expect(await rooms(a)).toEqual(['101', '201', '202']);
    expect(await rooms(b)).toEqual(['101', '201', '202']);
    expect(await a.call.sync.conflicts({})).toMatchObject({ total: 0 });
    for (const laptop of [a, b]) expect(await laptop.call.audit.verify()).toMatchObject({ ok: true });
  });

  test('refuses on record what lost its number, when the operator discards it', async () => {
    await strays();
    expect(await discard({ machine: 'L03' })).toEqual({ decided: 3, settled: 3 });
    expect((await list(true)).map(({ state }) => state)).toEqual(['discarded', 'discarded', 'discarded']);
    await syncNow(b);
    expect(await rooms(b)).toEqual(['101']);
  });

  test('what a colleague builds on work that waits is held, and goes in at the next try once that is accepted', async () => {
    const backup = await hub.backup();
    const d = await laptopOf(hub, 'L06', '孙丽');
    try {
      const building = await room(d, '主楼');
      await syncNow(d);
      await syncNow(b);
      await hub.restoreTo(backup);
      // B brings the work of a laptop that the store has forgotten, and its own that changes it and lies in it.
      await b.call.locations.update({ id: building, changes: { remark: '南门' } });
      await room(b, '201', building);
      await syncNow(b);
      await syncNow(b);
      expect((await list()).map(({ state }) => state)).toEqual(['waiting']);
      const waiting = async (): Promise<{ id: string; kind: string }[]> =>
        (await b.call.sync.conflicts({})).cards.map(({ id, kind }) => ({ id, kind }));
      expect((await waiting()).map(({ kind }) => kind).toSorted()).toEqual(['dependent', 'dependent']);
      await syncNow(a);
      expect(await rooms(a)).toEqual([]);
      expect(await accept({ number: (await list())[0]?.number ?? 0 })).toEqual({ decided: 1, settled: 1 });
      await syncNow(b);
      for (const { id } of await waiting()) await b.call.sync.resolve({ id, how: 'take_mine' });
      for (const laptop of [b, a, b]) await syncNow(laptop);
      expect(await rooms(a)).toEqual(['201', '主楼']);
      expect(a.engine.db.value("SELECT remark FROM locations WHERE name = '主楼'")).toBe('南门');
      expect(await b.call.sync.conflicts({})).toMatchObject({ total: 0 });
    } finally {
      d.close();
    }
  });
});
