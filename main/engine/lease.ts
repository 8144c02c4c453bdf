/**
 * One data folder, one Lanbook: a tiny lock database held in an exclusive transaction. The operating system frees it when the
 * process dies, so no stale lock file can shut anybody out (security.md §3, "two hosts at once").
 */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { refuse } from '../../shared/refusal.ts';
import { codeOf, diskRefusal } from './disk-errors.ts';

/** Makes the folder if needed and takes its lease. Returns the function that gives it back. Refuses with a sentence. */
export function takeLease(dir: string): () => void {
  try {
    makeFolder(dir);
  } catch (error) {
    throw diskRefusal(error, dir) ?? refuse('folder_missing', { dir });
  }
  let lock: Database.Database | undefined;
  try {
    accessSync(dir, constants.W_OK);
    lock = new Database(join(dir, 'lock.db'), { timeout: 0 });
    lock.pragma('journal_mode=MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if (codeOf(error).startsWith('SQLITE_BUSY')) throw refuse('folder_in_use', { dir });
    throw diskRefusal(error, dir) ?? error;
  }
  const held = lock;
  return () => held.close();
}

/** Step by step: Node's recursive mkdir never returns where a parent cannot hold folders (/proc). */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  makeFolder(dirname(dir));
  mkdirSync(dir, { mode: 0o700 });
}
