/** The notebook itself: first run, settings, events, undo. */
import { writeSweeps } from './discovery/demo.ts';
import { writeReadings } from './topology/demo.ts';
import { writeReports } from './reports/demo.ts';
import { writeSubmission } from './transfer/demo.ts';
import { DEMO_SEED, demoIn, writeDemo } from '../demo/write-demo.ts';
import { dropSetting, settingsUnder, writeSetting } from '../settings.ts';
import { os } from '../rpc.ts';
import { writeCustody } from './custody/demo.ts';
import { writeHandovers } from './handover/demo.ts';
import { takeBack } from './take-back.ts';
import { backupHandlers } from './backup.ts';
import { version } from '../version.ts';

/** Keys of what the screens keep. */
const SCREEN = 'screen.';

export const systemRouter = os.system.router({
  state: os.system.state.handler(({ context: { engine } }) => ({
    setup: engine.setup,
    version,
    today: engine.today(),
    now: engine.clock.now(),
    incarnation: engine.incarnation,
    demo: demoIn(engine.db),
  })),
  setup: os.system.setup.handler(({ input, context: { engine } }) => {
    writeSetting(engine.db, 'setup', input);
    engine.changed(['settings']);
    return input;
  }),
  kept: os.system.kept.handler(({ context: { engine } }) => settingsUnder<string>(engine.db, SCREEN)),
  keep: os.system.keep.handler(({ input, context: { engine } }) => {
    if (input.value === null) dropSetting(engine.db, SCREEN + input.key);
    else writeSetting(engine.db, SCREEN + input.key, input.value);
    return { key: input.key };
  }),
  events: os.system.events.handler(async function* ({ context: { engine }, signal }) {
    for await (const event of engine.events.subscribe('changed', { signal })) yield event;
  }),
  demo: os.system.demo.handler(({ input, context: { engine }, signal }) =>
    writeDemo(
      engine,
      input.scale,
      input.seed ?? DEMO_SEED,
      signal,
      [writeReadings, writeSweeps, writeCustody, writeHandovers],
      [writeSubmission, writeReports],
    ),
  ),
  ...backupHandlers,
  undo: os.system.undo.handler(({ input, context: { engine } }) =>
    engine.command('system.undo', (tx) => takeBack(tx, input.batch)),
  ),
});
