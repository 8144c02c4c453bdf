/** Watch: what is watched, the watch itself, and the morning check. */
import { dutyEntries } from '../../../shared/features/duty.ts';
import { watchedDevices } from '../../../shared/features/watch.ts';
import { refuse } from '../../../shared/refusal.ts';
import type { Engine } from '../engine.ts';
import { refsOf } from '../list.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { networkOf } from './discovery/run.ts';
import { writeEntry } from './duty/entries.ts';
import { deskOf } from './papers/desk.ts';
import { autoLog, compareCheck, logCheck, setAutoLog, startCheck } from './watch/check.ts';
import { addDevice, allDevices, changeDevice, suggestDevices } from './watch/devices.ts';
import { Monitor } from './watch/monitor.ts';
import { HOUR_MS, hoursOf, lastCheck, listOutages } from './watch/store.ts';
import { watchText } from './watch/words.ts';

const monitors = new WeakMap<Engine, Monitor>();
/** The engine's watch, taken up again where it was when the notebook was last open: by the first window that asks for it. */
function monitorOf(engine: Engine): Monitor {
  const known = monitors.get(engine);
  if (known) return known;
  const monitor = new Monitor(engine, networkOf(engine).wire);
  monitors.set(engine, monitor);
  return monitor;
}

/** The last 24 hours into the duty log. */
function logWatch(engine: Engine) {
  const { db, clock } = engine;
  const days = monitorOf(engine).days();
  if (days.every(({ seen }) => seen === 0)) throw refuse('watch_nothing_seen');
  const outages = listOutages(db, { since: clock.now() - 24 * HOUR_MS, limit: 200 });
  const text = watchText(deskOf(engine).t, allDevices(db), days, outages);
  return engine.command('watch.log', (tx) => writeEntry(tx, engine, { kind: 'watch', text, ok: outages.length === 0 }));
}

export const watchRouter = os.watch.router({
  list: os.watch.list.handler(({ context: { engine } }) => {
    const devices = allDevices(engine.db);
    return {
      devices,
      refs: refsOf(engine.db, watchedDevices, devices),
      on: monitorOf(engine).on,
      auto_log: autoLog(engine.db),
    };
  }),
  create: os.watch.create.handler(({ input, context: { engine } }) =>
    engine.command('watch.create', (tx) => addDevice(tx, input)),
  ),
  update: os.watch.update.handler(({ input, context: { engine } }) =>
    engine.command('watch.update', (tx) => changeDevice(tx, input.id, input.changes)),
  ),
  remove: os.watch.remove.handler(({ input, context: { engine } }) => ({
    batch: engine.commit('watch.remove', (tx) => tx.remove(watchedDevices, input.id)).batch,
  })),
  suggest: os.watch.suggest.handler(({ context: { engine } }) => suggestDevices(engine.db, deskOf(engine).t)),
  addAll: os.watch.addAll.handler(({ input, context: { engine } }) => {
    const { result, batch } = engine.commit('watch.addAll', (tx) =>
      input.devices.map((device) => addDevice(tx, device)),
    );
    return { added: result.length, batch };
  }),

  start: os.watch.start.handler(({ input, context: { engine } }) => {
    const monitor = monitorOf(engine);
    if (allDevices(engine.db).length === 0) throw refuse('watch_none');
    monitor.start(input.ids, input.here);
    return { watching: monitor.watching };
  }),
  stop: os.watch.stop.handler(({ input, context: { engine } }) => {
    const monitor = monitorOf(engine);
    monitor.stop(input.ids);
    return { watching: monitor.watching };
  }),
  live: os.watch.live.handler(async function* ({ context: { engine }, signal }) {
    const monitor = monitorOf(engine);
    // first the ear, then the picture: nothing falls between the two
    const events = monitor.events.subscribe('told', { signal });
    yield monitor.all();
    for await (const event of events) yield event;
  }),
  days: os.watch.days.handler(({ context: { engine } }) => monitorOf(engine).days()),
  hours: os.watch.hours.handler(({ input, context: { engine } }) => {
    readRow(engine.db, watchedDevices, input.id);
    const last = Math.floor(engine.clock.now() / HOUR_MS);
    const first = last - input.hours + 1;
    return { from: first * HOUR_MS, to: (last + 1) * HOUR_MS, hours: hoursOf(engine.db, input.id, first) };
  }),
  outages: os.watch.outages.handler(({ input, context: { engine } }) => listOutages(engine.db, input)),
  log: os.watch.log.handler(({ context: { engine } }) => logWatch(engine)),

  check: os.watch.check.handler(({ context: { engine }, signal }) =>
    startCheck(engine, networkOf(engine).wire, signal),
  ),
  lastCheck: os.watch.lastCheck.handler(({ context: { engine } }) => {
    const last = lastCheck(engine.db);
    return last && compareCheck(engine.db, last);
  }),
  logCheck: os.watch.logCheck.handler(({ input, context: { engine } }) =>
    readRow(engine.db, dutyEntries, logCheck(engine, input.id)),
  ),
  setAutoLog: os.watch.setAutoLog.handler(({ input, context: { engine } }) => {
    setAutoLog(engine.db, input.on);
    engine.changed(['_watch']);
    return { on: input.on };
  }),
});
