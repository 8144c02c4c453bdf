/** The law of the house (design.md §1): who may import whom, and what is written nowhere. Each wall says what to do instead. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { cycles, readSources, root, rooms, type Import, type Source } from './support/sources.ts';

const sources = readSources();
const roomOf = (path: string): string => path.split('/', 1)[0]!;
const isNode = ({ specifier }: Import): boolean => specifier.startsWith('node:');
const isPackage = ({ target }: Import): boolean => target === null;
const is =
  (...names: string[]) =>
  ({ specifier }: Import): boolean =>
    names.some((name) => specifier === name || specifier.startsWith(`${name}/`));
const leadsTo =
  (...folders: string[]) =>
  ({ target }: Import): boolean =>
    folders.some((folder) => target?.startsWith(`${folder}/`));

/** Packages that need neither Node nor a page. */
const speaksEverywhere = is('zod', '@orpc/contract', 'i18next', 'node-diff3');

/** The hosts and the command line start the engine; everything else of main/ outside engine/ is the Electron shell. */
const startsEngine = (path: string): boolean => /^main\/(browser|cli)(\.ts$|\/)/.test(path);
const isEngine = (path: string): boolean => path.startsWith('main/engine/');
const isShell = (path: string): boolean => roomOf(path) === 'main' && !isEngine(path) && !startsEngine(path);
const isFeature = (path: string): boolean => path.startsWith('main/engine/features/');

interface Wall {
  files: (path: string) => boolean;
  /** What may not be imported there. */
  not: (imported: Import, from: string) => boolean;
  instead: string;
}
const walls: Wall[] = [
  {
    files: (path) => roomOf(path) === 'shared',
    not: (imported) =>
      (isPackage(imported) && !speaksEverywhere(imported)) ||
      leadsTo('main', 'preload', 'renderer', 'hub', 'scripts', 'test')(imported),
    instead:
      'shared/ is spoken by every room and runs nowhere: pass what it needs in as an argument, or move the file to the room that has it.',
  },
  {
    files: isShell,
    not: (imported) =>
      leadsTo('main/engine', 'main/browser', 'main/cli')(imported) ||
      is('better-sqlite3', 'react')(imported) ||
      leadsTo('renderer', 'hub', 'scripts')(imported),
    instead:
      'The Electron shell knows only the built path of the engine: say it with a message of main/engine-wire.ts.',
  },
  {
    files: (path) => !isShell(path) && roomOf(path) !== 'preload',
    not: (imported) => is('electron')(imported) && !imported.isType,
    instead:
      'Only the shell and the preload run inside Electron: take what you need as a port (Ports of main/engine/engine.ts), or use `import type`.',
  },
  {
    files: isEngine,
    not: (imported) =>
      is('electron', 'react', 'antd')(imported) || leadsTo('renderer', 'hub', 'preload', 'scripts', 'test')(imported),
    instead: 'The engine is plain Node and knows no host and no screen: what both need belongs in shared/.',
  },
  {
    files: (path) => isEngine(path) && !isFeature(path) && basename(path) !== 'router.ts',
    not: leadsTo('main/engine/features'),
    instead:
      'Only router.ts composes features: let the feature call the kernel, or move the shared part into the kernel.',
  },
  {
    files: (path) => roomOf(path) === 'preload',
    not: (imported) => !is('electron')(imported) && !leadsTo('shared')(imported),
    instead:
      'A sandboxed preload can require nothing but electron: it hands over a port, the rest is done in main/ or renderer/.',
  },
  {
    files: (path) => roomOf(path) === 'renderer',
    not: (imported) =>
      isNode(imported) ||
      is('electron', 'better-sqlite3', '@orpc/server', 'pg')(imported) ||
      leadsTo('main', 'preload', 'hub', 'scripts', 'test')(imported),
    instead:
      'A window has no Node: call the engine through renderer/rpc.ts, and keep rules that both need in shared/features/.',
  },
  {
    files: (path) => roomOf(path) === 'hub',
    not: (imported) =>
      is('electron', 'react', 'antd', 'better-sqlite3')(imported) ||
      leadsTo('main', 'renderer', 'preload', 'scripts', 'test')(imported),
    instead: 'The hub is deployed alone: wire, merge, ids and record declarations come from shared/.',
  },
  {
    files: (path) => roomOf(path) !== 'test',
    not: (imported) => leadsTo('test')(imported) || is('@jest/globals', 'fast-check')(imported),
    instead: 'The product does not know its tests: move the helper into the room that uses it.',
  },
  {
    files: (path) => !['scripts', 'test'].includes(roomOf(path)),
    not: leadsTo('scripts'),
    instead: 'scripts/ is for people who build Lanbook, not part of it: move the function into the room that uses it.',
  },
];

test.each(walls)('$instead', ({ files, not, instead }) => {
  const under = sources.filter(({ path }) => files(path));
  const breaks = under.flatMap(({ path, imports }) =>
    imports.filter((imported) => not(imported, path)).map(({ specifier }) => `${path} imports ${specifier}`),
  );
  expect(breaks.map((each) => `${each}. ${instead}`)).toStrictEqual([]);
});

test('no file imports itself through others: put what both need into a third file', () => {
  expect(cycles(sources).map((ring) => ring.join(' > '))).toStrictEqual([]);
});

test('every relative import names a file that is there, with its extension: Node runs the sources as they are', () => {
  const known = new Set(sources.map(({ path }) => path));
  const missing = sources.flatMap(({ path, imports }) =>
    imports
      .filter(
        ({ target }) =>
          target !== null &&
          !known.has(target) &&
          !/\.(css|json|cjs|svg|png|d\.ts)$/.test(target) &&
          target !== 'package.json',
      )
      .map(({ specifier }) => `${path} imports ${specifier}`),
  );
  expect(missing).toStrictEqual([]);
});

test('named exports only: a name is found by search, a default is not', () => {
  expect(sources.filter(({ hasDefaultExport }) => hasDefaultExport).map(({ path }) => path)).toStrictEqual([]);
});

test('files and folders are named in kebab-case, a record type or feature alike in every room', () => {
  const odd = sources.filter(({ path }) => !path.split('/').every((part) => /^[a-z0-9]+([-_.][a-z0-9]+)*$/.test(part)));
  expect(odd.map(({ path }) => path)).toStrictEqual([]);
});

test('a file of much more than 300 lines becomes a folder of the same name', () => {
  const long = sources
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > 320);
  // A migration is written once and read as one; a test is one list of cases.
  expect(long.filter(({ path }) => roomOf(path) !== 'test' && !path.includes('/migrations/'))).toStrictEqual([]);
});

test('nothing new lies at the top without a reason', () => {
  const ignored = readFileSync(`${root}/.gitignore`, 'utf8')
    .split('\n')
    .map((line) => line.replace(/\/$/, ''));
  const settings = '.gitignore .oxlintrc.json .prettierignore knip.json tsconfig.json package.json package-lock.json';
  const others = '.git .ci .github assets docs README.md LICENSE electron-builder.yml electron.vite.config.ts';
  const allowed = new Set([...rooms, ...ignored, ...settings.split(' '), ...others.split(' ')]);
  expect(readdirSync(root).filter((entry) => !allowed.has(entry))).toStrictEqual([]);
});

/** Text that has one right place, or none. */
interface Ban {
  what: string;
  pattern: RegExp;
  in: (path: string) => boolean;
  instead: string;
}
const product = (path: string): boolean => !['test', 'scripts'].includes(roomOf(path));
const bans: Ban[] = [
  {
    what: 'windows',
    pattern: /new (BrowserWindow|WebContentsView|BaseWindow)\(/,
    in: (path) => path !== 'main/window.ts' && roomOf(path) !== 'test',
    instead: 'createWindow of main/window.ts: it is the sandboxed one',
  },
  { what: 'ipcMain', pattern: /\bipcMain\b/, in: product, instead: 'a call of the contract over the window’s port' },
  {
    what: 'openExternal and deep links',
    pattern: /openExternal|setAsDefaultProtocolClient/,
    in: product,
    instead: 'show the address with a copy button',
  },
  {
    what: 'markup from text',
    pattern: /innerHTML|outerHTML|dangerouslySetInnerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\b/,
    in: (path) => roomOf(path) === 'renderer',
    instead: 'React elements: names from the network are shown, never parsed',
  },
  {
    what: 'shells',
    pattern: /\bexec(Sync)?\((?!['"`]?BEGIN)['"`]|shell: *true/,
    in: (path) => product(path) && isEngine(path) && !path.includes('/migrations/'),
    instead: 'execFile or spawn with a list of arguments',
  },
  {
    what: 'db.backup and db.serialize',
    pattern: /\.(raw|db)\.(backup|serialize)\(/,
    in: product,
    instead: 'VACUUM INTO (security.md F5)',
  },
  {
    what: 'time',
    pattern: /\bDate\.now\(|new Date\(\)/,
    in: (path) => (roomOf(path) === 'shared' || isEngine(path)) && path !== 'main/engine/clock.ts',
    instead: 'engine.clock.now() passed in, so that a wrong laptop clock can be played',
  },
  {
    what: 'chance',
    pattern: /\bMath\.random\(/,
    in: (path) => roomOf(path) === 'shared' || isEngine(path),
    instead: 'a generator with a seed that is passed in',
  },
  {
    what: 'the origin of an address',
    pattern: /new URL\([^)]*\)\.origin/,
    in: (path) => roomOf(path) === 'main',
    instead: 'isOurs of main/our-url.ts: Node gives "null" for app://',
  },
  {
    what: 'unchecked types',
    pattern: /@ts-(ignore|nocheck|expect-error)|\bas any\b|: any\b/,
    in: () => true,
    instead: 'unknown and a check',
  },
];
test.each(bans)('$what: $instead', ({ pattern, in: applies }) => {
  const code = (source: Source): string => source.text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
  const found = sources.filter(
    (source) => source.path !== 'test/house.test.ts' && applies(source.path) && pattern.test(code(source)),
  );
  expect(found.map(({ path }) => path)).toStrictEqual([]);
});

test('the walls can be felt: each of them stops an import that breaks it', () => {
  const wrong: [string, string][] = [
    ['shared/x.ts', 'node:fs'],
    ['main/menu.ts', './engine/start.ts'],
    ['main/engine/x.ts', 'electron'],
    ['main/engine/x.ts', './features/assets.ts'],
    ['preload/index.ts', 'zod'],
    ['renderer/x.tsx', 'node:path'],
    ['hub/x.ts', 'react'],
    ['shared/y.ts', '../test/support/engine.ts'],
    ['hub/y.ts', '../scripts/build.ts'],
  ];
  for (const [path, specifier] of wrong) {
    const target = specifier.startsWith('.') ? new URL(specifier, `file:///${path}`).pathname.slice(1) : null;
    const stopped = walls.some(
      (wall) => wall.files(path) && wall.not({ specifier, target, isType: false, isLazy: false }, path),
    );
    expect([path, specifier, stopped]).toStrictEqual([path, specifier, true]);
  }
  expect(
    cycles([
      {
        path: 'a.ts',
        text: '',
        hasDefaultExport: false,
        imports: [{ specifier: './a.ts', target: 'a.ts', isType: true, isLazy: false }],
      },
    ]),
  ).toHaveLength(1);
});
