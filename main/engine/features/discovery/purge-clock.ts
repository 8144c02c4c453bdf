/**
 * Whether the computer's date can be believed enough to throw evidence away (security.md T10): it may not have leapt by more than a
 * day since the last moment that was sure. A laptop that was off for a weekend looks the same as one whose clock was set: then a person
 * looks at the date and says that it is right.
 */
import { DAY_MS } from '../../../../shared/day.ts';
import type { Engine } from '../../engine.ts';
import { readSetting, writeSetting } from '../../settings.ts';

const KEY = 'clock_sure';
const LEAP_MS = DAY_MS;

/** Before anything was noted: the last thing that was written down with its moment. */
function lastWritten(engine: Engine): number | null {
  const commit = engine.db.value<number | null>('SELECT max(at) FROM _commits') ?? null;
  const sweep = engine.db.value<number | null>('SELECT max(started_at) FROM _sweeps') ?? null;
  return commit === null && sweep === null ? null : Math.max(commit ?? 0, sweep ?? 0);
}

export interface Leap {
  readonly from: number;
  readonly to: number;
}
/** Null: the clock went on as clocks do, and this moment is noted as sure. */
export function clockLeap(engine: Engine): Leap | null {
  const now = Math.trunc(engine.clock.now());
  const sure = readSetting<number>(engine.db, KEY) ?? lastWritten(engine);
  if (sure !== null && Math.abs(now - sure) > LEAP_MS) return { from: sure, to: now };
  // a small step back is a clock set right; the later moment stays the sure one, so that steps do not add up
  writeSetting(engine.db, KEY, Math.max(now, sure ?? now));
  return null;
}
/** A person says that today is today. */
export const clockIsRight = (engine: Engine): void => writeSetting(engine.db, KEY, Math.trunc(engine.clock.now()));
