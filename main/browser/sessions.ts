/** Who may talk to the browser host: one-time codes, and the sessions they are exchanged for (security.md §3). */
import { createHash, randomBytes } from 'node:crypto';
import type { SessionRefusal } from '../../shared/host.ts';

/** A working day with a night shift's margin; after that a new link is needed for a new connection. */
const SESSION_MS = 12 * 3600_000;

/** Kept by their hash, so that looking one up cannot be timed character by character. */
const digest = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const secret = (bytes: number): string => randomBytes(bytes).toString('base64url');

export type Redeemed = { token: string } | { refused: SessionRefusal };

interface Code {
  expires: number;
  /** The session it was exchanged for. Remembered, because a second use means that somebody else has the link. */
  session: string | null;
  /** What the first user made up for this exchange. */
  claim: string | null;
}

export class Sessions {
  readonly #now: () => number;
  readonly #onReplayed: (session: string) => void;
  readonly #codes = new Map<string, Code>();
  readonly #expiry = new Map<string, number>();

  /** `now` is a monotonic clock in ms: the laptop's date may jump. `onReplayed` gets the session that must be cut off. */
  constructor(now: () => number, onReplayed: (session: string) => void) {
    this.#now = now;
    this.#onReplayed = onReplayed;
  }

  /** A new code of 128 bits, good once within `lifetime` ms. */
  issueCode(lifetime: number): string {
    const code = secret(16);
    this.#codes.set(digest(code), { expires: this.#now() + lifetime, session: null, claim: null });
    return code;
  }

  /**
   * Exchanges a code for a token of 256 bits. A code used twice ends the session of its first use as well; but who knows the `claim`
   * that came with the first use is who sent it, and never got the answer (a network card came up): that gets a new token instead.
   */
  redeem(text: string, claim: string | null = null): Redeemed {
    const code = this.#codes.get(digest(text));
    if (!code) return { refused: 'unknown' };
    if (code.session !== null) {
      this.#expiry.delete(code.session);
      const same = claim !== null && code.claim === digest(claim);
      if (!same || this.#now() > code.expires) {
        this.#onReplayed(code.session);
        return { refused: 'replayed' };
      }
    } else if (this.#now() > code.expires) return { refused: 'unknown' };
    const token = secret(32);
    code.session = digest(token);
    code.claim = claim === null ? null : digest(claim);
    this.#expiry.set(code.session, this.#now() + SESSION_MS);
    return { token };
  }

  /** The session a token belongs to, or null if there is none or its time is over. */
  sessionOf(token: string): string | null {
    const session = digest(token);
    const expires = this.#expiry.get(session);
    return expires !== undefined && this.#now() <= expires ? session : null;
  }
}
