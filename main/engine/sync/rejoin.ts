/**
 * After the store was restored from a backup: this laptop holds every commit it ever received, its own and others', and the chain over them.
 * It finds the last commit both sides share, gives back what the store lost, in the old order, and goes on (sync.md 2.9).
 */
import type { SyncEvent } from '../../../shared/features/sync.ts';
import { refuse } from '../../../shared/refusal.ts';
import { nextChain, START, wholeUpTo, type Head } from '../../../shared/sync/frames.ts';
import { MAX_OFFERED, searchCommon, type Offered } from '../../../shared/sync/rejoin.ts';
import { sha256 } from '../commits.ts';
import type { ReadDb } from '../db.ts';
import type { Engine } from '../engine.ts';
import { signOwn } from './device-key.ts';
import type { Hub } from './hub.ts';
import { commitTexts } from './outbox.ts';
import { changeState, readState, writeLog, type SyncState } from './state.ts';

/** Of commit text in one request; the hub takes 1 MiB of JSON. */
const MAX_BYTES = 600_000;

/** Refuses with `other_hub` when the store never had this laptop's past, and with `hub_forked` when this laptop's own log has a hole. */
export async function* rejoin(engine: Engine, hub: Hub, signal?: AbortSignal): AsyncGenerator<SyncEvent> {
  const { db } = engine;
  const state = readState(db);
  if (!state) throw refuse('not_enrolled');
  const chain = chainOf(db, state);
  const level = chain.length - 1;
  const search = async (): Promise<number> => {
    const found = await searchCommon(chain, (links) => hub.common(links, signal));
    if (found === null) throw refuse('other_hub');
    return found;
  };
  await signOwn(engine);
  let common = await search();
  const lost = level - common;
  const tally = { taken: 0, refused: 0, quarantined: 0 };
  for (const commits of lostAfter(db, chain, common)) {
    const { epoch } = state;
    const { incarnation } = engine;
    yield { phase: 'send', done: commits[0] ? commits[0].seq - common - 1 : lost, total: lost };
    const receipt = state.receipt ?? null;
    const answer = await hub.offer({ epoch, incarnation, common, receipt, commits }, signal);
    tally.taken += answer.taken;
    tally.refused += answer.refused;
    tally.quarantined += answer.quarantined;
  }
  if (lost > 0) common = await search();
  const { epoch } = await hub.rejoin(
    { incarnation: engine.incarnation, last_mut_no: lastMutNo(engine), seq: common },
    signal,
  );
  db.raw.transaction(() => settleInto(engine, { epoch, common, level })).immediate();
  if (lost > 0) writeLog(engine, 'rejoined', { seq: level - lost, n: tally.taken });
  if (tally.refused > 0) writeLog(engine, 'rejoin_refused', { n: tally.refused });
  if (tally.quarantined > 0) writeLog(engine, 'rejoin_quarantined', { n: tally.quarantined });
}

/**
 * While everything is fetched anew, the user goes on working over what is on screen, which is of the old past: the store is told up to which
 * commit, before any of them is sent. Until the answer is here nothing new may have been written, so it is asked until that is so.
 */
export async function declareOldPast(engine: Engine, hub: Hub, signal?: AbortSignal): Promise<void> {
  const { incarnation } = engine;
  for (;;) {
    const resync = readState(engine.db)?.resync;
    if (!resync) return;
    if (resync.common === null) {
      if (resync.pulled) changeState(engine.db, { resync: null });
      return;
    }
    const last = lastMutNo(engine);
    await hub.rejoin({ incarnation, last_mut_no: last, seq: resync.common }, signal);
    if (last !== lastMutNo(engine)) continue;
    if (readState(engine.db)?.resync?.pulled) changeState(engine.db, { resync: null });
    return;
  }
}

/** Keeps what proves to the store, should it ever be restored to before, that it lost something. */
export function noteReceipt({ db }: Engine, { epoch, seq, chain, receipt }: Head): void {
  if (receipt !== null && readState(db)?.receipt?.receipt !== receipt)
    changeState(db, { receipt: { epoch, seq, chain, receipt } });
}

const lastMutNo = ({ db, incarnation }: Engine): number =>
  db.value<number>('SELECT max(mut_no) FROM _commits WHERE incarnation = ?', incarnation) ?? 0;

/**
 * The chain by commit number, from 0 to where this laptop stands. While everything is fetched anew the cursor is behind what the log still
 * holds: then it goes as far as the log has no hole.
 */
function chainOf(db: ReadDb, state: SyncState): string[] {
  const chain = [state.origin];
  const again = state.resync?.pulled === false;
  const level = again ? Number.MAX_SAFE_INTEGER : wholeUpTo(state.cursor);
  for (const { seq, sha256: hash } of db.iterate<{ seq: number; sha256: string }>(
    'SELECT seq, sha256 FROM _commits WHERE seq <= ? ORDER BY seq',
    level,
  )) {
    if (seq !== chain.length && again) break;
    if (seq !== chain.length) throw refuse('hub_forked');
    chain.push(nextChain(sha256, chain[seq - 1] as string, hash));
  }
  const stand = wholeUpTo(state.cursor);
  if (chain[stand] !== state.chain || (!again && chain.length - 1 !== stand)) throw refuse('hub_forked');
  return chain;
}

/** What the store no longer has, in batches that fit into a request. */
function* lostAfter(db: ReadDb, chain: readonly string[], common: number): Generator<Offered[]> {
  let batch: Offered[] = [];
  let bytes = 0;
  for (const { seq, result, text } of commitTexts(
    db,
    'seq > ? AND seq < ? AND hidden IS NULL ORDER BY seq',
    common,
    chain.length,
  )) {
    if (seq === null || result === null) throw refuse('hub_forked');
    if (batch.length >= MAX_OFFERED || (batch.length > 0 && bytes + text.length > MAX_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push({ seq, chain_before: chain[seq - 1] as string, text, result });
    bytes += text.length;
  }
  if (batch.length > 0) yield batch;
}

/**
 * One transaction. Own commits beyond the shared past wait to be sent again under their old keys. Where the store's past is now another than
 * this laptop's, everything is fetched anew; what is on screen stays until it is replaced (`apply.ts`).
 */
function settleInto(
  { db, setup }: Engine,
  { epoch, common, level }: { epoch: string; common: number; level: number },
): void {
  const machine = setup?.machine ?? '';
  const state = readState(db);
  if (!state) throw refuse('not_enrolled');
  db.prepare(
    `UPDATE _commits SET state = 'pending', seq = NULL, result = NULL
     WHERE seq > ? AND state IN ('sent', 'held', 'rejected') AND state <> 'applied'`,
  ).run(level);
  // Own work whose number an earlier restoration took away, and that had not come again yet: the store knows it by its key, or gets it now.
  db.prepare(
    `UPDATE _commits SET state = 'pending', result = NULL
     WHERE seq IS NULL AND state IN ('sent', 'held', 'rejected', 'applied') AND hidden IS NULL AND actor LIKE '%@' || ?`,
  ).run(machine);
  changeState(db, { receipt: null });
  if (common === level) {
    changeState(db, { epoch, lastError: null });
    return;
  }
  db.prepare('UPDATE _commits SET seq = NULL WHERE seq > ?').run(common);
  db.prepare('DELETE FROM _resync_seen').run();
  changeState(db, { epoch, cursor: START, chain: state.origin, resync: { common, pulled: false }, lastError: null });
}
