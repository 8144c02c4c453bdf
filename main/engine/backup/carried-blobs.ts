/**
 * Files of attachments and backups. A restore on this laptop leaves `blobs/` as it is, so the snapshots it keeps hold none of them. A backup that is
 * carried away takes those along that no store has: they would be gone with the disk.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { MAX_FILE_BYTES } from '../../../shared/features/attachments.ts';
import { blobPath, hasBlob, hashOf, isHash, partPath, settle } from '../blobs/files.ts';
import type { ReadDb } from '../db.ts';
import { readState } from '../sync/state.ts';

const hasTable = (db: ReadDb, name: string): boolean =>
  db.value("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", name) !== undefined;

/** Into a copy that is about to be carried away. */
export function packBlobs(db: ReadDb, dir: string): void {
  // A backup of before there were attachments.
  if (!hasTable(db, '_blobs')) return;
  const wanted = db.all<{ sha256: string }>(
    `SELECT DISTINCT a.sha256 FROM attachments a LEFT JOIN _blobs b ON b.sha256 = a.sha256
     WHERE a.deleted_at IS NULL AND (b.stored_in IS NULL OR b.stored_in IS NOT ?)`,
    readState(db)?.epoch ?? null,
  );
  db.prepare('CREATE TABLE _carried (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT').run();
  for (const { sha256 } of wanted)
    if (isHash(sha256) && hasBlob(dir, sha256))
      db.prepare('INSERT INTO _carried VALUES (?, ?)').run(sha256, readFileSync(blobPath(dir, sha256)));
}

/** Out of a file that is about to become the notebook; what is here then is looked up anew. Bytes that are not what they are named stay out. */
export function unpackBlobs(db: ReadDb, dir: string): void {
  if (hasTable(db, '_blobs')) db.prepare('DELETE FROM _blobs').run();
  if (!hasTable(db, '_carried')) return;
  for (const { sha256 } of db.all<{ sha256: string }>('SELECT sha256 FROM _carried')) {
    const bytes = db.value<Buffer>('SELECT bytes FROM _carried WHERE sha256 = ?', sha256);
    if (!bytes || !isHash(sha256) || bytes.length > MAX_FILE_BYTES || hashOf(bytes) !== sha256 || hasBlob(dir, sha256))
      continue;
    const part = partPath(dir, 'down', sha256);
    writeFileSync(part, bytes, { mode: 0o600 });
    settle(dir, part, sha256);
  }
  db.prepare('DROP TABLE _carried').run();
}
