/** The unit's working calendar as deadlines need it: shipped notices, imported ones, and the unit's own days. */
import { calendarOf, type Calendar, type MarkedDay } from '../../shared/calendar.ts';
import type { ReadDb } from './db.ts';

/** Every day the unit added; of two entries for a day the one stored later comes, and counts, last. */
export const markedDays = (db: ReadDb): MarkedDay[] =>
  db.all<MarkedDay>('SELECT day, kind, name, source FROM calendar_days WHERE deleted_at IS NULL ORDER BY day, rowid');

export const readCalendar = (db: ReadDb): Calendar => calendarOf(markedDays(db));
