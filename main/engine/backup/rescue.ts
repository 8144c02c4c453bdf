/**
 * A damaged database file must not keep a technician from working (security.md R5): the newest verified backup takes its place, the
 * damaged file stays in `replaced/` untouched, and the notebook says at its start what happened.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Database } from 'better-sqlite3';
import { isRefusal } from '../../../shared/refusal.ts';
import type { ReadDb } from '../db.ts';
import { skipSerials } from '../numbers.ts';
import { databaseFile, openNotebook } from '../open.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { prepare } from './carry.ts';
import { inspectFile } from './inspect.ts';
import { clearStaging, dropBeside, keepAside, stageCopy, stagedPath } from './restore.ts';
import { flush } from './snapshot.ts';
import { ASIDE_FILE, backupPath, listBackups, newAsideFolder } from './store.ts';

const KEY = 'rescued';
export interface Rescue {
  readonly at: number;
  /** When the backup that took over was made. */
  readonly from: number;
  readonly aside: string;
}
export const rescueOf = (db: ReadDb): Rescue | null => readSetting<Rescue>(db, KEY);
export const forgetRescue = (db: ReadDb): void => writeSetting(db, KEY, null);

/** Opens the newest verified backup in place of the damaged notebook; null when there is none, and then nothing was touched. */
export function rescue(dir: string, at: number): Database | null {
  for (const backup of listBackups(dir).filter(({ verified }) => verified)) {
    const path = backupPath(dir, backup.name);
    if (path === null) continue;
    const token = randomUUID();
    stageCopy(dir, token, path);
    if (!isUsable(stagedPath(dir, token))) continue;
    const raw = takeOver(dir, token, { at, from: backup.taken_at });
    clearStaging(dir);
    return raw;
  }
  return null;
}

function isUsable(file: string): boolean {
  try {
    inspectFile(file);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

function takeOver(dir: string, token: string, { at, from }: { at: number; from: number }): Database {
  const file = databaseFile(dir);
  const aside = newAsideFolder(dir, at);
  prepare(stagedPath(dir, token), (db) => {
    // What was given out since the backup is lost with the notebook; it is not given out again.
    skipSerials(db, from, at);
    writeSetting(db, KEY, { at, from, aside: relative(dir, aside) } satisfies Rescue);
  });
  if (existsSync(file)) keepAside(file, join(aside, ASIDE_FILE));
  dropBeside(file, join(aside, ASIDE_FILE));
  renameSync(stagedPath(dir, token), file);
  flush(dir);
  return openNotebook(dir);
}
