/**
 * Rows that come in bulk are found a little later: they are noted in the transaction that writes them, and indexed while nothing else happens,
 * in slices short enough that nobody at the screen feels them. What is noted outlives a crash.
 */
import type { ReadDb } from './db.ts';
import type { Engine } from './engine.ts';
import { indexDependants, indexRow, searchedTables } from './search.ts';

/** Of engine time at once. */
const SLICE_MS = 10;
/** After each slice the engine is free for as long. */
const REST_MS = 10;
/** Changes that follow within this time are one bulk: what is still coming goes first. */
const QUIET_MS = 200;
/** Ids in one line of `_to_index`: a line is read and written whole in each slice. */
export const LINE = 500;

/** Notes rows of one table. Inside the transaction that writes them. */
export function noteToIndex(db: ReadDb, table: string, ids: readonly string[]): void {
  const note = db.prepare('INSERT INTO _to_index (tbl, ids, n) VALUES (?, ?, ?)');
  for (let at = 0; at < ids.length; at += LINE) {
    const part = ids.slice(at, at + LINE);
    note.run(table, JSON.stringify(part), part.length);
  }
}

/** How many records search does not find yet as they are now. */
export const toIndexCount = (db: ReadDb): number => db.value<number | null>('SELECT sum(n) FROM _to_index') ?? 0;

/** Indexes what is noted for about `ms`, in one transaction. False when nothing is left. */
export function indexSlice(db: ReadDb, ms: number): boolean {
  const end = performance.now() + ms;
  return db.raw
    .transaction((): boolean => {
      for (;;) {
        const line = db.get<{ ord: number; tbl: string; ids: string }>(
          'SELECT ord, tbl, ids FROM _to_index ORDER BY ord LIMIT 1',
        );
        if (!line) return false;
        const ids = JSON.parse(line.ids) as string[];
        let done = 0;
        while (done < ids.length && (done === 0 || performance.now() < end)) {
          const id = ids[done] as string;
          indexRow(db, line.tbl, id);
          indexDependants(db, line.tbl, id);
          done += 1;
        }
        const left = ids.slice(done);
        if (left.length > 0)
          db.prepare('UPDATE _to_index SET ids = ?, n = ? WHERE ord = ?').run(
            JSON.stringify(left),
            left.length,
            line.ord,
          );
        else db.prepare('DELETE FROM _to_index WHERE ord = ?').run(line.ord);
        if (performance.now() >= end) return true;
      }
    })
    .immediate();
}

/** How often the screen is told how far it is. */
const TELL_MS = 1000;

/** Once for an engine: catches up whenever something is noted, also what an earlier run left; ends with the engine. */
export function keepSearchUp(engine: Engine): void {
  let timer: NodeJS.Timeout | null = null;
  let told = performance.now();
  let telling = false;
  const tell = (tables: readonly string[]): void => {
    told = performance.now();
    telling = true;
    engine.changed(tables);
    telling = false;
  };
  const later = (ms: number): void => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(work, ms).unref();
  };
  const work = (): void => {
    timer = null;
    if (!engine.db.raw.open) return;
    try {
      const more = indexSlice(engine.db, SLICE_MS);
      // Lists with something typed in their search box have more to show now.
      if (!more) return tell(['search', ...searchedTables()]);
      if (performance.now() - told > TELL_MS) tell(['search']);
      later(REST_MS);
    } catch (error) {
      // A full disk, or a file that is being exchanged: what is noted stays noted, the next change tries again.
      console.error(error);
    }
  };
  const look = (): void => {
    if (!telling && (timer || toIndexCount(engine.db) > 0)) later(QUIET_MS);
  };
  engine.onClose(() => {
    if (timer) clearTimeout(timer);
  });
  engine.onClose(engine.events.subscribe('changed', look));
  look();
}
