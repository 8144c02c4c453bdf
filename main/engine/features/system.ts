/** The notebook itself: first run, settings, events, undo. */
import { DEMO_SEED, writeDemo } from '../demo/write-demo.ts';
import { writeSetting } from '../settings.ts';
import { os } from '../rpc.ts';
import { takeBack } from './take-back.ts';
import { backupHandlers } from './backup.ts';
import { version } from '../version.ts';

export const systemRouter = os.system.router({
  state: os.system.state.handler(({ context: { engine } }) => ({
    setup: engine.setup, version, today: engine.today(), now: engine.clock.now(), incarnation: engine.incarnation,
  })),
  setup: os.system.setup.handler(({ input, context: { engine } }) => {
    writeSetting(engine.db, 'setup', input);
    engine.changed(['settings']);
    return input;
  }),
  events: os.system.events.handler(async function* ({ context: { engine }, signal }) {
    for await (const event of engine.events.subscribe('changed', { signal })) yield event;
  }),
  demo: os.system.demo.handler(({ input, context: { engine }, signal }) => writeDemo(engine, input.scale, input.seed ?? DEMO_SEED, signal)),
  ...backupHandlers,
  undo: os.system.undo.handler(({ input, context: { engine } }) => engine.command('system.undo', (tx) => takeBack(tx, input.batch))),
});
