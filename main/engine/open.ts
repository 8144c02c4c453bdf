/** Opens the database of a data folder, ready for the engine: settings of the connection, own functions, migrations. */
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { parseIp } from '../../shared/ip.ts';
import { openDb, ReadDb } from './db.ts';
import { migrate } from './migrate.ts';
import { adoptSchema } from './sync/adopt.ts';

/** The database file inside a data folder. */
export const databaseFile = (dir: string): string => join(dir, 'lanbook.db');

/** Refuses what cannot be opened; nothing stays open then. */
export function openNotebook(dir: string): Database.Database {
  const raw = openDb(databaseFile(dir));
  try {
    raw.function('ip_order', { deterministic: true, directOnly: true }, (ip) =>
      typeof ip === 'string' ? parseIp(ip) : null,
    );
    migrate(raw, dir);
    adoptSchema(new ReadDb(raw));
    return raw;
  } catch (error) {
    raw.close();
    throw error;
  }
}
