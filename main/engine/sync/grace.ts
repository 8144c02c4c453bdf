/**
 * How long this laptop has been without its store. Past the days the store allows, it is for reading until it has been there again: what a
 * lost or dismissed laptop may still do ends by itself, and nothing that was typed is lost.
 *
 * A laptop's clock may stand at 2010 or jump to 2040, and nobody is locked out for that: time is added up from moment to moment, what ran on the
 * clock of one start counts as it ran, and a pause (switched off, or the date was set) counts for a week at most. Who sets the clock back gains no more
 * than the time the notebook is switched off.
 */
import type { ClockSample } from '../../../shared/commit.ts';
import { refuse } from '../../../shared/refusal.ts';
import { sampleOf } from '../clock.ts';
import type { ReadDb } from '../db.ts';
import type { Engine } from '../engine.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { readState } from './state.ts';

const KEY = 'sync.away';
export const DAY_MS = 86_400_000;
/** A holiday in the drawer, or a date that was set wrong once, is no month without the store. */
const LONGEST_PAUSE_MS = 7 * DAY_MS;
/** How far what is kept may lag behind. */
const NOTE_MS = 600_000;
/** So many days before the end it is said. */
const WARN_DAYS = 5;

interface Away {
  readonly ms: number;
  readonly sample: ClockSample;
  readonly graceDays: number;
}
const read = (db: ReadDb): Away | null => readSetting<Away>(db, KEY);

/** What passed between two moments, as far as a laptop can know. */
export function passed(before: ClockSample, now: ClockSample): number {
  const ran = before.boot_id === now.boot_id ? Math.max(0, now.mono_ms - before.mono_ms) : 0;
  const wall = Math.min(LONGEST_PAUSE_MS, Math.max(0, now.wall_ms - before.wall_ms));
  return Math.max(ran, wall);
}

/** The store answered. It says with every session how many days it allows. */
export function heard(engine: Engine, graceDays?: number): void {
  const away = read(engine.db);
  const sample = sampleOf(engine.clock);
  const days = graceDays ?? away?.graceDays ?? 0;
  // Every answer comes by here: most change nothing that matters.
  if (away?.ms === 0 && away.graceDays === days && passed(away.sample, sample) < NOTE_MS) return;
  writeSetting(engine.db, KEY, { ms: 0, sample, graceDays: days } satisfies Away);
  if (away && isOver(away)) engine.changed(['sync']);
}

const isOver = ({ ms, graceDays }: Away): boolean => graceDays > 0 && ms >= graceDays * DAY_MS;

function awayNow(engine: Engine): Away | null {
  const away = read(engine.db);
  if (!away || !readState(engine.db)) return null;
  const sample = sampleOf(engine.clock);
  const more = passed(away.sample, sample);
  const now = { ...away, ms: away.ms + more, sample };
  // Also where nothing passed by it: from a date that was set back, time goes on.
  if (more >= NOTE_MS || sample.wall_ms < away.sample.wall_ms - NOTE_MS || sample.boot_id !== away.sample.boot_id)
    writeSetting(engine.db, KEY, now satisfies Away);
  return now;
}

interface Absence {
  /** Whole days since the store was reached. */
  readonly days: number;
  /** As many as the store allows. */
  readonly grace: number;
  readonly read_only: boolean;
}
/** Null while there is nothing to say: the store sets no limit, or the end is not near. */
export function absence(engine: Engine): Absence | null {
  const away = awayNow(engine);
  if (!away || away.graceDays === 0) return null;
  const days = Math.floor(away.ms / DAY_MS);
  return days < away.graceDays - WARN_DAYS ? null : { days, grace: away.graceDays, read_only: isOver(away) };
}

/** From now on nothing is written that the store should have, when it was not reached for too long. */
export function keepGrace(engine: Engine): void {
  engine.beforeCommit(() => {
    const away = awayNow(engine);
    if (away && isOver(away)) throw refuse('away_too_long', { days: Math.floor(away.ms / DAY_MS) });
  });
}
