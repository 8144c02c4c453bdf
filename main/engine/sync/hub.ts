/** The hub as the engine calls it: four requests, and every way they can go wrong as a refusal with its own sentence. */
import { isIP } from 'node:net';
import type { z } from 'zod';
import { SCHEMA } from '../../../shared/commit.ts';
import {
  enrolAnswer,
  head,
  hubError,
  newsAnswer,
  type Cursor,
  type enrolRequest,
  type Head,
} from '../../../shared/sync/frames.ts';
import {
  deviceKeyAnswer,
  handoverAnswer,
  nonceAnswer,
  sessionAnswer,
  type handoverRequest,
  type KeyClaim,
  type sessionRequest,
} from '../../../shared/sync/keys.ts';
import { imageAnswer, type ImageAnswer } from '../../../shared/sync/image.ts';
import { proofAnswer } from '../../../shared/sync/proof.ts';
import {
  commonAnswer,
  offerAnswer,
  rejoinAnswer,
  type offerRequest,
  type rejoinRequest,
} from '../../../shared/sync/rejoin.ts';
import { blobAnswer, BYTES, type BlobAnswer } from '../../../shared/sync/blob.ts';
import { FRAMES, FrameReader, WireError, type Frame } from '../../../shared/sync/wire.ts';
import { isRefusal, refuse, type Refusal } from '../../../shared/refusal.ts';
import type { FetchInit, Ports } from '../engine.ts';
import { failpoint } from '../failpoint.ts';
import { codec } from './codec.ts';
import { refusalFor } from './refusal-for.ts';
import type { SyncState } from './state.ts';
import { dropLine, lineTo } from './trust.ts';

/** A round of 500 commits takes the hub a few seconds; a silent line is given up after this. */
const ROUND_MS = 120_000;
const PROBE_MS = 3000;
/** An image on the slowest line that is still one (0.1 Mbit/s, 40 MB). */
const DOWNLOAD_MS = 3_600_000;
/** A piece is as large as the line carries in a moment; one that takes this long is lost. */
const BLOB_MS = 30_000;
/** The store answers a question for news within 25 s. */
const WAIT_MS = 35_000;
/** An error answer is a few words; a login page is cut off here. */
const MAX_ERROR_TEXT = 20_000;
/** Rows of some parts of a large table are the most that is told as JSON. */
const MAX_JSON = 16 * 1024 * 1024;

/** Where a hub listens unless it was told otherwise (hub/options.ts). */
const PORT = 8470;
const WRITTEN = /^(?:(https?):\/\/)?(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?\/?$/;

/** Only programs of this computer hear what is said there. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));

/** Anybody on the way could read along. */
const isOpenLine = ({ protocol, hostname }: URL): boolean => protocol === 'http:' && !isLoopback(hostname);

/**
 * `192.168.1.5`, with or without `:8470` and `https://`, to the origin. Refuses anything else: no path, no user, no other protocol,
 * and nothing that a URL would take for a host though nobody writes one so (`教学楼`, `192.168.1`). Plain `http://` only on this computer.
 */
export function originOf(written: string): string {
  const text = written.normalize('NFKC').trim().replaceAll('。', '.').toLowerCase();
  const [matched, protocol, host = '', port] = WRITTEN.exec(text) ?? [];
  // An address written with https:// and no port is a proxy's, on the port of https.
  const url = matched && URL.parse(`${protocol ?? 'https'}://${host}:${port ?? (protocol === 'https' ? 443 : PORT)}`);
  if (!url || url.hostname !== host) throw refuse('hub_address', { address: written });
  if (isOpenLine(url)) throw refuse('hub_plain', { address: written });
  return url.origin;
}

export class Hub {
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

  enrol(asked: z.infer<typeof enrolRequest>, signal?: AbortSignal): Promise<z.infer<typeof enrolAnswer>> {
    return this.#post('/v1/enrol', asked, enrolAnswer, signal);
  }

  /** What the hub says to prove that it holds the code of this name. Nothing secret is told for it. */
  prove(name: string, nonce: string): Promise<z.infer<typeof proofAnswer>> {
    return this.#post('/v1/proof', { name, nonce }, proofAnswer);
  }

  /** The key of a laptop that joined before there were keys; the token it asks with is void after. */
  async giveKey(key: KeyClaim): Promise<void> {
    await this.#post('/v1/device-key', { key }, deviceKeyAnswer);
  }
  nonce(device: string): Promise<z.infer<typeof nonceAnswer>> {
    return this.#post('/v1/session/nonce', { device }, nonceAnswer);
  }
  session(asked: z.infer<typeof sessionRequest>): Promise<z.infer<typeof sessionAnswer>> {
    return this.#post('/v1/session', asked, sessionAnswer);
  }
  /** What was not sent, to the operator of a hub that ended this laptop's access. */
  handOver(asked: z.infer<typeof handoverRequest>, signal?: AbortSignal): Promise<z.infer<typeof handoverAnswer>> {
    return this.#post('/v1/handover', asked, handoverAnswer, signal);
  }

  /** The highest of these links of the own chain that the hub has too. */
  async common(links: [number, string][], signal?: AbortSignal): Promise<number | null> {
    return (await this.#post('/v1/common', { links }, commonAnswer, signal)).seq;
  }

  offer(asked: z.infer<typeof offerRequest>, signal?: AbortSignal): Promise<z.infer<typeof offerAnswer>> {
    return this.#post('/v1/offer', asked, offerAnswer, signal);
  }

  rejoin(asked: z.infer<typeof rejoinRequest>, signal?: AbortSignal): Promise<z.infer<typeof rejoinAnswer>> {
    return this.#post('/v1/rejoin', asked, rejoinAnswer, signal);
  }

  /** A call that gives JSON; null where there is nothing to give (204). With a body it is a POST. */
  async say<T>(path: string, shape: z.ZodType<T>, body?: unknown, signal?: AbortSignal): Promise<T | null> {
    const headers = { ...this.#auth(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const init = body === undefined ? { headers } : { method: 'POST', body: JSON.stringify(body), headers };
    const answer = await this.#ask(path, init, ROUND_MS, signal);
    if (answer.status === 204) return null;
    const parsed = shape.safeParse(await this.#json(answer, MAX_JSON));
    if (!parsed.success) throw this.#notHub();
    return parsed.data;
  }

  /** True when the hub is there and knows this laptop. */
  async head(): Promise<boolean> {
    const answer = await this.#ask('/v1/head', { headers: this.#auth() }, PROBE_MS);
    await answer.body?.cancel();
    return true;
  }

  /** Where the store stands, and which versions it speaks. */
  async headOf(signal?: AbortSignal): Promise<Head> {
    const parsed = head.safeParse(
      await this.#json(await this.#ask('/v1/head', { headers: this.#auth() }, PROBE_MS, signal)),
    );
    if (!parsed.success) throw this.#notHub();
    return parsed.data;
  }

  /** The store's number as soon as it is above `after`; null when there was no news for as long as the store holds a question (25 s). Another part of the store than `scope` is news too. */
  async wait(after: number, scope: string | undefined, signal?: AbortSignal): Promise<number | null> {
    const part = scope === undefined ? '' : `&scope=${encodeURIComponent(scope)}`;
    const answer = await this.#ask(`/v1/news?after=${after}${part}`, { headers: this.#auth() }, WAIT_MS, signal);
    if (answer.status === 204) return null;
    const parsed = newsAnswer.safeParse(await this.#json(answer));
    if (!parsed.success) throw this.#notHub();
    return parsed.data.seq;
  }

  /** The frames of one round, each as soon as it is whole; none when there is nothing to say. */
  async *round(body: Uint8Array, signal?: AbortSignal): AsyncGenerator<Frame> {
    yield* this.#frames(
      await this.#ask(
        '/v1/sync',
        { method: 'POST', body: body as Uint8Array<ArrayBuffer>, headers: { ...this.#auth(), 'content-type': FRAMES } },
        ROUND_MS,
        signal,
      ),
    );
  }

  /** The newest image of the store for a laptop of this schema; null when there is none. */
  async image(schema: number, signal?: AbortSignal): Promise<ImageAnswer | null> {
    const answer = await this.#ask(`/v1/image?schema=${schema}`, { headers: this.#auth() }, ROUND_MS, signal);
    if (answer.status === 204) return null;
    const parsed = imageAnswer.safeParse(await this.#json(answer));
    if (!parsed.success) throw this.#notHub();
    return parsed.data;
  }

  /** Its bytes from `from` on, as they come. */
  async *imageBytes(
    { schema, seq, sha256 }: ImageAnswer,
    from: number,
    signal?: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const answer = await this.#ask(
      `/v1/image/${schema}/${seq}?sha256=${sha256}`,
      { headers: { ...this.#auth(), ...(from > 0 ? { range: `bytes=${from}-` } : {}) } },
      DOWNLOAD_MS,
      signal,
    );
    if (answer.status !== (from > 0 ? 206 : 200) || !answer.body) {
      await answer.body?.cancel();
      throw this.#notHub();
    }
    try {
      for await (const chunk of answer.body as ReadableStream<Uint8Array>) yield chunk;
    } catch (error) {
      throw cutOr(error);
    }
  }

  async *pages(
    after: Cursor,
    { epoch, chain, spoken }: Pick<SyncState, 'epoch' | 'chain' | 'spoken'>,
    incarnation: string,
    signal?: AbortSignal,
  ): AsyncGenerator<Frame> {
    const query = new URLSearchParams({
      after: `${after.rv}.${after.ord}`,
      epoch,
      chain,
      incarnation,
      schema: String(spoken ?? SCHEMA),
    });
    yield* this.#frames(await this.#ask(`/v1/pages?${query.toString()}`, { headers: this.#auth() }, ROUND_MS, signal));
  }

  /** How much of a file the hub has (blobs.ts). */
  async blobOffset(sha256: string, signal?: AbortSignal): Promise<BlobAnswer> {
    return this.#blobState(await this.#blob(`${sha256}/offset`, {}, signal));
  }

  async putBlob(sha256: string, piece: Uint8Array, at: number, of: number, signal?: AbortSignal): Promise<BlobAnswer> {
    const headers = { 'content-type': BYTES, 'content-range': `bytes ${at}-${at + piece.length - 1}/${of}` };
    return this.#blobState(
      await this.#blob(sha256, { method: 'PUT', body: piece as Uint8Array<ArrayBuffer>, headers }, signal),
    );
  }

  async getBlob(
    sha256: string,
    at: number,
    most: number,
    signal?: AbortSignal,
  ): Promise<{ bytes: Buffer; total: number }> {
    const answer = await this.#blob(sha256, { headers: { range: `bytes=${at}-${at + most - 1}` } }, signal);
    const total = /^bytes \d+-\d+\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1];
    if (total === undefined) throw this.#notHub();
    try {
      return { bytes: Buffer.from(await answer.arrayBuffer()), total: Number(total) };
    } catch (error) {
      throw cutOr(error);
    }
  }

  #blob(path: string, init: FetchInit, signal?: AbortSignal): Promise<Response> {
    const headers = { ...this.#auth(), ...(init.headers as Record<string, string> | undefined) };
    return this.#ask(`/v1/blob/${path}`, { ...init, headers }, BLOB_MS, signal);
  }

  async #blobState(answer: Response): Promise<BlobAnswer> {
    const parsed = blobAnswer.safeParse(await this.#json(answer));
    if (!parsed.success) throw this.#notHub();
    return parsed.data;
  }

  #auth(): Record<string, string> {
    return this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` };
  }

  async #post<T>(path: string, asked: unknown, answer: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
    const response = await this.#ask(
      path,
      {
        method: 'POST',
        body: JSON.stringify(asked),
        headers: { ...this.#auth(), 'content-type': 'application/json' },
      },
      ROUND_MS,
      signal,
    );
    const parsed = answer.safeParse(await this.#json(response));
    if (!parsed.success) throw this.#notHub();
    return parsed.data;
  }

  async #ask(path: string, init: FetchInit, timeout: number, signal?: AbortSignal): Promise<Response> {
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

  async *#frames(answer: Response): AsyncGenerator<Frame> {
    if (answer.status === 204) return;
    if (!answer.headers.get('content-type')?.startsWith(FRAMES) || !answer.body) {
      await answer.body?.cancel();
      throw this.#notHub();
    }
    const reader = new FrameReader(codec);
    try {
      for await (const chunk of answer.body as ReadableStream<Uint8Array>) yield* reader.push(chunk);
      reader.finish();
    } catch (error) {
      throw cutOr(error);
    }
  }

  async #json(answer: Response, most = MAX_ERROR_TEXT): Promise<unknown> {
    try {
      const text = await answer.text();
      return JSON.parse(text.slice(0, most));
    } catch {
      throw this.#notHub();
    }
  }

  async #refusal(answer: Response): Promise<Refusal> {
    const parsed = hubError.safeParse(
      answer.headers.get('content-type')?.startsWith('application/json')
        ? await this.#json(answer).catch(() => null)
        : null,
    );
    const seconds = waitOf(answer);
    if (!parsed.success && (answer.status === 429 || answer.status === 503))
      return refuse('hub_busy', { seconds: seconds ?? 60 });
    if (!parsed.success && answer.status === 413) return refuse('hub_failed', { id: 'TOO_LARGE' });
    if (!parsed.success) return this.#notHub();
    return refusalFor(parsed.data, seconds);
  }

  #notHub(): Refusal {
    return refuse('hub_not_hub', { address: this.#origin });
  }
}

/** What an answer asks to wait, in seconds (Retry-After, RFC 9110 10.2.3): also a proxy before the store may say it. Its other form, a date, is of clocks. */
const waitOf = ({ headers }: Response): number | null => {
  const asked = /^\d{1,6}$/.exec(headers.get('retry-after')?.trim() ?? '');
  return asked ? Number(asked[0]) : null;
};

/** Whatever breaks while an answer is read is a cut line, unless it is a refusal or an error of our own database. */
function cutOr(error: unknown): unknown {
  if (isRefusal(error)) return error;
  if (error instanceof WireError) return refuse('hub_cut');
  const network = error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError');
  return network ? refuse('hub_cut') : error;
}
