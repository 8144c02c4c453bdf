/**
 * `npm run check`: everything a change must pass, the quick things first, and the tests last. It stops at the first that fails.
 * `--results FOLDER` keeps what the tests gave as JSON, a file for each part.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const rooms = ['shared', 'main', 'preload', 'renderer', 'hub', 'scripts', 'test'];
const { values } = parseArgs({ options: { results: { type: 'string' } } });

interface Step {
  name: string;
  /** Arguments of `node`. */
  command: string[];
}

/** The script behind a package's command: npm's own links to it are shell scripts on Windows. */
const tool = (name: string, command = name): string => {
  const manifest = createRequire(import.meta.url).resolve(join(root, 'node_modules', name, 'package.json'));
  const { bin } = createRequire(import.meta.url)(manifest) as { bin: string | Record<string, string> };
  const script = typeof bin === 'string' ? bin : bin[command];
  if (!script) throw new Error(`${name} has no command ${command}`);
  return join(dirname(manifest), script);
};

/** A part of `npm test`, as README says it; outside npm the same through jest. */
const tests = (part: string, ...chosen: string[]): string[] => {
  const kept = values.results ? ['--json', `--outputFile=${join(values.results, `${part}.json`)}`] : [];
  const npm = process.env.npm_execpath;
  return npm ? [npm, 'test', '--', ...chosen, ...kept] : [tool('jest'), ...chosen, ...kept];
};

const steps: Step[] = [
  { name: 'format', command: [tool('prettier'), '--cache', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: [tool('oxlint'), '--type-aware', '--quiet', ...rooms, 'electron.vite.config.ts'] },
  ...rooms.map((room) => ({ name: `types ${room}`, command: [tool('typescript', 'tsc'), '-p', room] })),
  { name: 'dead code', command: [tool('knip')] },
  { name: 'tests', command: tests('tests', '--testPathIgnorePatterns=/node_modules/|/out/|/dist/|/test/sim/') },
  // Processes that mostly wait for each other, and no windows: two at a time take half as long.
  { name: 'histories', command: tests('histories', '--maxWorkers=2', 'test/sim') },
];

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const began = performance.now();
for (const { name, command } of steps) {
  console.log(`\n> ${name}`);
  const started = performance.now();
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  console.log(`> ${name}: ${status === 0 ? 'passed' : 'failed'} (${seconds(started)})`);
  if (status !== 0) process.exit(1);
}
console.log(`\nEverything passed (${seconds(began)}).`);
