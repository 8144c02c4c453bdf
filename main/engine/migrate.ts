/** Numbered, additive-only migrations: the file is copied first, all run in one transaction that ends with a check, a failure stops the start. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { refuse } from '../../shared/refusal.ts';
import { failpoint } from './failpoint.ts';
import { migrations } from './migrations/index.ts';

/** Brings the file to the newest schema. Refuses a file that a newer version wrote. Returns the numbers that ran. */
export function migrate(db: Database.Database, dir: string): number[] {
  const current = Number(db.pragma('user_version', { simple: true }));
  const newest = migrations.at(-1)?.number ?? 0;
  if (current > newest) throw refuse('database_newer', { found: current, known: newest });
  const due = migrations.filter((migration) => migration.number > current);
  if (due.length === 0) return [];
  if (current > 0) copyBefore(db, dir, current);
  // All of them or none: what a power cut, a full disk or a check breaks off leaves the file as it was.
  db.transaction(() => {
    for (const { sql } of due) {
      db.exec(sql);
      failpoint('F11');
    }
    db.pragma(`user_version=${newest}`);
    if (current > 0) check(db);
  }).exclusive();
  return due.map((migration) => migration.number);
}

/** Throws, and so takes everything back, when the file would not be whole after the migrations. */
function check(db: Database.Database): void {
  const said = db.pragma('quick_check(1)', { simple: true });
  if (said !== 'ok') throw new Error(`after the migrations: ${String(said)}`);
}

/** Under its name only when it is whole: a copy that a power cut broke off is made anew. */
function copyBefore(db: Database.Database, dir: string, version: number): void {
  const folder = join(dir, 'before-migration');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `lanbook-v${version}.db`);
  if (existsSync(file)) return;
  rmSync(`${file}.part`, { force: true });
  db.prepare('VACUUM INTO ?').run(`${file}.part`);
  renameSync(`${file}.part`, file);
}
