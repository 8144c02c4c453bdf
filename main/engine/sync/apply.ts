/** One page of the hub's feed in one transaction: commits, rows, own changes laid over them again, and the cursor. A cut loses at most the page in hand. */
import { recordOf } from '../../../shared/records.ts';
import { refuse } from '../../../shared/refusal.ts';
import { nextChain, type Page, type PageCommit, type PageRow, type Result } from '../../../shared/sync/frames.ts';
import { WireError } from '../../../shared/sync/wire.ts';
import { sha256 } from '../commits.ts';
import type { ReadDb } from '../db.ts';
import type { Engine } from '../engine.ts';
import { failpoint } from '../failpoint.ts';
import { addRow } from '../rows.ts';
import { hasDependants, indexDependants, indexRow, isSearched } from '../search.ts';
import { noteToIndex } from '../search-later.ts';
import { keepForeign } from './adopt.ts';
import { dropUnseen, forget } from './area.ts';
import { retellCommit, writeCommit } from './log.ts';
import { settle, type RowKey } from './outbox.ts';
import { hasOpen, imageOf, rebase, writeIfNew } from './rebase.ts';
import { changeState, readState, writeLog, type SyncState } from './state.ts';

/** Rows of a page up to which search is brought up to date with them; of more of them it follows (search-later.ts). */
const INLINE = 100;

/** Writes verdicts alone, when they come without a page. Returns how many were new. */
export function applyResults(engine: Engine, results: readonly Result[]): void {
  const { db } = engine;
  const rows: RowKey[] = [];
  db.raw
    .transaction(() => {
      for (const result of results) rows.push(...settleOne(db, result));
      for (const { table, id } of rows) redraw(db, table, id);
    })
    .immediate();
  engine.changed(['sync', ...rows.map(({ table }) => table)]);
}

/** Applied commits change their rows' picture only when their page is there; what was held or rejected does at once. */
function settleOne(db: ReadDb, result: Result): RowKey[] {
  const rows = settle(db, result);
  return result.outcome === 'applied' ? [] : rows;
}

function redraw(db: ReadDb, table: string, id: string): void {
  if (!recordOf(table)) return;
  rebase(db, table, id, null);
  index(db, table, id);
}

function index(db: ReadDb, table: string, id: string): void {
  indexRow(db, table, id);
  if (hasDependants(table)) indexDependants(db, table, id);
}

/** Refuses a page that does not continue exactly where this laptop stands: nothing of it is written then. */
export function applyPage(engine: Engine, page: Page): void {
  const { db } = engine;
  const tables = new Set<string>(['sync']);
  /** Rows that were in sight and are not of this laptop's part of the store any more. */
  let left = 0;
  db.raw
    .transaction(() => {
      const state = readState(db);
      if (!state || page.from.rv !== state.cursor.rv || page.from.ord !== state.cursor.ord)
        throw new WireError('bad', 'page out of order');
      let { chain } = state;
      const own: RowKey[] = [];
      for (const commit of page.commits) {
        own.push(...takeCommit(db, commit));
        chain = nextChain(sha256, chain, commit.sha256);
      }
      const open = hasOpen(db);
      const see = db.prepare('INSERT OR IGNORE INTO _resync_seen (tbl, row_id) VALUES (?, ?)');
      const written = new Set<string>();
      const later = page.rows.length > INLINE ? new Map<string, string[]>() : null;
      for (const row of page.rows) {
        if (row.gone && recordOf(row.table)) left += forget(db, row.table, row.id, row.rv) ? 1 : 0;
        else takeRow(db, row, open, later);
        if (state.resync?.pulled === false && !row.gone) see.run(row.table, row.id);
        written.add(row.id);
        tables.add(row.table);
      }
      for (const [table, ids] of later ?? []) noteToIndex(db, table, ids);
      if (later) tables.add('search');
      for (const { table, id } of own) {
        if (written.has(id) || !recordOf(table)) continue;
        rebase(db, table, id, null);
        index(db, table, id);
        tables.add(table);
      }
      if (page.last)
        db.prepare(
          "UPDATE _commits SET state = 'applied' WHERE state = 'sent' AND state <> 'applied' AND seq <= ?",
        ).run(page.to.rv);
      if (page.last && state.resync?.pulled === false) left += dropUnseen(db);
      // What it was is still in free pages of the file (area.ts).
      const sweep = page.last && state.resync && left > 0 ? { sweep: true } : {};
      failpoint('F5');
      changeState(db, { cursor: page.to, chain, ...pulled(page, state), ...sweep });
      // A restored store told its own story already (rejoin.ts).
      if (left > 0 && (state.resync?.common ?? null) === null) writeLog(engine, 'left', { n: left });
    })
    .immediate();
  failpoint('F6');
  engine.changed([...tables]);
}

/** A verdict that is known stays, unless the store was restored and decided anew. */
export function settleAgain(
  db: ReadDb,
  { incarnation, mut_no, seq, result }: Pick<PageCommit, 'incarnation' | 'mut_no' | 'seq' | 'result'>,
): RowKey[] {
  const row = db.get<{ ord: number; state: string; seq: number | null }>(
    'SELECT ord, state, seq FROM _commits WHERE incarnation = ? AND mut_no = ?',
    incarnation,
    mut_no,
  );
  if (row && row.state !== 'pending' && row.seq !== seq)
    db.prepare('UPDATE _commits SET state = ?, seq = ?, result = ? WHERE ord = ?').run(
      result.outcome,
      seq,
      JSON.stringify(result),
      row.ord,
    );
  return settleOne(db, result);
}

const pulled = ({ last }: Page, { resync }: SyncState): Partial<SyncState> =>
  last && resync ? { resync: { ...resync, pulled: true } } : {};

/** A row fetched by itself, with own changes laid over it again. */
export const takeAnew = (db: ReadDb, row: PageRow): void => takeRow(db, row, true, null);

/** `later` collects what is to be indexed; without it, it is done here. A removed row is never found from now on. */
function takeRow(db: ReadDb, row: PageRow, open: boolean, later: Map<string, string[]> | null): void {
  const type = recordOf(row.table);
  if (!type) return keepForeign(db, row);
  const image = imageOf(type, row);
  const visible = open
    ? rebase(db, row.table, row.id, image)
    : addRow(db, type, row.id, row.values, image) || writeIfNew(db, type, row.id, image);
  if (!visible || !isSearched(row.table)) return;
  if (!later || row.deleted_at !== null) return index(db, row.table, row.id);
  const ids = later.get(row.table);
  if (ids) ids.push(row.id);
  else later.set(row.table, [row.id]);
}

/** An own commit gets its verdict if the answer to it was lost; anybody else's joins the log. Returns own rows to be drawn anew. */
function takeCommit(db: ReadDb, commit: PageCommit): RowKey[] {
  const known = db.value<string>(
    'SELECT sha256 FROM _commits WHERE incarnation = ? AND mut_no = ?',
    commit.incarnation,
    commit.mut_no,
  );
  if (known !== undefined && known !== commit.sha256)
    throw refuse('client_forked', { incarnation: commit.incarnation, mut_no: commit.mut_no });
  if (known !== undefined) {
    retellCommit(db, commit);
    return settleAgain(db, commit);
  }
  writeCommit(db, commit);
  return [];
}
