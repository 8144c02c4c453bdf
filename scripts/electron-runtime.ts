/**
 * Finds the Electron runtime, or fetches it. The npm package brings none since Electron 42 and downloads it on first use,
 * so it is never imported here: importing it would start a download that nobody could bound or explain.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The mirror that answers inside China; named in the sentence, never used unasked. */
export const SUGGESTED_MIRROR = 'https://npmmirror.com/mirrors/electron/';
const GITHUB = 'https://github.com/electron/electron/releases/download/';

/** How long each part of a download may take, in ms. */
export interface Patience {
  /** A server that has not answered by then will not send 120 MB. */
  reached: number;
  /** Without a server, the installer may still unpack what an earlier download left in its cache. */
  fromCache: number;
  /** 120 MB at 200 KB/s. */
  downloaded: number;
}
const PATIENCE: Patience = { reached: 5000, fromCache: 10_000, downloaded: 10 * 60_000 };

const versionOf = (electron: string): string => {
  const manifest = JSON.parse(readFileSync(join(electron, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
};

/** The program to start, or null if it is not there or belongs to another version. */
export const findElectron = (electron: string, env = process.env): string | null => {
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  const read = (file: string): string | null => (existsSync(file) ? readFileSync(file, 'utf8').trim() : null);
  const program = read(join(electron, 'path.txt')) ?? (override ? defaultProgram() : null);
  const dist = override ?? join(electron, 'dist');
  if (program === null || !existsSync(join(dist, program))) return null;
  if (!override && read(join(dist, 'version'))?.replace(/^v/, '') !== versionOf(electron)) return null;
  return join(dist, program);
};

const defaultProgram = (): string => {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
};

/** Runs the package's own installer within bounds. True if the runtime is there afterwards. */
export const fetchElectron = async (electron: string, env = process.env, patience = PATIENCE): Promise<boolean> => {
  const child = spawn(process.execPath, [join(electron, 'install.js')], { env, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()).on('error', () => resolve()));
  const bound = new AbortController();
  const stopAfter = (ms: number): NodeJS.Timeout => setTimeout(() => child.kill(), ms);
  let timer = stopAfter(patience.fromCache);
  const giveMoreTime = (reachable: boolean): void => {
    if (!reachable || bound.signal.aborted) return;
    clearTimeout(timer);
    timer = stopAfter(patience.downloaded);
  };
  void isReachable(electron, env, patience.reached).then(giveMoreTime);
  await ended;
  bound.abort();
  clearTimeout(timer);
  return findElectron(electron, env) !== null;
};

/** Behind a proxy only the installer knows the way, so it is given the time. */
const isReachable = async (electron: string, env: NodeJS.ProcessEnv, within: number): Promise<boolean> => {
  if (env.ELECTRON_GET_USE_PROXY ?? env.HTTPS_PROXY ?? env.https_proxy) return true;
  const version = versionOf(electron);
  const mirror = env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror ?? GITHUB;
  const folder = (env.ELECTRON_CUSTOM_DIR ?? `v${version}`).replace('{{ version }}', version);
  const file = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  try {
    const answer = await fetch(`${mirror}${folder}/${file}`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(within),
    });
    return answer.ok;
  } catch {
    return false;
  }
};
