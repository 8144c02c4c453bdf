/**
 * Takes an image over: everything in one transaction with the cursor and the chain, which is computed here from the commits. The file came over the
 * network: it is looked at as if an enemy had made it, holds the tables it should and nothing else, and is only read from.
 */
import { nextChain, WHOLE } from '../../../shared/sync/frames.ts';
import { imageTables, type ImageAnswer } from '../../../shared/sync/image.ts';
import { hashText, type ClockSample, type Commit } from '../../../shared/commit.ts';
import { recordOf, records } from '../../../shared/records.ts';
import { result as resultShape } from '../../../shared/sync/frames.ts';
import { parseJson } from '../../../shared/sync/wire.ts';
import { refuse } from '../../../shared/refusal.ts';
import { sha256 } from '../commits.ts';
import type { ReadDb } from '../db.ts';
import type { Engine } from '../engine.ts';
import { indexRow, searchedTables } from '../search.ts';
import { LINE } from '../search-later.ts';
import { settleAgain } from './apply.ts';
import { dropUnseen } from './area.ts';
import { fromRaw, hasOpen, rebase } from './rebase.ts';
import { changeState, readState } from './state.ts';

/** It is not what it should be: pages do it instead. */
export class UnfitImage extends Error {}

/** Returns how many records are here now that came with it. */
export function takeImage(engine: Engine, file: string, image: ImageAnswer): number {
  const { db } = engine;
  db.raw.prepare('ATTACH DATABASE ? AS img').run(file);
  try {
    inspect(db);
    let rows = 0;
    db.raw
      .transaction(() => {
        rows = take(db, image);
      })
      .immediate();
    engine.changed(['sync', 'search', ...records.map(({ table }) => table)]);
    return rows;
  } catch (error) {
    throw isOfImage(error) ? new UnfitImage(String(error)) : error;
  } finally {
    db.raw.prepare('DETACH DATABASE img').run();
  }
}

/** A value of another kind than its column, or a damaged page: of the image, as the notebook's own rows were checked when written. */
const isOfImage = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  /^SQLITE_(?:CONSTRAINT|CORRUPT|NOTADB|MISMATCH|ERROR|TOOBIG)/.test(String(error.code));

/** Exactly the tables and columns that an image has; no view, no trigger, no index that could say something else. */
function inspect(db: ReadDb): void {
  const found = db.raw.prepare('SELECT type, name FROM img.sqlite_master').all() as { type: string; name: string }[];
  const fits =
    found.length === imageTables.size && found.every(({ type, name }) => type === 'table' && imageTables.has(name));
  if (!fits) throw new UnfitImage('other tables');
  for (const [table, columns] of imageTables) {
    const names = (db.raw.pragma(`img.table_info(${table})`) as { name: string }[]).map(({ name }) => name);
    if (names.join() !== columns.join()) throw new UnfitImage(`columns of ${table}`);
  }
  if (db.raw.pragma('img.quick_check(1)', { simple: true }) !== 'ok') throw new UnfitImage('damaged');
}

function take(db: ReadDb, image: ImageAnswer): number {
  const state = readState(db);
  if (!state || state.cursor.rv !== 0) throw new UnfitImage('not the beginning any more');
  const chain = takeLog(db, image, state.origin);
  const open = hasOpen(db);
  let rows = 0;
  for (const { table } of records) rows += takeTable(db, table, state.resync != null);
  if (state.resync) dropUnseen(db);
  if (open) layOwnOver(db);
  // Everything up to here is in the rows.
  db.prepare("UPDATE _commits SET state = 'applied' WHERE state = 'sent' AND state <> 'applied' AND seq <= ?").run(
    image.seq,
  );
  changeState(db, {
    cursor: { rv: image.seq, ord: WHOLE },
    chain,
    ...(state.resync ? { resync: { ...state.resync, pulled: true } } : {}),
  });
  return rows;
}

const SECONDARY = "SELECT name, sql FROM main.sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL";

/** Into an empty table rows go without its indexes, which are built after: in one go each is twice as fast. */
function withoutIndexes(db: ReadDb, table: string, work: () => void): void {
  const empty = db.value(`SELECT 1 FROM main.${table} LIMIT 1`) === undefined;
  const indexes = empty ? db.all<{ name: string; sql: string }>(SECONDARY, table) : [];
  for (const { name } of indexes) db.raw.prepare(`DROP INDEX main.${name}`).run();
  work();
  for (const { sql } of indexes) db.raw.prepare(sql).run();
}

/** Checks every commit against its hash and counts the chain; returns its end. Own commits that are known here get their verdict. */
function takeLog(db: ReadDb, { seq: last }: ImageAnswer, origin: string): string {
  let chain = origin;
  let seq = 0;
  const known: LogRow[] = [];
  const here = db.prepare('SELECT sha256 FROM main._commits WHERE incarnation = ? AND mut_no = ?').pluck();
  const ops = db.iterate<Op>('SELECT seq, body FROM img._ops ORDER BY rowid');
  try {
    const bodies = bodiesBySeq(ops);
    for (const raw of db.iterate<LogRow>('SELECT * FROM img._commits ORDER BY rowid')) {
      seq += 1;
      if (raw.seq !== seq) throw new UnfitImage('a hole in the log');
      const head = { ...raw, clock: JSON.parse(raw.clock) as ClockSample };
      if (sha256(hashText(head, bodies(seq))) !== raw.sha256) throw new UnfitImage('commit hash');
      chain = nextChain(sha256, chain, raw.sha256);
      const own = here.get(raw.incarnation, raw.mut_no) as string | undefined;
      if (own !== undefined && own !== raw.sha256)
        throw refuse('client_forked', { incarnation: raw.incarnation, mut_no: raw.mut_no });
      if (own !== undefined) known.push(raw);
    }
    if (seq !== last || !ops.next().done) throw new UnfitImage('the log ends elsewhere');
  } finally {
    ops.return?.();
  }
  const base = db.value<number | null>('SELECT max(ord) FROM main._commits') ?? 0;
  const columns =
    'incarnation, mut_no, batch, actor, command, reason, schema, clock, at, prev, sha256, signature, seq, state, result';
  const skip = known.length === 0 ? '' : 'WHERE i.seq NOT IN (SELECT value FROM json_each(?))';
  const params = known.length === 0 ? [] : [JSON.stringify(known.map((raw) => raw.seq))];
  withoutIndexes(db, '_commits', () =>
    db
      .prepare(
        `INSERT INTO main._commits (ord, ${columns}) SELECT ${base} + i.seq, ${columns} FROM img._commits i ${skip} ORDER BY i.rowid`,
      )
      .run(...params),
  );
  withoutIndexes(db, '_ops', () =>
    db
      .prepare(
        `INSERT INTO main._ops (commit_ord, op, tbl, row_id, body) SELECT ${base} + i.seq, op, tbl, row_id, body FROM img._ops i ${skip} ORDER BY i.rowid`,
      )
      .run(...params),
  );
  for (const raw of known)
    settleAgain(db, {
      incarnation: raw.incarnation,
      mut_no: raw.mut_no,
      seq: raw.seq,
      result: parseJson(resultShape, raw.result),
    });
  return chain;
}

/** As it should be; what it is shows by its hash, and by the types of the columns it is written to. */
interface LogRow extends Omit<Commit, 'ops' | 'clock'> {
  readonly seq: number;
  readonly clock: string;
  readonly result: string;
}

interface Op {
  readonly seq: number;
  readonly body: string;
}

/** Operations of one commit after another, read along. */
function bodiesBySeq(ops: Iterator<Op>): (seq: number) => string[] {
  let next = ops.next();
  return (seq) => {
    const bodies: string[] = [];
    while (!next.done && next.value.seq === seq) {
      bodies.push(next.value.body);
      next = ops.next();
    }
    return bodies;
  };
}

function takeTable(db: ReadDb, table: string, anew: boolean): number {
  const columns = (imageTables.get(table) ?? []).map((name) => `"${name}"`).join(', ');
  withoutIndexes(db, table, () =>
    db.raw
      .prepare(`INSERT OR REPLACE INTO main.${table} (${columns}) SELECT ${columns} FROM img.${table} ORDER BY rowid`)
      .run(),
  );
  if (anew)
    db.raw.prepare(`INSERT OR IGNORE INTO _resync_seen (tbl, row_id) SELECT '${table}', id FROM img.${table}`).run();
  if (searchedTables().includes(table)) noteTable(db, table);
  return db.value<number>(`SELECT count(*) FROM img.${table}`) ?? 0;
}

/** Search follows (search-later.ts); what is removed is never found from now on. */
function noteTable(db: ReadDb, table: string): void {
  db.raw
    .prepare(
      `INSERT INTO _to_index (tbl, ids, n) SELECT '${table}', json_group_array(id), count(*) FROM
       (SELECT id, (row_number() OVER (ORDER BY rowid) - 1) / ${LINE} AS line FROM img.${table} WHERE deleted_at IS NULL)
     GROUP BY line ORDER BY line`,
    )
    .run();
  for (const { id } of db.all<{ id: string }>(
    `SELECT i.id FROM img.${table} i JOIN main._search s ON s.row_id = i.id WHERE i.deleted_at IS NOT NULL`,
  ))
    indexRow(db, table, id);
}

/** Own changes that the store has not decided lie over its rows again, as after a page. */
function layOwnOver(db: ReadDb): void {
  const rows = db.all<{ tbl: string; id: string }>(
    `SELECT DISTINCT o.tbl, o.row_id AS id FROM _ops o JOIN _commits c ON c.ord = o.commit_ord WHERE c.state IN ('pending', 'sent', 'held') AND c.state <> 'applied'
     UNION SELECT tbl, row_id FROM _shadow`,
  );
  for (const { tbl, id } of rows) {
    const type = recordOf(tbl);
    if (!type) continue;
    const raw = db.get(`SELECT * FROM img.${tbl} WHERE id = ?`, id);
    rebase(db, tbl, id, raw ? fromRaw(type, raw) : null);
    indexRow(db, tbl, id);
  }
}
