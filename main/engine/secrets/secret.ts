/** A value that nobody may read by accident: in a log, an error, a JSON text or a debugger it is three stars (security.md K4). */
import { inspect } from 'node:util';

export class Secret {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  /** Only for whoever needs the value itself: a cipher, or the packet it belongs into. */
  reveal(): string {
    return this.#text;
  }
  toString(): string {
    return '***';
  }
  toJSON(): string {
    return '***';
  }
  [inspect.custom](): string {
    return '***';
  }
}
