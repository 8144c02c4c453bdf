/**
 * The hub as this laptop is known to it: an hour's session, got by signing a nonce, kept in memory only and renewed by itself, ahead of its end or
 * when the hub says it is over. A laptop that joined before there were keys gives the hub its key with the old token, once.
 */
import { isRefusal, refuse } from '../../../shared/refusal.ts';
import { sessionText } from '../../../shared/sync/keys.ts';
import type { Engine, FetchInit } from '../engine.ts';
import { deviceId } from './device.ts';
import { deviceKey, makeDeviceKey } from './device-key.ts';
import { heard } from './grace.ts';
import { Hub } from './hub.ts';
import { changeState, isByStick, type SyncState } from './state.ts';

type Line = Pick<SyncState, 'address' | 'pin' | 'token' | 'keyed'>;

interface Session {
  readonly token: string;
  /** On the clock of this boot, which nobody sets. */
  readonly renewAt: number;
}
/** By hub: a laptop that moves asks at the new address before it leaves the old one. */
const sessions = new WeakMap<Engine, Map<string, Promise<Session>>>();
const nameOf = ({ address, pin }: Line): string => `${address} ${pin ?? ''}`;

function sessionsOf(engine: Engine): Map<string, Promise<Session>> {
  const known = sessions.get(engine) ?? new Map<string, Promise<Session>>();
  sessions.set(engine, known);
  return known;
}

/** Joined anew: what was had before is of before. */
export const forgetSessions = (engine: Engine): void => void sessions.delete(engine);

/** The hub, asked as this laptop. Refuses where no address of it is known. */
export function hubOf(engine: Engine, line: Line): Hub {
  if (isByStick(line)) throw refuse('stick_only');
  const { fetch } = engine.ports;
  const ask = async (url: string, init: FetchInit): Promise<Response> => {
    for (let again = false; ; again = true) {
      const session = await sessionAt(engine, line);
      const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${session.token}` };
      const answer = await fetch(url, { ...init, headers });
      if (answer.ok) heard(engine);
      if (again || answer.status !== 401 || (await codeOf(answer)) !== 'SESSION_EXPIRED') return answer;
      await drop(engine, line, session);
    }
  };
  return new Hub(ask, { ...line, token: '' });
}

async function codeOf(answer: Response): Promise<unknown> {
  const text: unknown = await answer
    .clone()
    .json()
    .catch(() => null);
  return text && typeof text === 'object' && 'code' in text ? text.code : null;
}

async function sessionAt(engine: Engine, line: Line): Promise<Session> {
  const all = sessionsOf(engine);
  const name = nameOf(line);
  const known = all.get(name);
  const session = await known?.catch(() => null);
  if (session && session.renewAt > engine.clock.mono()) return session;
  // Somebody else of this laptop is at it already.
  const now = all.get(name);
  if (now && now !== known) return now;
  const next = openAt(engine, line);
  all.set(name, next);
  next.catch(() => all.get(name) === next && all.delete(name));
  return next;
}

async function drop(engine: Engine, line: Line, session: Session): Promise<void> {
  const all = sessionsOf(engine);
  const known = all.get(nameOf(line));
  if ((await known?.catch(() => null)) === session) all.delete(nameOf(line));
}

const isCode = (error: unknown, code: string): boolean => isRefusal(error) && error.code === code;
/** An old hub has no such calls. */
const isMissing = (error: unknown): boolean =>
  isCode(error, 'hub_failed') && (error as { params: { id?: unknown } }).params.id === 'NOT_FOUND';
const OLD_HUB_MS = 600_000;

async function openAt(engine: Engine, line: Line): Promise<Session> {
  try {
    if (line.token !== '' && line.keyed !== true) await giveKey(engine, line);
    return await openWithKey(engine, line);
  } catch (error) {
    if (line.token === '') throw error;
    if (isMissing(error)) return { token: line.token, renewAt: engine.clock.mono() + OLD_HUB_MS };
    // Restored to before it was given this laptop's key, it takes the old token once more.
    if (line.keyed !== true || !isCode(error, 'device_refused')) throw error;
    await giveKey(engine, line);
    return openWithKey(engine, line);
  }
}

async function giveKey(engine: Engine, line: Line): Promise<void> {
  const key = await makeDeviceKey(engine);
  await new Hub(engine.ports.fetch, line).giveKey(key.claim(deviceId(engine)));
  changeState(engine.db, { keyed: true });
}

async function openWithKey(engine: Engine, line: Line): Promise<Session> {
  const hub = new Hub(engine.ports.fetch, { ...line, token: '' });
  const device = deviceId(engine);
  const key = await deviceKey(engine);
  if (!key) throw refuse('device_refused');
  for (let again = false; ; again = true)
    try {
      const { nonce } = await hub.nonce(device);
      const signature = key.sign(sessionText(nonce, device, line.pin));
      const asked = engine.clock.mono();
      const { token, expires_ms, grace_days } = await hub.session({ device, nonce, pin: line.pin, signature });
      heard(engine, grace_days);
      return { token, renewAt: asked + expires_ms * 0.9 };
    } catch (error) {
      // A line so slow that the nonce was over: it may be faster now.
      if (again || !isCode(error, 'session_refused')) throw error;
    }
}
