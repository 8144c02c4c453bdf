/** Evidence past its term goes: sweeps and readings of devices. Nothing else, nothing younger than the floor. */
import {
  evidenceClasses,
  evidencePurges,
  FLOOR_DAYS,
  type EvidenceClass,
  type Retention,
} from '../../../../shared/features/discovery/history.ts';
import { addDays, momentOf } from '../../../../shared/day.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import type { Engine } from '../../engine.ts';
import { writeSetting } from '../../settings.ts';
import { countReadings } from '../switches/sightings.ts';
import { purgeReadings } from '../switches/store.ts';
import { RETENTION, retentionOf, type RetentionSetting } from './past.ts';
import { clockIsRight, clockLeap } from './purge-clock.ts';

interface Held {
  readonly total: number;
  readonly oldest_at: number | null;
  readonly due: number;
}
interface Evidence {
  held: (db: ReadDb, before: number) => Held;
  /** Takes a part at most, so that others get their turn; returns how many went, 0 at the end. */
  purge: (db: ReadDb, before: number) => number;
}
/** Sweeps of one bite, and their sightings, which go with them: some hundredths of a second. A /20 may be a bite of its own. */
const BITE = 20;
const BITE_SIGHTINGS = 2000;

const sweeps: Evidence = {
  held: (db, before) =>
    db.get<Held>(
      `SELECT count(*) AS total, min(started_at) AS oldest_at,
         count(*) FILTER (WHERE started_at < ? AND kept = 0) AS due FROM _sweeps`,
      before,
    ) ?? { total: 0, oldest_at: null, due: 0 },
  purge: (db, before) =>
    db.raw.transaction(() => {
      const old = db.all<{ id: string }>(
        'SELECT id FROM _sweeps WHERE started_at < ? AND kept = 0 ORDER BY started_at LIMIT ?',
        before,
        BITE,
      );
      let gone = 0;
      let sightings = 0;
      for (const { id } of old) {
        if (sightings >= BITE_SIGHTINGS) break;
        sightings += db.prepare('DELETE FROM _sightings WHERE sweep_id = ?').run(id).changes;
        gone += db.prepare('DELETE FROM _sweeps WHERE id = ?').run(id).changes;
      }
      return gone;
    })(),
};
const evidence: Record<EvidenceClass, Evidence> = {
  sweeps,
  readings: { held: countReadings, purge: purgeReadings },
};

/** The first day that stays. Never later than the floor allows, whatever term was set. */
const firstKept = (engine: Engine, days: number): string => addDays(engine.today(), -Math.max(FLOOR_DAYS, days));

export function retentionState(engine: Engine): Retention {
  const { db } = engine;
  const { terms, automatic } = retentionOf(db);
  // the trail is synced: what another notebook purged was its own evidence
  const own = `@${engine.machine()}`;
  const last = db.get<{ at: number; purged: number }>(
    `SELECT p.at, sum(p.purged) AS purged FROM evidence_purges p
     JOIN _ops o ON o.row_id = p.id JOIN _commits c ON c.ord = o.commit_ord
     WHERE substr(c.actor, -length(?)) = ? GROUP BY p.at ORDER BY p.at DESC LIMIT 1`,
    own,
    own,
  );
  return {
    terms,
    automatic,
    classes: evidenceClasses.map((each) => {
      const before = firstKept(engine, terms[each]);
      return { class: each, before, ...evidence[each].held(db, momentOf(before)) };
    }),
    kept: db.value<number>('SELECT count(*) FROM _sweeps WHERE kept = 1') ?? 0,
    leapt: clockLeap(engine),
    last: last ?? null,
  };
}

export function setRetention(engine: Engine, setting: RetentionSetting): Retention {
  writeSetting(engine.db, RETENTION, setting);
  engine.changed(['_sweeps']);
  return retentionState(engine);
}

export function confirmDate(engine: Engine, today: string): Retention {
  // said of another day than the clock shows: the window stood open overnight
  if (today !== engine.today()) throw refuse('purge_date', { today: engine.today() });
  clockIsRight(engine);
  return retentionState(engine);
}

type PurgeEvent =
  { is: 'progress'; done: number; total: number } | { is: 'done'; purged: Record<EvidenceClass, number> };

/** Refuses when the clock leapt. What went is written to the trail class by class, also when it was stopped on the way. */
export async function* purge(
  engine: Engine,
  automatic: boolean,
  signal?: AbortSignal,
): AsyncGenerator<PurgeEvent, void, void> {
  const leapt = clockLeap(engine);
  if (leapt) throw refuse('purge_clock', { days: Math.round(Math.abs(leapt.to - leapt.from) / 86_400_000) });
  const { db } = engine;
  const { classes } = retentionState(engine);
  const total = classes.reduce((sum, { due }) => sum + due, 0);
  const at = Math.trunc(engine.clock.now());
  const purged: Record<EvidenceClass, number> = { sweeps: 0, readings: 0 };
  const written: Record<EvidenceClass, boolean> = { sweeps: false, readings: false };
  const write = (each: EvidenceClass, before: string): void => {
    if (purged[each] === 0 || written[each] || !db.raw.open) return;
    written[each] = true;
    engine.command('evidence.purge', (tx) =>
      tx.append(evidencePurges, { class: each, before, purged: purged[each], at, automatic }),
    );
  };
  for (const { class: each, before } of classes) {
    try {
      for (let gone = -1; gone !== 0;) {
        if (signal?.aborted || !db.raw.open) break;
        gone = evidence[each].purge(db, momentOf(before));
        purged[each] += gone;
        const done = purged.sweeps + purged.readings;
        yield { is: 'progress', done, total: Math.max(total, done) };
        await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      write(each, before);
    }
  }
  engine.changed(['_sweeps']);
  yield { is: 'done', purged };
}

/** Only where the user switched it on; a leapt clock leaves everything as it is. */
export async function purgeIfDue(engine: Engine): Promise<void> {
  if (engine.setup === null || !retentionOf(engine.db).automatic || clockLeap(engine) !== null) return;
  const { classes } = retentionState(engine);
  if (classes.every(({ due }) => due === 0)) return;
  for await (const _ of purge(engine, true)) if (!engine.db.raw.open) return;
}
