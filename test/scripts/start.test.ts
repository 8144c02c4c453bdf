/** The start command as a user runs it: what it prints, what it keeps to itself, and its one sentence when it cannot. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale, root } from '../../scripts/build.ts';

let folder: string;
const children: ChildProcess[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lanbook-start-'));
});
afterAll(async () => {
  for (const child of children) {
    if (child.exitCode !== null) continue;
    child.kill();
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true });
});

const args = ['--require', './scripts/node-24.cjs', 'scripts/start.ts'];
/** Runs until it ends. */
const run = (...options: string[]): { status: number | null; said: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, ...options], {
    cwd: root,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, said: stdout + stderr };
};
/** Runs until it says that it is ready. */
const start = (...options: string[]): Promise<{ child: ChildProcess; said: string }> => startIn({}, ...options);
const startIn = async (
  env: NodeJS.ProcessEnv,
  ...options: string[]
): Promise<{ child: ChildProcess; said: string }> => {
  const child = spawn(process.execPath, [...args, ...options], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk as Buffer);
    if (said.includes('is ready')) break;
  }
  return { child, said };
};

const readIfThere = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

describe('the command', () => {
  beforeAll(() => buildIfStale(), 60_000);

  test('prints the link on a line of its own, and keeps the code out of every command line', async () => {
    const { child, said } = await start(
      '--host',
      'browser',
      '--no-open',
      '--port',
      '0',
      '--data',
      join(folder, 'data'),
    );
    const line = said.split('\n').find((each) => each.startsWith('Lanbook is ready'));
    expect(line).toMatch(/^Lanbook is ready: http:\/\/127\.0\.0\.1:\d+\/#c=[\w-]{22}$/);
    if (process.platform === 'linux') {
      const code = line!.split('#c=')[1]!;
      const commandLines = readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/cmdline`))
        .map((name) => readIfThere(`/proc/${name}/cmdline`));
      expect(commandLines.some((text) => text.includes('scripts/start.ts'))).toBe(true);
      expect(commandLines.filter((text) => text.includes(code))).toStrictEqual([]);
    }
    expect((await fetch(line!.split(' ').at(-1)!)).status).toBe(200);
    child.kill();
    // Windows has no signals: there it is ended, not asked to end.
    expect(await once(child, 'exit')).toStrictEqual(process.platform === 'win32' ? [null, 'SIGTERM'] : [0, null]);
  });
  const electronThat = (name: string, script: string): NodeJS.ProcessEnv => {
    const dist = join(folder, name);
    mkdirSync(dist);
    writeFileSync(join(dist, 'electron'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return { ELECTRON_OVERRIDE_DIST_PATH: dist, DISPLAY: ':0', ELECTRON_RUN_AS_NODE: '1' };
  };
  const onLinux = process.platform === 'linux' ? test : test.skip;

  onLinux('opens Electron on the data folder and ends with it', async () => {
    const env = electronThat('good', `echo "$@" "run as node: $ELECTRON_RUN_AS_NODE"`);
    const { said, child } = await startIn(env, '--data', join(folder, 'desktop'), '--lang', 'en-US');
    expect(said).toBe(`${root} --data=${join(folder, 'desktop')} --lang=en-US run as node: \n`);
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(0);
  });

  onLinux('says so when Electron does not start, and opens the browser host', async () => {
    const data = ['--no-open', '--data', join(folder, 'fallback'), '--lang', 'zh-CN'];
    const { said } = await startIn(electronThat('broken', 'exit 7'), ...data);
    expect(said).toMatch(/^Electron 没能启动（退出码 7），已改为在浏览器中打开网管手账。\nLanbook is ready: http/);
  });

  onLinux('says so when there is no screen', async () => {
    const { said } = await startIn(
      { DISPLAY: '', WAYLAND_DISPLAY: '' },
      '--no-open',
      '--data',
      join(folder, 'no-screen'),
      '--lang',
      'en-US',
    );
    expect(said).toMatch(/^There is no screen here.*\nLanbook is ready: http/);
  });

  test('a folder in use, a folder that is a file, a port that is taken: one sentence each, and exit code 1', async () => {
    const data = join(folder, 'busy');
    await start('--host', 'browser', '--no-open', '--data', data, '--lang', 'zh-CN');
    const browser = ['--host', 'browser', '--no-open', '--lang', 'zh-CN'];
    expect(run(...browser, '--data', data)).toMatchObject({
      status: 1,
      said: expect.stringContaining('正被另一个网管手账使用') as string,
    });
    writeFileSync(join(folder, 'file'), '');
    expect(run(...browser, '--data', join(folder, 'file'))).toMatchObject({
      status: 1,
      said: expect.not.stringContaining('    at ') as string,
    });
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    expect(run(...browser, '--data', join(folder, 'free'), '--port', String(port))).toStrictEqual({
      status: 1,
      said: `端口 ${port} 已被别的程序占用，请换一个端口，或用 --port 0 自动选择。\n`,
    });
    taken.close();
  });
});

test.each([['--host', 'web'], ['--port', '70000'], ['--port', 'x'], ['--lang', 'fr'], ['--nonsense'], ['stray']])(
  'the option %s %s is named, with those there are',
  (...options: string[]) => {
    const { status, said } = run(...options);
    expect(status).toBe(1);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(said).toContain('--host electron|browser');
  },
);

test('an older Node is told what to do, before anything else can break', () => {
  const older =
    'Object.defineProperty(process.versions, "node", { value: "20.19.0" }); require("./scripts/node-24.cjs")';
  const said = (lang: string): string =>
    spawnSync(process.execPath, ['-e', older], { cwd: root, encoding: 'utf8', env: { ...process.env, LC_ALL: lang } })
      .stderr;
  expect(said('en_US.UTF-8')).toBe(
    'Lanbook needs Node 24 and this is 20.19.0; run npm ci in the project folder first (it brings Node 24), then start it through npm.\n',
  );
  expect(said('zh_CN.UTF-8')).toContain('网管手账需要 Node 24');
});

test('every command of package.json that runs a source goes through that gate', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const direct = Object.entries(scripts).filter(
    ([, command]) => /\bnode\b.*\.ts\b/.test(command) && !command.startsWith('node --require ./scripts/node-24.cjs '),
  );
  expect(direct).toStrictEqual([]);
  expect(scripts.pretest).toBe('node scripts/node-24.cjs');
});

describe('opening the browser', () => {
  test('goes by a file that only this user can read, and the code is in no argument', async () => {
    const { openInBrowser } = await import('../../main/browser/open.ts');
    const seen = join(folder, 'seen.json');
    const spy = join(folder, 'browser.cjs');
    writeFileSync(
      spy,
      `const fs = require('node:fs'); const file = new URL(process.argv[2]); const mode = (path) => (fs.statSync(path).mode & 0o777).toString(8);
       fs.writeFileSync(${JSON.stringify(seen)} + '.new', JSON.stringify({ args: process.argv, text: fs.readFileSync(file, 'utf8'), file: mode(file), folder: mode(new URL('.', file)) }));
       fs.renameSync(${JSON.stringify(seen)} + '.new', ${JSON.stringify(seen)});`,
    );
    await openInBrowser('http://127.0.0.1:1/#c=SECRETSECRETSECRETSECR', [process.execPath, spy]);
    while (!existsSync(seen)) await new Promise((resolve) => setTimeout(resolve, 20));
    const {
      args: given,
      text,
      ...modes
    } = JSON.parse(readFileSync(seen, 'utf8')) as { args: string[]; text: string; file: string; folder: string };
    expect(text).toContain('location.replace("http://127.0.0.1:1/#c=SECRETSECRETSECRETSECR")');
    expect(given.join(' ')).not.toContain('SECRET');
    if (process.platform !== 'win32') expect(modes).toStrictEqual({ file: '600', folder: '700' });
  });
});

describe('the Electron runtime', () => {
  const install = (script: string): string => {
    const electron = mkdtempSync(join(folder, 'electron-'));
    writeFileSync(join(electron, 'package.json'), '{"version":"45.4.1"}');
    writeFileSync(join(electron, 'install.js'), script);
    return electron;
  };
  const works = `const fs = require('node:fs'); fs.mkdirSync(__dirname + '/dist'); fs.writeFileSync(__dirname + '/dist/electron', '');
    fs.writeFileSync(__dirname + '/dist/version', 'v45.4.1'); fs.writeFileSync(__dirname + '/path.txt', 'electron');`;
  const nowhere = { ELECTRON_MIRROR: 'http://127.0.0.1:9/' };
  const patience = { reached: 500, fromCache: 1000, downloaded: 5000 };

  test('is found only when its program is there and of the right version', async () => {
    const { findElectron } = await import('../../scripts/electron-runtime.ts');
    const electron = install('');
    expect(findElectron(electron, {})).toBeNull();
    mkdirSync(join(electron, 'dist'));
    writeFileSync(join(electron, 'path.txt'), 'electron');
    writeFileSync(join(electron, 'dist/version'), 'v44.0.0');
    expect(findElectron(electron, {})).toBeNull();
    writeFileSync(join(electron, 'dist/electron'), '');
    expect(findElectron(electron, {})).toBeNull();
    writeFileSync(join(electron, 'dist/version'), '45.4.1');
    chmodSync(join(electron, 'dist/electron'), 0o755);
    expect(findElectron(electron, {})).toBe(join(electron, 'dist/electron'));
  });

  test('comes from the installer, also without a network when its cache has it', async () => {
    const { fetchElectron } = await import('../../scripts/electron-runtime.ts');
    expect(await fetchElectron(install(works), { ...process.env, ...nowhere }, patience)).toBe(true);
  });

  test.each([
    ['that fails', 'process.exit(1)'],
    ['that hangs', 'setInterval(() => {}, 1000)'],
  ])('is given up soon with an installer %s and no server', async (_name, script) => {
    const { fetchElectron } = await import('../../scripts/electron-runtime.ts');
    const began = performance.now();
    expect(await fetchElectron(install(script), { ...process.env, ...nowhere }, patience)).toBe(false);
    expect(performance.now() - began).toBeLessThan(4000);
  });
});
