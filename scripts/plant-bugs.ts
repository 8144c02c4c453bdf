/**
 * `node scripts/plant-bugs.ts [WORD]`: plants each bug of planted-bugs.ts (or those whose name holds the word) in a copy of this tree and
 * runs the test that must notice. Ends with a table; a bug that lives through its test makes the exit code 1.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planted, type Planted } from './planted-bugs.ts';

const root = join(import.meta.dirname, '..');
/** Random histories at most (sync.md section 3), and the time they may take, ms. */
const RUNS = '2000';
const MOST_MS = 150_000;

function copyTree(): string {
  const tree = mkdtempSync(join(tmpdir(), 'lanbook-planted-'));
  for (const name of [
    'shared',
    'main',
    'hub',
    'renderer',
    'preload',
    'scripts',
    'test',
    'package.json',
    'tsconfig.json',
  ])
    cpSync(join(root, name), join(tree, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  return tree;
}

/** What is asked of Jest, as one word. */
const askedOf = ({ test, named = '' }: Planted): string => `${test} ${named}`.trim();
/** The tests as they are, without a bug, and briefly: what fails already notices nothing. */
const isSound = (tree: string, asked: Planted): boolean => run(tree, asked, '20', '2').status === 0;

function run(
  tree: string,
  { test, named }: Pick<Planted, 'test' | 'named'>,
  runs: string,
  kills = '8',
): ReturnType<typeof spawnSync> {
  const filter = named ? ['-t', named] : [];
  return spawnSync(
    process.execPath,
    ['node_modules/jest/bin/jest.js', '--rootDir', tree, '--forceExit', '--bail', test, ...filter],
    {
      cwd: tree,
      stdio: 'ignore',
      timeout: MOST_MS,
      killSignal: 'SIGKILL',
      env: {
        ...process.env,
        LANBOOK_SYNC_RUNS: runs,
        LANBOOK_SYNC_KILLS: kills,
        LANBOOK_SYNC_SHRINK: '0',
        LANBOOK_NO_SKIP: '1',
      },
    },
  );
}

type Outcome = 'caught' | 'LIVES' | 'NO TIME';
function plant(tree: string, { file, find, replace, ...what }: Planted): Outcome {
  const path = join(tree, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(find).length !== 2) throw new Error(`${file} does not hold once: ${find}`);
  // A function: `$` in the new text means itself.
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
  try {
    const { status, error } = run(tree, what, RUNS);
    if (error) return 'NO TIME';
    return status === 0 ? 'LIVES' : 'caught';
  } finally {
    writeFileSync(path, text);
  }
}

const word = process.argv[2] ?? '';
const tree = copyTree();
let lives = 0;
try {
  const chosen = planted.filter(({ name }) => name.includes(word));
  const different = [...new Map(chosen.map((bug) => [askedOf(bug), bug])).values()];
  const unsound = different.filter((bug) => !isSound(tree, bug)).map(askedOf);
  if (unsound.length > 0) {
    console.error(`These tests fail without any bug: ${unsound.join(', ')}`);
    lives += 1;
  }
  for (const bug of unsound.length > 0 ? [] : chosen) {
    const began = performance.now();
    const outcome = plant(tree, bug);
    if (outcome !== 'caught') lives += 1;
    console.log(`${outcome.padEnd(8)} ${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${bug.name}`);
  }
} finally {
  rmSync(tree, { recursive: true, force: true });
}
process.exit(lives === 0 ? 0 : 1);
