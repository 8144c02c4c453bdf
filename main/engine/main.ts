/** The engine as a process of its own under the Electron shell: it hears of windows, and answers each on its own port. */
import type { Language } from '../../shared/messages.ts';
import { isRefusal } from '../../shared/refusal.ts';
import { parentPort, type FromEngine, type ParentPort, type Port, type ToEngine } from '../engine-wire.ts';
import { servePort } from './serve.ts';
import { shellKeyring } from './secrets/keyring.ts';
import { electronHelpers } from './spawn-helper.ts';
import type { Engine } from './engine.ts';
import { startEngine } from './start.ts';

// Electron only warns of these; a rule that failed half-way must not go on. The shell starts the engine again.
const stop = (error: unknown): void => {
  console.error(error);
  process.exit(70);
};
process.on('uncaughtException', stop);
process.on('unhandledRejection', stop);

const run = (parent: ParentPort): void => {
  const helpers = electronHelpers(parent);
  const keyring = shellKeyring(parent);
  const tell = (message: FromEngine): void => parent.postMessage(message);
  let engine: Engine | null = null;

  let told: Language | null = null;
  const tellLanguage = (): void => {
    const language = engine?.setup?.language ?? null;
    if (language !== null && language !== told) tell({ type: 'language', language });
    told = language;
  };
  const start = (dataDir: string): void => {
    try {
      engine = startEngine({ dataDir, ports: { spawnHelper: helpers.spawn, keyring } });
      tell({ type: 'started' });
      tellLanguage();
      engine.events.subscribe('changed', tellLanguage);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      tell({ type: 'refused', code: error.code, params: error.params });
    }
  };
  const window = (port: Port | undefined): void => {
    if (!engine || !port) return port?.close();
    servePort(engine, port);
    port.start();
  };
  const close = (): void => {
    engine?.close();
    engine = null;
    tell({ type: 'closed' });
  };

  parent.on('message', ({ data, ports }) => {
    const message = data as ToEngine;
    switch (message.type) {
      case 'start':
        return start(message.dataDir);
      case 'window':
        return window(ports[0]);
      case 'helper':
        return ports[0] && helpers.connected(message.id, ports[0]);
      case 'helper-exit':
        return helpers.exited(message.id, message.code);
      case 'keyring':
        return keyring.answered(message.id, message.bytes);
      case 'close':
        return close();
    }
  });
};

const parent = parentPort();
if (parent) run(parent);
else
  throw new Error('main/engine/main.ts runs under the Electron shell only; use main/browser.ts or main/cli.ts here.');
