/** The line to the hub: joined by proof of the code, pinned to a key, and silent towards everybody else. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createPlain } from 'node:http';
import { createServer, type Server } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'node:https';
import { generate } from 'selfsigned';
import { startHub } from '../../../../hub/hub.ts';
import { identityIn, pinOf, type Identity } from '../../../../hub/identity.ts';
import { readState, writeState } from '../../../../main/engine/sync/state.ts';
import { rejoinAfter } from '../../../../shared/features/sync.ts';
import { catalogue } from '../../../../shared/messages.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';
import { hasPostgres, noPostgres, startCluster, syncNow, type Cluster, type TestHub } from '../../../support/hub.ts';
import { describeIf } from '../../../support/skip.ts';

jest.setTimeout(60_000);

describeIf(hasPostgres, noPostgres)('a hub with a key of its own', () => {
  let cluster: Cluster;
  let dir: string;
  let identity: Identity;
  let hub: TestHub;
  let laptop: TestEngine;
  const servers: { close(): void }[] = [];
  beforeAll(async () => {
    cluster = await startCluster();
    dir = mkdtempSync(join(tmpdir(), 'lanbook-key-'));
    identity = await identityIn(dir);
  }, 60_000);
  afterAll(async () => {
    await cluster.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    hub = await cluster.hub({ identity });
    laptop = await testEngine({ machine: 'L03', technician: '李明' });
  });
  afterEach(async () => {
    laptop.close();
    await hub.close();
    for (const server of servers.splice(0)) server.close();
  });

  const listen = async (server: Server | ReturnType<typeof createPlain>, port = 0): Promise<number> => {
    servers.push(server);
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    return (server.address() as AddressInfo).port;
  };
  /** Somebody in between with a key of their own, who hands everything on and reads along. */
  const inBetween = async (): Promise<{ url: string; heard: string[] }> => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'Lanbook hub' }], { keyType: 'ec' });
    const heard: string[] = [];
    const server = createServer({ key, cert }, (asked, answer) => {
      const parts: Buffer[] = [];
      asked.on('data', (part: Buffer) => parts.push(part));
      asked.on('end', () => {
        const body = Buffer.concat(parts);
        heard.push(`${asked.url} ${asked.headers.authorization ?? ''} ${body.toString()}`);
        const on = request(
          `${hub.url}${asked.url}`,
          { method: asked.method, headers: asked.headers, rejectUnauthorized: false },
          (from) => {
            answer.writeHead(from.statusCode ?? 500, from.headers);
            from.pipe(answer);
          },
        );
        on.end(body);
      });
    });
    return { url: `https://127.0.0.1:${await listen(server)}`, heard };
  };

  test('is joined by its code over TLS, and synced with', async () => {
    expect(hub.url).toMatch(/^https:/);
    await laptop.call.sync.enrol({ address: hub.url, code: (await hub.newCode()).toLowerCase().replaceAll('-', ' ') });
    await laptop.call.assets.create({ name: '台式机', category: 'desktop', status: 'in_use' });
    expect(await syncNow(laptop)).toMatchObject({ sent: 1, applied: 1 });
    expect((await laptop.call.sync.status({ probe: true })).online).toBe(true);
  });

  test('lets go of who connects and never says anything', async () => {
    const { hostname, port } = new URL(hub.url);
    const began = Date.now();
    await new Promise<void>((done) => connect(Number(port), hostname).on('error', done).on('close', done).resume());
    expect(Date.now() - began).toBeLessThan(30_000);
  }, 60_000);

  test('keeps its key over a restart; its certificate is valid whatever a laptop’s clock says', async () => {
    await laptop.call.sync.enrol({ address: hub.url, code: await hub.newCode() });
    expect(await identityIn(dir)).toEqual({ key: identity.key.trim(), cert: identity.cert.trim() });
    expect(readFileSync(join(dir, 'hub-key.pem'), 'latin1')).toContain('PRIVATE KEY');
    await hub.restart();
    expect(await syncNow(laptop)).toMatchObject({ sent: 0 });
  });

  test('with somebody in between: refused before the code is told', async () => {
    const { url, heard } = await inBetween();
    const code = await hub.newCode();
    expect(await refusalOf(laptop.call.sync.enrol({ address: url, code }))).toEqual({
      code: 'hub_not_proved',
      params: { address: url },
    });
    expect(heard).toHaveLength(1);
    expect(heard.join()).not.toContain(code.slice(5));
    expect(heard.join().replaceAll(/[^0-9A-Z]/g, '')).not.toContain(code.replaceAll('-', ''));
    expect((await laptop.call.sync.status({ probe: false })).enrolled).toBe(false);
    // The code is as good as before.
    await laptop.call.sync.enrol({ address: hub.url, code });
  });

  test('once joined, another key at its address hears nothing, not even the token', async () => {
    await laptop.call.sync.enrol({ address: hub.url, code: await hub.newCode() });
    const port = Number(new URL(hub.url).port);
    await hub.stopServer();
    const other = await identityIn(mkdtempSync(join(dir, 'other-')));
    expect(pinOf(other.cert)).not.toBe(pinOf(identity.cert));
    let requests = 0;
    await listen(
      createServer(other, (_asked, answer) => {
        requests += 1;
        answer.end('{}');
      }),
      port,
    );
    await laptop.call.assets.create({ name: '台式机', category: 'desktop', status: 'in_use' });
    expect(await refusalOf(syncNow(laptop))).toMatchObject({ code: 'hub_other_key' });
    expect(requests).toBe(0);
    expect(await laptop.call.sync.status({ probe: true })).toMatchObject({ unsynced: 1, online: false });
    expect(requests).toBe(0);
  });

  test('that moved to another address is known by its key, without a code; whoever has another key is told nothing', async () => {
    await laptop.call.sync.enrol({ address: hub.url, code: await hub.newCode() });
    const before = hub.url;
    const { url, heard } = await inBetween();
    await hub.stopServer();
    const moved = await startHub({ databaseUrl: hub.databaseUrl, host: '127.0.0.1', port: 0, identity });
    expect(moved.url).not.toBe(before);
    expect((await refusalOf(syncNow(laptop))).code).toBe('hub_unreachable');
    expect((await refusalOf(laptop.call.sync.move({ address: url }))).code).toBe('hub_other_key');
    expect(heard).toEqual([]);
    expect((await refusalOf(laptop.call.sync.move({ address: '127.0.0.1:1' }))).code).toBe('hub_not_found');
    expect((await laptop.call.sync.status({ probe: false })).address).toBe(before);
    expect(await laptop.call.sync.move({ address: moved.url })).toMatchObject({
      address: moved.url,
      online: true,
      last_error: null,
    });
    expect(await syncNow(laptop)).toMatchObject({ sent: 0 });
    await moved.close();
  });

  test('once joined, a page without TLS at its address is no hub: nothing about an address that was wrong', async () => {
    await laptop.call.sync.enrol({ address: hub.url, code: await hub.newCode() });
    const port = Number(new URL(hub.url).port);
    await hub.stopServer();
    await listen(
      createPlain((_asked, answer) => answer.end('<html>login</html>')),
      port,
    );
    expect(await refusalOf(syncNow(laptop))).toMatchObject({ code: 'hub_not_hub', params: { address: hub.url } });
  });

  test('a notebook that joined over plain HTTP tells its token to nobody, and joins again with a new code', async () => {
    await laptop.call.sync.enrol({ address: hub.url, code: await hub.newCode() });
    const state = readState(laptop.engine.db);
    if (!state) throw new Error('not joined');
    writeState(laptop.engine.db, { ...state, address: 'http://192.168.77.5:8470', pin: null });
    const told = jest.spyOn(laptop.engine.ports, 'fetch');
    const refusal = await refusalOf(syncNow(laptop));
    expect(refusal.code).toBe('hub_plain');
    expect(rejoinAfter).toContain(refusal.code);
    expect(told).not.toHaveBeenCalled();
    await laptop.call.sync.enrol({ address: hub.url, code: await hub.newCode() });
    expect(await syncNow(laptop)).toMatchObject({ sent: 0 });
  });

  test('every sentence that says to join again has its button', () => {
    const asks = Object.entries(catalogue).filter(
      ([key, [zh]]) => key.startsWith('refusal.') && zh.includes('重新接入'),
    );
    expect(asks.length).toBeGreaterThan(1);
    for (const [key] of asks) expect(rejoinAfter).toContain(key.replace('refusal.', ''));
  });

  test('a code with the right beginning and a wrong rest proves nothing; one that nobody made is wrong', async () => {
    const code = await hub.newCode();
    expect(
      (await refusalOf(laptop.call.sync.enrol({ address: hub.url, code: `${code.slice(0, 5)}0000-0000-0000-0000` })))
        .code,
    ).toBe('hub_not_proved');
    const name = code.startsWith('0000') ? '1111' : '0000';
    expect((await refusalOf(laptop.call.sync.enrol({ address: hub.url, code: `${name}${code.slice(4)}` }))).code).toBe(
      'code_wrong',
    );
  });

  test('what does not speak TLS, or is no hub, or is no longer there, is told apart', async () => {
    const plain = createPlain((_asked, answer) => answer.end('<html>login</html>'));
    const port = await listen(plain);
    const code = await hub.newCode();
    expect((await refusalOf(laptop.call.sync.enrol({ address: `127.0.0.1:${port}`, code }))).code).toBe('hub_plain');
    expect((await refusalOf(laptop.call.sync.enrol({ address: 'http://192.168.1.5:8470', code }))).code).toBe(
      'hub_plain',
    );
    const portal = createServer(await identityIn(mkdtempSync(join(dir, 'portal-'))), (_asked, answer) => {
      answer.writeHead(200, { 'content-type': 'text/html' });
      answer.end('<html>login</html>');
    });
    expect((await refusalOf(laptop.call.sync.enrol({ address: `127.0.0.1:${await listen(portal)}`, code }))).code).toBe(
      'hub_not_hub',
    );
    const url = hub.url;
    await laptop.call.sync.enrol({ address: url, code });
    await hub.stopServer();
    expect((await refusalOf(syncNow(laptop))).code).toBe('hub_unreachable');
    expect((await refusalOf(laptop.call.sync.enrol({ address: url, code }))).code).toBe('hub_not_found');
  });

  test('a damaged key file is told, and not replaced by a new key', async () => {
    const folder = mkdtempSync(join(dir, 'damaged-'));
    writeFileSync(join(folder, 'hub-key.pem'), 'half a file');
    await expect(identityIn(folder)).rejects.toThrow('is damaged');
    expect(readFileSync(join(folder, 'hub-key.pem'), 'utf8')).toBe('half a file');
  });
});
