/** The whole Electron shell against a fake Electron: what it sets up, what it hands to whom, how it ends. */
import { resolve } from 'node:path';
import {
  fakeElectron,
  ownHome,
  settle,
  withElectron,
  type FakeElectron,
  type FakeOptions,
  type FakeUtilityProcess,
} from '../support/fake-electron.ts';

ownHome();
const { argv } = process;
afterEach(() => {
  process.argv = argv;
});

const launch = async (options: FakeOptions = {}, ...args: string[]): Promise<FakeElectron> => {
  const fake = fakeElectron(options);
  process.argv = ['lanbook', '.', ...args];
  withElectron(fake, () => require('../../main/index.ts') as unknown);
  await fake.start();
  return fake;
};
const say = (child: FakeUtilityProcess, message: object): boolean => child.emit('message', message);
const running = async (options: FakeOptions = {}): Promise<FakeElectron> => {
  const fake = await launch(options, '--data=/tmp/notebook');
  say(fake.processes[0]!, { type: 'started' });
  fake.windows[0]!.webContents.emit('dom-ready');
  return fake;
};

describe('start', () => {
  test('what must come before ready comes before ready, the lock last', async () => {
    const { log, schemes } = await launch();
    const early = log.slice(0, log.indexOf('requestSingleInstanceLock') + 1).map((line) => line.split(' ')[0]);
    expect(early).toStrictEqual([
      'enableSandbox',
      'registerSchemesAsPrivileged',
      'setPath',
      'requestSingleInstanceLock',
    ]);
    expect(schemes).toStrictEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });

  test('a second instance of the same notebook leaves without a trace', async () => {
    const { log, processes, windows } = await launch({ hasLock: false });
    expect([log.at(-1), processes.length, windows.length]).toStrictEqual(['quit', 0, 0]);
  });

  test('another data folder has a profile, and so a lock, of its own', async () => {
    const profile = async (...args: string[]): Promise<string> =>
      (await launch({}, ...args)).log.find((line) => line.startsWith('setPath'))!;
    const [standard, a, b, aAgain] = [
      await profile(),
      await profile('--data=/tmp/a'),
      await profile('--data=/tmp/b'),
      await profile('--data', '/tmp/a'),
    ];
    expect(new Set([standard, a, b]).size).toBe(3);
    expect(aAgain).toBe(a);
  });

  test('the engine gets the data folder, and only then is there a window', async () => {
    const fake = await launch({}, '--data=/tmp/notebook');
    expect(fake.processes.map(({ script }) => script)).toStrictEqual([resolve('main/engine.cjs')]);
    expect(fake.processes[0]!.said[0]!.message).toStrictEqual({ type: 'start', dataDir: resolve('/tmp/notebook') });
    expect(fake.windows).toHaveLength(0);
    say(fake.processes[0]!, { type: 'started' });
    expect(fake.windows.map(({ webContents }) => webContents.url)).toStrictEqual(['app://bundle/']);
  });

  test('the engine asks for the keyring, and is told what it made of the key', async () => {
    const fake = await running({ keyring: 'v11' });
    const [engine] = fake.processes;
    say(engine!, { type: 'keyring', id: 4, action: 'wrap', bytes: Buffer.alloc(32) });
    for (let turn = 0; turn < 5; turn++) await settle();
    const answer = engine!.said.at(-1)!.message as unknown as { type: string; id: number; bytes: Uint8Array };
    expect([answer.type, answer.id, Buffer.from(answer.bytes).subarray(0, 3).toString()]).toStrictEqual([
      'keyring',
      4,
      'v11',
    ]);
  });

  test.each([
    ['zh-CN', '数据文件夹正被另一个网管手账使用'],
    ['en-US', 'in use by another Lanbook'],
  ])('a folder that is in use is said in one sentence (%s), then it is over', async (locale, sentence) => {
    const fake = await launch({ locale });
    say(fake.processes[0]!, { type: 'refused', code: 'folder_in_use', params: { dir: '/data' } });
    await settle();
    expect(fake.dialogs).toHaveLength(1);
    expect(fake.dialogs[0]!.message).toContain(sentence);
    expect(fake.dialogs[0]!.message).toContain('/data');
    expect(fake.windows).toHaveLength(0);
    expect(fake.log).toContain('quit held');
  });
});

describe('the window', () => {
  test('is sandboxed, isolated, and can load nothing foreign', async () => {
    const [window] = (await running()).windows;
    expect(window!.options.webPreferences).toStrictEqual({
      preload: resolve('preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    });
    expect((await running({ isPackaged: false })).windows[0]!.options.webPreferences).toMatchObject({ devTools: true });
  });

  test('is shown when there is something to see, and comes to the front when Lanbook is started again', async () => {
    const fake = await running();
    const window = fake.windows[0]!;
    expect(window.shown).toBe(false);
    window.emit('ready-to-show');
    expect(window.shown).toBe(true);
    fake.app.emit('second-instance', {}, ['lanbook', '--data=/evil']);
    expect([window.focused, fake.windows.length]).toStrictEqual([true, 1]);
  });

  test('loads a fresh page when its renderer crashed, not when it was closed', async () => {
    const { webContents } = (await running()).windows[0]!;
    webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(webContents.reloads).toBe(0);
    webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(webContents.reloads).toBe(1);
  });
});

describe('the port', () => {
  test('one end goes to the window, the other to the engine, again after each load', async () => {
    const fake = await running();
    const { received } = fake.windows[0]!.webContents;
    fake.windows[0]!.webContents.emit('dom-ready');
    const handed = fake.processes[0]!.said.filter(({ message }) => message.type === 'window');
    expect(received.map(({ channel }) => channel)).toStrictEqual(handed.map(() => 'lanbook-port'));
    received.forEach(({ ports }, index) => expect(handed[index]!.ports[0]!.other).toBe(ports[0]));
    expect(new Set(received.map(({ ports }) => ports[0])).size).toBe(received.length);
  });

  test.each(['https://evil.test/', 'about:blank', 'data:text/html,x', 'app://other/', 'file:///etc/passwd', ''])(
    'a window that somehow shows %j gets none',
    async (url) => {
      const { webContents } = (await running()).windows[0]!;
      const before = webContents.received.length;
      webContents.url = url;
      webContents.emit('dom-ready');
      expect(webContents.received).toHaveLength(before);
    },
  );
});

describe('the engine', () => {
  test('that fails is started again, and every window gets a new port', async () => {
    const fake = await running();
    const { received } = fake.windows[0]!.webContents;
    const before = received.length;
    fake.processes[0]!.end(70);
    expect(fake.processes).toHaveLength(2);
    fake.windows[0]!.webContents.emit('dom-ready');
    expect(received).toHaveLength(before);
    say(fake.processes[1]!, { type: 'started' });
    expect(received).toHaveLength(before + 1);
    expect(fake.windows).toHaveLength(1);
  });

  test('that fails three times in a minute is left alone, with a sentence', async () => {
    const fake = await running();
    for (const turn of [0, 1, 2]) fake.processes[turn]!.end(70);
    await settle();
    expect(fake.processes).toHaveLength(3);
    expect(fake.dialogs[0]!.message).toContain('已保存的数据都在');
  });

  test('asks for helpers by number: a process with little memory, and a port to each of the two', async () => {
    const fake = await running();
    const [engine] = fake.processes;
    say(engine!, { type: 'spawn-helper', id: 7, name: 'sheets' });
    const helper = fake.processes[1]!;
    expect([helper.script, helper.options.execArgv]).toStrictEqual([
      resolve('main/sheets.cjs'),
      ['--max-old-space-size=768'],
    ]);
    const answer = engine!.said.at(-1)!;
    expect(answer.message).toStrictEqual({ type: 'helper', id: 7 });
    expect(answer.ports[0]!.other).toBe(helper.said[0]!.ports[0]);
    say(engine!, { type: 'kill-helper', id: 7 });
    expect(helper.killed).toBe(true);
    expect(engine!.said.at(-1)!.message).toStrictEqual({ type: 'helper-exit', id: 7, code: 0 });
    say(engine!, { type: 'kill-helper', id: 99 });
  });

  test('takes its helpers with it', async () => {
    const fake = await running();
    say(fake.processes[0]!, { type: 'spawn-helper', id: 1, name: 'sheets' });
    fake.processes[0]!.end(70);
    expect(fake.processes[1]!.killed).toBe(true);
  });
});

describe('the end', () => {
  test('waits until the engine has closed', async () => {
    const fake = await running();
    fake.app.emit('window-all-closed');
    expect(fake.log.at(-1)).toBe(process.platform === 'darwin' ? 'utilityProcess.fork' : 'quit held');
    fake.module.app.quit();
    expect(fake.processes[0]!.types()).toContain('close');
    say(fake.processes[0]!, { type: 'closed' });
    await settle();
    expect([fake.processes[0]!.killed, fake.log.at(-1), fake.processes.length]).toStrictEqual([true, 'quit', 1]);
  });

  test('does not wait for an engine that hangs', async () => {
    const fake = await running();
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    fake.module.app.quit();
    jest.advanceTimersByTime(5000);
    jest.useRealTimers();
    await settle();
    expect(fake.log.at(-1)).toBe('quit');
  });
});
