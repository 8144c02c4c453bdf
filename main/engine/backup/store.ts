/** The folder of backups: names, facts beside each file, how many are kept. Files are never deleted but by the rule of `kept`. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { backupKinds, kept, type Backup, type BackupKind } from '../../../shared/features/backup.ts';
import { dayOf, ZONE_OFFSET_MS } from '../../../shared/day.ts';
import { flush } from './snapshot.ts';
import type { Facts } from './facts.ts';

export const FOLDER = 'backups';
export const ASIDE = 'replaced';
/** The database file put aside inside its own folder under `replaced/`. */
export const ASIDE_FILE = 'lanbook.db';

const sidecar = z.object({ taken_at: z.number(), size: z.number(), rows: z.number(), commits: z.number() });
const NAME = new RegExp(`^lanbook-\\d{8}-\\d{6}-(${backupKinds.join('|')})\\.db$`);

/** `20260929-162000`, local time. */
const stamp = (at: number): string =>
  new Date(at + ZONE_OFFSET_MS).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');

export function backupFolder(dir: string): string {
  const folder = join(dir, FOLDER);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
/** A path nothing is at yet. */
export function newBackupPath(dir: string, kind: BackupKind, at: number): string {
  const folder = backupFolder(dir);
  for (let second = 0; ; second += 1) {
    const path = join(folder, `lanbook-${stamp(at + second * 1000)}-${kind}.db`);
    if (!existsSync(path)) return path;
  }
}
/** An empty folder for the notebook that is about to be replaced. */
export function newAsideFolder(dir: string, at: number): string {
  for (let second = 0; ; second += 1) {
    const path = join(dir, ASIDE, stamp(at + second * 1000));
    if (!existsSync(path)) {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      return path;
    }
  }
}

const sum = (counts: Record<string, number>): number =>
  Object.entries(counts).reduce((total, [name, n]) => (name.startsWith('_') ? total : total + n), 0);

/** Writes beside a verified backup what was found in it; whole or not at all (security.md R7). */
export function writeFacts(file: string, taken_at: number, size: number, facts: Facts): void {
  const text = JSON.stringify({ taken_at, size, rows: sum(facts.tables), commits: facts.tables['_commits'] ?? 0 });
  const temporary = `${file}.json.part`;
  const handle = openSync(temporary, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, `${file}.json`);
  flush(join(file, '..'));
}

function readFacts(file: string): z.infer<typeof sidecar> | null {
  try {
    return sidecar.parse(JSON.parse(readFileSync(`${file}.json`, 'utf8')));
  } catch {
    return null;
  }
}

/** Every backup there is, newest first, with the notebooks that restores put aside. */
export function listBackups(dir: string): Backup[] {
  const folder = backupFolder(dir);
  const taken = readdirSync(folder).flatMap((name): Backup[] => {
    const kind = NAME.exec(name)?.[1] as BackupKind | undefined;
    if (kind === undefined) return [];
    const { size, mtimeMs } = statSync(join(folder, name));
    const facts = readFacts(join(folder, name));
    const verified = facts?.size === size;
    return [
      {
        name,
        kind,
        size,
        verified,
        taken_at: facts?.taken_at ?? mtimeMs,
        rows: facts?.rows ?? null,
        commits: facts?.commits ?? null,
      },
    ];
  });
  const aside = existsSync(join(dir, ASIDE)) ? readdirSync(join(dir, ASIDE)) : [];
  const replaced = aside.flatMap((name): Backup[] => {
    const file = statSync(join(dir, ASIDE, name, ASIDE_FILE), { throwIfNoEntry: false });
    if (!file || !/^\d{8}-\d{6}$/.test(name)) return [];
    return [
      {
        name: `${ASIDE}/${name}`,
        kind: 'replaced',
        size: file.size,
        verified: false,
        taken_at: momentOf(name),
        rows: null,
        commits: null,
      },
    ];
  });
  return [...taken, ...replaced].toSorted((a, b) => b.taken_at - a.taken_at);
}

/** The moment a stamp tells. */
const momentOf = (name: string): number =>
  Date.parse(
    `${name.slice(0, 4)}-${name.slice(4, 6)}-${name.slice(6, 8)}T${name.slice(9, 11)}:${name.slice(11, 13)}:${name.slice(13, 15)}+08:00`,
  );

/** The file of a listed backup, or null. Only names the list itself gave are paths. */
export function backupPath(dir: string, name: string): string | null {
  if (!listBackups(dir).some((each) => each.name === name)) return null;
  return name.startsWith(`${ASIDE}/`) ? join(dir, name, ASIDE_FILE) : join(dir, FOLDER, name);
}

/** Removes what the rule no longer keeps, and what an interrupted copy left; call it while none is written. Backups made by hand and notebooks put aside stay until a person removes them. */
export function prune(dir: string): void {
  for (const name of readdirSync(backupFolder(dir)))
    if (name.endsWith('.part')) rmSync(join(dir, FOLDER, name), { force: true });
  const dated = listBackups(dir)
    .filter(({ kind }) => kind === 'daily' || kind === 'import')
    .map((each) => ({ ...each, day: dayOf(each.taken_at) }));
  const keep = kept(dated);
  for (const each of dated) {
    if (keep.has(each)) continue;
    const file = join(dir, FOLDER, each.name);
    rmSync(`${file}.json`, { force: true });
    rmSync(file, { force: true });
  }
}

/** Bytes this user may still write where the notebook lies. */
export const freeBytes = (dir: string): number => {
  const { bavail, bsize } = statfsSync(dir);
  return bavail * bsize;
};
