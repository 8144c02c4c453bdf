/** What laptop and store tell each other of their versions in the course of a round (sync.md 2.12). */
import { SCHEMA } from '../../../shared/commit.ts';
import { isRefusal, refuse } from '../../../shared/refusal.ts';
import type { Head } from '../../../shared/sync/frames.ts';
import type { Engine } from '../engine.ts';
import { fetchAnew } from './adopt.ts';
import type { Hub } from './hub.ts';
import { changeState, readState, writeLog } from './state.ts';
import { waitingCount } from './waiting.ts';

/** Takes note of the store's version. Refuses when this laptop is too old to be told anything; what it sent was taken in. */
export function hearSchema(engine: Engine, { min_schema, max_schema }: Pick<Head, 'min_schema' | 'max_schema'>): void {
  const { db } = engine;
  const state = readState(db);
  if (!state) return;
  if (state.hubSchema !== max_schema) {
    const waited = waitingCount(db);
    changeState(db, { hubSchema: max_schema });
    if (waited > 0 && max_schema > (state.hubSchema ?? SCHEMA)) writeLog(engine, 'store_upgraded', { n: waited });
  }
  // What the store told until now was told as to an older laptop.
  if (typeof state.spoken === 'number' && max_schema > state.spoken) {
    changeState(db, { spoken: null });
    fetchAnew(db);
  }
  if (min_schema > SCHEMA) throw refuse('laptop_older');
}

/** While something waits, the store is asked first whether it was upgraded: a round without news does not say it. */
export async function learnSchema(engine: Engine, hub: Hub, signal?: AbortSignal): Promise<void> {
  if (waitingCount(engine.db) > 0) hearSchema(engine, await hub.headOf(signal));
}

/** A store that says it is older took nothing of the request: what it cannot understand is put aside, and the rest goes. */
export function helpOlder(engine: Engine, error: unknown, healed: Set<string>): boolean {
  if (!isRefusal(error) || error.code !== 'hub_older') return false;
  const hub = Number(error.params['hub']);
  const state = readState(engine.db);
  if (!state || !Number.isInteger(hub) || hub >= SCHEMA) return false;
  const key = `older ${hub} ${state.hubSchema === hub}`;
  if (healed.has(key)) return false;
  healed.add(key);
  if (state.hubSchema === hub) changeState(engine.db, { spoken: hub });
  else {
    changeState(engine.db, { hubSchema: hub });
    writeLog(engine, 'store_older');
  }
  return true;
}
