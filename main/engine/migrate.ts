/** Numbered, additive-only migrations: the file is copied first, each runs in one transaction, a failure stops the start. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { refuse } from '../../shared/refusal.ts';
import { migrations } from './migrations/index.ts';

/** Brings the file to the newest schema. Refuses a file that a newer version wrote. Returns the numbers that ran. */
export function migrate(db: Database.Database, dir: string): number[] {
  const current = Number(db.pragma('user_version', { simple: true }));
  const newest = migrations.at(-1)?.number ?? 0;
  if (current > newest) throw refuse('database_newer', { found: current, known: newest });
  const due = migrations.filter((migration) => migration.number > current);
  if (due.length > 0 && current > 0) copyBefore(db, dir, current);
  for (const migration of due) {
    db.transaction(() => {
      db.exec(migration.sql);
      db.pragma(`user_version=${migration.number}`);
    }).exclusive();
  }
  return due.map((migration) => migration.number);
}

function copyBefore(db: Database.Database, dir: string, version: number): void {
  const folder = join(dir, 'before-migration');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `lanbook-v${version}.db`);
  if (!existsSync(file)) db.prepare('VACUUM INTO ?').run(file);
}
