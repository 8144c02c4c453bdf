/** The line to a hub: one request, and every way it can go wrong as a refusal with its own sentence. */
import type { z } from 'zod';
import { hubError } from '../../../shared/sync/frames.ts';
import { FRAMES, FrameReader, WireError, type Frame } from '../../../shared/sync/wire.ts';
import { isRefusal, refuse, type Refusal } from '../../../shared/refusal.ts';
import type { FetchInit, Ports } from '../engine.ts';
import { failpoint } from '../failpoint.ts';
import { isOpenLine } from './address.ts';
import { codec } from './codec.ts';
import { refusalFor } from './refusal-for.ts';
import type { SyncState } from './state.ts';
import { dropLine, lineTo } from './trust.ts';

/** A round of 500 commits takes the hub a few seconds; a silent line is given up after this. */
export const ROUND_MS = 120_000;
/** An error answer is a few words; a login page is cut off here. */
const MAX_ERROR_TEXT = 20_000;
/** Rows of some parts of a large table are the most that is told as JSON. */
const MAX_JSON = 16 * 1024 * 1024;

export class Line {
  readonly #fetch: Ports['fetch'];
  readonly #origin: string;
  readonly #pin: string | null;
  readonly #token: string;

  constructor(fetch: Ports['fetch'], { address, pin, token }: Pick<SyncState, 'address' | 'pin' | 'token'>) {
    this.#fetch = fetch;
    this.#origin = address;
    this.#pin = pin;
    this.#token = token;
  }

  /** A call that gives JSON; null where there is nothing to give (204). With a body it is a POST. */
  async say<T>(path: string, shape: z.ZodType<T>, body?: unknown, signal?: AbortSignal): Promise<T | null> {
    const headers = { ...this.auth(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const init = body === undefined ? { headers } : { method: 'POST', body: JSON.stringify(body), headers };
    const answer = await this.ask(path, init, ROUND_MS, signal);
    if (answer.status === 204) return null;
    const parsed = shape.safeParse(await this.json(answer, MAX_JSON));
    if (!parsed.success) throw this.notHub();
    return parsed.data;
  }

  protected auth(): Record<string, string> {
    return this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` };
  }

  protected async post<T>(path: string, asked: unknown, answer: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
    const response = await this.ask(
      path,
      {
        method: 'POST',
        body: JSON.stringify(asked),
        headers: { ...this.auth(), 'content-type': 'application/json' },
      },
      ROUND_MS,
      signal,
    );
    const parsed = answer.safeParse(await this.json(response));
    if (!parsed.success) throw this.notHub();
    return parsed.data;
  }

  protected async ask(path: string, init: FetchInit, timeout: number, signal?: AbortSignal): Promise<Response> {
    // joined before hubs spoke TLS: the token is not told to whoever answers there today
    if (isOpenLine(new URL(this.#origin))) throw refuse('hub_plain', { address: this.#origin });
    const dispatcher = this.#pin === null ? undefined : await lineTo(this.#origin, this.#pin);
    const limit = AbortSignal.timeout(timeout);
    let answer: Response;
    try {
      failpoint('F3');
      // A redirect is a login page, never the hub: the token must not follow it.
      answer = await this.#fetch(`${this.#origin}${path}`, {
        ...init,
        ...(dispatcher ? { dispatcher } : {}),
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
    } catch (error) {
      // Of the session that comes before it (session.ts).
      if (signal?.aborted || isRefusal(error)) throw error;
      if (this.#pin !== null) {
        dropLine(this.#origin, this.#pin);
        // Looks who is there now: a stranger at this address is another matter than nobody.
        if (!limit.aborted) await lineTo(this.#origin, this.#pin);
      }
      throw refuse('hub_unreachable', { address: this.#origin });
    }
    failpoint('F4');
    if (answer.ok) return answer;
    throw await this.#refusal(answer);
  }

  protected async *frames(answer: Response): AsyncGenerator<Frame> {
    if (answer.status === 204) return;
    if (!answer.headers.get('content-type')?.startsWith(FRAMES) || !answer.body) {
      await answer.body?.cancel();
      throw this.notHub();
    }
    const reader = new FrameReader(codec);
    try {
      for await (const chunk of answer.body as ReadableStream<Uint8Array>) yield* reader.push(chunk);
      reader.finish();
    } catch (error) {
      throw cutOr(error);
    }
  }

  protected async json(answer: Response, most = MAX_ERROR_TEXT): Promise<unknown> {
    try {
      const text = await answer.text();
      return JSON.parse(text.slice(0, most));
    } catch {
      throw this.notHub();
    }
  }

  async #refusal(answer: Response): Promise<Refusal> {
    const parsed = hubError.safeParse(
      answer.headers.get('content-type')?.startsWith('application/json')
        ? await this.json(answer).catch(() => null)
        : null,
    );
    const seconds = waitOf(answer);
    if (!parsed.success && (answer.status === 429 || answer.status === 503))
      return refuse('hub_busy', { seconds: seconds ?? 60 });
    if (!parsed.success && answer.status === 413) return refuse('hub_failed', { id: 'TOO_LARGE' });
    if (!parsed.success) return this.notHub();
    return refusalFor(parsed.data, seconds);
  }

  protected notHub(): Refusal {
    return refuse('hub_not_hub', { address: this.#origin });
  }
}

/** What an answer asks to wait, in seconds (Retry-After, RFC 9110 10.2.3): also a proxy before the store may say it. Its other form, a date, is of clocks. */
const waitOf = ({ headers }: Response): number | null => {
  const asked = /^\d{1,6}$/.exec(headers.get('retry-after')?.trim() ?? '');
  return asked ? Number(asked[0]) : null;
};

/** Whatever breaks while an answer is read is a cut line, unless it is a refusal or an error of our own database. */
export function cutOr(error: unknown): unknown {
  if (isRefusal(error)) return error;
  if (error instanceof WireError) return refuse('hub_cut');
  const network = error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError');
  return network ? refuse('hub_cut') : error;
}
