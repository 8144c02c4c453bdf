/** Sync with the central store: joining, running, its state, and what it leaves for a person. */
import type { RecordBadge, SyncStatus } from '../../../shared/features/sync.ts';
import { isRefusal, refuse } from '../../../shared/refusal.ts';
import type { Engine } from '../engine.ts';
import { readGrant } from '../grant.ts';
import { os } from '../rpc.ts';
import { isAuto, setAuto } from '../sync/auto.ts';
import { conflictRows, facetsOf } from '../sync/cards.ts';
import { bundlesOf } from '../sync/bundle-write.ts';
import { importBundle } from '../sync/bundle.ts';
import { joinAsk } from '../sync/bundle-join.ts';
import { bringPiece, broughtBundle, bundlePieces } from '../sync/bundle-pieces.ts';
import { enrol, moveTo } from '../sync/enrol.ts';
import { absence } from '../sync/grace.ts';
import { handedOver, keptBack } from '../sync/handover.ts';
import { pendingCount } from '../sync/outbox.ts';
import { acknowledge, countRejections, listRejections } from '../sync/rejections.ts';
import { openAbout, settleMany } from './sync/bulk.ts';
import { helperOf } from './sync/helper.ts';
import { cardsWithWays } from './sync/ways.ts';
import { ask, resolve } from '../sync/resolve.ts';
import { verified, verifyStore } from '../sync/digest.ts';
import { runSync } from '../sync/run.ts';
import { hubOf } from '../sync/session.ts';
import { isAway, isByStick, live, readLog, readState, type SyncState } from '../sync/state.ts';
import { waitingCount } from '../sync/waiting.ts';

/** Of places only their names: the register tells where they lie. */
function roleOf({ db }: Engine, state: SyncState | null): Pick<SyncStatus, 'role' | 'areas'> {
  if (state?.scope === undefined) return { role: null, areas: null };
  const { role, areas } = readGrant(db);
  const names = areas?.flatMap(
    (id) => db.value<string>('SELECT name FROM locations WHERE id = ? AND deleted_at IS NULL', id) ?? [],
  );
  return { role, areas: names ?? null };
}

function statusOf(engine: Engine): SyncStatus {
  const { db } = engine;
  const state = readState(db);
  const now = live(engine);
  const count = (sql: string): number => db.value<number>(sql) ?? 0;
  return {
    enrolled: state !== null,
    address: state && !isByStick(state) ? state.address : null,
    online: state ? now.online : null,
    running: now.running,
    progress:
      now.running && now.progress
        ? { phase: now.progress.phase, done: now.progress.done, total: now.progress.total }
        : null,
    auto: isAuto(db),
    unsynced: pendingCount(db) + count("SELECT count(*) FROM _commits WHERE state = 'sent' AND state <> 'applied'"),
    waiting: waitingCount(db),
    conflicts: count("SELECT count(*) FROM conflicts WHERE state = 'open' AND deleted_at IS NULL"),
    rejected: countRejections(engine),
    last_at: state?.lastAt ?? null,
    last_error: state?.lastError ?? null,
    ...roleOf(engine, state),
    revoked: state?.revoked ? { at: state.revoked.at, handed: handedOver(engine), here: keptBack(engine) } : null,
    absence: absence(engine),
  };
}

/** Asks the store whether it is there. Its silence is an answer too. */
async function probe(engine: Engine): Promise<void> {
  const state = readState(engine.db);
  const now = live(engine);
  if (!state || isByStick(state) || now.running) return;
  const before = now.online;
  try {
    now.online = await hubOf(engine, state).head();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    now.online = !isAway(error.code);
  }
  // Whoever waits for the store to come back hears of it.
  if (now.online !== before) engine.changed(['sync']);
}

/** Conflicts first, then what is still on its way; what is listed in neither is confirmed. */
function badgesOf(engine: Engine, ids: readonly string[]): Record<string, RecordBadge> {
  const badges: Record<string, RecordBadge> = {};
  for (const id of ids) {
    const state = engine.db.value<string>(
      `SELECT CASE WHEN c.conflicting = 1 THEN 'conflict' WHEN c.state = 'pending' THEN 'local' ELSE 'sent' END
       FROM _ops o JOIN _commits c ON c.ord = o.commit_ord
       WHERE o.row_id = ? AND c.state IN ('pending', 'sent') ORDER BY c.conflicting DESC, c.state LIMIT 1`,
      id,
    );
    const open =
      engine.db.value(
        "SELECT 1 FROM conflicts WHERE row_id = ? AND state = 'open' AND deleted_at IS NULL LIMIT 1",
        id,
      ) !== undefined;
    const badge = open ? 'conflict' : (state as RecordBadge | undefined);
    if (badge) badges[id] = badge;
  }
  return badges;
}

export const syncRouter = os.sync.router({
  verify: os.sync.verify.handler(async ({ context: { engine }, signal }) => {
    const state = readState(engine.db);
    if (!state) throw refuse('not_enrolled');
    return verifyStore(engine, hubOf(engine, state), signal);
  }),
  verified: os.sync.verified.handler(({ context: { engine } }) => {
    const { at, diverged } = verified(engine);
    return { at: at === 0 ? null : at, diverged: diverged.length };
  }),
  enrol: os.sync.enrol.handler(async ({ input, context: { engine } }) => {
    await enrol(engine, input.address, input.code);
    return statusOf(engine);
  }),
  move: os.sync.move.handler(async ({ input, context: { engine } }) => {
    await moveTo(engine, input.address);
    return statusOf(engine);
  }),
  run: os.sync.run.handler(async function* ({ context: { engine }, signal }) {
    yield* runSync(engine, signal);
  }),
  exportBundle: os.sync.exportBundle.handler(async function* ({ context: { engine } }) {
    yield* bundlePieces(engine);
  }),
  exportJoin: os.sync.exportJoin.handler(async function* ({ input, context: { engine } }) {
    yield* bundlePieces(engine, await joinAsk(engine, input.code));
  }),
  bringBundle: os.sync.bringBundle.handler(({ input, context: { engine } }) => bringPiece(engine, input)),
  importBundle: os.sync.importBundle.handler(async function* ({ input, context: { engine } }) {
    yield* importBundle(engine, broughtBundle(engine, input.id));
  }),
  bundles: os.sync.bundles.handler(({ context: { engine } }) => bundlesOf(engine)),
  setAuto: os.sync.setAuto.handler(({ input, context: { engine } }) => {
    setAuto(engine, input.on);
    return statusOf(engine);
  }),
  status: os.sync.status.handler(async ({ input, context: { engine } }) => {
    if (input.probe) await probe(engine);
    return statusOf(engine);
  }),
  conflicts: os.sync.conflicts.handler(({ input, context: { engine } }) => {
    const { rows, total } = conflictRows(engine, input);
    return { ...cardsWithWays(engine, rows), total, facets: facetsOf(engine, input.state) };
  }),
  about: os.sync.about.handler(({ input, context: { engine } }) => cardsWithWays(engine, openAbout(engine, input.id))),
  settleMany: os.sync.settleMany.handler(async function* ({ input, context: { engine }, signal }) {
    yield* settleMany(engine, input.filter, input.how, signal);
  }),
  ask: os.sync.ask.handler(({ input, context: { engine } }) => {
    ask(engine, input.id, input.note ?? null);
    return { id: input.id };
  }),
  resolve: os.sync.resolve.handler(({ input, context: { engine } }) => {
    resolve(engine, helperOf(engine), input.id, input.how, input.values ?? {});
    return { id: input.id };
  }),
  rejections: os.sync.rejections.handler(({ context: { engine } }) => listRejections(engine)),
  acknowledge: os.sync.acknowledge.handler(({ context: { engine } }) => {
    acknowledge(engine);
    return {};
  }),
  badges: os.sync.badges.handler(({ input, context: { engine } }) => badgesOf(engine, input.ids)),
  log: os.sync.log.handler(({ input, context: { engine } }) => readLog(engine.db, input.limit)),
});
