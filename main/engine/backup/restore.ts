/** Puts a backup in the place of the notebook: checked before, exchanged by rename, and undone when it does not open. */
import {
  copyFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  closeSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { refuse } from '../../../shared/refusal.ts';
import type { Engine } from '../engine.ts';
import { databaseFile, openNotebook } from '../open.ts';
import { changeFile, orElse, ownOf, prepare } from './carry.ts';
import { unpackBlobs } from './carried-blobs.ts';
import { inspectFile, lossOf, type Loss } from './inspect.ts';
import { flush } from './snapshot.ts';
import { ASIDE_FILE, newAsideFolder } from './store.ts';

/** Where files to be restored wait: never beside the notebook's own file, and emptied at each start of a restore. */
const stagingFolder = (dir: string): string => join(dir, 'restoring');
export const stagedPath = (dir: string, token: string): string => join(stagingFolder(dir), `${token}.db`);

export function openStaging(dir: string): void {
  mkdirSync(stagingFolder(dir), { recursive: true, mode: 0o700 });
}
export const clearStaging = (dir: string): void => rmSync(stagingFolder(dir), { recursive: true, force: true });

const GZIP = [0x1f, 0x8b];

/** A brought file in place as a database: a downloaded backup is gzip. Refuses a gzip that does not unpack. */
export async function unpackStaged(dir: string, token: string): Promise<string> {
  const file = stagedPath(dir, token);
  if (!existsSync(file)) throw refuse('backup_missing');
  if (!startsWith(file, GZIP)) return file;
  try {
    await pipeline(createReadStream(file), createGunzip(), createWriteStream(`${file}.unpacked`, { mode: 0o600 }));
  } catch (error) {
    rmSync(`${file}.unpacked`, { force: true });
    const code = (error as { code?: string }).code ?? '';
    throw code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE' ? refuse('backup_damaged') : error;
  }
  renameSync(`${file}.unpacked`, file);
  return file;
}

function startsWith(file: string, bytes: readonly number[]): boolean {
  const handle = openSync(file, 'r');
  try {
    const head = Buffer.alloc(bytes.length);
    readSync(handle, head, 0, bytes.length, 0);
    return bytes.every((byte, i) => head[i] === byte);
  } finally {
    closeSync(handle);
  }
}

/** Copies a backup of the list to the side, so that what is checked is what is put in place. */
export function stageCopy(dir: string, token: string, backup: string): void {
  openStaging(dir);
  copyFileSync(backup, stagedPath(dir, token));
}

/** The present file under a second name: a link costs no space, and the notebook is never without a file, even when the power fails now. */
export function keepAside(file: string, kept: string): void {
  try {
    linkSync(file, kept);
  } catch {
    // USB sticks and some network drives know no links.
    copyFileSync(file, kept);
  }
  flush(kept);
}

/** What SQLite keeps beside a file must not meet another file. */
export function dropBeside(file: string, to: string): void {
  for (const end of ['-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, to + end);
}

/**
 * Exchanges the notebook for the staged file, live. The present one goes to `replaced/<time>/` and is never deleted; if the staged one
 * does not open, it comes back and the restore is refused. Nothing else of the engine runs meanwhile: this is one synchronous step.
 */
export function exchange(engine: Engine, token: string): { counts: Record<string, number>; loss: Loss; aside: string } {
  const staged = stagedPath(engine.dir, token);
  const inspected = inspectFile(staged);
  const loss = lossOf(engine.db, inspected);
  const now = engine.clock.now();
  changeFile(staged, (db) => unpackBlobs(db, engine.dir));
  prepare(staged, ownOf(engine.db, inspected.last_at ?? now, now));
  const file = databaseFile(engine.dir);
  const aside = newAsideFolder(engine.dir, now);
  const kept = join(aside, ASIDE_FILE);
  orElse(() => engine.db.raw.pragma('wal_checkpoint(TRUNCATE)'), null);
  engine.db.raw.close();
  let exchanged = false;
  try {
    dropBeside(file, kept);
    keepAside(file, kept);
    renameSync(staged, file);
    exchanged = true;
    flush(engine.dir);
    engine.adopt(openNotebook(engine.dir));
  } catch (error) {
    if (exchanged) {
      dropBeside(file, join(aside, 'failed'));
      renameSync(kept, file);
    } else rmSync(kept, { force: true });
    dropBeside(kept, file);
    engine.adopt(openNotebook(engine.dir));
    console.error('restore:', error);
    throw refuse('restore_failed');
  }
  clearStaging(engine.dir);
  return { counts: inspected.counts, loss, aside: relative(engine.dir, aside) };
}
