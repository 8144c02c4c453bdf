import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { codec } from '../../hub/codec.ts';
import { encodeFrame, encodeMessage, FRAMES } from '../../shared/sync/wire.ts';
import { hasPostgres, noPostgres, startCluster, type Cluster, type TestHub } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';

describeIf(hasPostgres, noPostgres)('the hub over HTTP', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let now = Date.parse('2026-09-29T08:00:00Z');
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);
  beforeEach(async () => {
    now = Date.parse('2026-09-29T08:00:00Z');
    hub = await cluster.hub({ now: () => now, limits: { device: 120, address: 600, enrol: 5 } });
  });

  const enrol = async (
    code: string,
    machine = 'L03',
    device: string = randomUUID(),
  ): Promise<{ status: number; body: { code?: string; token?: string } }> => {
    const answer = await fetch(`${hub.url}/v1/enrol`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, device, machine, technician: '李明', origin: null }),
    });
    return { status: answer.status, body: (await answer.json()) as { code?: string; token?: string } };
  };
  const post = (body: Uint8Array | string, headers: Record<string, string>): Promise<Response> =>
    fetch(`${hub.url}/v1/sync`, { method: 'POST', body: body as string, headers });

  test('a code has 80 bits beside its name, is used once, and dies after 24 hours', async () => {
    const code = await hub.newCode();
    expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect((await enrol(code)).status).toBe(200);
    expect(await enrol(code, 'L04')).toMatchObject({ status: 410, body: { code: 'CODE_USED' } });
    const late = await hub.newCode();
    now += 24 * 3_600_000;
    expect(await enrol(late, 'L04')).toMatchObject({ status: 410, body: { code: 'CODE_EXPIRED' } });
  });

  test('guesses are few: 5 a minute from one address, 20 against one code', async () => {
    const code = await hub.newCode();
    const wrong = `${code.slice(0, -4)}0000`;
    for (let i = 0; i < 5; i += 1) expect((await enrol(wrong)).status).toBe(401);
    const stopped = await enrol(wrong);
    expect(stopped).toMatchObject({ status: 429, body: { code: 'TOO_MANY' } });
    for (let minute = 0; minute < 3; minute += 1) {
      now += 60_000;
      for (let i = 0; i < 5; i += 1) await enrol(wrong);
    }
    now += 60_000;
    expect(await enrol(code)).toMatchObject({ status: 410, body: { code: 'CODE_LOCKED' } });
    const { rows } = await hub.pool.query(
      "SELECT count(*)::int AS n FROM sync.event WHERE kind = 'enrol' AND NOT success",
    );
    expect(rows[0].n).toBe(21);
  });

  test('the database holds no token and no code in clear', async () => {
    const code = await hub.newCode();
    const { body } = await enrol(code);
    const secret = body.token?.split('.')[1] ?? '';
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    for (const table of ['device', 'code', 'event']) {
      const { rows } = await hub.pool.query(`SELECT t::text AS text FROM sync.${table} t`);
      for (const { text } of rows as { text: string }[]) {
        expect(text).not.toContain(secret);
        expect(text).not.toContain(code);
        expect(text).not.toContain(code.replaceAll('-', ''));
        expect(text).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
      }
    }
  });

  test('nobody gets in without a token, and errors tell nothing but a code', async () => {
    const { body } = await enrol(await hub.newCode());
    const authorization = `Bearer ${body.token}`;
    const hello = encodeMessage(codec, [encodeFrame(codec, 'hello', '{}')]);
    const answers = [
      await post(hello, { 'content-type': FRAMES }),
      await post(hello, { 'content-type': FRAMES, authorization: authorization.slice(0, -2) + 'AA' }),
      await post(hello, { 'content-type': FRAMES, authorization }),
      await post(hello.slice(0, 20), { 'content-type': FRAMES, authorization }),
      await post('x'.repeat(3_000_000), { 'content-type': FRAMES, authorization }),
      await post('{"__proto__":1}', { 'content-type': 'application/json', authorization }),
      await fetch(`${hub.url}/v1/pages?after=1`, { headers: { authorization } }),
      await fetch(`${hub.url}/nothing`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 400, 400, 413, 400, 400, 404]);
    for (const answer of answers) expect(await answer.text()).toMatch(/^\{"code":"[A-Z_]+","params":\{\}\}$/);
    expect((await fetch(`${hub.url}/v1/head`, { headers: { authorization } })).status).toBe(200);
    await hub.pool.query('UPDATE sync.device SET revoked_at = now()');
    expect((await fetch(`${hub.url}/v1/head`, { headers: { authorization } })).status).toBe(403);
  });

  test('a frame that grows without end is refused before it fills the memory', async () => {
    const { body } = await enrol(await hub.newCode());
    const bomb = encodeMessage(codec, [encodeFrame(codec, 'hello', ' '.repeat(64_000_000))]);
    expect(bomb.length).toBeLessThan(100_000);
    const before = process.memoryUsage().rss;
    expect((await post(bomb, { 'content-type': FRAMES, authorization: `Bearer ${body.token}` })).status).toBe(400);
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  });

  test('a device that asks without pause is told to wait', async () => {
    const { body } = await enrol(await hub.newCode());
    const ask = (): Promise<Response> =>
      fetch(`${hub.url}/v1/head`, { headers: { authorization: `Bearer ${body.token}` } });
    for (let i = 0; i < 120; i += 1) expect((await ask()).status).toBe(200);
    const answer = await ask();
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    now += 60_000;
    expect((await ask()).status).toBe(200);
  });

  test('a half-open request does not keep the hub from closing', async () => {
    const socket = connect(Number(new URL(hub.url).port), '127.0.0.1');
    await new Promise((done) => socket.once('connect', done));
    socket.on('error', () => undefined);
    socket.write('POST /v1/sync HTTP/1.1\r\ncontent-length: 100\r\n\r\nx');
    await hub.close();
    socket.destroy();
  });
});
