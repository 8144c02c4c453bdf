/** Switches: credentials, readings, where a card is plugged in, and what is joined to what. Everything here is evidence, not register. */
import { linksOf } from '../../../shared/features/switches/links.ts';
import { os } from '../rpc.ts';
import { registeredSwitches } from './assets.ts';
import { Secret } from '../secrets/secret.ts';
import { vaultOf } from '../secrets/vault.ts';
import {
  addCredential,
  forgetAll,
  listCredentials,
  removeCredential,
  shownCredential,
} from './switches/credentials.ts';
import { devicePage, listDevices } from './switches/devices.ts';
import { findCards } from './switches/find.ts';
import { startReading, stopReading, tryCredential } from './switches/read.ts';
import { snapshots } from './switches/store.ts';

export const switchesRouter = os.switches.router({
  vault: os.switches.vault.handler(({ context: { engine } }) => vaultOf(engine).state()),
  makeVault: os.switches.makeVault.handler(async ({ input, context: { engine } }) => {
    await vaultOf(engine).make(new Secret(input.passphrase));
    engine.changed(['_vault']);
    return await vaultOf(engine).state();
  }),
  unlock: os.switches.unlock.handler(async ({ input, context: { engine } }) => {
    await vaultOf(engine).unlock(new Secret(input.passphrase));
    engine.changed(['_vault']);
    return await vaultOf(engine).state();
  }),
  lock: os.switches.lock.handler(async ({ context: { engine } }) => {
    vaultOf(engine).lock();
    engine.changed(['_vault']);
    return await vaultOf(engine).state();
  }),
  forget: os.switches.forget.handler(({ context: { engine } }) => {
    const credentials = forgetAll(engine);
    engine.changed(['_vault']);
    return { credentials };
  }),
  credentials: os.switches.credentials.handler(({ context: { engine } }) =>
    listCredentials(engine.db).map(shownCredential),
  ),
  addCredential: os.switches.addCredential.handler(({ input, context: { engine } }) => addCredential(engine, input)),
  removeCredential: os.switches.removeCredential.handler(({ input, context: { engine } }) => {
    removeCredential(engine, input.id);
    return { id: input.id };
  }),
  tryCredential: os.switches.tryCredential.handler(({ input, context: { engine }, signal }) =>
    tryCredential(engine, input.id, input.ip, signal),
  ),
  devices: os.switches.devices.handler(({ context: { engine } }) => listDevices(engine.db, engine.clock.now())),
  device: os.switches.device.handler(({ input, context: { engine } }) => devicePage(engine.db, input.ip)),
  read: os.switches.read.handler(({ input, context: { engine }, signal }) => startReading(engine, input.ips, signal)),
  stop: os.switches.stop.handler(({ context: { engine } }) => ({ stopped: stopReading(engine) })),
  find: os.switches.find.handler(({ input, context: { engine } }) => findCards(engine.db, input.text)),
  links: os.switches.links.handler(({ context: { engine } }) =>
    linksOf(snapshots(engine.db, 'any'), registeredSwitches(engine.db)),
  ),
});
