/** This laptop's part of the store: what the store says of it, and what is forgotten when it becomes another (sync.md 2.11). */
import { records } from '../../../shared/records.ts';
import { START, type Head } from '../../../shared/sync/frames.ts';
import { dropBlob } from '../blobs/files.ts';
import type { ReadDb } from '../db.ts';
import type { Engine } from '../engine.ts';
import { writeGrant } from '../grant.ts';
import { indexRow } from '../search.ts';
import { fetchAnew } from './adopt.ts';
import { changeState, readState, writeLog } from './state.ts';

/** The part a token names: behind the role (hub/rights.ts). `*` is the whole store. */
const partOf = (scope: string): string => scope.slice(scope.indexOf('/') + 1);

/** Notes role and part as the store told them. True when everything is to be fetched anew, as this part is another than before. */
export function hearScope(engine: Engine, { scope, role, areas }: Head): boolean {
  const { db } = engine;
  const state = readState(db);
  // A store of before there were areas says nothing.
  if (!state || scope === null || role === null || scope === state.scope) return false;
  const before = state.scope ?? (state.cursor.rv === START.rv ? scope : '/*');
  const other = partOf(before) !== partOf(scope);
  db.raw
    .transaction(() => {
      changeState(db, { scope });
      writeGrant(db, { role, areas });
      if (other) fetchAnew(db);
    })
    .immediate();
  if (state.scope !== undefined) writeLog(engine, `granted.${role}`);
  engine.changed(['sync', 'settings']);
  return other;
}

/**
 * Forgets a row that is not of this part any more. Own changes on their way stay in sight over what was known of it until the store has
 * decided them; then it goes. Returns whether it went.
 */
export function forget(db: ReadDb, table: string, id: string, rv: number): boolean {
  db.prepare('DELETE FROM _shadow WHERE tbl = ? AND row_id = ?').run(table, id);
  const open = db.value(
    `SELECT 1 FROM _ops o JOIN _commits c ON c.ord = o.commit_ord WHERE o.row_id = ?
     AND c.state IN ('pending', 'sent') AND c.state <> 'applied' AND (c.seq IS NULL OR c.seq > ?) LIMIT 1`,
    id,
    rv,
  );
  if (open === 1) {
    db.prepare(`UPDATE ${table} SET rv = NULL WHERE id = ?`).run(id);
    return false;
  }
  const { changes } = db.prepare(`DELETE FROM ${table} WHERE id = ?`).run(id);
  indexRow(db, table, id);
  return changes > 0;
}

/** After everything was fetched anew: what did not come is not there any more, or not of this part. Returns how many live rows went. */
export function dropUnseen(db: ReadDb): number {
  let gone = 0;
  for (const { table } of records) {
    const rows = db.all<{ id: string; live: number }>(
      `SELECT id, deleted_at IS NULL AS live FROM ${table} t
       WHERE rv IS NOT NULL AND NOT EXISTS (SELECT 1 FROM _resync_seen s WHERE s.tbl = ? AND s.row_id = t.id)`,
      table,
    );
    for (const { id, live } of rows) if (forget(db, table, id, Number.MAX_SAFE_INTEGER) && live === 1) gone += 1;
  }
  db.prepare('DELETE FROM _resync_seen').run();
  return gone;
}

/** Photos that came from the store and hang on nothing here any more, not even on something that was removed. */
function dropFiles({ db, dir }: Engine): void {
  const files = db.all<{ sha256: string }>(
    'SELECT sha256 FROM _blobs b WHERE fetched = 1 AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.sha256 = b.sha256)',
  );
  for (const { sha256 } of files) {
    dropBlob(dir, sha256);
    db.prepare('DELETE FROM _blobs WHERE sha256 = ?').run(sha256);
  }
}

/**
 * What was forgotten is not left behind in the index, in free pages of the file, or in its log either. Outside any transaction; when something
 * else reads the file just now, the next run does it.
 */
export function sweepFile(engine: Engine): void {
  const { db } = engine;
  if (!readState(db)?.sweep) return;
  dropFiles(engine);
  try {
    for (const index of ['_fts', '_keys']) db.raw.prepare(`INSERT INTO ${index}(${index}) VALUES ('optimize')`).run();
    db.raw.prepare('VACUUM').run();
    changeState(db, { sweep: false });
    db.raw.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && /^SQLITE_(?:BUSY|LOCKED|FULL)/.test(String(error.code))))
      throw error;
  }
}
