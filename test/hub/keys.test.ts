/** Who may speak to the hub: what a stolen dump, a replayed or borrowed session, a forged signature and a rogue colleague are worth. */
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { withClient } from '../../hub/db.ts';
import { revokeDevice } from '../../hub/devices.ts';
import { databaseFile } from '../../main/engine/open.ts';
import { deviceId } from '../../main/engine/sync/device.ts';
import { deviceKey, DEVICE_KEY } from '../../main/engine/sync/device-key.ts';
import { forgetSessions } from '../../main/engine/sync/session.ts';
import { sessionText } from '../../shared/sync/keys.ts';
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

const HOUR = 3_600_000;
jest.setTimeout(60_000);

describeIf(hasPostgres, noPostgres)('a laptop’s key', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let a: TestEngine;
  let now = 0;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);
  beforeEach(async () => {
    now = Date.parse('2026-09-29T08:00:00Z');
    hub = await cluster.hub({ now: () => now });
    a = await laptopOf(hub, 'L03', '李明');
  });
  afterEach(() => a.close());

  const post = async (
    path: string,
    body: unknown,
    token?: string,
  ): Promise<{ status: number; body: Record<string, string> }> => {
    const answer = await fetch(`${hub.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };
  const nonceFor = async (device: string): Promise<string> =>
    (await post('/v1/session/nonce', { device })).body['nonce'] ?? '';
  const signed = async (laptop: TestEngine, nonce: string, device = deviceId(laptop.engine)) => ({
    device,
    nonce,
    pin: null,
    signature: (await deviceKey(laptop.engine))?.sign(sessionText(nonce, device, null)) ?? '',
  });
  const headOf = (token: string): Promise<Response> =>
    fetch(`${hub.url}/v1/head`, { headers: { authorization: `Bearer ${token}` } });
  const sessionOf = async (laptop: TestEngine): Promise<string> =>
    (await post('/v1/session', await signed(laptop, await nonceFor(deviceId(laptop.engine))))).body['token'] ?? '';
  const events = async (kind: string): Promise<string[]> =>
    (
      await hub.pool.query<{ detail: string }>('SELECT detail FROM sync.event WHERE kind = $1 ORDER BY number', [kind])
    ).rows.map(({ detail }) => detail);

  test('opens an hour’s session, and nothing in a dump of the store opens one', async () => {
    await a.call.locations.create({ kind: 'room', name: '101' });
    await syncNow(a);
    const token = await sessionOf(a);
    expect((await headOf(token)).status).toBe(200);
    const { rows: tables } = await hub.pool.query<{ name: string }>(
      "SELECT table_schema || '.' || table_name AS name FROM information_schema.tables WHERE table_schema IN ('sync', 'app', 'public') AND table_type = 'BASE TABLE'",
    );
    expect(tables.length).toBeGreaterThan(20);
    const [device = '', secret = ''] = token.split('.');
    const found = new Set<string>();
    for (const { name } of tables)
      for (const { row } of (
        await hub.pool.query<{ row: Record<string, unknown> }>(`SELECT to_json(t) AS row FROM ${name} t`)
      ).rows)
        for (const value of Object.values(row)) if (typeof value === 'string') found.add(value);
    expect([...found].some((value) => value.includes(secret))).toBe(false);
    // Every value of every column, as it is and in the spellings of 32 bytes, tried as a token of this very laptop.
    const tries = [...found].flatMap((value) => {
      const bytes = /^\\x[0-9a-f]+$/.test(value) ? Buffer.from(value.slice(2), 'hex') : Buffer.from(value);
      return [value, bytes.toString('base64url'), bytes.subarray(0, 32).toString('base64url')];
    });
    const usable = [...new Set(tries)].filter((each) => /^[\w-]{43}$/.test(each));
    expect(usable.length).toBeGreaterThan(3);
    for (const each of usable) expect([each, (await headOf(`${device}.${each}`)).status]).toEqual([each, 401]);
  });

  test('signs one nonce once, within two minutes, for itself', async () => {
    const device = deviceId(a.engine);
    const once = await signed(a, await nonceFor(device));
    expect((await post('/v1/session', once)).status).toBe(200);
    expect(await post('/v1/session', once)).toMatchObject({ status: 401, body: { code: 'NONCE_USED' } });
    const late = await signed(a, await nonceFor(device));
    now += 120_000;
    expect(await post('/v1/session', late)).toMatchObject({ status: 401, body: { code: 'NONCE_EXPIRED' } });
    const foreign = await signed(a, await nonceFor(randomUUID()));
    expect(await post('/v1/session', foreign)).toMatchObject({ status: 401, body: { code: 'NONCE_EXPIRED' } });
    const b = await laptopOf(hub, 'L04', '张伟');
    try {
      const nonce = await nonceFor(deviceId(b.engine));
      // A's key in B's name, and a signature of another nonce.
      expect((await post('/v1/session', await signed(a, nonce, deviceId(b.engine)))).body['code']).toBe(
        'DEVICE_REFUSED',
      );
      const { signature } = await signed(b, await nonceFor(deviceId(b.engine)));
      expect((await post('/v1/session', { ...(await signed(b, nonce)), signature })).body['code']).toBe(
        'DEVICE_REFUSED',
      );
      // The secret of A's session in B's name.
      const [, secret = ''] = (await sessionOf(a)).split('.');
      expect((await headOf(`${deviceId(b.engine)}.${secret}`)).status).toBe(401);
    } finally {
      b.close();
    }
    expect(await events('session')).toEqual([
      'NONCE_USED',
      'NONCE_EXPIRED',
      'NONCE_EXPIRED',
      'DEVICE_REFUSED',
      'DEVICE_REFUSED',
    ]);
  });

  test('asks for a new session by itself when the hub says the hour is over', async () => {
    await syncNow(a);
    now += HOUR;
    await a.call.locations.create({ kind: 'room', name: '101' });
    expect(await syncNow(a)).toMatchObject({ applied: 1 });
    const { rows } = await hub.pool.query('SELECT 1 FROM sync.session');
    expect(rows).toHaveLength(2);
  });

  test('is asked for sessions ten times a minute at most', async () => {
    await hub.restart({ limits: { device: 120, address: 600, enrol: 5 } });
    const statuses: number[] = [];
    for (let i = 0; i < 12; i += 1)
      statuses.push((await post('/v1/session', await signed(a, await nonceFor(deviceId(a.engine))))).status);
    expect(statuses).toEqual([...Array<number>(10).fill(200), 429, 429]);
  });

  test('of a laptop that joined before there were keys is given at its next contact, and its old token is void', async () => {
    const old = `${deviceId(a.engine)}.${Buffer.alloc(32, 7).toString('base64url')}`;
    await hub.pool.query("UPDATE sync.device SET public_key = NULL, token_sha256 = sha256(convert_to($1, 'UTF8'))", [
      old.split('.')[1],
    ]);
    await hub.pool.query('DELETE FROM sync.session');
    await hub.pool.query('DELETE FROM sync.device_key');
    a.engine.db.prepare('DELETE FROM _settings WHERE key = ?').run(DEVICE_KEY);
    a.engine.db
      .prepare("UPDATE _settings SET value = json_remove(json_set(value, '$.token', ?), '$.keyed') WHERE key = 'sync'")
      .run(old);
    forgetSessions(a.engine);
    expect((await headOf(old)).status).toBe(200);
    await a.call.locations.create({ kind: 'room', name: '101' });
    expect(await syncNow(a)).toMatchObject({ applied: 1 });
    expect((await headOf(old)).status).toBe(401);
    expect(await events('device_key')).toHaveLength(1);
    const { rows } = await hub.pool.query<{ body: string }>('SELECT body FROM sync.commit');
    expect(JSON.parse(rows[0]?.body.split('\n')[0] ?? '')).toMatchObject({
      signature: expect.stringMatching(/^[\w-]{8}\.[\w-]{86}$/),
    });
    // A hub that was restored to before that takes the token once more.
    await hub.pool.query("UPDATE sync.device SET public_key = NULL, token_sha256 = sha256(convert_to($1, 'UTF8'))", [
      old.split('.')[1],
    ]);
    forgetSessions(a.engine);
    await syncNow(a);
    expect((await headOf(old)).status).toBe(401);
  });

  test('signs every commit: one that somebody altered or signed with another key is recorded as not accepted, the others are done', async () => {
    for (const name of ['101', '102', '103']) await a.call.locations.create({ kind: 'room', name });
    const key = await deviceKey(a.engine);
    // Of another commit: a whole signature, of the right key, over something else.
    a.engine.db
      .prepare('UPDATE _commits SET signature = ? WHERE mut_no = 2')
      .run(key?.signCommit('0'.repeat(64)) ?? '');
    expect(await syncNow(a)).toMatchObject({ sent: 3, applied: 2, rejected: 1 });
    expect((await a.call.sync.rejections()).map(({ code }) => code)).toEqual(['bad_signature']);
    const b = await laptopOf(hub, 'L04', '张伟');
    try {
      await syncNow(b);
      expect((await b.call.locations.tree()).map(({ name }) => name)).toEqual(['101', '103']);
      // Everybody keeps the signatures, for a store that is restored one day.
      expect(b.engine.db.value('SELECT count(*) FROM _commits WHERE signature IS NULL')).toBe(0);
    } finally {
      b.close();
    }
  });

  test('is kept over joining again and a restart; a laptop of another login joins again with a new one', async () => {
    const first = a.engine.db.value<string>('SELECT value FROM _settings WHERE key = ?', DEVICE_KEY);
    await a.call.sync.enrol({ address: hub.url, code: await hub.newCode() });
    a.reopen();
    await syncNow(a);
    expect(a.engine.db.value('SELECT value FROM _settings WHERE key = ?', DEVICE_KEY)).toBe(first);
    a.engine.db
      .prepare("UPDATE _settings SET value = json_set(value, '$.holder', 'login') WHERE key = ?")
      .run(DEVICE_KEY);
    a.reopen();
    await a.call.locations.create({ kind: 'room', name: '101' });
    expect((await refusalOf(syncNow(a))).code).toBe('key_locked');
    await a.call.sync.enrol({ address: hub.url, code: await hub.newCode() });
    expect(await syncNow(a)).toMatchObject({ applied: 1 });
  });

  test('lies in the login’s keyring where there is one, else in files that nobody else may read; what is carried away goes without it', async () => {
    const turned = (bytes: Uint8Array): Promise<Uint8Array> => Promise.resolve(bytes.map((byte) => byte ^ 0x5a));
    const b = await laptopOf(hub, 'L04', '张伟', { ports: { keyring: { wrap: turned, unwrap: turned } } });
    try {
      await syncNow(b);
      const kept = (laptop: TestEngine): { holder: string; seed: string } =>
        JSON.parse(laptop.engine.db.value('SELECT value FROM _settings WHERE key = ?', DEVICE_KEY) ?? '') as never;
      expect([kept(a).holder, kept(b).holder]).toEqual(['notebook', 'login']);
      b.reopen();
      await b.call.locations.create({ kind: 'room', name: '101' });
      expect(await syncNow(b)).toMatchObject({ applied: 1 });
      expect(statSync(databaseFile(a.dir)).mode & 0o077).toBe(0);
      const { name } = await a.call.system.backup();
      const chunks: Buffer[] = [];
      for await (const { data } of await a.call.system.backupFile({ name })) chunks.push(Buffer.from(data, 'base64'));
      const carried = gunzipSync(Buffer.concat(chunks));
      expect(carried.length).toBeGreaterThan(100_000);
      expect(carried.includes(kept(a).seed)).toBe(false);
    } finally {
      b.close();
    }
  });

  test('revoked and taken in again does not bring back the sessions of before', async () => {
    const token = await sessionOf(a);
    await withClient(hub.pool, (client) => revokeDevice(client, 'L03', now));
    expect((await headOf(token)).status).toBe(403);
    await a.call.sync.enrol({ address: hub.url, code: await hub.newCode() });
    expect((await headOf(token)).status).toBe(401);
    await syncNow(a);
  });

  test('of a revoked laptop opens nothing at the very next request, under load too', async () => {
    const token = await sessionOf(a);
    let last = 200;
    let revokedAt = 0;
    const late: number[] = [];
    const load = Array.from({ length: 8 }, async () => {
      while (last === 200) {
        const asked = performance.now();
        const { status } = await headOf(token);
        if (status === 200 && revokedAt > 0 && asked > revokedAt) late.push(asked);
        if (status !== 200) last = status;
      }
    });
    await new Promise((done) => setTimeout(done, 200));
    await withClient(hub.pool, (client) => revokeDevice(client, 'L03', now));
    revokedAt = performance.now();
    await Promise.all(load);
    expect(last).toBe(403);
    expect(late).toEqual([]);
  });
});
