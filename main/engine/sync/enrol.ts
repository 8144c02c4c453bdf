/** Joining a central store with its address and a one-time code. */
import { isRefusal, refuse } from '../../../shared/refusal.ts';
import { codeName } from '../../../shared/sync/proof.ts';
import type { Engine } from '../engine.ts';
import { deviceId } from './device.ts';
import { makeDeviceKey } from './device-key.ts';
import { heard } from './grace.ts';
import { originOf } from './address.ts';
import { Hub } from './hub.ts';
import { forgetSessions, hubOf } from './session.ts';
import { lookAt, newNonce, proves } from './trust.ts';
import { changeState, live, newState, readState, writeLog, writeState } from './state.ts';

/**
 * The key to pin, once the hub has proved with the code that it is its own. Null where no proof is needed: an authority vouches for it, or
 * it is a plain hub on this computer. Nothing secret is told on the way.
 */
async function pinFor(engine: Engine, address: string, code: string): Promise<string | null> {
  if (!address.startsWith('https:')) return null;
  const seen = await lookAt(address).catch((error: unknown) => {
    throw notFound(error, address);
  });
  if (seen.vouched) return null;
  const nonce = newNonce();
  const { proof } = await new Hub(engine.ports.fetch, { address, pin: seen.pin, token: '' }).prove(
    codeName(code),
    nonce,
  );
  if (!proves(proof, code, nonce, seen.pin)) throw refuse('hub_not_proved', { address });
  return seen.pin;
}

/** Before joining nothing says yet that a store was ever there. */
const notFound = (error: unknown, address: string): unknown =>
  isRefusal(error) && error.code === 'hub_unreachable' ? refuse('hub_not_found', { address }) : error;

/** Enrols, or enrols again at the same store when it no longer knows this laptop. Nothing is changed when it is refused. */
export async function enrol(engine: Engine, written: string, code: string): Promise<void> {
  const { setup } = engine;
  if (!setup) throw refuse('not_set_up');
  if (live(engine).running) throw refuse('sync_running');
  const address = originOf(written);
  const before = readState(engine.db);
  const pin = await pinFor(engine, address, code);
  const hub = new Hub(engine.ports.fetch, { address, pin, token: '' });
  const device = deviceId(engine);
  const key = await makeDeviceKey(engine);
  const asked = {
    code,
    device,
    key: key.claim(device),
    machine: setup.machine,
    technician: setup.technician,
    origin: before?.origin ?? null,
  };
  const answer = await hub.enrol(asked).catch((error: unknown) => {
    throw notFound(error, address);
  });
  const token = answer.token ?? '';
  const fresh = newState({ address, pin }, token, answer.epoch, answer.origin);
  const again = { address, pin, token, keyed: token === '', lastError: null, revoked: null };
  writeState(engine.db, before ? { ...before, ...again } : fresh);
  forgetSessions(engine);
  heard(engine);
  live(engine).online = true;
  writeLog(engine, 'enrolled', { address });
  engine.changed(['sync']);
}

/** Goes on with the same store at another address; refuses whoever has not its key, before anything is told. Nothing is changed then. */
export async function moveTo(engine: Engine, written: string): Promise<void> {
  const state = readState(engine.db);
  if (!state) throw refuse('not_enrolled');
  if (live(engine).running) throw refuse('sync_running');
  const address = originOf(written);
  const { pin } = state;
  // Without a pinned key nothing tells this store from another, which must not get the token.
  if (pin === null) throw refuse('code_needed');
  await hubOf(engine, { ...state, address })
    .head()
    .catch((error: unknown) => {
      throw notFound(error, address);
    });
  changeState(engine.db, { address, lastError: null });
  live(engine).online = true;
  writeLog(engine, 'moved', { address });
  engine.changed(['sync']);
}
