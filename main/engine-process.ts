/** The engine's process as the shell sees it: started, given a port for each window, started again if it fails. */
import { join } from 'node:path';
import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import type { Language } from '../shared/messages.ts';
import type { RefusalParams } from '../shared/refusal.ts';
import { askKeyring } from './keyring.ts';
import { HELPER_EXEC_ARGV, type FromEngine, type HelperName, type ToEngine } from './engine-wire.ts';

/** A fault that comes back this often within a minute is not going to go away. */
const FAILURES = 3;
const WITHIN_MS = 60_000;
/** Closing only checkpoints a log; longer means that the process hangs. */
const CLOSED_WITHIN_MS = 5000;

export interface EngineEvents {
  /** Running, for the first time or again: every window needs a new port. */
  onStarted(): void;
  onLanguage(language: Language): void;
  /** The data folder cannot be opened. */
  onRefused(code: string, params: RefusalParams): void;
  /** It failed too often; it is not started again. */
  onFailed(): void;
}

export interface EngineProcess {
  /** The window's end of a new line to the engine, or null while there is no engine to talk to. */
  connect(): MessagePortMain | null;
  /** Resolves when everything is on the disk and the process has ended. */
  close(): Promise<void>;
}

const script = (name: string): string => join(import.meta.dirname, `${name}.cjs`);

export const startEngineProcess = (dataDir: string, events: EngineEvents): EngineProcess => {
  const failures: number[] = [];
  let running: UtilityProcess | null = null;
  let isStarted = false;
  let isOver = false;

  const launch = (): void => {
    const child = utilityProcess.fork(script('engine'), [], { serviceName: 'Lanbook Engine' });
    const helpers = new Map<number, UtilityProcess>();
    running = child;
    isStarted = false;
    const tell = (message: ToEngine, ports: MessagePortMain[] = []): void => child.postMessage(message, ports);

    const spawnHelper = (id: number, name: HelperName): void => {
      const helper = utilityProcess.fork(script(name), [], {
        serviceName: `Lanbook ${name}`,
        execArgv: HELPER_EXEC_ARGV,
      });
      const { port1, port2 } = new MessageChannelMain();
      helpers.set(id, helper);
      helper.once('exit', (code) => {
        helpers.delete(id);
        if (running === child) tell({ type: 'helper-exit', id, code });
      });
      helper.postMessage({ type: 'engine' }, [port1]);
      tell({ type: 'helper', id }, [port2]);
    };

    child.on('message', (message: FromEngine) => {
      switch (message.type) {
        case 'started':
          isStarted = true;
          return events.onStarted();
        case 'language':
          return events.onLanguage(message.language);
        case 'refused':
          isOver = true;
          return events.onRefused(message.code, message.params);
        case 'spawn-helper':
          return spawnHelper(message.id, message.name);
        case 'kill-helper':
          return void helpers.get(message.id)?.kill();
        case 'keyring':
          return void askKeyring(message.action, message.bytes).then((bytes) => {
            if (running === child) tell({ type: 'keyring', id: message.id, bytes });
          });
        case 'closed':
          return void child.kill();
      }
    });
    child.once('exit', () => {
      running = null;
      isStarted = false;
      for (const helper of helpers.values()) helper.kill();
      if (!isOver) startAgain();
    });
    tell({ type: 'start', dataDir });
  };

  const startAgain = (): void => {
    const now = performance.now();
    failures.push(now);
    if (failures.filter((at) => now - at < WITHIN_MS).length < FAILURES) return launch();
    isOver = true;
    events.onFailed();
  };

  launch();
  return {
    connect: () => {
      if (!running || !isStarted) return null;
      const { port1, port2 } = new MessageChannelMain();
      running.postMessage({ type: 'window' } satisfies ToEngine, [port1]);
      return port2;
    },
    close: () =>
      new Promise((resolve) => {
        isOver = true;
        const child = running;
        if (!child) return resolve();
        const timer = setTimeout(() => child.kill(), CLOSED_WITHIN_MS).unref();
        child.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
        child.postMessage({ type: 'close' } satisfies ToEngine);
      }),
  };
};
