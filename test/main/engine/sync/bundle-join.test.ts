/** A laptop that never meets the network of its store: it joins by USB stick, works, and is equal after the next. */
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeBundle, type Taken } from '../../../../hub/bundle.ts';
import { codec } from '../../../../hub/codec.ts';
import { withClient } from '../../../../hub/db.ts';
import { identityIn, type Identity } from '../../../../hub/identity.ts';
import { PageCache } from '../../../../hub/page-cache.ts';
import type { SyncSummary } from '../../../../shared/features/sync.ts';
import type { Setup } from '../../../../shared/features/system.ts';
import { assets } from '../../../../shared/features/assets.ts';
import { records } from '../../../../shared/records.ts';
import { readBundle, writeBundle, type AnswerHeader } from '../../../../shared/sync/bundle.ts';
import { EVERYTHING } from '../../../../shared/sync/roles.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';
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
import { readAnswer, unplug, written } from '../../../support/stick.ts';

jest.setTimeout(60_000);

describeIf(hasPostgres, noPostgres)('joining by USB stick', () => {
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

  const kept = (laptop: TestEngine): TestEngine => {
    laptops.push(laptop);
    return laptop;
  };
  const alone = async (machine: string, technician: string): Promise<TestEngine> => {
    const laptop = kept(await testEngine({ machine, technician }));
    unplug(laptop);
    return laptop;
  };
  const taken = (bytes: Uint8Array, by = identity, now = Date.now()): Promise<Taken> =>
    withClient(hub.pool, (client) =>
      takeBundle({ client, cache: new PageCache(), identity: by, now: () => now }, bytes),
    );
  const answerTo = async (bytes: Uint8Array): Promise<Uint8Array> => (await taken(bytes)).answer?.bytes as Uint8Array;
  const why = (bytes: Uint8Array, now?: number): Promise<string> =>
    taken(bytes, identity, now).then(
      () => 'taken',
      (error: Error & { why?: string }) => `${error.constructor.name} ${error.why}`,
    );
  const carry = async (laptop: TestEngine, code?: string): Promise<SyncSummary> =>
    readAnswer(laptop, await answerTo((await written(laptop, code)).bytes));
  const add = (laptop: TestEngine, name: string): string =>
    laptop.engine.command(
      'assets.create',
      (tx) => tx.insert(assets, { name, category: 'desktop', status: 'in_use' }).id,
    );
  const contents = (laptop: TestEngine): unknown =>
    records.map(({ table }) => laptop.engine.db.all(`SELECT * FROM ${table} ORDER BY id`));
  const devicesAtHub = async (): Promise<string[]> => {
    const { rows } = await hub.pool.query<{ machine: string }>('SELECT machine FROM sync.device ORDER BY machine');
    return rows.map(({ machine }) => machine);
  };
  const guesses = async (): Promise<number> => {
    const { rows } = await hub.pool.query<{ n: number }>('SELECT sum(failures)::int AS n FROM sync.code');
    return rows[0]?.n ?? -1;
  };

  test('joins, works, carries again, and is equal to a colleague of the network', async () => {
    const one = kept(await laptopOf(hub, 'L01', '李明'));
    await one.call.sync.setAuto({ on: false });
    for (let i = 0; i < 60; i += 1) add(one, `机${i}`);
    await syncNow(one);
    const two = await alone('L02', '王芳');
    const id = add(two, '在外登记');
    const code = await hub.newCode();
    const { bytes, note } = await written(two, code);
    expect(note).toMatchObject({ name: 'L02-20260929-1-join.lanbook', number: 1, commits: 1 });
    // Neither the code nor anything it could be got from faster than by trying is in the file.
    expect(bytes.includes(code) || bytes.includes(code.replaceAll('-', ''))).toBe(false);
    expect((await two.call.sync.status({})).enrolled).toBe(false);
    const take = await taken(bytes);
    expect(take).toMatchObject({ machine: 'L02', technician: '王芳', joined: true, commits: 1, failure: null });
    expect(take.answer?.name).toBe('L02-1-answer.lanbook');
    const answer = take.answer?.bytes as Uint8Array;
    expect(await readAnswer(two, answer)).toMatchObject({ sent: 1, applied: 1, received: 61 });
    expect(await two.call.sync.status({ probe: true })).toMatchObject({
      enrolled: true,
      address: null,
      online: null,
      unsynced: 0,
      last_error: null,
      role: EVERYTHING.role,
    });
    const before = contents(two);
    // Once more the same file: everything in it is known.
    expect(await readAnswer(two, answer)).toMatchObject({ received: 0 });
    expect(contents(two)).toEqual(before);
    expect(await refusalOf(syncNow(two))).toMatchObject({ code: 'stick_only' });
    expect((await two.call.sync.status({})).last_error).toBeNull();
    expect(await refusalOf(written(two, code))).toMatchObject({ code: 'stick_joined' });
    // Work, and a second stick.
    two.engine.command('assets.update', (tx) => tx.patch(assets, id, { remark: '第二次' }));
    await syncNow(one);
    expect(await carry(two)).toMatchObject({ sent: 1, applied: 1 });
    await syncNow(one);
    expect(contents(two)).toEqual(contents(one));
    expect(await devicesAtHub()).toEqual(['L01', 'L02']);
  });

  test('an address can be given later, and only to the store of this key', async () => {
    kept(await laptopOf(hub, 'L01', '李明'));
    const two = kept(await testEngine({ machine: 'L02', technician: '王芳' }));
    await carry(two, await hub.newCode());
    const stranger = await cluster.hub({ identity: await identityIn(mkdtempSync(join(dir, 'other-'))) });
    expect(await refusalOf(two.call.sync.move({ address: stranger.url }))).toMatchObject({ code: 'hub_other_key' });
    expect(await two.call.sync.status({})).toMatchObject({ address: null });
    await stranger.close();
    expect(await two.call.sync.move({ address: hub.url })).toMatchObject({ address: hub.url });
    add(two, '联网后');
    await two.call.sync.setAuto({ on: false });
    expect(await syncNow(two)).toMatchObject({ applied: 1 });
  });

  test('role and areas are those of the code', async () => {
    const one = kept(await laptopOf(hub, 'L01', '李明'));
    await one.call.sync.setAuto({ on: false });
    const [here, there] = [
      (await one.call.locations.create({ kind: 'building', name: '教学楼' })).id,
      (await one.call.locations.create({ kind: 'building', name: '图书馆' })).id,
    ];
    for (const [name, location_id] of [
      ['楼内', here],
      ['楼外', there],
    ] as const)
      await one.call.assets.create({ name, category: 'desktop', status: 'in_use', location_id });
    await syncNow(one);
    const two = await alone('L02', '王芳');
    await carry(two, await hub.newCode({ role: 'lead', areas: [here] }));
    expect(await two.call.sync.status({})).toMatchObject({ role: 'lead', areas: ['教学楼'] });
    expect((await two.call.assets.list({})).rows.map(({ name }) => name)).toEqual(['楼内']);
  });

  test('a lost answer is asked for again, and either answer will do', async () => {
    const two = await alone('L02', '王芳');
    add(two, '甲');
    const code = await hub.newCode();
    const first = await answerTo((await written(two, code)).bytes);
    add(two, '乙');
    const second = await answerTo((await written(two, code.toLowerCase().replaceAll('-', ' '))).bytes);
    expect(await devicesAtHub()).toEqual(['L02']);
    expect(await readAnswer(two, second)).toMatchObject({ sent: 2 });
    expect(await readAnswer(two, first)).toMatchObject({ received: 0 });
    expect((await two.call.sync.status({})).unsynced).toBe(0);
  });

  test('a code that is wrong, used, over or void takes nobody in, and a wrong one is counted', async () => {
    const [two, three] = [await alone('L02', '王芳'), await alone('L03', '张强')];
    const code = await hub.newCode();
    const wrong = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;
    expect(await refusalOf(written(two, 'ABCD-1234'))).toMatchObject({ code: 'code_wrong' });
    const guess = (await written(two, wrong)).bytes;
    expect(await why(guess)).toBe('NotTaken code_wrong');
    expect(await guesses()).toBe(1);
    expect(await devicesAtHub()).toEqual([]);
    const good = (await written(two, code)).bytes;
    // Damage is no guess.
    for (let at = 0; at < good.length; at += 61) {
      const altered = Uint8Array.from(good);
      altered[at] = (altered[at] as number) ^ 1;
      expect(await why(altered)).toMatch(/^NotTaken (not|cut|altered)$/);
    }
    expect(await guesses()).toBe(1);
    expect(await why(good)).toBe('taken');
    expect(await why((await written(three, code)).bytes)).toBe('NotTaken code_used');
    const late = await hub.newCode();
    expect(await why((await written(three, late)).bytes, Date.now() + 25 * 3_600_000)).toBe('NotTaken code_expired');
    const last = await hub.newCode();
    const near = `${last.slice(0, -1)}${last.endsWith('0') ? '1' : '0'}`;
    const { bytes: tried } = await written(three, near);
    for (let i = 0; i < 20; i += 1) expect(await why(tried)).toBe('NotTaken code_wrong');
    expect(await why((await written(three, last)).bytes)).toBe('NotTaken code_locked');
    expect(await devicesAtHub()).toEqual(['L02']);
    expect((await three.call.sync.status({})).enrolled).toBe(false);
  });

  test('a machine code that is in use is refused, and another one is taken with the same code', async () => {
    kept(await laptopOf(hub, 'L01', '李明'));
    const two = await alone('L01', '王芳');
    const code = await hub.newCode();
    const error = await taken((await written(two, code)).bytes).catch((thrown: Error) => thrown);
    expect(String(error)).toContain('Machine code L01 is used by the laptop of 李明');
    expect(await devicesAtHub()).toEqual(['L01']);
    await two.call.system.setup({ ...(two.engine.setup as Setup), machine: 'L02' });
    expect(await carry(two, code)).toMatchObject({ sent: 0 });
    expect(await devicesAtHub()).toEqual(['L01', 'L02']);
  });

  test('an answer that does not prove the code, is for another, or altered, leaves the notebook as it was', async () => {
    const [two, three] = [await alone('L02', '王芳'), await alone('L03', '张强')];
    const code = await hub.newCode();
    const asked = (await written(two, code)).bytes;
    const said = async (laptop: TestEngine, bytes: Uint8Array): Promise<string> =>
      (await refusalOf(readAnswer(laptop, bytes))).code;
    const answer = await answerTo(asked);
    const before = contents(two);
    expect(await said(three, answer)).toBe('bundle_foreign');
    expect(await said(two, asked)).toBe('bundle_request');
    for (let at = 0; at < answer.length; at += 53) {
      const altered = Uint8Array.from(answer);
      altered[at] = (altered[at] as number) ^ 1;
      expect(await said(two, altered)).toMatch(/^(bundle_(not|cut|altered|other_store)|stick_not_proved)$/);
    }
    // Somebody who found the file and knows all that is in it, with a key of their own, and without the code.
    const stranger = await identityIn(mkdtempSync(join(dir, 'other-')));
    const key = new X509Certificate(stranger.cert).publicKey.export({ type: 'spki', format: 'der' });
    const { header, messages } = readBundle(codec, answer) as { header: AnswerHeader; messages: readonly Uint8Array[] };
    const forge = (seal: string): Uint8Array =>
      writeBundle<AnswerHeader>(codec, { ...header, key: key.toString('base64url') }, messages, (text) =>
        [sign('sha256', Buffer.from(text), createPrivateKey(stranger.key)).toString('base64url'), seal]
          .filter((part) => part !== '')
          .join('.'),
      );
    const realSeal = /\.([0-9a-f]{64})\n/.exec(Buffer.from(answer).toString('latin1'))?.[1] as string;
    for (const seal of ['', '0'.repeat(64), realSeal]) expect(await said(two, forge(seal))).toBe('stick_not_proved');
    // Another code was typed since: what it answers is not what was asked.
    await written(two, await hub.newCode());
    expect(await said(two, answer)).toBe('stick_other_code');
    expect((await two.call.sync.status({})).enrolled).toBe(false);
    expect(contents(two)).toEqual(before);
    expect(await said(await alone('L04', '某人'), answer)).toBe('bundle_foreign');
  });
});
