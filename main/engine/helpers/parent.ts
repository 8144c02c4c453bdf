/** A helper process's line to the engine that asked for it, the same in Electron (a port from the shell) and in plain Node. */
import { parentPort, type Port } from '../../engine-wire.ts';

export interface Parent {
  postMessage(message: unknown): void;
  onMessage(callback: (message: unknown) => void): void;
}

/** Call once. Messages that come before `onMessage` wait. When the engine is gone, so is the helper. */
export const parent = (): Parent => {
  const electron = parentPort();
  return electron ? overPort(electron) : overFork();
};

const overFork = (): Parent => {
  process.on('disconnect', () => process.exit(0));
  return {
    // With a callback a failed send is told there: the engine may be gone before 'disconnect' arrives here.
    postMessage: (message) => void process.send?.(message, undefined, undefined, () => undefined),
    onMessage: (callback) => void process.on('message', callback),
  };
};

const overPort = (electron: NonNullable<ReturnType<typeof parentPort>>): Parent => {
  const answers: unknown[] = [];
  const listeners: ((message: unknown) => void)[] = [];
  let port: Port | null = null;
  const begin = (): void => {
    // A port keeps its messages until it is started, so nothing is lost between the two conditions.
    if (port && listeners.length > 0) port.start();
  };
  electron.on('message', ({ ports }) => {
    port = ports[0] ?? null;
    port?.on('message', ({ data }) => listeners.forEach((callback) => callback(data)));
    port?.on('close', () => process.exit(0));
    answers.splice(0).forEach((message) => port?.postMessage(message));
    begin();
  });
  return {
    postMessage: (message) => {
      if (port) port.postMessage(message);
      else answers.push(message);
    },
    onMessage: (callback) => {
      listeners.push(callback);
      begin();
    },
  };
};
