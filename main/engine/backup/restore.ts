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
import { diskRefusal } from '../disk-errors.ts';
import type { Engine } from '../engine.ts';
import type { ReadDb } from '../db.ts';
import { databaseFile, openNotebook } from '../open.ts';
import { readSetting, writeSetting } from '../settings.ts';
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

/** The present notebook may be the damaged one that somebody wants to be rid of: what cannot be read of it must not stop the restore. */
function orElse<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch (error) {
    if (diskRefusal(error, '')?.code !== 'database_damaged') throw error;
    return otherwise;
  }
}

/** What belongs to this laptop and not to the data: its own name, its human numbers, its place at the central store. */
function carryOver(present: ReadDb): (restored: ReadDb) => void {
  const serials = present.all<{ key: string; value: string }>(
    "SELECT key, value FROM _settings WHERE key GLOB 'serial.*'",
  );
  const own = ['setup', 'sync.device']
    .map((key) => [key, readSetting(present, key)] as const)
    .filter(([, value]) => value !== null);
  const sync = readSetting<{ epoch: string; address: string; token: string }>(present, 'sync');
  return (restored) => {
    // Another laptop's place at the central store is not ours to take: without our own, enrol again.
    const foreign = readSetting(restored, 'sync.device') !== (own.find(([key]) => key === 'sync.device')?.[1] ?? null);
    for (const [key, value] of own) writeSetting(restored, key, value);
    // A number that was given out stays given out, though its record is gone.
    for (const { key, value } of serials)
      if (Number(value) > (readSetting<number>(restored, key) ?? 0)) writeSetting(restored, key, Number(value));
    const theirs = readSetting<{ epoch: string }>(restored, 'sync');
    if (foreign || !sync) restored.raw.prepare("DELETE FROM _settings WHERE key = 'sync'").run();
    else if (theirs?.epoch === sync.epoch)
      writeSetting(restored, 'sync', { ...theirs, address: sync.address, token: sync.token });
  };
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
  const carry = orElse(
    () => carryOver(engine.db),
    () => undefined,
  );
  const file = databaseFile(engine.dir);
  const aside = newAsideFolder(engine.dir, engine.clock.now());
  const kept = join(aside, ASIDE_FILE);
  flush(staged);
  orElse(() => engine.db.raw.pragma('wal_checkpoint(TRUNCATE)'), null);
  engine.db.raw.close();
  try {
    dropBeside(file, kept);
    keepAside(file, kept);
    renameSync(staged, file);
    flush(engine.dir);
    engine.adopt(openNotebook(engine.dir));
  } catch (error) {
    if (existsSync(kept)) {
      dropBeside(file, join(aside, 'failed'));
      renameSync(kept, file);
      dropBeside(kept, file);
    }
    engine.adopt(openNotebook(engine.dir));
    console.error('restore:', error);
    throw refuse('restore_failed');
  }
  engine.db.raw.transaction(() => carry(engine.db)).immediate();
  clearStaging(engine.dir);
  return { counts: inspected.counts, loss, aside: relative(engine.dir, aside) };
}
