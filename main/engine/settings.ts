/** Settings of this laptop: not synced, not part of the register. One JSON value per key. */
import type { ReadDb } from './db.ts';

export function readSetting<T>(db: ReadDb, key: string): T | null {
  const text = db.value<string>('SELECT value FROM _settings WHERE key = ?', key);
  return text === undefined ? null : (JSON.parse(text) as T);
}

export function writeSetting(db: ReadDb, key: string, value: unknown): void {
  db.prepare('INSERT INTO _settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(
    key,
    JSON.stringify(value),
  );
}
