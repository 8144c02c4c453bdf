/** The backup calls of `system`: take, list, carry away, look into, restore. */
import { randomUUID } from 'node:crypto';
import { appendFileSync, copyFileSync, createReadStream, openSync, rmSync } from 'node:fs';
import { createGzip } from 'node:zlib';
import { BACKUP_PIECE_CHARS } from '../../../shared/features/backup.ts';
import { refuse } from '../../../shared/refusal.ts';
import { backupsIdle, lastProblem, takeBackup } from '../backup.ts';
import { changeFile } from '../backup/carry.ts';
import { packBlobs } from '../backup/carried-blobs.ts';
import { inspectFile, lossOf } from '../backup/inspect.ts';
import { clearStaging, exchange, openStaging, stageCopy, stagedPath, unpackStaged } from '../backup/restore.ts';
import { forgetRescue, rescueOf } from '../backup/rescue.ts';
import { backupFolder, backupPath, freeBytes, listBackups } from '../backup/store.ts';
import { diskRefusal } from '../disk-errors.ts';
import type { Engine } from '../engine.ts';
import { os } from '../rpc.ts';
import { dropSetting } from '../settings.ts';
import { JOINING } from '../sync/bundle-join.ts';
import { DEVICE_KEY } from '../sync/device-key.ts';
import { live, readState, writeState } from '../sync/state.ts';

/** Bytes of one piece of a download: its base64 fits the largest piece. */
const PIECE_BYTES = (BACKUP_PIECE_CHARS / 4) * 3;

function pathOf(engine: Engine, name: string): string {
  const path = backupPath(engine.dir, name);
  if (path === null) throw refuse('backup_missing');
  return path;
}

/**
 * A copy to carry away, open for reading. What lets this laptop into the central store stays here: whoever is handed a backup is
 * not handed the key. The copy is gone from the folder as soon as it is open, so that nothing stays behind; where an open file
 * cannot be removed, the next backup sweeps it away by its name.
 */
function withoutToken(engine: Engine, file: string): number {
  const copy = `${file}.${randomUUID()}.part`;
  try {
    copyFileSync(file, copy);
    changeFile(copy, (db) => {
      const state = readState(db);
      if (state) writeState(db, { ...state, token: '' });
      packBlobs(db, engine.dir);
      dropSetting(db, DEVICE_KEY);
      dropSetting(db, JOINING);
    });
    return openSync(copy, 'r');
  } catch (error) {
    const refusal = diskRefusal(error, backupFolder(engine.dir));
    throw refusal?.code === 'database_damaged' ? refuse('backup_damaged') : (refusal ?? error);
  } finally {
    rmSync(copy, { force: true });
  }
}

async function* pieces(engine: Engine, file: string): AsyncGenerator<{ data: string }> {
  const packed = createReadStream(file, { fd: withoutToken(engine, file) }).pipe(createGzip({ level: 6 }));
  let waiting = Buffer.alloc(0);
  for await (const chunk of packed) {
    waiting = Buffer.concat([waiting, chunk as Buffer]);
    for (; waiting.length >= PIECE_BYTES; waiting = waiting.subarray(PIECE_BYTES))
      yield { data: waiting.subarray(0, PIECE_BYTES).toString('base64') };
  }
  yield { data: waiting.toString('base64') };
}

/** The staged copy of a listed backup or of a brought file. */
async function stage(
  engine: Engine,
  { name, staged }: { name?: string | undefined; staged?: string | undefined },
): Promise<string> {
  if (staged !== undefined) {
    await unpackStaged(engine.dir, staged);
    return staged;
  }
  const wanted = name ?? listBackups(engine.dir).find(({ verified }) => verified)?.name;
  if (wanted === undefined) throw refuse('backup_none');
  const path = pathOf(engine, wanted);
  clearStaging(engine.dir);
  const token = randomUUID();
  stageCopy(engine.dir, token, path);
  return token;
}

export const backupHandlers = {
  backup: os.system.backup.handler(({ context: { engine } }) => takeBackup(engine, 'manual')),
  backups: os.system.backups.handler(({ context: { engine } }) => ({
    folder: backupFolder(engine.dir),
    free: freeBytes(engine.dir),
    backups: listBackups(engine.dir),
    problem: lastProblem(engine),
  })),
  rescued: os.system.rescued.handler(({ context: { engine } }) => rescueOf(engine.db)),
  rescueSeen: os.system.rescueSeen.handler(({ context: { engine } }) => {
    forgetRescue(engine.db);
    engine.changed(['backups']);
    return { seen: true };
  }),
  backupFile: os.system.backupFile.handler(({ input, context: { engine } }) =>
    pieces(engine, pathOf(engine, input.name)),
  ),
  stageBackup: os.system.stageBackup.handler(({ input, context: { engine } }) => {
    if (input.staged === undefined) clearStaging(engine.dir);
    openStaging(engine.dir);
    const staged = input.staged ?? randomUUID();
    appendFileSync(stagedPath(engine.dir, staged), Buffer.from(input.data, 'base64'), { mode: 0o600 });
    return { staged };
  }),
  inspectBackup: os.system.inspectBackup.handler(async ({ input, context: { engine } }) => {
    const staged = await stage(engine, input);
    const { setup, last_at, intact, counts, ...rest } = inspectFile(stagedPath(engine.dir, staged));
    const loss = lossOf(engine.db, { setup, last_at, intact, counts, ...rest });
    return { staged, unit: setup?.unit ?? null, technician: setup?.technician ?? null, last_at, intact, counts, loss };
  }),
  restore: os.system.restore.handler(async ({ input, context: { engine } }) => {
    // A look may guess the newest; exchanging the notebook may not.
    if (input.name === undefined && input.staged === undefined) {
      const newest = listBackups(engine.dir).find(({ verified }) => verified);
      throw newest ? refuse('restore_which', { name: newest.name }) : refuse('backup_none');
    }
    const staged = await stage(engine, input);
    await backupsIdle(engine);
    // A round under way would go on writing what it received into the other file.
    if (live(engine).running) throw refuse('sync_running');
    return exchange(engine, staged);
  }),
};
