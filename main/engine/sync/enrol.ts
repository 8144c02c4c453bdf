/** Joining a central store with its address and a one-time code. */
import { isRefusal, refuse } from '../../../shared/refusal.ts';
import { randomUUID } from 'node:crypto';
import { sha256 } from '../commits.ts';
import type { Engine } from '../engine.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { Hub, originOf } from './hub.ts';
import { live, newState, readState, writeLog, writeState } from './state.ts';

const DEVICE = 'sync.device';

/** The id this laptop has at hubs: written before it is first told, so that a lost answer can be asked for again. */
function deviceId(engine: Engine): string {
  const known = readSetting<string>(engine.db, DEVICE);
  if (known !== null) return known;
  const id = randomUUID();
  writeSetting(engine.db, DEVICE, id);
  return id;
}

/** Enrols, or enrols again at the same store when it no longer knows this laptop. Nothing is changed when it is refused. */
export async function enrol(engine: Engine, written: string, code: string): Promise<void> {
  const { setup } = engine;
  if (!setup) throw refuse('not_set_up');
  if (live(engine).running) throw refuse('sync_running');
  const address = originOf(written);
  const before = readState(engine.db);
  const hub = new Hub(engine.ports.fetch, { address, token: '' });
  const asked = {
    code,
    device: deviceId(engine),
    machine: setup.machine,
    technician: setup.technician,
    epoch: before?.epoch ?? null,
  };
  const answer = await hub.enrol(asked).catch((error: unknown) => {
    // Nothing says yet that a store was ever there.
    throw isRefusal(error) && error.code === 'hub_unreachable' ? refuse('hub_not_found', { address }) : error;
  });
  const fresh = newState(address, answer.token, answer.epoch, sha256(answer.epoch));
  writeState(engine.db, before ? { ...before, address, token: answer.token, lastError: null } : fresh);
  live(engine).online = true;
  writeLog(engine, 'enrolled', { address });
  engine.changed(['sync']);
}
