/**
 * Helper processes of the engine: work that may eat all its memory or crash (a hostile workbook, security.md F9) runs
 * outside it. In plain Node a helper is a forked child; a packaged Electron cannot fork (its RunAsNode fuse is off), so
 * there the shell forks a utility process and joins the two by a message channel.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { HELPER_EXEC_ARGV, type FromEngine, type HelperName, type ParentPort, type Port } from '../engine-wire.ts';

export interface HelperProcess {
  /** Structured clone: Buffers arrive as Uint8Array. Messages to a helper that is gone are dropped. */
  postMessage(message: unknown): void;
  onMessage(callback: (message: unknown) => void): void;
  /** Called once, however it ended; null when a signal ended it. */
  onExit(callback: (code: number | null) => void): void;
  kill(): void;
}
export type SpawnHelper = (name: HelperName) => HelperProcess;

/** A helper in plain Node, run from source. */
export const spawnHelper: SpawnHelper = (name) => {
  const child = fork(join(import.meta.dirname, 'helpers', `${name}.ts`), [], {
    serialization: 'advanced',
    execArgv: HELPER_EXEC_ARGV,
  });
  // A failed start reports itself here and then as an exit; a send to a dead helper only here.
  let failed = false;
  const exits: ((code: number | null) => void)[] = [];
  const ended = (code: number | null): void => exits.splice(0).forEach((callback) => callback(code));
  child.on('error', () => {
    failed = child.pid === undefined;
    if (failed) ended(null);
  });
  child.on('exit', ended);
  return {
    postMessage: (message) => {
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (callback) => void child.on('message', callback),
    onExit: (callback) =>
      failed || child.exitCode !== null || child.signalCode !== null
        ? callback(child.exitCode)
        : void exits.push(callback),
    kill: () => void child.kill('SIGKILL'),
  };
};

/** Helpers in Electron. `onParentMessage` must be given the messages about helpers that the parent port receives. */
export interface ElectronHelpers {
  spawn: SpawnHelper;
  connected(id: number, port: Port): void;
  exited(id: number, code: number): void;
}

interface Asked {
  port: Port | null;
  /** Messages posted before the shell has answered. */
  waiting: unknown[];
  onMessage: ((message: unknown) => void)[];
  onExit: ((code: number | null) => void)[];
}

export const electronHelpers = (parent: ParentPort): ElectronHelpers => {
  const asked = new Map<number, Asked>();
  let last = 0;
  const tell = (message: FromEngine): void => parent.postMessage(message);
  return {
    spawn: (name) => {
      const id = ++last;
      const helper: Asked = { port: null, waiting: [], onMessage: [], onExit: [] };
      asked.set(id, helper);
      tell({ type: 'spawn-helper', id, name });
      return {
        postMessage: (message) => {
          if (!asked.has(id)) return;
          if (helper.port) helper.port.postMessage(message);
          else helper.waiting.push(message);
        },
        onMessage: (callback) => void helper.onMessage.push(callback),
        onExit: (callback) => (asked.has(id) ? void helper.onExit.push(callback) : callback(null)),
        kill: () => tell({ type: 'kill-helper', id }),
      };
    },
    connected: (id, port) => {
      const helper = asked.get(id);
      if (!helper) return port.close();
      helper.port = port;
      port.on('message', ({ data }) => helper.onMessage.forEach((callback) => callback(data)));
      port.start();
      helper.waiting.splice(0).forEach((message) => port.postMessage(message));
    },
    exited: (id, code) => {
      const helper = asked.get(id);
      asked.delete(id);
      helper?.port?.close();
      helper?.onExit.forEach((callback) => callback(code));
    },
  };
};
