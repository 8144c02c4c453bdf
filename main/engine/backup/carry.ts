/**
 * What belongs to this laptop and not to the data: its own name, its human numbers, its place at the central store. It is written
 * into the file that takes the notebook's place before it does: a power cut leaves the old notebook or the whole new one.
 */
import Database from 'better-sqlite3';
import { diskRefusal } from '../disk-errors.ts';
import { ReadDb } from '../db.ts';
import { keepSerials, serialsOf, skipSerials } from '../numbers.ts';
import { dropSetting, readSetting, writeSetting } from '../settings.ts';
import { DEVICE_KEY } from '../sync/device-key.ts';
import { flush } from './snapshot.ts';

/** The present notebook may be the damaged one that somebody wants to be rid of: what cannot be read of it must not stop the restore. */
export function orElse<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch (error) {
    if (diskRefusal(error, '')?.code !== 'database_damaged') throw error;
    return otherwise;
  }
}

type Own = (restored: ReadDb) => void;

/** `from`: the last moment that the file which takes over knows of; what was given out between then and `now` is unknown when the present notebook cannot be read. */
export function ownOf(present: ReadDb, from: number, now: number): Own {
  const serials = orElse(() => serialsOf(present), null);
  const [setup, device, key] = ['setup', 'sync.device', DEVICE_KEY].map((key) =>
    orElse(() => readSetting(present, key), null),
  );
  const sync = orElse(() => readSetting<{ epoch: string; address: string; token: string }>(present, 'sync'), null);
  return (restored) => {
    // Another laptop's place at the central store is not ours to take: without our own, enrol again.
    const foreign = readSetting(restored, 'sync.device') !== device;
    if (setup !== null) writeSetting(restored, 'setup', setup);
    if (device !== null) writeSetting(restored, 'sync.device', device);
    if (key !== null) writeSetting(restored, DEVICE_KEY, key);
    else if (device !== null) dropSetting(restored, DEVICE_KEY);
    if (serials) keepSerials(restored, serials);
    else skipSerials(restored, from, now);
    const theirs = readSetting<{ epoch: string }>(restored, 'sync');
    if (foreign || !sync) dropSetting(restored, 'sync');
    else if (theirs?.epoch === sync.epoch)
      writeSetting(restored, 'sync', { ...theirs, address: sync.address, token: sync.token });
  };
}

/** Changes the settings of a file that is not in use; overwritten values leave no trace in it, and nothing stays beside it. */
export function changeFile(file: string, work: (db: ReadDb) => void): void {
  const raw = new Database(file, { fileMustExist: true });
  try {
    raw.pragma('trusted_schema=OFF');
    raw.pragma('secure_delete=ON');
    raw.pragma('journal_mode=DELETE');
    raw.transaction(() => work(new ReadDb(raw))).immediate();
  } finally {
    raw.close();
  }
  flush(file);
}

/** Makes a staged file this laptop's next notebook. Without an incarnation the engine takes a new one when it opens it. */
export const prepare = (staged: string, own: Own): void =>
  changeFile(staged, (db) => {
    own(db);
    dropSetting(db, 'incarnation');
  });
