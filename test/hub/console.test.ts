/** The hub's console commands where no store is: they must not make one, as its codes would be no running hub's. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sentenceOf } from '../../hub/console-errors.ts';
import { identityIn, pinOf } from '../../hub/identity.ts';
import { optionsOf } from '../../hub/options.ts';

/** One command of the console, with its exit code and everything it said. */
const hub = (args: readonly string[], env: Record<string, string> = {}): Promise<{ code: unknown; said: string }> =>
  new Promise((done) =>
    execFile(
      process.execPath,
      ['hub/index.ts', ...args],
      { env: { ...process.env, DATABASE_URL: '', ...env }, timeout: 30_000 },
      (error, out, err) => done({ code: error?.code, said: out + err }),
    ),
  );

test.each(['code', 'devices'])(
  '"%s" for a folder without a store names the folder and how to name another',
  async (command) => {
    const folder = join(tmpdir(), 'lanbook-no-store-here');
    const { code, said } = await hub([command, '--data', folder]);
    expect(code).toBe(1);
    expect(said).toMatch(new RegExp(`^There is no store in .*lanbook-no-store-here.*hub -- ${command} --data FOLDER`));
    expect(existsSync(folder)).toBe(false);
  },
  40_000,
);

describe('what the operator got wrong is one sentence that says what to do', () => {
  test.each([
    ['nonsense', /^DATABASE_URL begins with postgres:\/\//],
    ['postgres://nobody@127.0.0.1:9/x', /^PostgreSQL does not answer \(.*ECONNREFUSED.*\)\. Check DATABASE_URL/],
  ])(
    'DATABASE_URL=%s',
    async (url, sentence) => {
      const { code, said } = await hub([], { DATABASE_URL: url });
      expect(code).toBe(1);
      expect(said).toMatch(sentence);
      expect(said.trim()).not.toContain('\n');
    },
    40_000,
  );

  test('an option whose value begins with a dash', () => {
    expect(() => optionsOf(['--grace', '-1'])).toThrow(
      /^Option '--grace' argument is ambiguous\. See: npm run hub -- --help$/,
    );
  });

  test.each([
    [{ code: 'EADDRNOTAVAIL', syscall: 'listen' }, /^"10\.9\.9\.9" is no address of this computer\./],
    [{ code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: '10.9.9.9' }, /^"10\.9\.9\.9" is no address of this/],
    [{ code: 'EADDRINUSE', syscall: 'listen' }, /in use.*--port/],
    [{ code: 'EACCES', syscall: 'listen' }, /above 1023.*--port/],
    [{ code: 'EEXIST', syscall: 'mkdir', path: '/srv/x' }, /^\/srv\/x is no folder.*--data/],
    [
      { code: '3D000', message: 'database "x" does not exist' },
      /^PostgreSQL says: database "x" does not exist\. Make it/,
    ],
  ])('%j', (error, sentence) => expect(sentenceOf(error, '10.9.9.9')).toMatch(sentence));

  test('a bug keeps its own words', () => {
    expect(sentenceOf(new TypeError('x is undefined'), '')).toBeNull();
    expect(sentenceOf({ code: '42P01', message: 'relation "x" does not exist' }, '')).toBeNull();
  });
});

test('hub processes that start together on one new folder have one key', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lanbook-keys-'));
  const all = await Promise.all(Array.from({ length: 5 }, () => identityIn(folder)));
  const next = await identityIn(folder);
  expect(new Set([next, ...all].map(({ cert, key }) => pinOf(cert) + key.trim())).size).toBe(1);
  expect(readdirSync(folder)).toEqual(['hub-key.pem']);
  rmSync(folder, { recursive: true });
});
