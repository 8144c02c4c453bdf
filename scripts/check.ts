/**
 * `npm run check`: everything a change must pass, the quick things first, and the tests last. It stops at the first that fails.
 * `--results FOLDER` keeps what the tests gave as JSON, a file for each part.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const rooms = ['shared', 'main', 'preload', 'renderer', 'hub', 'scripts', 'test'];
const { values } = parseArgs({ options: { results: { type: 'string' } } });

interface Step {
  name: string;
  /** Arguments of `node`. */
  command: string[];
  /** Of tests: what makes the same command run these files alone. */
  again?: (files: readonly string[]) => string[];
}

/** The script behind a package's command: npm's own links to it are shell scripts on Windows. */
const tool = (name: string, command = name): string => {
  const manifest = createRequire(import.meta.url).resolve(join(root, 'node_modules', name, 'package.json'));
  const { bin } = createRequire(import.meta.url)(manifest) as { bin: string | Record<string, string> };
  const script = typeof bin === 'string' ? bin : bin[command];
  if (!script) throw new Error(`${name} has no command ${command}`);
  return join(dirname(manifest), script);
};

const results = values.results ?? mkdtempSync(join(tmpdir(), 'lanbook-check-'));
const fileOf = (part: string): string => join(results, `${part}.json`);

/** A part of `npm test`, as README says it; outside npm the same through jest. */
const jest = (part: string, ...chosen: string[]): string[] => {
  const npm = process.env.npm_execpath;
  const kept = ['--json', `--outputFile=${fileOf(part)}`];
  return npm ? [npm, 'test', '--', ...chosen, ...kept] : [tool('jest'), ...chosen, ...kept];
};
const tests = (name: string, ...chosen: string[]): Step => ({
  name,
  command: jest(name, ...chosen),
  again: (files) =>
    jest(`${name}-again`, '--runInBand', '--testPathIgnorePatterns=/node_modules/', '--runTestsByPath', ...files),
});

const steps: Step[] = [
  { name: 'format', command: [tool('prettier'), '--cache', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: [tool('oxlint'), '--type-aware', '--quiet', ...rooms, 'electron.vite.config.ts'] },
  ...rooms.map((room) => ({ name: `types ${room}`, command: [tool('typescript', 'tsc'), '-p', room] })),
  { name: 'dead code', command: [tool('knip')] },
  // Windows, stores and laptops mostly wait for each other: two at a time, where jest on two processors would take one.
  tests('tests', '--maxWorkers=2', '--testPathIgnorePatterns=/node_modules/|/out/|/dist/|/test/sim/'),
  tests('histories', '--maxWorkers=2', 'test/sim'),
];

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
  success: boolean;
  testResults: { name: string; status: string }[];
}
/** More files than this do not fail because the machine was busy. */
const FEW = 5;

/**
 * Windows, sockets and processes on a busy machine: the few files that failed are run once more, alone. What fails again has failed. What passes is
 * named in the output, to be mended: it waits for something it should look for.
 */
function passesAgain(name: string, again: NonNullable<Step['again']>): boolean {
  if (!existsSync(fileOf(name))) return false;
  const first = JSON.parse(readFileSync(fileOf(name), 'utf8')) as Report;
  const failed = first.testResults.flatMap(({ name: file, status }) => (status === 'failed' ? [file] : []));
  if (failed.length === 0 || failed.length > FEW) return false;
  console.log(`\n> ${name}: ${failed.length} files failed, once more alone`);
  const { status } = spawnSync(process.execPath, again(failed), { cwd: root, stdio: 'inherit' });
  rmSync(fileOf(`${name}-again`), { force: true });
  if (status !== 0) return false;
  for (const file of failed) console.log(`UNSTEADY ${relative(root, file)}: failed among all, passed alone`);
  const passed = first.numPassedTests + first.numFailedTests;
  const told = { ...first, numPassedTests: passed, numFailedTests: 0, numRuntimeErrorTestSuites: 0, success: true };
  writeFileSync(fileOf(name), JSON.stringify(told));
  return true;
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const began = performance.now();
for (const { name, command, again } of steps) {
  console.log(`\n> ${name}`);
  const started = performance.now();
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  const ok = status === 0 || (again !== undefined && passesAgain(name, again));
  console.log(`> ${name}: ${ok ? 'passed' : 'failed'} (${seconds(started)})`);
  if (!ok) process.exit(1);
}
console.log(`\nEverything passed (${seconds(began)}).`);
