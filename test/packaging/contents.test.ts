/** What electron-builder packs, with a stand-in for Electron itself: nothing missing, nothing that does not belong there. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { buildIfStale, root } from '../../scripts/build.ts';
import { missing, type Lock } from '../../scripts/complete-lock.ts';
import { makeStandIn } from './stand-in.ts';

const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
  version: string;
};
const targets = [
  { platform: 'linux', unpacked: 'linux-unpacked', program: 'lanbook', prebuild: 'linux-x64.node' },
  { platform: 'win', unpacked: 'win-unpacked', program: 'Lanbook.exe', prebuild: 'win32-x64.node' },
] as const;
/** As the bytes stand in the program. */
const [OFF, ON] = ['0'.charCodeAt(0), '1'.charCodeAt(0)];
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lanbook-package-'));
  await buildIfStale();
  for (const { platform } of targets) {
    makeStandIn(join(folder, platform, 'electron'), platform, version);
    const options = [
      `-c.electronDist=${join(folder, platform, 'electron')}`,
      `-c.directories.output=${join(folder, platform)}`,
    ];
    const builder = join(root, 'node_modules/electron-builder/cli.js');
    execFileSync(process.execPath, [builder, `--${platform}`, 'dir', '--x64', '--publish', 'never', ...options], {
      cwd: root,
      stdio: 'pipe',
    });
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(targets)('the package for $platform', ({ platform, unpacked, program, prebuild }) => {
  const place = (...parts: string[]): string => join(folder, platform, unpacked, ...parts);
  const archive = (): string[] =>
    listPackage(place('resources', 'app.asar'), { isPack: false }).map((file) => file.replaceAll('\\', '/'));

  test('holds the built program, its assets and one library, and no source, map or test', () => {
    const tops = new Set(archive().map((file) => file.split('/').slice(1, 3).join('/')));
    expect([...tops].toSorted()).toStrictEqual(
      [
        'assets',
        'assets/icon.png',
        'assets/oui',
        'node_modules',
        'node_modules/better-sqlite3',
        'out',
        'out/main',
        'out/preload',
        'out/renderer',
        'package.json',
      ].toSorted(),
    );
    expect(archive()).toStrictEqual(
      expect.arrayContaining([
        '/out/main/index.cjs',
        '/out/main/engine.cjs',
        '/out/main/sheets.cjs',
        '/out/preload/index.cjs',
        '/out/renderer/index.html',
        '/assets/oui/oui.tsv',
      ]),
    );
    expect(archive().filter((file) => /\.(ts|tsx|map|md|env)$/.test(file))).toStrictEqual([]);
  });

  test('brings the native library of its own system only, outside the archive', () => {
    expect(readdirSync(place('resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds'))).toStrictEqual([
      prebuild,
    ]);
    expect(archive().filter((file) => file.endsWith('.node'))).toHaveLength(1);
  });

  test('speaks Chinese and English', () => {
    expect(readdirSync(place('locales')).toSorted()).toStrictEqual(['en-US.pak', 'zh-CN.pak']);
  });

  test('has its fuses set', async () => {
    const fuses = await getCurrentFuseWire(place(program));
    expect(fuses).toMatchObject({
      [FuseV1Options.RunAsNode]: OFF,
      [FuseV1Options.EnableCookieEncryption]: ON,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: OFF,
      [FuseV1Options.EnableNodeCliInspectArguments]: OFF,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ON,
      [FuseV1Options.OnlyLoadAppFromAsar]: ON,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: OFF,
    });
  });
});

test('the lock names the packages of every system, without which npm ci refuses it: node scripts/complete-lock.ts adds them', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  expect(missing(lock).map(({ name }) => name)).toStrictEqual([]);
  expect(missing({ packages: { '': { version: '1.0.0', optionalDependencies: { a: '1.0.0' } } } })).toHaveLength(1);
});

test('the version it is built for is the one installed', () => {
  expect(readFileSync(join(root, 'electron-builder.yml'), 'utf8')).toContain(`electronVersion: ${version}\n`);
});

test('the packed preload requires electron and nothing else', () => {
  const preload = readFileSync(join(root, 'out/preload/index.cjs'), 'utf8');
  expect([...preload.matchAll(/require\(([^)]*)\)/g)].map(([, name]) => name)).toStrictEqual(['"electron"']);
});

test('the packed engine starts, answers a window, reads a file in a helper of its own, and closes', () => {
  const application = join(folder, 'unpacked');
  extractAll(join(folder, 'linux/linux-unpacked/resources/app.asar'), application);
  const answer = execFileSync(
    process.execPath,
    [join(__dirname, 'run-engine.cjs'), application, join(folder, 'data')],
    { timeout: 30_000 },
  );
  expect(JSON.parse(answer.toString())).toMatchObject({
    state: { setup: null, incarnation: expect.any(String) as string },
    last: { is: 'ready', preview: { format: 'csv', encoding: 'utf-8' } },
    helpers: 1,
  });
  expect(existsSync(join(folder, 'data', 'lanbook.db'))).toBe(true);
});
