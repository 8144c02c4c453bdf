/** The three-day clock of the user register: what changed since the copy that was handed in last, and since when. */
import { registerClock, registerDueDay } from '../../../../shared/calendar/deadlines.ts';
import { daysBetween, dayOf } from '../../../../shared/day.ts';
import type { RegisterClock } from '../../../../shared/features/submissions.ts';
import { compareRow, formSpecs } from '../../../../shared/features/transfer/forms.ts';
import type { Engine } from '../../engine.ts';
import { type About, fieldsBehind, firstCause, recordsBehind } from './cause.ts';
import { buildingsOf, formRows } from './form-rows.ts';
import { lastCommit } from './judge.ts';
import { buildingIn, copyOf, movedSince, placeColumn, submissionsOf, type Base } from './submissions.ts';

/** The whole register is compared, so the answer is kept until a row of the form was written or handed in. */
interface Kept {
  readonly position: number;
  readonly base: ReturnType<typeof copyOf>;
  readonly found: Found;
}
interface Found {
  readonly first: number | null;
  readonly counts: RegisterClock['counts'];
  readonly buildings: RegisterClock['buildings'];
}
const kept = new WeakMap<Engine, Kept>();
const spec = formSpecs['F-01'];

/** How the clock stands today; it only compares days, so it is counted anew at every question. */
export async function clockOf(engine: Engine): Promise<RegisterClock> {
  const [newest] = submissionsOf(engine.db, 'F-01');
  if (!newest)
    return {
      state: 'never',
      last: null,
      since: null,
      days: 0,
      due_on: null,
      counts: { added: 0, changed: 0, gone: 0 },
      buildings: [],
    };
  const { first, counts, buildings } = await found(engine, newest.id);
  const last = { number: newest.number, day: dayOf(newest.made_at) };
  if (counts.added + counts.changed + counts.gone === 0)
    return { state: 'clear', last, since: null, days: 0, due_on: null, counts, buildings };
  const today = engine.today();
  const since = first === null ? today : dayOf(first);
  return {
    state: registerClock(since, today),
    last,
    since,
    days: daysBetween(since, today),
    due_on: registerDueDay(since),
    counts,
    buildings,
  };
}

async function found(engine: Engine, newest: string): Promise<Found> {
  const before = kept.get(engine);
  const isSame = before?.base.id === newest;
  if (before && isSame && !movedSince(engine.db, 'F-01', before.position)) return before.found;
  const base = before && isSame ? before.base : copyOf(engine.db, newest);
  const position = lastCommit(engine.db);
  const now = await compareNow(engine, base);
  kept.set(engine, { position, base, found: now });
  return now;
}

async function compareNow(engine: Engine, base: Base): Promise<Found> {
  const { db } = engine;
  const span = { since: base.made_at, until: engine.clock.now() };
  const counts = { added: 0, changed: 0, gone: 0 };
  const buildings = new Map<string, number>();
  const seen = new Set<string>();
  let first: number | null = null;
  const count = (mark: keyof typeof counts, building: string, ids: readonly string[], about: About): void => {
    counts[mark] += 1;
    buildings.set(building, (buildings.get(building) ?? 0) + 1);
    const at = firstCause(db, ids, about, span)?.at;
    if (at !== undefined && (first === null || at < first)) first = at;
  };
  for await (const batch of formRows(db, 'F-01', { filter: [], sort: [] }).batches)
    for (const { id, values, building } of batch) {
      seen.add(id);
      const { mark, changed } = compareRow(values, base.rows.get(id));
      if (mark === 'added') count(mark, building, [id], 'row');
      if (mark === 'changed')
        count(
          mark,
          building,
          recordsBehind(db, 'F-01', id),
          changed.flatMap((i) => [...fieldsBehind('F-01', spec.columns[i]!.key)]),
        );
    }
  const known = buildingsOf(db);
  const at = placeColumn(spec);
  for (const [id, values] of base.rows) if (!seen.has(id)) count('gone', buildingIn(known, values[at]), [id], 'row');
  return {
    first,
    counts,
    buildings: [...buildings].map(([name, n]) => ({ name, n })).toSorted((a, b) => b.n - a.n),
  };
}
