/** Builds out/ when it is older than what it is made of. Two starts at once build once. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';

export const root = join(import.meta.dirname, '..');
const stamp = join(root, 'out', '.built');
const lock = join(root, 'node_modules', '.cache', 'lanbook-build');
const sources = ['main', 'preload', 'renderer', 'shared', 'assets', 'electron.vite.config.ts', 'package-lock.json'];

const modified = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** The newest change under `path`, folders included, so that a removed file counts too. */
const newest = (path: string): number => {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return modified(path);
  const inside = readdirSync(path, { recursive: true, withFileTypes: true });
  return Math.max(modified(path), ...inside.map((entry) => modified(join(entry.parentPath, entry.name))));
};

export const isStale = (): boolean => {
  const built = modified(stamp);
  return built === 0 || sources.some((source) => newest(join(root, source)) > built);
};

/** Throws with the tool's own words if it fails. `onBuild` is called when there is something to do. */
export const buildIfStale = async (onBuild: () => void = () => undefined): Promise<void> => {
  if (!isStale()) return;
  onBuild();
  const release = await takeLock();
  try {
    if (!isStale()) return;
    const started = new Date();
    await electronVite();
    // The stamp says when the sources were read, not when the build ended: an edit in between must count.
    writeFileSync(stamp, '');
    utimesSync(stamp, started, started);
  } finally {
    release();
  }
};

const electronVite = async (): Promise<void> => {
  const manifest = createRequire(import.meta.url).resolve('electron-vite/package.json');
  const child = spawn(
    process.execPath,
    [join(dirname(manifest), 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject));
  if (code !== 0) throw new Error(stripVTControlCharacters(said).trim());
};

/** A folder is made or not made, never half: whoever made it builds. One left behind by a killed build is taken over. */
const takeLock = async (): Promise<() => void> => {
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
      return () => rmSync(lock, { recursive: true, force: true });
    } catch (error) {
      // By its code, not its class: in Jest the errors of Node's own modules are of another realm
      if (!(typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST')) throw error;
      if (!isHolderAlive()) rmSync(lock, { recursive: true, force: true });
      await wait(200);
    }
  }
};

const isHolderAlive = (): boolean => {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return true;
  } catch {
    // No pid yet is a builder that has just begun, unless it has been so for a while.
    return Date.now() - modified(lock) < 2000;
  }
};
