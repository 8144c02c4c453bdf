/** The laptop's SQLite file: opened one way, read through `ReadDb`. Only the door (door.ts) writes. */
import Database from 'better-sqlite3';
import { refuse } from '../../shared/refusal.ts';

export type Bind = string | number | bigint | null | Uint8Array;
export type Raw = Record<string, unknown>;

/** SQLite 3.51.3 (2026-03) mends a bug that could corrupt a WAL file with two connections (security.md F12). */
const OLDEST_SQLITE = [3, 51, 3];

/** Reading. Statements are prepared once and kept: preparing costs four times the query (stack.md §6). */
export class ReadDb {
  #raw: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(raw: Database.Database) {
    this.#raw = raw;
  }
  get raw(): Database.Database {
    return this.#raw;
  }
  /** From now on reads another file: a restore exchanges it under everybody who holds this. */
  adopt(raw: Database.Database): void {
    this.#statements.clear();
    this.#raw = raw;
  }
  prepare(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      if (this.#statements.size > 500) this.#statements.clear();
      statement = this.raw.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
  all<T = Raw>(sql: string, ...params: Bind[]): T[] {
    return this.prepare(sql).all(...params) as T[];
  }
  get<T = Raw>(sql: string, ...params: Bind[]): T | undefined {
    return this.prepare(sql).get(...params) as T | undefined;
  }
  /** The first column of the first row, or undefined. */
  value<T>(sql: string, ...params: Bind[]): T | undefined {
    const row = this.prepare(sql)
      .raw(true)
      .get(...params) as [T] | undefined;
    this.prepare(sql).raw(false);
    return row?.[0];
  }
  iterate<T = Raw>(sql: string, ...params: Bind[]): IterableIterator<T> {
    return this.raw.prepare(sql).iterate(...params) as IterableIterator<T>;
  }
}

/**
 * Opens a database file with the settings every connection must have. A reopened WAL file falls back to synchronous=NORMAL
 * without a sign, and then loses acknowledged commits at power loss (stack.md §6): the value is set and read back.
 */
export function openDb(file: string): Database.Database {
  const db = new Database(file);
  try {
    const version = String(db.prepare('SELECT sqlite_version()').pluck().get());
    if (isOlder(version)) throw refuse('old_runtime', { found: `SQLite ${version}`, needed: OLDEST_SQLITE.join('.') });
    for (const pragma of [
      'busy_timeout=5000',
      'journal_mode=WAL',
      'synchronous=FULL',
      'fullfsync=ON',
      'checkpoint_fullfsync=ON',
      'foreign_keys=ON',
      'trusted_schema=OFF',
      'cell_size_check=ON',
      'temp_store=MEMORY',
      'mmap_size=0',
      'cache_size=-65536',
    ])
      db.pragma(pragma);
    if (db.pragma('synchronous', { simple: true }) !== 2) throw new Error('synchronous=FULL did not hold');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [i, needed] of OLDEST_SQLITE.entries()) {
    const found = parts[i] ?? 0;
    if (found !== needed) return found < needed;
  }
  return false;
}
