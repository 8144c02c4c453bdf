/** Writes a verified copy of a notebook's file. Runs in a helper process: a large file takes seconds, and the engine goes on meanwhile. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { factsOf, isBehind, sameFacts, type Facts } from './facts.ts';

/** A notebook in use changes while it is copied; a quiet moment comes. */
const TRIES = 3;

/** Makes what is written to a file or folder survive a power cut. Folders cannot be opened on Windows, where rename is already safe. */
export function flush(path: string): void {
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch (error) {
    if (process.platform === 'win32') return;
    throw error;
  }
  try {
    fsyncSync(handle);
  } catch (error) {
    if (process.platform !== 'win32') throw error;
  } finally {
    closeSync(handle);
  }
}

/** Throws `SnapshotFailed` when the copy is not what the original was; errors of the disk come as they are. Leaves no half file. */
export function takeSnapshot(source: string, target: string): { facts: Facts; size: number } {
  const temporary = `${target}.part`;
  const from = new Database(source, { readonly: true, fileMustExist: true, timeout: 5000 });
  try {
    const facts = copyVerified(from, temporary);
    flush(temporary);
    renameSync(temporary, target);
    flush(dirname(target));
    return { facts, size: statSync(target).size };
  } finally {
    from.close();
    rmSync(temporary, { force: true });
  }
}

export class SnapshotFailed extends Error {}

function copyVerified(from: Database.Database, target: string): Facts {
  for (let tried = 1; ; tried += 1) {
    rmSync(target, { force: true });
    const before = factsOf(from);
    from.prepare('VACUUM INTO ?').run(target);
    const copied = checked(target);
    const after = factsOf(from);
    if (sameFacts(before, after)) {
      if (!sameFacts(copied, before)) throw new SnapshotFailed('the copy has other rows than the notebook');
      return copied;
    }
    if (tried === TRIES) {
      if (!isBehind(before, copied) || !isBehind(copied, after))
        throw new SnapshotFailed('the copy has another commit log');
      return copied;
    }
  }
}

/** The facts of a file whose every page is sound. */
function checked(file: string): Facts {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const verdict = db.pragma('integrity_check', { simple: true });
    if (verdict !== 'ok') throw new SnapshotFailed(String(verdict));
    return factsOf(db);
  } finally {
    db.close();
  }
}
