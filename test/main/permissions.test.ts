/** Everything a page may try, fired at the shell's handlers (security.md S3, S7, S8). */
import { readFileSync } from 'node:fs';
import { FakeWebContents, fakeElectron, withElectron } from '../support/fake-electron.ts';

const fake = fakeElectron();
const { denyPermissions, denyWandering } = withElectron(
  fake,
  () => require('../../main/permissions.ts') as typeof import('../../main/permissions.ts'),
);
denyPermissions(fake.session as unknown as Electron.Session);
denyWandering();

const page = new FakeWebContents();
page.url = 'app://bundle/';
fake.app.emit('web-contents-created', {}, page);

/** The union as Electron's own types give it: a permission added by a later version is tested the day it comes. */
const permissions = (): string[] => {
  const types = readFileSync(require.resolve('electron/electron.d.ts'), 'utf8');
  const handlers = types.split('\n').filter((line) => /^ {4}setPermission(Check|Request)Handler\(/.test(line));
  expect(handlers).toHaveLength(2);
  return [
    ...new Set(
      handlers.flatMap((line) =>
        [
          ...line
            .split('permission: ')[1]!
            .split(',')[0]!
            .matchAll(/'([^']+)'/g),
        ].map(([, name]) => name!),
      ),
    ),
  ];
};

test('every permission but writing text to the clipboard is denied, asked or checked', () => {
  const all = permissions();
  expect(all.length).toBeGreaterThanOrEqual(46);
  const granted = all.filter(
    (name) => fake.session.request(page, name) || fake.session.check(page, name, 'app://bundle'),
  );
  expect(granted).toStrictEqual(['clipboard-sanitized-write']);
  const foreign = new FakeWebContents();
  foreign.url = 'https://evil.test/';
  expect(
    all.filter((name) => fake.session.request(foreign, name) || fake.session.check(null, name, 'https://evil.test')),
  ).toStrictEqual([]);
});

test('no device, no screen, no pairing', () => {
  expect([fake.session.device(), fake.session.display(), fake.session.bluetooth()]).toStrictEqual([
    false,
    false,
    false,
  ]);
});

const foreign = [
  'https://evil.test/',
  'http://127.0.0.1/',
  'http://bundle/',
  'app://bundle.evil.test/',
  'app://evil/',
  'app://bundle@evil/',
  'app://bundle:1/',
  'app://user@bundle/',
  'app:bundle',
  'about:blank',
  'about:srcdoc',
  'data:text/html,<script>1</script>',
  'blob:app://bundle/1',
  'blob:null/1',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'view-source:app://bundle/',
  'chrome://gpu',
  'devtools://devtools/',
  'mailto:a@b',
  '',
];
test.each(foreign)('the page does not get to %j', (url) => {
  const ways = ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const;
  expect(ways.filter((way) => page.goes(way, url))).toStrictEqual([]);
  expect(page.opens(url)).toBe(false);
});

test('its own page may be loaded again, but never in a window or a webview', () => {
  expect(page.goes('will-navigate', 'app://bundle/#/tickets')).toBe(true);
  expect(page.opens('app://bundle/')).toBe(false);
  expect(page.goes('will-attach-webview', 'app://bundle/')).toBe(false);
});

test('a page gets exactly these listeners, so none was forgotten', () => {
  expect(page.eventNames().map(String).toSorted()).toStrictEqual([
    'will-attach-webview',
    'will-frame-navigate',
    'will-navigate',
    'will-redirect',
  ]);
});

test('only a file the page made is saved', () => {
  expect(fake.session.download('blob:app://bundle/4f1c')).toBe(true);
  for (const url of [
    'https://evil.test/x.exe',
    'blob:https://evil.test/1',
    'blob:null/1',
    'data:text/plain,x',
    'app://bundle/index.html',
    'file:///etc/passwd',
    'blob:app://evil/1',
  ])
    expect([url, fake.session.download(url)]).toStrictEqual([url, false]);
});
