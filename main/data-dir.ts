/** Where the notebook lies when nobody says otherwise: one folder for both hosts and the command line. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Windows: Local, not Roaming, which is often redirected to a network share where WAL does not work (security.md R2).
 * Linux and macOS: `data` under the folder Electron calls userData.
 */
export const defaultDataDir = (platform = process.platform, env = process.env, home = homedir()): string => {
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Lanbook', 'data');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Lanbook', 'data');
  return join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'Lanbook', 'data');
};

/** A path as the user typed it: npm runs scripts from the project's folder, the user's own is where relative paths start. */
export const fromUser = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path);
