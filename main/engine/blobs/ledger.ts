/** What this laptop knows of each file: whether it is here, whether the store has it, and what is to be sent or fetched next. */
import type { ReadDb } from '../db.ts';
import type { Engine } from '../engine.ts';
import { dropSetting, readSetting, writeSetting } from '../settings.ts';
import { readState } from '../sync/state.ts';
import { dropBlob, hasBlob, isHash, partPath, sizeOf, sweepParts } from './files.ts';

const DAY_MS = 86_400_000;
/** Fetched without being asked for, in the days after they were added. */
const RECENT_MS = 7 * DAY_MS;
/** A file that nothing refers to stays this long: removing can be taken back. */
const GRACE_MS = 30 * DAY_MS;
const DEFAULT_LIMIT = 2 * 1024 ** 3;
const LIMIT = 'blobs.limit';

export interface BlobRow {
  readonly sha256: string;
  readonly size: number;
  readonly here: 0 | 1;
  readonly stored_in: string | null;
  readonly wanted_at: number | null;
  readonly tries: number;
  readonly retry_at: number;
  readonly problem: string | null;
}
const LIVE = 'EXISTS (SELECT 1 FROM attachments a WHERE a.sha256 = b.sha256 AND a.deleted_at IS NULL)';

export const blobOf = (db: ReadDb, sha256: string): BlobRow | undefined =>
  db.get<BlobRow>('SELECT * FROM _blobs WHERE sha256 = ?', sha256);

const enter = (engine: Engine, sha256: string, size: number, here: boolean): void =>
  void engine.db
    .prepare(
      `INSERT INTO _blobs (sha256, size, here, used_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (sha256) DO UPDATE SET here = excluded.here, used_at = excluded.used_at, stored_in = NULL, retry_at = 0, tries = 0, problem = NULL`,
    )
    .run(sha256, size, here ? 1 : 0, Math.trunc(engine.clock.now()));

/** A file was brought here. The store is asked about it anew: it may have let go of an earlier copy. */
export const enterOwn = (engine: Engine, sha256: string, size: number): void => enter(engine, sha256, size, true);

/** Enters what the rows name and this laptop has not yet heard of: from colleagues, or in a notebook that was restored over its own files. */
export function catchUp(engine: Engine): void {
  const unknown = engine.db.all<{ sha256: string; size: number }>(
    'SELECT sha256, max(size) AS size FROM attachments WHERE deleted_at IS NULL AND sha256 NOT IN (SELECT sha256 FROM _blobs) GROUP BY sha256',
  );
  for (const { sha256, size } of unknown) if (isHash(sha256)) enter(engine, sha256, size, hasBlob(engine.dir, sha256));
}

/** The file is gone or damaged: it is fetched again when it is asked for. */
export function markLost(engine: Engine, sha256: string): void {
  engine.db.prepare('UPDATE _blobs SET here = 0, retry_at = 0 WHERE sha256 = ?').run(sha256);
}
export function markFetched(engine: Engine, sha256: string, epoch: string): void {
  engine.db
    .prepare(
      'UPDATE _blobs SET here = 1, fetched = 1, stored_in = ?, wanted_at = NULL, tries = 0, retry_at = 0, problem = NULL, used_at = ? WHERE sha256 = ?',
    )
    .run(epoch, Math.trunc(engine.clock.now()), sha256);
}
export function markStored(engine: Engine, sha256: string, epoch: string): void {
  engine.db
    .prepare('UPDATE _blobs SET stored_in = ?, tries = 0, retry_at = 0, problem = NULL WHERE sha256 = ?')
    .run(epoch, sha256);
}
export function markWanted(engine: Engine, sha256: string): void {
  const now = Math.trunc(engine.clock.now());
  engine.db
    .prepare('UPDATE _blobs SET wanted_at = ?, used_at = ?, retry_at = 0 WHERE sha256 = ?')
    .run(now, now, sha256);
}
export function markUsed(engine: Engine, sha256: string): void {
  engine.db
    .prepare('UPDATE _blobs SET used_at = ?, wanted_at = NULL WHERE sha256 = ?')
    .run(Math.trunc(engine.clock.now()), sha256);
}
const FIRST_MS = 5000;
const LONGEST_MS = 15 * 60_000;
/** Asked again later, each time after twice as long. */
export function putOff(engine: Engine, { sha256, tries }: BlobRow, problem: string | null): void {
  const at = Math.trunc(engine.clock.now()) + Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries, 12));
  engine.db
    .prepare('UPDATE _blobs SET tries = tries + 1, retry_at = ?, problem = ? WHERE sha256 = ?')
    .run(at, problem, sha256);
}

export interface Job {
  readonly way: 'up' | 'down';
  readonly blob: BlobRow;
}
/** What somebody waits for, then what only this laptop has, then what was added lately. Null when nothing is due. */
export function nextJob(engine: Engine, epoch: string): Job | null {
  const { db } = engine;
  const now = engine.clock.now();
  catchUp(engine);
  const down = (extra: string): BlobRow | undefined =>
    db.get<BlobRow>(
      `SELECT b.* FROM _blobs b WHERE b.here = 0 AND b.retry_at <= ? AND ${LIVE} AND ${extra} ORDER BY b.wanted_at DESC, b.used_at LIMIT 1`,
      now,
    );
  const wanted = down('b.wanted_at IS NOT NULL');
  if (wanted) return { way: 'down', blob: wanted };
  const up = db.get<BlobRow>(
    `SELECT b.* FROM _blobs b WHERE b.here = 1 AND b.stored_in IS NOT ? AND b.retry_at <= ?
       AND EXISTS (SELECT 1 FROM attachments a WHERE a.sha256 = b.sha256 AND a.deleted_at IS NULL AND a.rv IS NOT NULL)
     ORDER BY b.used_at LIMIT 1`,
    epoch,
    now,
  );
  if (up) return { way: 'up', blob: up };
  const recent = down(
    `EXISTS (SELECT 1 FROM attachments a WHERE a.sha256 = b.sha256 AND a.deleted_at IS NULL AND a.at > ${Math.trunc(now - RECENT_MS)})`,
  );
  return recent ? { way: 'down', blob: recent } : null;
}
/** When something that was put off is due again; null when nothing waits. */
export const nextRetry = (db: ReadDb, epoch: string): number | null =>
  db.value<number | null>(
    `SELECT min(retry_at) FROM _blobs b WHERE retry_at > 0 AND (here = 0 OR stored_in IS NOT ?) AND ${LIVE}`,
    epoch,
  ) ?? null;

export const limitOf = (db: ReadDb): number => readSetting<number>(db, LIMIT) ?? DEFAULT_LIMIT;
export function setLimit(engine: Engine, limit: number): void {
  if (limit === DEFAULT_LIMIT) dropSetting(engine.db, LIMIT);
  else writeSetting(engine.db, LIMIT, limit);
  makeRoom(engine);
}
export function spaceOf(engine: Engine): { files: number; bytes: number; unsent: number; limit: number } {
  const epoch = readState(engine.db)?.epoch ?? null;
  const found = engine.db.get<{ files: number; bytes: number; unsent: number }>(
    'SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes, coalesce(sum(stored_in IS NULL OR stored_in IS NOT ?), 0) AS unsent FROM _blobs WHERE here = 1',
    epoch,
  );
  return { ...(found ?? { files: 0, bytes: 0, unsent: 0 }), limit: limitOf(engine.db) };
}

/** Lets fetched files go that were not looked at for longest, while they take more than they may. What the store may not have stays. */
export function makeRoom(engine: Engine): void {
  const epoch = readState(engine.db)?.epoch;
  if (epoch === undefined) return;
  const fetched = engine.db.all<{ sha256: string; size: number }>(
    'SELECT sha256, size FROM _blobs WHERE here = 1 AND fetched = 1 AND stored_in = ? AND wanted_at IS NULL ORDER BY used_at',
    epoch,
  );
  let over = fetched.reduce((sum, { size }) => sum + size, 0) - limitOf(engine.db);
  for (const { sha256, size } of fetched) {
    if (over <= 0) break;
    dropBlob(engine.dir, sha256);
    // asked for again only by a person: it would come back by itself and go again
    engine.db.prepare('UPDATE _blobs SET here = 0, retry_at = ? WHERE sha256 = ?').run(Number.MAX_SAFE_INTEGER, sha256);
    over -= size;
  }
}

/** Files of attachments that were removed long ago, and parts that were given up. */
export function sweepBlobs(engine: Engine): void {
  const now = Math.trunc(engine.clock.now());
  const gone = engine.db.all<{ sha256: string }>(
    `SELECT b.sha256 FROM _blobs b WHERE b.used_at < ? AND NOT ${LIVE}
       AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.sha256 = b.sha256 AND a.deleted_at > ?)`,
    now - GRACE_MS,
    now - GRACE_MS,
  );
  for (const { sha256 } of gone) {
    dropBlob(engine.dir, sha256);
    engine.db.prepare('DELETE FROM _blobs WHERE sha256 = ?').run(sha256);
  }
  sweepParts(engine.dir, now);
}

/** Bytes of a fetch that was broken off. */
export const fetchedSoFar = (engine: Engine, sha256: string): number => sizeOf(partPath(engine.dir, 'down', sha256));
