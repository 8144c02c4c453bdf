/** What watching leaves on disk: minutes, hours, outages and checks. All SQL of these tables; they stay on this laptop. */
import type { CheckResult, Outage, WatchHour } from '../../../../shared/features/watch.ts';
import type { ReadDb } from '../../db.ts';
import type { Tally } from './track.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
/** Minutes for the charts of a day and a week; hours for the reports of a year. */
const MINUTES_KEPT_MS = 8 * 24 * HOUR_MS;
const HOURS_KEPT_MS = 400 * 24 * HOUR_MS;

/** Adds the sums of one minute. A minute told twice (a clock set back) is added up. */
export function saveMinute(db: ReadDb, minute: number, tallies: readonly (readonly [string, Tally])[]): void {
  const put = db.prepare(
    `INSERT INTO _watch_minutes (device_id, minute, sent, lost, min_ms, sum_ms, max_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (device_id, minute) DO UPDATE SET sent = sent + excluded.sent, lost = lost + excluded.lost,
       min_ms = min(coalesce(min_ms, excluded.min_ms), coalesce(excluded.min_ms, min_ms)), sum_ms = sum_ms + excluded.sum_ms,
       max_ms = max(coalesce(max_ms, excluded.max_ms), coalesce(excluded.max_ms, max_ms))`,
  );
  db.raw.transaction(() => {
    for (const [id, { sent, lost, min_ms, sum_ms, max_ms }] of tallies)
      put.run(id, minute, sent, lost, min_ms, sum_ms, max_ms);
  })();
}

/**
 * Makes one row of the minutes of an hour, and lets go what is older than it is kept: minutes always, what is kept for a year only where
 * the date is `sure`.
 */
export function closeHour(db: ReadDb, ids: readonly string[], hour: number, sure: boolean): void {
  const sum = db.prepare(
    `INSERT OR REPLACE INTO _watch_hours (device_id, hour, minutes, minutes_up, sent, lost, min_ms, sum_ms, max_ms)
     SELECT device_id, ?, count(*), sum(lost < sent), sum(sent), sum(lost), min(min_ms), sum(sum_ms), max(max_ms)
     FROM _watch_minutes WHERE device_id = ? AND minute BETWEEN ? AND ? GROUP BY device_id`,
  );
  const dropMinutes = db.prepare('DELETE FROM _watch_minutes WHERE device_id = ? AND minute < ?');
  const dropHours = db.prepare('DELETE FROM _watch_hours WHERE device_id = ? AND hour < ?');
  const now = hour * HOUR_MS;
  db.raw.transaction(() => {
    for (const id of ids) {
      sum.run(hour, id, hour * 60, hour * 60 + 59);
      dropMinutes.run(id, (now - MINUTES_KEPT_MS) / MINUTE_MS);
      if (sure) dropHours.run(id, (now - HOURS_KEPT_MS) / HOUR_MS);
    }
    if (!sure) return;
    db.prepare('DELETE FROM _watch_outages WHERE began_at < ?').run(now - HOURS_KEPT_MS);
    db.prepare('DELETE FROM _checks WHERE began_at < ?').run(now - HOURS_KEPT_MS);
  })();
}

/** Minutes with an answer and minutes watched, by the quarter of an hour (numbered since 1970). */
export const quartersOf = (
  db: ReadDb,
  id: string,
  fromQuarter: number,
): { quarter: number; up: number; seen: number }[] =>
  db.all(
    'SELECT minute / 15 AS quarter, sum(lost < sent) AS up, count(*) AS seen FROM _watch_minutes WHERE device_id = ? AND minute >= ? GROUP BY quarter',
    id,
    fromQuarter * 15,
  );

export const hoursOf = (db: ReadDb, id: string, fromHour: number): WatchHour[] =>
  db.all<WatchHour>(
    `SELECT minute / 60 * ${HOUR_MS} AS at, count(*) AS minutes, sum(sent) AS sent, sum(lost) AS lost, min(min_ms) AS min_ms,
       CASE WHEN sum(sent) > sum(lost) THEN sum(sum_ms) / (sum(sent) - sum(lost)) END AS avg_ms, max(max_ms) AS max_ms
     FROM _watch_minutes WHERE device_id = ? AND minute >= ? GROUP BY minute / 60 ORDER BY minute / 60`,
    id,
    fromHour * 60,
  );

/** `device` null: the laptop's own network. */
export function beginOutage(db: ReadDb, device: { id: string; name: string; ip: string } | null, at: number): void {
  db.prepare('INSERT INTO _watch_outages (device_id, name, ip, began_at) VALUES (?, ?, ?, ?)').run(
    device?.id ?? null,
    device?.name ?? '',
    device?.ip ?? null,
    at,
  );
}
export function endOutage(db: ReadDb, id: string | null, at: number, ending: 'up' | 'unknown'): void {
  db.prepare(
    'UPDATE _watch_outages SET ended_at = max(?, began_at), ending = ? WHERE device_id IS ? AND ended_at IS NULL',
  ).run(at, ending, id);
}
/** After a power cut: an outage that nobody closed lasted at least until the last minute that was written down. */
export function endForgotten(db: ReadDb): void {
  db.prepare(
    `UPDATE _watch_outages SET ending = 'unknown', ended_at = max(began_at,
       coalesce((SELECT (max(minute) + 1) * ${MINUTE_MS} FROM _watch_minutes m WHERE m.device_id = _watch_outages.device_id), began_at))
     WHERE ended_at IS NULL`,
  ).run();
}
export const listOutages = (
  db: ReadDb,
  wish: { readonly id?: string | undefined; readonly since?: number; readonly limit: number },
): Outage[] =>
  db.all<Outage>(
    `SELECT id, device_id, name, ip, began_at, ended_at, ending FROM _watch_outages
     WHERE coalesce(ended_at, ${Number.MAX_SAFE_INTEGER}) >= ? ${wish.id === undefined ? '' : 'AND device_id = ?'}
     ORDER BY began_at DESC, id DESC LIMIT ?`,
    wish.since ?? 0,
    ...(wish.id === undefined ? [] : [wish.id]),
    wish.limit,
  );

export interface StoredCheck {
  readonly id: string;
  readonly began_at: number;
  readonly ended_at: number;
  readonly complete: boolean;
  readonly total: number;
  readonly results: readonly CheckResult[];
  readonly ping_missing: boolean;
  readonly entry_id: string | null;
}
interface CheckRow extends Omit<StoredCheck, 'complete' | 'results' | 'ping_missing'> {
  readonly complete: number;
  readonly results: string;
  readonly ping_missing: number;
}
const asCheck = (row: CheckRow): StoredCheck => ({
  ...row,
  complete: row.complete === 1,
  ping_missing: row.ping_missing === 1,
  results: JSON.parse(row.results) as CheckResult[],
});

export function saveCheck(db: ReadDb, check: Omit<StoredCheck, 'entry_id'>): void {
  db.prepare(
    'INSERT INTO _checks (id, began_at, ended_at, complete, total, results, ping_missing) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(
    check.id,
    check.began_at,
    check.ended_at,
    check.complete ? 1 : 0,
    check.total,
    JSON.stringify(check.results),
    check.ping_missing ? 1 : 0,
  );
}
export function findCheck(db: ReadDb, id: string): StoredCheck | null {
  const row = db.get<CheckRow>('SELECT * FROM _checks WHERE id = ?', id);
  return row ? asCheck(row) : null;
}
export function lastCheck(db: ReadDb): StoredCheck | null {
  const row = db.get<CheckRow>('SELECT * FROM _checks ORDER BY began_at DESC, id DESC LIMIT 1');
  return row ? asCheck(row) : null;
}
/** The last complete one that began before a moment. */
export function checkBefore(db: ReadDb, at: number): StoredCheck | null {
  const row = db.get<CheckRow>(
    'SELECT * FROM _checks WHERE began_at < ? AND complete = 1 ORDER BY began_at DESC, id DESC LIMIT 1',
    at,
  );
  return row ? asCheck(row) : null;
}
export function linkEntry(db: ReadDb, id: string, entryId: string): void {
  db.prepare('UPDATE _checks SET entry_id = ? WHERE id = ?').run(entryId, id);
}
