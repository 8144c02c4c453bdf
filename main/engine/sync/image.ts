/**
 * The first sync by image (sync.md 2.4): one compressed file is fetched, from where the line was cut before if need be, proved whole, and taken over
 * (image-take.ts). Whatever is wrong with it, pages do the same: an image is never a reason to fail.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import type { SyncEvent } from '../../../shared/features/sync.ts';
import { SCHEMA } from '../../../shared/commit.ts';
import { isRefusal, refuse } from '../../../shared/refusal.ts';
import { START } from '../../../shared/sync/frames.ts';
import { imageAnswer, type ImageAnswer } from '../../../shared/sync/image.ts';
import { freeBytes } from '../backup/store.ts';
import { diskRefusal } from '../disk-errors.ts';
import type { Engine } from '../engine.ts';
import { failpoint } from '../failpoint.ts';
import type { Hub } from './hub.ts';
import { takeImage, UnfitImage } from './image-take.ts';
import { readState, writeLog, type SyncState } from './state.ts';

const folderOf = (engine: Engine): string => join(engine.dir, 'first-sync');
/** Pages need less: they are written one by one. */
class NoRoom extends UnfitImage {}

/** Nothing of the store is here yet, or everything is to be fetched anew; a log of another part of the store is told anew commit by commit. */
const wantsImage = ({ db }: Engine, { cursor, resync, spoken }: SyncState): boolean =>
  cursor.rv === START.rv &&
  resync?.pulled !== true &&
  (spoken ?? SCHEMA) === SCHEMA &&
  db.value('SELECT 1 FROM _commits WHERE hidden IS NOT NULL LIMIT 1') === undefined;

/** Takes over the store's image when there is one. Returns how many records came; null when pages are to do it. */
export async function* firstByImage(
  engine: Engine,
  hub: Hub,
  signal?: AbortSignal,
): AsyncGenerator<SyncEvent, number | null> {
  const state = readState(engine.db);
  if (!state || !wantsImage(engine, state)) {
    dropFiles(engine);
    return null;
  }
  const image = await hub.image(SCHEMA, signal);
  if (!image || image.epoch !== state.epoch) {
    dropFiles(engine);
    return null;
  }
  try {
    yield* download(engine, hub, image, signal);
    const rows = takeImage(engine, await unpack(engine, image), image);
    failpoint('F10');
    dropFiles(engine);
    writeLog(engine, 'image', { seq: image.seq, n: rows });
    return rows;
  } catch (error) {
    return giveUp(engine, error, signal);
  }
}

/** A line that broke keeps what came; a full disk is told; of everything else one line in the log, and pages do it. */
function giveUp(engine: Engine, error: unknown, signal?: AbortSignal): null {
  // The store has a newer one by now, and this one is gone.
  const gone = isRefusal(error) && error.code === 'hub_failed';
  if (signal?.aborted || (isRefusal(error) && !gone)) throw error;
  dropFiles(engine);
  const disk = diskRefusal(error, engine.dir);
  if (disk) throw disk;
  if (!gone && !(error instanceof UnfitImage)) console.error(error);
  writeLog(engine, error instanceof NoRoom ? 'image_no_space' : 'image_failed');
  return null;
}

const dropFiles = (engine: Engine): void => {
  if (existsSync(folderOf(engine))) rmSync(folderOf(engine), { recursive: true, force: true });
};

const partOf = (engine: Engine): string => join(folderOf(engine), 'image.part');
const nameOf = (engine: Engine): string => join(folderOf(engine), 'image.json');
const lengthOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** What an earlier run began; nothing when it began with another image. */
function begun(engine: Engine, image: ImageAnswer): number {
  try {
    const known = imageAnswer.safeParse(JSON.parse(readFileSync(nameOf(engine), 'utf8')));
    if (known.success && known.data.sha256 === image.sha256) return lengthOf(partOf(engine));
  } catch {
    // None, or one that a crash left half written: begun anew.
  }
  dropFiles(engine);
  return 0;
}

async function* download(
  engine: Engine,
  hub: Hub,
  image: ImageAnswer,
  signal?: AbortSignal,
): AsyncGenerator<SyncEvent> {
  let at = begun(engine, image);
  // The file as it came, unpacked, in the notebook, and once more in its log until that is written back.
  const needed = image.bytes - at + 3 * image.size;
  if (freeBytes(engine.dir) < needed) throw new NoRoom();
  mkdirSync(folderOf(engine), { recursive: true, mode: 0o700 });
  await writeFile(nameOf(engine), JSON.stringify(image), { mode: 0o600 });
  while (at < image.bytes) {
    const before = at;
    const part = await open(partOf(engine), 'a', 0o600);
    try {
      for await (const chunk of hub.imageBytes(image, at, signal)) {
        if (at + chunk.length > image.bytes) throw new UnfitImage('longer than it said');
        await part.appendFile(chunk);
        at += chunk.length;
        failpoint('F9');
        yield { phase: 'pull', done: Math.floor((image.seq * at) / image.bytes), total: image.seq };
      }
      if (at < image.bytes) throw refuse('hub_cut');
    } catch (error) {
      // A line that dies again and again gets there, as long as each time something comes.
      if (!isRefusal(error) || at === before || signal?.aborted) throw error;
    } finally {
      await part.close();
    }
  }
}

/** Proves the file by its checksum before anything opens it, and unpacks it, not a byte longer than it said. */
async function unpack(engine: Engine, image: ImageAnswer): Promise<string> {
  const file = join(folderOf(engine), 'image.db');
  const hash = createHash('sha256');
  let size = 0;
  const tap = (note: (chunk: Buffer) => void): Transform =>
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        note(chunk);
        if (size > image.size) done(new UnfitImage('longer than it said'));
        else done(null, chunk);
      },
    });
  try {
    await pipeline(
      createReadStream(partOf(engine), { highWaterMark: 1024 * 1024 }),
      tap((chunk) => hash.update(chunk)),
      createZstdDecompress(),
      tap((chunk) => (size += chunk.length)),
      createWriteStream(file, { mode: 0o600 }),
    );
  } catch (error) {
    if (error instanceof UnfitImage || diskRefusal(error, engine.dir)) throw error;
    throw new UnfitImage('cannot be unpacked');
  }
  if (hash.digest('hex') !== image.sha256 || size !== image.size) throw new UnfitImage('checksum');
  return file;
}
