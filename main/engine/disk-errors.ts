/** Tells a full disk from a damaged file from a folder we may not write: each needs another action of the user (security.md R5). */
import { refuse, type Refusal } from '../../shared/refusal.ts';

const FULL = new Set(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'SQLITE_IOERR_WRITE', 'ENOSPC', 'EDQUOT']);
const READ_ONLY = new Set([
  'SQLITE_READONLY',
  'SQLITE_READONLY_DIRECTORY',
  'SQLITE_CANTOPEN',
  'SQLITE_PERM',
  'EACCES',
  'EPERM',
  'EROFS',
]);
const DAMAGED = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB']);

/** The `code` of a Node or SQLite error. Never `instanceof SqliteError`: the class differs between realms (stack.md §3). */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** The refusal for an error of the disk or the database file, or null when the error is something else (a bug). */
export function diskRefusal(error: unknown, dir: string): Refusal | null {
  const code = codeOf(error);
  if (FULL.has(code)) return refuse('disk_full');
  if (READ_ONLY.has(code) || code.startsWith('SQLITE_READONLY')) return refuse('folder_read_only', { dir });
  if (DAMAGED.has(code) || code.startsWith('SQLITE_CORRUPT')) return refuse('database_damaged');
  if (code.startsWith('SQLITE_IOERR') || code === 'EIO') return refuse('disk_error', { detail: code });
  return null;
}
