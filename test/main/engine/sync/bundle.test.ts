/** Sync carried on a USB stick: two laptops and a store that never see each other, and whatever a stick may hold besides. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeBundle, type Taken } from '../../../../hub/bundle.ts';
import { codec } from '../../../../hub/codec.ts';
import { withClient } from '../../../../hub/db.ts';
import { revokeDevice } from '../../../../hub/devices.ts';
import { identityIn, type Identity } from '../../../../hub/identity.ts';
import { PageCache } from '../../../../hub/page-cache.ts';
import { listQuarantine } from '../../../../hub/quarantine.ts';
import type { SyncSummary } from '../../../../shared/features/sync.ts';
import { assets } from '../../../../shared/features/assets.ts';
import { readBundle, writeBundle, type RequestHeader } from '../../../../shared/sync/bundle.ts';
import { records } from '../../../../shared/records.ts';
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
import { readAnswer, unplug, written } from '../../../support/stick.ts';
import { describeIf } from '../../../support/skip.ts';

jest.setTimeout(60_000);

describeIf(hasPostgres, noPostgres)('sync by USB stick', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let dir: string;
  let identity: Identity;
  const laptops: TestEngine[] = [];
  beforeAll(async () => {
    cluster = await startCluster();
    dir = mkdtempSync(join(tmpdir(), 'lanbook-key-'));
    identity = await identityIn(dir);
  }, 60_000);
  beforeEach(async () => {
    hub = await cluster.hub({ identity });
  });
  afterEach(async () => {
    for (const laptop of laptops.splice(0)) laptop.close();
    await hub.close();
  });
  afterAll(async () => {
    await cluster.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const joined = async (machine: string, technician: string): Promise<TestEngine> => {
    const laptop = await laptopOf(hub, machine, technician);
    laptops.push(laptop);
    await laptop.call.sync.setAuto({ on: false });
    return laptop;
  };
  const taken = (bytes: Uint8Array, now = Date.now()): Promise<Taken> =>
    withClient(hub.pool, (client) => takeBundle({ client, cache: new PageCache(), identity, now: () => now }, bytes));
  /** Once to the store and back. */
  async function carry(laptop: TestEngine): Promise<SyncSummary> {
    const { answer } = await taken((await written(laptop)).bytes);
    return readAnswer(laptop, (answer as { bytes: Uint8Array }).bytes);
  }
  const add = (laptop: TestEngine, name: string): string =>
    laptop.engine.command(
      'assets.create',
      (tx) => tx.insert(assets, { name, category: 'desktop', status: 'in_use' }).id,
    );
  const contents = (laptop: TestEngine): unknown =>
    records.map(({ table }) => laptop.engine.db.all(`SELECT * FROM ${table} ORDER BY id`));
  const commitsAtHub = async (): Promise<number> => {
    const { rows } = await hub.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM sync.commit');
    return rows[0]?.n ?? -1;
  };
  test('two laptops and a store become one without ever meeting', async () => {
    const [one, two] = [await joined('L01', '李明'), await joined('L02', '王芳')];
    unplug(one);
    unplug(two);
    const id = add(one, '甲');
    add(two, '乙');
    const { bytes, note } = await written(one);
    expect(note).toMatchObject({ name: 'L01-20260929-1.lanbook', number: 1, commits: 1, bytes: bytes.length });
    const first = await taken(bytes);
    expect(first).toMatchObject({ machine: 'L01', technician: '李明', commits: 1, failure: null });
    expect(first.outcome).toEqual({ applied: 1, held: 0, rejected: 0 });
    // Work goes on while the stick is on its way.
    one.engine.command('assets.update', (tx) => tx.patch(assets, id, { remark: '路上' }));
    expect(await readAnswer(one, first.answer?.bytes as Uint8Array)).toMatchObject({ sent: 1, applied: 1 });
    expect((await one.call.sync.status({})).unsynced).toBe(1);
    expect(await one.call.sync.bundles()).toMatchObject({ out: { number: 1 }, in: { number: 1, commits: 1 } });
    await carry(two);
    await carry(one);
    await carry(two);
    expect(contents(two)).toEqual(contents(one));
    expect((await one.call.sync.status({})).unsynced + (await two.call.sync.status({})).unsynced).toBe(0);
    expect(two.engine.db.value('SELECT remark FROM assets WHERE id = ?', id)).toBe('路上');
    expect((await one.call.sync.log({})).map(({ code }) => code)).toContain('bundle_read');
  });

  test('a stick that comes twice, or after the network, changes nothing and is answered the same', async () => {
    const one = await joined('L01', '李明');
    add(one, '甲');
    const { bytes } = await written(one);
    const now = Date.now();
    const [first, again] = [await taken(bytes, now), await taken(bytes, now)];
    // But for the signature, which this kind of key makes anew each time.
    const opened = (take: Taken): object => ({
      ...take,
      answer: readBundle(codec, take.answer?.bytes as Uint8Array).messages,
    });
    expect(opened(again)).toEqual(opened(first));
    expect(await commitsAtHub()).toBe(1);
    const answer = first.answer?.bytes as Uint8Array;
    await syncNow(one);
    expect(await commitsAtHub()).toBe(1);
    const before = contents(one);
    // Everything in it is known by now.
    expect(await readAnswer(one, answer)).toMatchObject({ received: 0 });
    expect(await readAnswer(one, answer)).toMatchObject({ received: 0 });
    expect(contents(one)).toEqual(before);
    // And the other way round: the network first, then the old stick at the store.
    add(one, '乙');
    const second = await written(one);
    await syncNow(one);
    expect((await taken(second.bytes)).outcome).toEqual({ applied: 1, held: 0, rejected: 0 });
    expect(await commitsAtHub()).toBe(2);
    await syncNow(one);
    expect((await one.call.sync.status({})).unsynced).toBe(0);
  });

  test('weeks of work need several messages, and the answer several pages', async () => {
    const [one, two] = [await joined('L01', '李明'), await joined('L02', '王芳')];
    for (let i = 0; i < 1100; i += 1) add(one, `机${i}`);
    const { bytes, note } = await written(one);
    expect(note.commits).toBe(1100);
    expect(readBundle(codec, bytes).messages).toHaveLength(3);
    const { answer, outcome } = await taken(bytes);
    expect(outcome.applied).toBe(1100);
    expect(await readAnswer(one, answer?.bytes as Uint8Array)).toMatchObject({ sent: 1100 });
    expect((await one.call.sync.status({})).unsynced).toBe(0);
    expect(await carry(two)).toMatchObject({ received: 1100 });
    expect(contents(two)).toEqual(contents(one));
  });

  test('an answer for another laptop, of another store, of before, or none at all is one sentence, and nothing is done', async () => {
    const [one, two] = [await joined('L01', '李明'), await joined('L02', '王芳')];
    add(one, '甲');
    add(two, '乙');
    const [mine, theirs] = [await written(one), await written(two)];
    const answer = (await taken(mine.bytes)).answer?.bytes as Uint8Array;
    const other = (await taken(theirs.bytes)).answer?.bytes as Uint8Array;
    const before = contents(one);
    const said = async (bytes: Uint8Array): Promise<string> => (await refusalOf(readAnswer(one, bytes))).code;
    expect(await refusalOf(readAnswer(one, other))).toMatchObject({
      code: 'bundle_foreign',
      params: { machine: 'L02' },
    });
    expect(await refusalOf(readAnswer(one, mine.bytes))).toMatchObject({ code: 'bundle_request' });
    expect(await said(Buffer.from('<html>login</html>'))).toBe('bundle_not');
    expect(await said(new Uint8Array(0))).toBe('bundle_not');
    for (let at = 1; at < answer.length; at += 97)
      expect(['bundle_cut', 'bundle_altered']).toContain(await said(answer.subarray(0, at)));
    for (let at = 0; at < answer.length; at += 101) {
      const bytes = Uint8Array.from(answer);
      bytes[at] = (bytes[at] as number) ^ 1;
      expect(['bundle_not', 'bundle_cut', 'bundle_altered', 'bundle_other_store']).toContain(await said(bytes));
    }
    // Signed by somebody else's key, over the very same messages.
    const stranger = await identityIn(mkdtempSync(join(dir, 'other-')));
    const forged = await withClient(hub.pool, (client) =>
      takeBundle({ client, cache: new PageCache(), identity: stranger, now: Date.now }, mine.bytes),
    );
    expect(await said(forged.answer?.bytes as Uint8Array)).toBe('bundle_other_store');
    expect(contents(one)).toEqual(before);
    // It went on by the network, and further than the answer knows where it stood.
    const stick = await written(one);
    await syncNow(two);
    await syncNow(one);
    add(two, '丙');
    await syncNow(two);
    const late = (await taken(stick.bytes)).answer?.bytes as Uint8Array;
    expect(await said(late)).toBe('bundle_stale');
    await carry(one);
    expect(contents(one)).toEqual(contents(two));
    expect((await one.call.sync.status({})).unsynced).toBe(0);
  }, 60_000);

  test('the store takes in only what a laptop of its own signed, whole', async () => {
    const one = await joined('L01', '李明');
    add(one, '甲');
    const { bytes } = await written(one);
    const why = async (file: Uint8Array): Promise<string> =>
      taken(file).then(
        () => 'taken',
        (error: Error) => `${error.constructor.name} ${error.message}`,
      );
    for (let at = 0; at < bytes.length; at += 997) expect(await why(bytes.subarray(0, at))).toMatch(/^NotTaken .+\.$/);
    for (let at = 0; at < bytes.length; at += 97) {
      const altered = Uint8Array.from(bytes);
      altered[at] = (altered[at] as number) ^ 1;
      expect(await why(altered)).toMatch(/^NotTaken .+\.$/);
    }
    const { header, messages } = readBundle(codec, bytes) as { header: RequestHeader; messages: readonly Uint8Array[] };
    const forge = (draft: Partial<RequestHeader>, body = messages): Uint8Array =>
      writeBundle<RequestHeader>(codec, { ...header, ...draft }, body, () => 'A'.repeat(86));
    expect(await why(forge({}))).toContain('not signed by a laptop');
    expect(await why(forge({ origin: '0'.repeat(64) }))).toContain('another store');
    expect(await commitsAtHub()).toBe(0);
    expect(await why(bytes)).toBe('taken');
  }, 60_000);

  test('what unpacks to gigabytes is refused before it does', async () => {
    const one = await joined('L01', '李明');
    const { deviceKey } = await import('../../../../main/engine/sync/device-key.ts');
    const key = await deviceKey(one.engine);
    const { header } = readBundle(codec, (await written(one)).bytes) as { header: RequestHeader };
    const { encodeFrame, encodeMessage } = await import('../../../../shared/sync/wire.ts');
    const bomb = encodeMessage(codec, [encodeFrame(codec, 'hello', ' '.repeat(200_000_000))]);
    const file = writeBundle<RequestHeader>(codec, header, [bomb], (text) => key?.sign(text) ?? '');
    expect(file.length).toBeLessThan(100_000);
    const before = process.memoryUsage().rss;
    await expect(taken(file)).rejects.toThrow('does not hold what it says');
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  test('a laptop that was shut out can still write its file; its work waits for the operator', async () => {
    const one = await joined('L01', '李明');
    await syncNow(one);
    add(one, '甲');
    await withClient(hub.pool, (client) => revokeDevice(client, 'L01', Date.now()));
    const { bytes } = await written(one);
    expect(await taken(bytes)).toMatchObject({ quarantined: 1, answer: null });
    expect(await taken(bytes)).toMatchObject({ quarantined: 1 });
    expect(await commitsAtHub()).toBe(0);
    expect((await withClient(hub.pool, listQuarantine)).items).toMatchObject([{ machine: 'L01', state: 'waiting' }]);
    expect((await one.call.sync.status({})).unsynced).toBe(1);
  });

  test('how long a stick was on its way is not known, and its changes say so', async () => {
    const one = await joined('L01', '李明');
    add(one, '甲');
    const { bytes } = await written(one);
    const days = 6 * 86_400_000;
    await taken(bytes, one.clock.now() + days);
    const { rows } = await hub.pool.query<{ est_at: number; unc_ms: number }>('SELECT est_at, unc_ms FROM sync.commit');
    expect(rows[0]?.est_at).toBe(one.clock.now() + days / 2);
    expect(rows[0]?.unc_ms).toBeGreaterThanOrEqual(days / 2);
  });
});
