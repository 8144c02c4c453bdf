/** app://bundle/ against addresses that try to leave it (security.md S5, S6). */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { staticFiles } from '../../main/static-files.ts';
import { fakeElectron, withElectron, type FakeElectron } from '../support/fake-electron.ts';

let folder: string;
let fake: FakeElectron;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lanbook-protocol-'));
  mkdirSync(join(folder, 'page/assets'), { recursive: true });
  writeFileSync(
    join(folder, 'page/index.html'),
    '<!doctype html><html><head><meta name="csp-nonce" content="__CSP_NONCE__" /></head></html>',
  );
  writeFileSync(join(folder, 'page/assets/a.js'), 'void 0;');
  writeFileSync(join(folder, 'page/assets/a.js.map'), '{}');
  writeFileSync(join(folder, 'page/notes.txt'), 'x');
  writeFileSync(join(folder, 'secret.html'), 'secret');
  fake = fakeElectron();
  const { serveApp } = withElectron(
    fake,
    () => require('../../main/app-protocol.ts') as typeof import('../../main/app-protocol.ts'),
  );
  await fake.start();
  serveApp(staticFiles(join(folder, 'page')), () => 'en-US');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A plain object: `new Request` would already tidy the address that a hostile page sends. */
const ask = (url: string, method = 'GET'): Promise<Response> => fake.handlers.get('app')!({ url, method } as Request);

test.each(['app://bundle/', 'app://bundle/index.html', 'app://bundle/#/assets', 'app://bundle/?x=1'])(
  '%s is the page',
  async (url) => {
    const answer = await ask(url);
    const text = await answer.text();
    const nonce = /content="([^"]+)"/.exec(text.slice(text.indexOf('csp-nonce')))![1];
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(text).toContain('<html lang="en-US">');
  },
);

test('a file comes with its type, and HEAD without its body', async () => {
  expect((await ask('app://bundle/assets/a.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(await (await ask('app://bundle/assets/a.js', 'HEAD')).text()).toBe('');
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s is refused', async (method) => {
  expect((await ask('app://bundle/', method)).status).toBe(405);
});

const hostile = [
  ...['..', '%2e%2e', '.%2e', '..%2f', '..%5c', '..\\', '%2e%2e%2f', '%252e%252e%252f', '....//', '..;'].flatMap(
    (up) => [`app://bundle/${up}/secret.html`, `app://bundle/assets/${up}/${up}/secret.html`],
  ),
  'app://bundle//secret.html',
  'app://bundle///etc/passwd',
  'app://bundle/etc/passwd',
  'app://bundle/%00',
  'app://bundle/index.html%00.js',
  'app://bundle/C:/Windows/win.ini',
  'app://bundle/C%3A%5CWindows',
  'app://bundle/\\\\server\\share',
  'app://bundle/file:///etc/passwd',
  'app://bundle/assets',
  'app://bundle/assets/',
  'app://bundle/assets/a.js/',
  'app://bundle/ASSETS/A.JS',
  'app://bundle/assets/a%2ejs',
  'app://bundle/assets/a.js.map',
  'app://bundle/notes.txt',
  'app://other/',
  'app://bundle.evil.test/',
  'app://bundle:80/',
  'app://user@bundle/',
  'app:bundle/',
  'app:///index.html',
  'https://bundle/',
  'file:///index.html',
  'not an address',
];
test.each(hostile)('%s is nothing', async (url) => {
  const answer = await ask(url);
  expect([answer.status, await answer.text()]).toStrictEqual([404, '']);
});
