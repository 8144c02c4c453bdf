/** Settings of this laptop: not synced, not part of the register. One JSON value per key. */
import type { ReadDb } from './db.ts';

export function readSetting<T>(db: ReadDb, key: string): T | null {
  const text = db.value<string>('SELECT value FROM _settings WHERE key = ?', key);
  return text === undefined ? null : (JSON.parse(text) as T);
}

export function writeSetting(db: ReadDb, key: string, value: unknown): void {
  db.prepare(
    'INSERT INTO _settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, JSON.stringify(value));
}

export function dropSetting(db: ReadDb, key: string): void {
  db.prepare('DELETE FROM _settings WHERE key = ?').run(key);
}

/** Every setting whose key begins with `prefix`, by the rest of its key. */
export function settingsUnder<T>(db: ReadDb, prefix: string): Record<string, T> {
  const rows = db.all<{ key: string; value: string }>(
    'SELECT key, value FROM _settings WHERE substr(key, 1, ?) = ?',
    prefix.length,
    prefix,
  );
  return Object.fromEntries(rows.map(({ key, value }) => [key.slice(prefix.length), JSON.parse(value) as T]));
}
