/** Backups of a running engine: one verified snapshot a day by itself, more on demand, one at a time (security.md R4). */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Backup, BackupKind } from '../../shared/features/backup.ts';
import { dayOf } from '../../shared/day.ts';
import { isRefusal, refuse } from '../../shared/refusal.ts';
import { askSnapshot } from './backup/ask.ts';
import { backupFolder, freeBytes, listBackups, newBackupPath, prune, writeFacts } from './backup/store.ts';
import { diskRefusal } from './disk-errors.ts';
import type { Engine } from './engine.ts';
import { databaseFile } from './open.ts';
import { readSetting, writeSetting } from './settings.ts';

const MB = 1024 * 1024;
/** Not on the way of a person who just opened the notebook. */
const FIRST_AFTER_MS = 20_000;
const LOOK_EVERY_MS = 30 * 60_000;
const PROBLEM = 'backup.problem';

export interface BackupProblem {
  code: string;
  params: Record<string, string | number>;
  at: number;
}
export const lastProblem = (engine: Engine): BackupProblem | null => readSetting<BackupProblem>(engine.db, PROBLEM);

const running = new WeakMap<Engine, Promise<Backup>>();
/** Ends when no backup is being written. */
export const backupsIdle = async (engine: Engine): Promise<void> => void (await running.get(engine)?.catch(() => null));

/** Takes a verified snapshot. Refuses on too little space (twice the notebook is asked for), a full disk, or a copy that fails its check. */
export function takeBackup(engine: Engine, kind: Exclude<BackupKind, 'replaced'>): Promise<Backup> {
  const next = backupsIdle(engine).then(() => write(engine, kind));
  running.set(engine, next);
  return next;
}

/** The notebook was closed while its copy was written; half a copy is swept away by the next one. */
class EngineClosed extends Error {}

async function write(engine: Engine, kind: BackupKind): Promise<Backup> {
  const source = databaseFile(engine.dir);
  const needed = 2 * statSync(source).size;
  const free = freeBytes(engine.dir);
  if (free < needed) throw refuse('backup_no_space', { needed: Math.ceil(needed / MB), free: Math.floor(free / MB) });
  const at = Math.trunc(engine.clock.now());
  const target = newBackupPath(engine.dir, kind, at);
  const answer = await askSnapshot(engine.ports.spawnHelper, { source, target });
  if (!engine.db.raw.open) throw new EngineClosed();
  if (!answer.ok) throw diskRefusal({ code: answer.code }, backupFolder(engine.dir)) ?? refuse('backup_failed');
  writeFacts(target, at, answer.size, answer.facts);
  prune(engine.dir);
  writeSetting(engine.db, PROBLEM, null);
  engine.changed(['backups']);
  const made = listBackups(engine.dir).find(({ name }) => name === basename(target));
  if (!made) throw refuse('backup_missing');
  return made;
}

/** True when today has no verified backup yet. */
const isDue = (engine: Engine): boolean =>
  engine.setup !== null &&
  !listBackups(engine.dir).some(({ verified, taken_at }) => verified && dayOf(taken_at) === engine.today());

/** What failed is kept for the settings screen: nobody is there to be told. */
export async function backupIfDue(engine: Engine): Promise<void> {
  await noting(engine, async () => {
    if (isDue(engine)) await takeBackup(engine, 'daily');
  });
}

async function noting(engine: Engine, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const refusal = isRefusal(error) ? error : diskRefusal(error, engine.dir);
    if (!refusal) throw error;
    noteProblem(engine, { code: refusal.code, params: refusal.params, at: Math.trunc(engine.clock.now()) });
  }
}

/** Before something large changes the notebook. What cannot be backed up is noted and does not stop the work: it can be undone too. */
export async function backupBefore(engine: Engine, kind: 'import'): Promise<void> {
  const newest = listBackups(engine.dir).find(({ verified }) => verified);
  const now = engine.db.get<{ n: number; at: number | null }>('SELECT count(*) AS n, max(at) AS at FROM _commits');
  // Nothing happened since: that backup holds everything already.
  if (newest && newest.commits === now?.n && (now.at ?? 0) <= newest.taken_at) return;
  await noting(engine, () => takeBackup(engine, kind));
}

/** On a full disk there may be no room even for the note. */
function noteProblem(engine: Engine, problem: BackupProblem): void {
  try {
    writeSetting(engine.db, PROBLEM, problem);
    engine.changed(['backups']);
  } catch (error) {
    if (!diskRefusal(error, engine.dir)) throw error;
  }
}

/** Soon after the start, then every day that the notebook stays open. The timers keep no process alive. */
export function scheduleBackups(engine: Engine): void {
  const look = (): void =>
    void backupIfDue(engine).catch((error: unknown) => {
      if (!(error instanceof EngineClosed)) console.error('backup:', error);
    });
  const first = setTimeout(look, FIRST_AFTER_MS);
  const later = setInterval(look, LOOK_EVERY_MS);
  first.unref();
  later.unref();
  engine.onClose(() => {
    clearTimeout(first);
    clearInterval(later);
  });
}
