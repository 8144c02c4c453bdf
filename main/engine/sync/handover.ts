/** The store ended this laptop's access: what it had not sent is given to the operator for review. Here it stays too, and can be read and exported. */
import { isRefusal, type Refusal } from '../../../shared/refusal.ts';
import { handoverText, MAX_HANDED } from '../../../shared/sync/keys.ts';
import { sampleOf } from '../clock.ts';
import type { Engine } from '../engine.ts';
import { deviceId } from './device.ts';
import { deviceKey, signPending } from './device-key.ts';
import { Hub } from './hub.ts';
import { commitTexts } from './outbox.ts';
import { changeState, readState, writeLog, type SyncState } from './state.ts';

/** Of commit text in one request; the hub takes 4 MiB. */
const MAX_BYTES = 2_000_000;
const PENDING = "state = 'pending' AND state <> 'applied'";

/** Own work that the operator has not been given. */
export const keptBack = (engine: Engine): number =>
  engine.db.value<number>(
    `SELECT count(*) FROM _commits WHERE ${PENDING} AND ord > ?`,
    readState(engine.db)?.revoked?.upto ?? 0,
  ) ?? 0;
export const handedOver = (engine: Engine): number =>
  engine.db.value<number>(
    `SELECT count(*) FROM _commits WHERE ${PENDING} AND ord <= ?`,
    readState(engine.db)?.revoked?.upto ?? 0,
  ) ?? 0;

/** Never throws for the line's sake: what could not be given stays and is given next time. */
export async function handOver(
  engine: Engine,
  state: SyncState,
  { params }: Refusal,
  signal?: AbortSignal,
): Promise<void> {
  const at = Number(params['at'] ?? 0);
  const before = readState(engine.db)?.revoked;
  if (before?.at !== at) {
    changeState(engine.db, { revoked: { at, upto: 0 } });
    writeLog(engine, 'revoked');
  }
  try {
    const n = await giveAll(engine, state, at, signal);
    if (n > 0) writeLog(engine, 'handed_over', { n });
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}

/** All of it each time: a store that was restored to before it was given some has lost them, and takes what it has only once. */
async function giveAll(engine: Engine, state: SyncState, at: number, signal?: AbortSignal): Promise<number> {
  const { db } = engine;
  const { pin } = state;
  const key = await deviceKey(engine);
  // Joined before there were keys, and never came back since: there is nothing to prove these commits with.
  if (!key) return 0;
  const hub = new Hub(engine.ports.fetch, { ...state, token: '' });
  const device = deviceId(engine);
  let given = 0;
  let upto = 0;
  for (;;) {
    await signPending(engine);
    const { ords, commits } = take(engine, upto);
    const last = ords.at(-1);
    if (last === undefined) return given;
    const { nonce } = await hub.nonce(device);
    const signature = key.sign(handoverText(nonce, device, pin));
    const clock = sampleOf(engine.clock);
    const { kept } = await hub.handOver({ device, nonce, pin, signature, clock, commits }, signal);
    upto = last;
    changeState(db, { revoked: { at, upto: Math.max(upto, readState(db)?.revoked?.upto ?? 0) } });
    given += kept;
  }
}

function take(engine: Engine, after: number): { ords: number[]; commits: string[] } {
  const ords = engine.db
    .all<{ ord: number }>(
      `SELECT ord FROM _commits WHERE ${PENDING} AND ord > ? ORDER BY ord LIMIT ${MAX_HANDED}`,
      after,
    )
    .map(({ ord }) => ord);
  const commits: string[] = [];
  let bytes = 0;
  for (const ord of ords) {
    const [one] = commitTexts(engine.db, 'ord = ?', ord);
    if (!one || (commits.length > 0 && bytes + one.text.length > MAX_BYTES)) break;
    commits.push(one.text);
    bytes += one.text.length;
  }
  return { ords: ords.slice(0, commits.length), commits };
}
