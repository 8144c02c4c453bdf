/** The login's keyring as the engine's own process reaches it: by asking the shell, which alone may speak to the system. */
import type { FromEngine, ParentPort } from '../../engine-wire.ts';

/** Null: there is no keyring, it cannot be trusted (security.md F10), or it does not know these bytes. */
export interface Keyring {
  wrap(key: Uint8Array): Promise<Uint8Array | null>;
  unwrap(wrapped: Uint8Array): Promise<Uint8Array | null>;
}

/** The keyring may ask the user to unlock it; nobody answering is a no. */
const ANSWER_WITHIN_MS = 60_000;

/** `answered` must be given the shell's answers. */
export function shellKeyring(parent: ParentPort): Keyring & { answered(id: number, bytes: Uint8Array | null): void } {
  const asked = new Map<number, (bytes: Uint8Array | null) => void>();
  let last = 0;
  const ask = (action: 'wrap' | 'unwrap', bytes: Uint8Array): Promise<Uint8Array | null> =>
    new Promise((resolve) => {
      const id = ++last;
      const timer = setTimeout(() => answered(id, null), ANSWER_WITHIN_MS).unref();
      asked.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      parent.postMessage({ type: 'keyring', id, action, bytes } satisfies FromEngine);
    });
  const answered = (id: number, bytes: Uint8Array | null): void => {
    asked.get(id)?.(bytes);
    asked.delete(id);
  };
  return { wrap: (key) => ask('wrap', key), unwrap: (wrapped) => ask('unwrap', wrapped), answered };
}
