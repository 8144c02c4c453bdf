/** Old rows survive every later migration: a file of an earlier schema is filled, brought to the newest one, and compared. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { openDb } from '../../../main/engine/db.ts';
import { migrate } from '../../../main/engine/migrate.ts';
import { migrations } from '../../../main/engine/migrations/index.ts';

type Row = Record<string, unknown>;
/** The schema of the first release. */
const FIRST_RELEASE = 50;

function fileAt(dir: string, version: number): Database.Database {
  const db = openDb(join(dir, `v${version}.db`));
  for (const { number, sql } of migrations.filter((each) => each.number <= version)) {
    db.exec(sql);
    db.pragma(`user_version=${number}`);
  }
  return db;
}
const tablesOf = (db: Database.Database): string[] =>
  db
    .prepare<[], string>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all()
    .filter((name) => !/_(?:data|idx|content|docsize|config)$/.test(name));
/** Two rows of made-up values in every table: what matters is that they are still there, as they were. */
function fill(db: Database.Database, table: string): string[] {
  const columns = db.prepare<[], { name: string; type: string; pk: number }>(`PRAGMA table_info("${table}")`).all();
  const names = columns.map(({ name }) => name);
  for (const serial of [1, 2]) {
    const values = columns.map(({ name, type }) =>
      type === 'INTEGER' || type === 'REAL' ? serial : type === 'BLOB' ? Buffer.from([serial]) : `${name}-${serial}`,
    );
    const insert = db.prepare(
      `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    );
    try {
      insert.run(...values);
    } catch (error) {
      // A table that keeps one row at most says so by a CHECK.
      if (serial === 1 || !/CHECK constraint/.test(String(error))) throw error;
    }
  }
  return names;
}

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lanbook-migrate-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const newest = migrations.at(-1)?.number ?? 0;
const earlier = migrations.map(({ number }) => number).filter((number) => number >= FIRST_RELEASE && number < newest);

test.each(earlier)('every row of a file of schema %i is there in the newest', (version) => {
  const db = fileAt(dir, version);
  db.pragma('foreign_keys=OFF');
  const before = new Map(
    tablesOf(db).map((table) => {
      const columns = fill(db, table);
      const select = `SELECT ${columns.map((name) => `"${name}"`).join(', ')} FROM "${table}"`;
      return [table, { select, rows: db.prepare<[], Row>(select).all() }];
    }),
  );
  expect(before.size).toBeGreaterThan(20);
  migrate(db, dir);
  for (const [table, { select, rows }] of before)
    expect({ table, rows: db.prepare<[], Row>(select).all() }).toEqual({ table, rows });
  expect(db.pragma('user_version', { simple: true })).toBe(newest);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
});

test('a migration that breaks off takes back the ones before it, and the copy of before is whole or not there', () => {
  const version = earlier.at(-1) as number;
  const db = fileAt(dir, version);
  const copies = join(dir, 'before-migration');
  mkdirSync(copies);
  // What a power cut left of an earlier copy.
  writeFileSync(join(copies, `lanbook-v${version}.db.part`), 'half');
  const all = migrations as { number: number; sql: string }[];
  all.push({ number: newest + 1, sql: 'CREATE TABLE half_done (x); CREATE TABLE half_done (x);' });
  try {
    expect(() => migrate(db, dir)).toThrow('half_done');
  } finally {
    all.pop();
  }
  expect(db.pragma('user_version', { simple: true })).toBe(version);
  expect(tablesOf(db)).not.toContain('half_done');
  expect(readdirSync(copies)).toEqual([`lanbook-v${version}.db`]);
  const copy = openDb(join(copies, `lanbook-v${version}.db`));
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  copy.close();
  expect(migrate(db, dir).at(-1)).toBe(newest);
  db.close();
});
