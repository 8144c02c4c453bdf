/** The morning check: every watched device and every gateway once, told as they answer, kept, and compared with the day before. */
import type { Check, CheckEvent, CheckResult, CheckState, CheckTarget } from '../../../../shared/features/watch.ts';
import { dayOf, momentOf } from '../../../../shared/day.ts';
import { parseIp } from '../../../../shared/ip.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import type { Engine } from '../../engine.ts';
import { newId } from '../../ids.ts';
import { readSetting, writeSetting } from '../../settings.ts';
import { lineOf } from '../../wire/pool.ts';
import { createStream } from '../../wire/stream.ts';
import type { Wire } from '../../wire/wire.ts';
import { writeEntry } from '../duty/entries.ts';
import { deskOf } from '../papers/desk.ts';
import { checkTargets } from './devices.ts';
import { askPorts, echoOf, type Asker } from './probe.ts';
import { checkBefore, findCheck, linkEntry, saveCheck, type StoredCheck } from './store.ts';
import { checkText, evidenceOf } from './words.ts';

/** Three echoes a device tell a lossy line from a good one, and take two seconds. */
const ECHOES = 3;
const AUTO = 'watch.auto_log';
export const autoLog = (db: ReadDb): boolean => readSetting<boolean>(db, AUTO) ?? false;
export const setAutoLog = (db: ReadDb, on: boolean): void => writeSetting(db, AUTO, on);

async function look(asker: Asker, target: CheckTarget): Promise<{ result: CheckResult; missing: boolean }> {
  const echo = await echoOf(asker, target.ip, ECHOES);
  const missing = echo === 'missing';
  if (echo && echo !== 'missing' && echo.rtt_ms !== null) {
    const state = echo.loss_percent > 0 ? 'lossy' : 'ok';
    return { result: { ...target, state, how: 'icmp', rtt_ms: echo.rtt_ms, loss_percent: echo.loss_percent }, missing };
  }
  const life = await askPorts(asker, target.ip);
  const result: CheckResult = life
    ? { ...target, state: 'ok', how: 'tcp', rtt_ms: life.rtt_ms, loss_percent: null }
    : { ...target, state: 'down', how: null, rtt_ms: null, loss_percent: missing ? null : 100 };
  return { result, missing };
}

const grave: Record<CheckState, number> = { down: 0, lossy: 1, ok: 2 };

/** Beside the last complete check of an earlier day: troubles first, of these the new ones first; by address. */
export function compareCheck(db: ReadDb, check: StoredCheck): Check {
  const earlier = checkBefore(db, momentOf(dayOf(check.began_at)));
  const before = new Map(earlier?.results.map(({ ip, state }) => [ip, state]));
  const results = check.results.map((each) => ({ ...each, before: before.get(each.ip) ?? null }));
  const old = ({ state, before: was }: { state: CheckState; before: CheckState | null }): number =>
    state !== 'ok' && was === state ? 1 : 0;
  results.sort(
    (a, b) => grave[a.state] - grave[b.state] || old(a) - old(b) || (parseIp(a.ip) ?? 0) - (parseIp(b.ip) ?? 0),
  );
  return { ...check, results, compared_at: earlier?.began_at ?? null };
}

/** Writes a check into the duty log; a second time it is the same entry. Returns its id. */
export function logCheck(engine: Engine, id: string): string {
  const check = findCheck(engine.db, id);
  if (!check) throw refuse('not_found');
  if (check.entry_id !== null) return check.entry_id;
  const { t } = deskOf(engine);
  const entry = engine.command('watch.logCheck', (tx) => {
    const written = writeEntry(tx, engine, {
      kind: 'morning_check',
      text: checkText(t, check),
      ok: check.results.every(({ state }) => state !== 'down'),
      evidence: evidenceOf(check),
    });
    linkEntry(tx, id, written.id);
    return written;
  });
  engine.changed(['_checks']);
  return entry.id;
}

/** The check of an engine that runs, if one does. */
const running = new WeakMap<Engine, AbortController | null>();
function begin(engine: Engine, halt: AbortController): void {
  // once for each engine, however many checks it sees
  if (!running.has(engine)) engine.onClose(() => running.get(engine)?.abort());
  running.set(engine, halt);
}

/** Refuses at once when there is nothing to ask, no network, or one runs already; then streams. */
export function startCheck(engine: Engine, wire: Wire, signal?: AbortSignal): AsyncGenerator<CheckEvent, void, void> {
  if (running.get(engine)) throw refuse('check_running');
  const targets = checkTargets(engine.db, deskOf(engine).t);
  if (targets.length === 0) throw refuse('check_nothing');
  if (wire.links().length === 0) throw refuse('no_network');
  return conduct(engine, wire, targets, signal);
}

async function* conduct(
  engine: Engine,
  wire: Wire,
  targets: readonly CheckTarget[],
  outer?: AbortSignal,
): AsyncGenerator<CheckEvent, void, void> {
  // a stream nobody reads must not hold the place: it is taken when reading begins
  if (running.get(engine)) throw refuse('check_running');
  const halt = new AbortController();
  begin(engine, halt);
  const stop = (): void => halt.abort();
  outer?.addEventListener('abort', stop, { once: true });
  const { db, clock } = engine;
  const id = newId(clock.now());
  const began_at = Math.trunc(clock.now());
  const results: CheckResult[] = [];
  let pingMissing = false;
  const save = (): void => {
    if (!db.raw.open) return;
    saveCheck(db, {
      id,
      began_at,
      ended_at: Math.trunc(clock.now()),
      complete: results.length === targets.length,
      total: targets.length,
      results,
      ping_missing: pingMissing,
    });
    saved = true;
    engine.changed(['_checks']);
  };
  let saved = false;
  try {
    yield { kind: 'started', total: targets.length };
    const stream = createStream<CheckResult>();
    const asker: Asker = { wire, line: lineOf(wire, halt.signal), signal: halt.signal };
    const looks = targets.map(async (target) => {
      const { result, missing } = await look(asker, target);
      if (halt.signal.aborted) return;
      pingMissing ||= missing;
      stream.push(result);
    });
    void Promise.all(looks).then(
      () => stream.close(),
      (error: unknown) => stream.close(error),
    );
    for await (const result of stream) {
      results.push(result);
      yield { kind: 'result', result, done: results.length };
    }
    if (!db.raw.open) return;
    save();
    if (autoLog(db) && results.length === targets.length) logCheck(engine, id);
    const stored = findCheck(db, id);
    if (stored) yield { kind: 'done', check: compareCheck(db, stored) };
  } finally {
    halt.abort();
    outer?.removeEventListener('abort', stop);
    running.set(engine, null);
    if (!saved && results.length > 0) save();
  }
}
