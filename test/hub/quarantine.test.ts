/** Work that nobody may apply by himself: of a laptop whose access was ended, and what colleagues bring without proof. Nothing of it is lost. */
import { execFile } from 'node:child_process';
import { sha256 } from '../../hub/codec.ts';
import { withClient } from '../../hub/db.ts';
import { revokeDevice } from '../../hub/devices.ts';
import { acceptQuarantined, discardQuarantined, listQuarantine, type Quarantined } from '../../hub/quarantine.ts';
import { deviceKey } from '../../main/engine/sync/device-key.ts';
import { commitTexts } from '../../main/engine/sync/outbox.ts';
import { hubOf } from '../../main/engine/sync/session.ts';
import { readState } from '../../main/engine/sync/state.ts';
import { hashText } from '../../shared/commit.ts';
import { commitText, parseCommit } from '../../shared/sync/frames.ts';
import type { Offered } from '../../shared/sync/rejoin.ts';
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

  const room = async (laptop: TestEngine, name: string): Promise<string> =>
    (await laptop.call.locations.create({ kind: 'room', name })).id;
  const rooms = async (laptop: TestEngine): Promise<string[]> =>
    (await laptop.call.locations.tree()).map(({ name }) => name).toSorted();
  const revoke = (machine: string): ReturnType<typeof revokeDevice> =>
    withClient(hub.pool, (client) => revokeDevice(client, machine, Date.now()));
  const list = async (all = false): Promise<Quarantined[]> =>
    (await withClient(hub.pool, (client) => listQuarantine(client, { all }))).items;
  const accept = (which: Parameters<typeof acceptQuarantined>[1]): ReturnType<typeof acceptQuarantined> =>
    withClient(hub.pool, (client) => acceptQuarantined(client, which, '王主任', Date.now()));
  const discard = (which: Parameters<typeof discardQuarantined>[1]): ReturnType<typeof discardQuarantined> =>
    withClient(hub.pool, (client) => discardQuarantined(client, which, '王主任', Date.now()));
  const rejoin = async (laptop: TestEngine): Promise<void> =>
    void (await laptop.call.sync.enrol({ address: hub.url, code: await hub.newCode() }));
  const commits = async (): Promise<number> =>
    (await hub.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM sync.commit')).rows[0]?.n ?? 0;
  const numbers = (from: number, to: number): string[] =>
    Array.from({ length: to - from + 1 }, (_, i) => String(from + i));

  test('takes the fifty unsent changes of a revoked laptop; accepted, everybody has them, and taken in again it doubles nothing', async () => {
    await room(a, '100');
    await syncNow(a);
    await syncNow(b);
    const ids: string[] = [];
    for (const name of numbers(101, 130)) ids.push(await room(a, name));
    // Changes of what only these changes made: in another order they could not be done.
    for (const id of ids.slice(0, 20)) await a.call.locations.update({ id, changes: { remark: '改过' } });
    await revoke('L03');
    expect((await refusalOf(syncNow(a))).code).toBe('device_revoked');
    expect(await a.call.sync.status({})).toMatchObject({
      last_error: 'device_revoked',
      unsynced: 50,
      revoked: { at: expect.any(Number), handed: 50, here: 0 },
    });
    expect(await rooms(a)).toHaveLength(31);
    await room(a, '131');
    expect((await a.call.sync.status({})).revoked).toMatchObject({ handed: 50, here: 1 });
    expect((await refusalOf(syncNow(a))).code).toBe('device_revoked');
    expect((await a.call.sync.status({})).revoked).toMatchObject({ handed: 51, here: 0 });
    expect((await a.call.sync.log({})).map(({ code }) => code).filter((code) => code === 'handed_over')).toHaveLength(
      2,
    );

    // Nothing was applied.
    await syncNow(b);
    expect(await rooms(b)).toEqual(['100']);
    const waiting = await list();
    expect(waiting).toHaveLength(51);
    expect(waiting[0]).toMatchObject({
      machine: 'L03',
      actor: '李明@L03',
      reason: 'revoked',
      state: 'waiting',
      offered_by: null,
    });

    // One in the middle waits for those before it; the rest goes by the laptop's name.
    expect(await accept({ number: waiting[10]?.number ?? 0 })).toEqual({ decided: 1, settled: 0 });
    expect(await accept({ machine: 'L03' })).toEqual({ decided: 50, settled: 51 });
    expect(await list()).toEqual([]);
    await syncNow(b);
    expect(await rooms(b)).toEqual(numbers(100, 131));
    expect(b.engine.db.value("SELECT count(*) FROM locations WHERE remark = '改过'")).toBe(20);

    const before = await commits();
    await rejoin(a);
    await room(a, '132');
    expect(await syncNow(a)).toMatchObject({ applied: 52, held: 0, rejected: 0 });
    await syncNow(b);
    await syncNow(a);
    expect(await commits()).toBe(before + 1);
    expect(await rooms(a)).toEqual(await rooms(b));
    expect(await a.call.sync.status({})).toMatchObject({ unsynced: 0, revoked: null, last_error: null });
    for (const laptop of [a, b]) expect(await laptop.call.audit.verify()).toMatchObject({ ok: true });
    const { rows } = await hub.pool.query<{ kind: string }>(
      "SELECT DISTINCT kind FROM sync.event WHERE kind IN ('revoke', 'handover', 'quarantine') ORDER BY kind",
    );
    expect(rows.map(({ kind }) => kind)).toEqual(['handover', 'quarantine', 'revoke']);
  });

  test('keeps what was discarded, leaves no gap for what follows, and tells its author', async () => {
    for (const name of ['101', '102', '103']) await room(a, name);
    await revoke('L03');
    await refusalOf(syncNow(a));
    const [, second] = await list();
    expect(await discard({ number: second?.number ?? 0 })).toEqual({ decided: 1, settled: 0 });
    expect(await accept({ machine: 'L03' })).toEqual({ decided: 2, settled: 3 });
    await syncNow(b);
    expect(await rooms(b)).toEqual(['101', '103']);
    expect((await list(true)).map(({ state, decided_by }) => [state, decided_by])).toEqual([
      ['there', '王主任'],
      ['discarded', '王主任'],
      ['there', '王主任'],
    ]);
    await expect(hub.pool.query('DELETE FROM sync.quarantine')).rejects.toThrow('never deleted');
    expect(await discard({ machine: 'L03' })).toEqual({ decided: 0, settled: 0 });
    await rejoin(a);
    expect(await syncNow(a)).toMatchObject({ applied: 2, rejected: 1 });
    expect((await a.call.sync.rejections()).map(({ code }) => code)).toEqual(['discarded']);
    await syncNow(b);
    expect(await rooms(a)).toEqual(await rooms(b));
  });

  test('a laptop taken in again before anybody decided brings its changes itself', async () => {
    await room(a, '101');
    await revoke('L03');
    await refusalOf(syncNow(a));
    await rejoin(a);
    expect(await syncNow(a)).toMatchObject({ applied: 1 });
    expect(await list()).toEqual([]);
    expect((await list(true)).map(({ state }) => state)).toEqual(['there']);
    expect(await accept({ machine: 'L03' })).toEqual({ decided: 1, settled: 0 });
    expect(await commits()).toBe(1);
  });

  test('at the console: listed, taken in by the laptop’s name, refused in one sentence when nothing is meant', async () => {
    await room(a, '101');
    await revoke('L03');
    await refusalOf(syncNow(a));
    const run = (...args: string[]): Promise<{ code: unknown; said: string }> =>
      new Promise((done) =>
        execFile(
          process.execPath,
          ['hub/index.ts', 'quarantine', ...args],
          { env: { ...process.env, DATABASE_URL: hub.databaseUrl }, timeout: 30_000 },
          (error, out, err) => done({ code: error?.code ?? 0, said: out + err }),
        ),
      );
    expect((await run()).said).toMatch(
      /^#1 {2}L03 {2}李明@L03 {2}locations\.create {2}1 row .*access was ended {2}waiting\n/,
    );
    expect(await run('accept', 'L09')).toEqual({
      code: 1,
      said: expect.stringMatching(/^Nothing that waits is "L09"[^\n]*\n$/),
    });
    expect(await run('keep')).toEqual({ code: 1, said: expect.stringMatching(/^[^\n]*\n$/) });
    expect((await run('accept', '#1')).said).toBe('Accepted: 1. On record in the store: 1.\n');
    expect((await run()).said).toBe('Nothing waits.\n');
  });

  /** What B holds after number `after`, as it would offer it. */
  const held = (laptop: TestEngine, after = 0): Offered[] =>
    [...commitTexts(laptop.engine.db, 'seq > ? ORDER BY seq', after)].map(({ seq, result, text }) => ({
      seq: seq ?? 0,
      chain_before: '',
      text,
      result: result ?? '',
    }));
  const offer = (laptop: TestEngine, offered: Offered, receipt = readState(laptop.engine.db)?.receipt ?? null) => {
    const state = readState(laptop.engine.db);
    if (!state) throw new Error('not joined');
    const { incarnation } = laptop.engine;
    return hubOf(laptop.engine, state).offer({
      epoch: state.epoch,
      incarnation,
      common: 0,
      receipt,
      commits: [offered],
    });
  };
  /** Someone else's commit with other words in it, hashed anew; signed by whoever forges it, or not, or with what it had. */
  const forged = async (offered: Offered, by: TestEngine | 'kept' | null): Promise<Offered> => {
    const { bodies, ...head } = parseCommit(offered.text, sha256);
    const other = bodies.map((body) => body.replace('101', '666'));
    const hash = sha256(hashText(head, other));
    const signature =
      by === 'kept' ? head.signature : by === null ? null : ((await deviceKey(by.engine))?.signCommit(hash) ?? null);
    return { ...offered, text: commitText({ ...head, sha256: hash, signature, bodies: other }) };
  };

  test('a rogue colleague puts no words into anybody’s mouth, not even after a restoration', async () => {
    const backup = await hub.backup();
    await room(a, '101');
    await syncNow(a);
    await syncNow(b);
    const [lost] = held(b);
    if (!lost) throw new Error('B has nothing');
    await hub.restoreTo(backup);
    const nothing = { taken: 0, known: 0, refused: 0, quarantined: 0 };
    // Altered under A's own signature; without any.
    expect(await offer(b, await forged(lost, 'kept'))).toEqual({ ...nothing, refused: 1 });
    expect(await offer(b, await forged(lost, null))).toEqual({ ...nothing, quarantined: 1 });
    // Under B's own key, in A's name.
    expect(await offer(b, await forged(lost, b))).toEqual({ ...nothing, refused: 1 });
    // Without a proof that the store lost something, even what A truly signed waits.
    expect(await offer(b, lost, null)).toEqual({ ...nothing, quarantined: 1 });
    expect(
      await offer(b, lost, {
        epoch: lost.text ? (readState(b.engine.db)?.epoch ?? '') : '',
        seq: 1,
        chain: '0'.repeat(64),
        receipt: 'x',
      }),
    ).toEqual({ ...nothing, quarantined: 1 });
    expect(await commits()).toBe(0);
    expect((await list()).map(({ reason, offered_by, machine }) => [reason, offered_by, machine])).toEqual([
      ['unsigned', 'L04', null],
      ['unproved', 'L04', 'L03'],
    ]);
    const { rows } = await hub.pool.query("SELECT 1 FROM sync.event WHERE kind = 'restored'");
    expect(rows).toEqual([]);
    // A's own laptop brings it back, as it was.
    await syncNow(a);
    await syncNow(b);
    expect(await rooms(b)).toEqual(['101']);
    // No fork any more: what was quarantined is there, and the forgery stays where it is.
    expect((await list()).map(({ reason, state }) => [reason, state])).toEqual([['unsigned', 'clash']]);
  });

  test('commits of a laptop that joined after the backup wait for it, and come by themselves when it joins again with its key', async () => {
    const backup = await hub.backup();
    const d = await laptopOf(hub, 'L06', '孙丽');
    try {
      await room(d, '101');
      await room(d, '102');
      await syncNow(d);
      await syncNow(b);
      await room(b, '201');
      await syncNow(b);
      await hub.restoreTo(backup);
      await syncNow(b);
      expect((await list()).map(({ reason, offered_by, machine }) => [reason, offered_by, machine])).toEqual([
        ['unknown_author', 'L04', null],
        ['unknown_author', 'L04', null],
      ]);
      expect((await b.call.sync.log({})).find(({ code }) => code === 'rejoin_quarantined')).toMatchObject({
        params: { n: 2 },
      });
      await syncNow(a);
      expect(await rooms(a)).toEqual(['201']);
      // Only joining, without a sync of its own: the store tells by the key that they are its.
      await rejoin(d);
      await syncNow(a);
      expect(await rooms(a)).toEqual(['101', '102', '201']);
      for (const laptop of [d, b, a]) await syncNow(laptop);
      expect(await rooms(d)).toEqual(['101', '102', '201']);
      expect(await commits()).toBe(3);
    } finally {
      d.close();
    }
  });

  test('the operator may take in what an unknown laptop made, when it is lost for good', async () => {
    const backup = await hub.backup();
    const d = await laptopOf(hub, 'L06', '孙丽');
    await room(d, '101');
    await syncNow(d);
    await syncNow(b);
    d.close();
    await hub.restoreTo(backup);
    await syncNow(b);
    const [one] = await list();
    expect(await accept({ number: one?.number ?? 0 })).toEqual({ decided: 1, settled: 1 });
    await syncNow(a);
    await syncNow(b);
    expect(await rooms(a)).toEqual(['101']);
    expect(await rooms(b)).toEqual(['101']);
  });
});
