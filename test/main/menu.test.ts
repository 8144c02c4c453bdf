/** The menu in both languages, and the native extras behind it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { wordsIn } from '../../main/words.ts';
import { fakeElectron, ownHome, settle, withElectron, type FakeElectron } from '../support/fake-electron.ts';

const folder = mkdtempSync(join(tmpdir(), 'lanbook-menu-'));
ownHome();
const { argv } = process;
afterAll(() => {
  process.argv = argv;
  rmSync(folder, { recursive: true });
});

type Item = MenuItemConstructorOptions;
const items = (template: Item[]): Item[] =>
  template.flatMap((item) => [item, ...items((item.submenu ?? []) as Item[])]);
const running = async (options: Parameters<typeof fakeElectron>[0] = {}): Promise<FakeElectron> => {
  const fake = fakeElectron(options);
  process.argv = ['lanbook', '.', `--data=${folder}`];
  withElectron(fake, () => require('../../main/index.ts') as unknown);
  await fake.start();
  fake.processes[0]!.emit('message', { type: 'started' });
  return fake;
};
const menuOf = (fake: FakeElectron): Item[] => items(fake.menu() as Item[]);
const choose = async (fake: FakeElectron, label: string): Promise<void> => {
  const item = menuOf(fake).find((each) => each.label === label);
  (item!.click as unknown as () => void)();
  await settle();
  await new Promise((resolve) => setTimeout(resolve, 50));
};

test.each([true, false])('every item is named in both languages, on macOS too (%s)', (isMac) => {
  const fake = fakeElectron({ isPackaged: false });
  const { menuTemplate } = withElectron(
    fake,
    () => require('../../main/menu.ts') as typeof import('../../main/menu.ts'),
  );
  const none = { newWindow: jest.fn(), savePdf: jest.fn(), print: jest.fn(), openDataFolder: jest.fn() };
  const named = (language: 'zh-CN' | 'en-US'): string[] =>
    items(menuTemplate(wordsIn(language), none, isMac))
      .filter((item) => item.type !== 'separator')
      .map((item) => item.label!);
  const [zh, en] = [named('zh-CN'), named('en-US')];
  expect(zh.filter((label) => !/\p{Script=Han}/u.test(label) && label !== 'Lanbook')).toStrictEqual([]);
  expect(en.filter((label) => /\p{Script=Han}/u.test(label))).toStrictEqual([]);
  expect(zh).toHaveLength(en.length);
});

test('it takes no shortcut of the page, and offers developer tools only to developers', async () => {
  const taken = menuOf(await running())
    .map((item) => item.accelerator)
    .filter(Boolean);
  expect(taken).toStrictEqual(['CmdOrCtrl+Shift+N', 'CmdOrCtrl+P']);
  const labels = async (isPackaged: boolean): Promise<unknown[]> =>
    menuOf(await running({ isPackaged })).map((item) => item.role);
  expect(await labels(true)).not.toContain('toggleDevTools');
  expect(await labels(false)).toContain('toggleDevTools');
});

test('it follows the language of the notebook', async () => {
  const fake = await running({ locale: 'zh-CN' });
  expect(menuOf(fake).map((item) => item.label)).toContain('文件');
  fake.processes[0]!.emit('message', { type: 'language', language: 'en-US' });
  expect(menuOf(fake).map((item) => item.label)).toContain('File');
});

test('a new window gets a port of its own; only the first remembers its place', async () => {
  const fake = await running();
  await choose(fake, '新建窗口');
  expect(fake.windows.map(({ options }) => 'windowStatePersistence' in options)).toStrictEqual([true, false]);
});

test('the data folder is the one thing it opens outside', async () => {
  const fake = await running();
  await choose(fake, '打开数据文件夹');
  expect(fake.opened).toStrictEqual([folder]);
});

test('a PDF is A4 with its colours, where the user said', async () => {
  const savePath = join(folder, 'list.pdf');
  const fake = await running({ savePath });
  await choose(fake, '另存为 PDF…');
  expect(fake.windows[0]!.webContents.printed).toStrictEqual([
    { pageSize: 'A4', printBackground: true, preferCSSPageSize: true },
  ]);
  expect(readFileSync(savePath, 'utf8')).toBe('%PDF-1.7');
});

test('a PDF that cannot be written is told in a sentence, and a cancelled one is not made', async () => {
  const failing = await running({ savePath: join(folder, 'missing', 'list.pdf') });
  await choose(failing, '另存为 PDF…');
  expect(failing.dialogs[0]!.message).toContain('PDF 没有保存成功');
  const cancelled = await running();
  await choose(cancelled, '另存为 PDF…');
  expect(cancelled.windows[0]!.webContents.printed).toStrictEqual([]);
});
