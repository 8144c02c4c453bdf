/** The matrix of security.md §3, spoken over raw sockets: what no browser would send must be refused as well. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { RPCLink } from '@orpc/client/websocket';
import { startBrowserHost, type BrowserHost } from '../../main/browser.ts';
import { procedures } from '../../renderer/procedures.ts';
import { CLOSED_NO_SESSION, CLOSED_REPLAYED, READY } from '../../shared/host.ts';

let folder: string;
let host: BrowserHost;
let own: string;
let replayed = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lanbook-browser-'));
  const page = readFileSync(join(__dirname, '../../renderer/index.html'), 'utf8');
  mkdirSync(join(folder, 'page/assets'), { recursive: true });
  writeFileSync(join(folder, 'page/index.html'), page);
  writeFileSync(join(folder, 'page/assets/app.js'), 'globalThis.started = true;');
  writeFileSync(join(folder, 'page/assets/app.js.map'), '{}');
  writeFileSync(join(folder, 'secret.txt'), 'not for the page');
  host = await startBrowserHost({
    dataDir: join(folder, 'data'),
    language: 'zh-CN',
    rendererDir: join(folder, 'page'),
    onReplayed: () => (replayed += 1),
  });
  own = `127.0.0.1:${host.port}`;
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}
/** Sends the lines as they are and reads until the other end hangs up. */
const say = (lines: string[], body = ''): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const socket = createConnection(host.port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', ...rest] = text.split('\r\n\r\n');
      const [first = '', ...fields] = head.split('\r\n');
      const headers = fields.map((field) => [
        field.split(':')[0]!.toLowerCase(),
        field.slice(field.indexOf(':') + 1).trim(),
      ]);
      resolve({
        status: Number(first.split(' ')[1]),
        headers: Object.fromEntries(headers),
        body: rest.join('\r\n\r\n'),
      });
    });
    socket.write([...lines, 'Connection: close', '', body].join('\r\n'));
  });
const get = (path: string, ...headers: string[]): Promise<Answer> =>
  say([`GET ${path} HTTP/1.1`, `Host: ${own}`, ...headers]);
const post = (path: string, body: string, ...headers: string[]): Promise<Answer> =>
  say([`POST ${path} HTTP/1.1`, `Host: ${own}`, `Content-Length: ${Buffer.byteLength(body)}`, ...headers], body);
const codeOf = (link: string): string => link.split('#c=')[1]!;
const redeem = (code: string): Promise<Answer> =>
  post('/session', JSON.stringify({ code }), 'Content-Type: application/json', `Origin: http://${own}`);
const newToken = async (): Promise<string> =>
  (JSON.parse((await redeem(codeOf(host.newLink()))).body) as { token: string }).token;

describe('who may ask', () => {
  // macOS has no other loopback address to try.
  const elsewhere = process.platform === 'darwin' ? test.skip : test;
  elsewhere('only 127.0.0.1 listens, not the other addresses of this computer', async () => {
    const refused = new Promise((resolve) =>
      createConnection(host.port, '127.0.0.2')
        .on('error', resolve)
        .on('connect', () => resolve(null)),
    );
    expect(await refused).toMatchObject({ code: 'ECONNREFUSED' });
  });

  test.each([
    'evil.test',
    'localhost',
    'localhost.evil.test',
    '127.0.0.1.evil',
    '[::1]',
    '127.0.0.2',
    '127.1',
    '2130706433',
  ])('a page that reached us under the name %s is misdirected', async (name) => {
    for (const path of ['/', '/assets/app.js', '/session', '/rpc', '/nothing']) {
      const answer = await say([`GET ${path} HTTP/1.1`, `Host: ${name}:${host.port}`]);
      expect(answer).toMatchObject({ status: 421, body: '' });
    }
  });

  test('the Host header must be there once, with our port', async () => {
    expect((await say(['GET / HTTP/1.1'])).status).toBe(400);
    expect((await say(['GET / HTTP/1.1', 'Host: 127.0.0.1'])).status).toBe(421);
    expect((await say(['GET / HTTP/1.1', 'Host: 127.0.0.1:1'])).status).toBe(421);
    expect([400, 421]).toContain((await say(['GET / HTTP/1.1', `Host: ${own}`, `Host: ${own}`])).status);
    expect([400, 421]).toContain((await say(['GET / HTTP/1.1', `Host: ${own}`, 'Host: evil.test'])).status);
  });

  test.each(['http://evil.test/', 'http://127.0.0.1/', '*', 'assets/app.js', '//evil.test/..'])(
    'the address %s is not a path of ours',
    async (uri) => {
      expect([400, 404]).toContain((await get(uri)).status);
    },
  );

  test.each(['http://evil.test', 'null', 'http://localhost', 'http://127.0.0.1:1', 'https://127.0.0.1'])(
    'a page of %s may not call',
    async (origin) => {
      expect((await get('/', `Origin: ${origin}`)).status).toBe(403);
      expect((await post('/session', '{}', 'Content-Type: application/json', `Origin: ${origin}`)).status).toBe(403);
    },
  );

  test('nor one that the browser calls cross-site, unless it opens our page', async () => {
    for (const site of ['cross-site', 'same-site', 'junk']) {
      expect((await get('/', `Sec-Fetch-Site: ${site}`)).status).toBe(403);
      expect(
        (await get('/assets/app.js', `Sec-Fetch-Site: ${site}`, 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'))
          .status,
      ).toBe(403);
      expect(
        (await get('/', `Sec-Fetch-Site: ${site}`, 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe')).status,
      ).toBe(403);
      expect(
        (await get('/', `Sec-Fetch-Site: ${site}`, 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document')).status,
      ).toBe(200);
    }
    expect((await get('/', 'Sec-Fetch-Site: none')).status).toBe(200);
    expect((await get('/assets/app.js', 'Sec-Fetch-Site: same-origin')).status).toBe(200);
  });

  test.each(['OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'POST'])('%s is no way to read a page', async (method) => {
    expect((await say([`${method} / HTTP/1.1`, `Host: ${own}`])).status).toBe(405);
  });
});

describe('what is served', () => {
  test('the page, with its nonce in the policy, in the meta element and nowhere else', async () => {
    const [one, two] = [await get('/'), await get('/')];
    const nonce = /<meta name="csp-nonce" content="([^"]+)"/.exec(one.body)?.[1];
    expect(nonce).toMatch(/^[\w+/]{22}==$/);
    expect(one.headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
    expect(two.body).not.toContain(nonce);
    expect(one.body).toContain('<html lang="zh-CN">');
    expect(one.body).toContain('http-equiv="Content-Security-Policy"');
  });

  test.each(['/', '/assets/app.js', '/nothing', '/session'])(
    'every answer carries the safety headers: %s',
    async (path) => {
      const { headers } = await get(path);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(
        Object.keys(headers).filter((name) => name.startsWith('access-control') || name === 'set-cookie'),
      ).toStrictEqual([]);
    },
  );

  test('the policy allows no inline script, no frame, no other origin', async () => {
    const policy = (await get('/')).headers['content-security-policy']!;
    const directives = new Map(policy.split('; ').map((each) => [each.split(' ')[0], each]));
    expect(directives.get('default-src')).toBe("default-src 'none'");
    expect(directives.get('script-src')).toBe("script-src 'self'");
    expect(directives.get('connect-src')).toBe("connect-src 'self'");
    expect(directives.get('frame-ancestors')).toBe("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });

  test.each([
    '/..%2fsecret.txt',
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%5csecret.txt',
    '/assets/app.js.map',
    '/assets',
    '/assets/',
    '/%00',
    '/index.html%00.js',
    '/C:/secret.txt',
    '/data/lanbook.db',
    '/ASSETS/APP.JS',
    '/assets/app%2ejs',
  ])('there is no %s', async (path) => {
    expect(await get(path)).toMatchObject({ status: 404, body: '' });
  });
});

describe('the one-time link', () => {
  test('gives one session; a second use ends that session too, and says so', async () => {
    const code = codeOf(host.newLink());
    const first = await redeem(code);
    const { token } = JSON.parse(first.body) as { token: string };
    expect(token).toMatch(/^[\w-]{43}$/);
    const tab = await connect(token);
    const before = replayed;
    expect(await redeem(code)).toMatchObject({ status: 401, body: '{"reason":"replayed"}' });
    expect(await tab.closed).toBe(CLOSED_REPLAYED);
    expect(replayed).toBe(before + 1);
    expect(await (await connect(token)).closed).toBe(CLOSED_NO_SESSION);
  });

  test('asked for again by the window that never got the answer, it gives a new token and the lost one counts no more', async () => {
    const [code, claim] = [codeOf(host.newLink()), 'a claim of that very window'];
    const ask = async (sent: object): Promise<Answer> =>
      post('/session', JSON.stringify(sent), 'Content-Type: application/json');
    const tokenOf = (answer: Answer): string => (JSON.parse(answer.body) as { token: string }).token;
    const lost = tokenOf(await ask({ code, claim }));
    const token = tokenOf(await ask({ code, claim }));
    expect(token).not.toBe(lost);
    expect(await (await connect(lost)).closed).toBe(CLOSED_NO_SESSION);
    const tab = await connect(token);
    const before = replayed;
    expect(await ask({ code, claim: 'a claim of another window' })).toMatchObject({ status: 401 });
    expect(await tab.closed).toBe(CLOSED_REPLAYED);
    expect(replayed).toBe(before + 1);
  });

  test.each([
    ['no code', '{}', 400],
    ['no JSON', 'code=1', 400],
    ['a list', '["x"]', 400],
    ['a number', '{"code":1}', 400],
    ['a claim that is easily guessed', '{"code":"AAAAAAAAAAAAAAAAAAAAAA","claim":"1"}', 400],
    ['a code never given', '{"code":"AAAAAAAAAAAAAAAAAAAAAA"}', 401],
    ['a very long one', JSON.stringify({ code: 'A'.repeat(5000) }), 413],
  ])('%s is refused', async (_name, body, status) => {
    expect((await post('/session', body, 'Content-Type: application/json')).status).toBe(status);
  });

  test('only as JSON, which no form of another page can send, and only by POST', async () => {
    const body = JSON.stringify({ code: codeOf(host.newLink()) });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonp'])
      expect((await post('/session', body, `Content-Type: ${type}`)).status).toBe(415);
    expect((await post('/session', body)).status).toBe(415);
    expect((await get('/session')).status).toBe(405);
  });
});

interface Tab {
  said: string[];
  closed: Promise<number>;
  socket: WebSocket;
}
const connect = (token: string | Buffer | null, origin = `http://${own}`): Promise<Tab> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${own}/rpc`, { origin });
    const said: string[] = [];
    const closed = new Promise<number>((done) => socket.on('close', done));
    socket.on('message', (message) => {
      said.push(String(message));
      resolve({ said, closed, socket });
    });
    socket.on('open', () => {
      if (token !== null) socket.send(token);
    });
    socket.on('error', reject);
    socket.on('close', () => resolve({ said, closed, socket }));
  });

describe('the WebSocket', () => {
  test('answers a good token with ready, again after a reload', async () => {
    const token = await newToken();
    for (const visit of [1, 2]) {
      const tab = await connect(token);
      expect([visit, tab.said]).toStrictEqual([visit, [READY]]);
      tab.socket.close();
      await tab.closed;
    }
  });

  test.each(['', 'x', 'A'.repeat(43), Buffer.from('binary')])('hangs up on the token %j', async (token) => {
    const tab = await connect(token);
    expect([await tab.closed, tab.said]).toStrictEqual([CLOSED_NO_SESSION, []]);
  });

  test('hangs up on silence within two seconds', async () => {
    const began = performance.now();
    expect(await (await connect(null)).closed).toBe(CLOSED_NO_SESSION);
    expect(performance.now() - began).toBeLessThan(4000);
  });

  test('cuts off a first message that is far too long for a token while it still arrives', async () => {
    const socket = new WebSocket(`ws://${own}/rpc`, { origin: `http://${own}` });
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    socket.on('error', () => undefined);
    socket.on('open', () => socket.send('A'.repeat(8 * 1024 * 1024)));
    expect(await closed).toBe(1006);
  });

  test('hears nothing more from a replayed session, even from a page that never agrees to close', async () => {
    const code = codeOf(host.newLink());
    const { token } = JSON.parse((await redeem(code)).body) as { token: string };
    const { socket, closed } = await connect(token);
    const page = procedures(new RPCLink({ websocket: socket }));
    const writes = jest.spyOn(host.engine, 'command');
    const write = (): Promise<unknown> => page.locations.create({ kind: 'room', name: '越权' }).catch(() => undefined);
    await write();
    expect(writes).toHaveBeenCalledTimes(1);
    // Who reads nothing never sees the close frame, but may go on writing.
    socket.pause();
    await redeem(code);
    const began = performance.now();
    const again = setInterval(() => void write(), 50);
    await closed;
    clearInterval(again);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(writes).toHaveBeenCalledTimes(1);
    writes.mockRestore();
  });

  const upgrade = [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  const knock = (path: string, hostName: string, ...more: string[]): Promise<Answer> =>
    say([`GET ${path} HTTP/1.1`, `Host: ${hostName}`, ...upgrade, ...more]);

  test('is only for our own page', async () => {
    expect((await knock('/rpc', own)).status).toBe(403);
    expect((await knock('/rpc', own, 'Origin: http://evil.test')).status).toBe(403);
    expect((await knock('/rpc', own, 'Origin: null')).status).toBe(403);
    expect((await knock('/rpc', own, `Origin: http://${own}`, 'Sec-Fetch-Site: cross-site')).status).toBe(403);
    expect((await knock('/rpc', `evil.test:${host.port}`, `Origin: http://${own}`)).status).toBe(421);
    expect((await knock('/other', own, `Origin: http://${own}`)).status).toBe(404);
  });
});

test('closing gives the data folder back', async () => {
  const other = await startBrowserHost({
    dataDir: join(folder, 'other'),
    language: 'en-US',
    rendererDir: join(folder, 'page'),
  });
  expect(other.port).toBeGreaterThan(0);
  await other.close();
  const again = await startBrowserHost({
    dataDir: join(folder, 'other'),
    language: 'en-US',
    rendererDir: join(folder, 'page'),
  });
  await again.close();
});

test('a data folder is opened once, and a port that is taken leaves it free', async () => {
  const start = (dataDir: string, port = 0): Promise<BrowserHost> =>
    startBrowserHost({ dataDir, port, language: 'zh-CN', rendererDir: join(folder, 'page') });
  await expect(start(join(folder, 'data'))).rejects.toMatchObject({ code: 'folder_in_use' });
  await expect(start(join(folder, 'third'), host.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await (await start(join(folder, 'third'))).close();
});

test('it asks to be ended when nobody has been there for a while', async () => {
  const idle = new Promise<void>((onIdle) => {
    void startBrowserHost({
      dataDir: join(folder, 'idle'),
      language: 'zh-CN',
      rendererDir: join(folder, 'page'),
      idleMs: 20,
      onIdle,
    }).then((opened) => idle.then(() => opened.close()));
  });
  await idle;
});
