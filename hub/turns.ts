/** Who may bring commits now. One is written at a time anyway (the head's lock); whoever waits longer than that waits here, unread and without a connection. */
import { Failure } from './failure.ts';

/** While one is written the next is read. */
const AT_ONCE = 2;
/** Below the 30 s after which a request is given up: it is told to come again instead. */
const PATIENCE_MS = 20_000;
const COME_AGAIN_S = 5;

export class Turns {
  #free = AT_ONCE;
  readonly #queue: (() => void)[] = [];

  get waiting(): number {
    return this.#queue.length;
  }

  /** Runs `work` in its turn, first come first served. `gone` tells whether whoever asked has left meanwhile. Refuses who waited too long. */
  async run<T>(work: () => Promise<T>, gone: () => boolean): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#wait();
    try {
      if (gone()) throw busy();
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#free += 1;
    }
  }

  #wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      const turn = (): void => {
        clearTimeout(limit);
        resolve();
      };
      const limit = setTimeout(() => {
        this.#queue.splice(this.#queue.indexOf(turn), 1);
        reject(busy());
      }, PATIENCE_MS);
      this.#queue.push(turn);
    });
  }
}

const busy = (): Failure => new Failure(503, 'BUSY', { seconds: COME_AGAIN_S });
