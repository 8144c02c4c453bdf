/**
 * Joining a store that this laptop never meets: a file asks to be taken in, and the answer proves with the code whose key it is signed with. Until it
 * was read nothing of this laptop has changed but that it has a key of its own.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { refuse } from '../../../shared/refusal.ts';
import type { AnswerHeader, JoinHeader } from '../../../shared/sync/bundle.ts';
import { codeName, tidyCode } from '../../../shared/sync/proof.ts';
import { askText, sealText } from '../../../shared/sync/stick.ts';
import type { Engine } from '../engine.ts';
import { dropSetting, readSetting, writeSetting } from '../settings.ts';
import { deviceId } from './device.ts';
import { makeDeviceKey } from './device-key.ts';
import { heard } from './grace.ts';
import { newState, readState, writeLog, writeState, type SyncState } from './state.ts';
import { newNonce } from './trust.ts';

/** Where it is kept what was asked with, until it is answered; what leaves this laptop goes without it (backup.ts). */
export const JOINING = 'sync.joining';
interface Joining {
  /** SHA-256 of the tidied code, in hexadecimal: what the HMACs of both sides are keyed with. */
  readonly code: string;
  /** The same in every file with this code, so that an answer may come to any of them. */
  readonly nonce: string;
}
const sealOf = (code: string, signed: string): Buffer =>
  createHmac('sha256', Buffer.from(code, 'hex')).update(sealText(signed)).digest();

/** What a file needs to ask for joining. */
export interface JoinAsk {
  readonly header: Pick<JoinHeader, 'technician' | 'origin' | 'proof' | 'code' | 'nonce'>;
  /** The third line of the file. */
  readonly seal: (signed: string) => string;
}

/** Groups of four, five of them. */
const CODE_CHARS = 20;

/** Refuses a notebook that has joined already, and what cannot be a code. */
export async function joinAsk(engine: Engine, typed: string): Promise<JoinAsk> {
  const { setup, db } = engine;
  if (!setup) throw refuse('not_set_up');
  if (readState(db)) throw refuse('stick_joined');
  const tidied = tidyCode(typed);
  if (tidied.length !== CODE_CHARS) throw refuse('code_wrong');
  const device = deviceId(engine);
  const key = await makeDeviceKey(engine);
  const { proof } = key.claim(device);
  const code = createHash('sha256').update(tidied).digest('hex');
  const before = readSetting<Joining>(db, JOINING);
  const nonce = before?.code === code ? before.nonce : newNonce();
  writeSetting(db, JOINING, { code, nonce } satisfies Joining);
  return {
    header: { technician: setup.technician, origin: null, proof, code: codeName(tidied), nonce },
    seal: (signed) => {
      const seal = sealOf(code, signed).toString('hex');
      return `${key.sign(askText(signed, seal))}.${seal}`;
    },
  };
}

/** Where this laptop will stand by this answer. Refuses one that does not prove that it is of the store which made the code. */
export function joinedState(
  { db }: Engine,
  { joined, epoch, origin }: AnswerHeader,
  signed: string,
  seal: string,
  pin: string,
): SyncState {
  const asked = readSetting<Joining>(db, JOINING);
  if (!asked || !joined) throw refuse('stick_not_asked');
  if (joined.nonce !== asked.nonce) throw refuse('stick_other_code');
  const given = Buffer.from(seal, 'hex');
  const own = sealOf(asked.code, signed);
  if (given.length !== own.length || !timingSafeEqual(given, own)) throw refuse('stick_not_proved');
  return newState({ address: '', pin }, '', epoch, origin);
}

/** From now on this laptop is of that store. */
export function keepJoined(engine: Engine, state: SyncState): void {
  engine.db.raw
    .transaction(() => {
      writeState(engine.db, state);
      dropSetting(engine.db, JOINING);
      heard(engine);
      writeLog(engine, 'joined_by_stick');
    })
    .immediate();
}
