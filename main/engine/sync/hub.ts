/** The hub as the engine calls it. */
import type { z } from 'zod';
import { SCHEMA } from '../../../shared/commit.ts';
import {
  enrolAnswer,
  head,
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
import { taken, TAKEN, type TakenReport } from '../../../shared/sync/stick.ts';
import { FRAMES, type Frame } from '../../../shared/sync/wire.ts';
import type { FetchInit } from '../engine.ts';
import type { SyncState } from './state.ts';
import { cutOr, Line, ROUND_MS } from './line.ts';

const PROBE_MS = 3000;
/** An image on the slowest line that is still one (0.1 Mbit/s, 40 MB). */
const DOWNLOAD_MS = 3_600_000;
/** Weeks of a colleague's work go in, and the whole store may come out. */
const CARRY_MS = 600_000;
/** A piece is as large as the line carries in a moment; one that takes this long is lost. */
const BLOB_MS = 30_000;
/** The store answers a question for news within 25 s. */
const WAIT_MS = 35_000;

export class Hub extends Line {
  enrol(asked: z.infer<typeof enrolRequest>, signal?: AbortSignal): Promise<z.infer<typeof enrolAnswer>> {
    return this.post('/v1/enrol', asked, enrolAnswer, signal);
  }

  /** What the hub says to prove that it holds the code of this name. Nothing secret is told for it. */
  prove(name: string, nonce: string): Promise<z.infer<typeof proofAnswer>> {
    return this.post('/v1/proof', { name, nonce }, proofAnswer);
  }

  /** The key of a laptop that joined before there were keys; the token it asks with is void after. */
  async giveKey(key: KeyClaim): Promise<void> {
    await this.post('/v1/device-key', { key }, deviceKeyAnswer);
  }
  nonce(device: string): Promise<z.infer<typeof nonceAnswer>> {
    return this.post('/v1/session/nonce', { device }, nonceAnswer);
  }
  session(asked: z.infer<typeof sessionRequest>): Promise<z.infer<typeof sessionAnswer>> {
    return this.post('/v1/session', asked, sessionAnswer);
  }
  /** What was not sent, to the operator of a hub that ended this laptop's access. */
  handOver(asked: z.infer<typeof handoverRequest>, signal?: AbortSignal): Promise<z.infer<typeof handoverAnswer>> {
    return this.post('/v1/handover', asked, handoverAnswer, signal);
  }

  /** The highest of these links of the own chain that the hub has too. */
  async common(links: [number, string][], signal?: AbortSignal): Promise<number | null> {
    return (await this.post('/v1/common', { links }, commonAnswer, signal)).seq;
  }

  offer(asked: z.infer<typeof offerRequest>, signal?: AbortSignal): Promise<z.infer<typeof offerAnswer>> {
    return this.post('/v1/offer', asked, offerAnswer, signal);
  }

  rejoin(asked: z.infer<typeof rejoinRequest>, signal?: AbortSignal): Promise<z.infer<typeof rejoinAnswer>> {
    return this.post('/v1/rejoin', asked, rejoinAnswer, signal);
  }

  /** True when the hub is there and knows this laptop. */
  async head(): Promise<boolean> {
    const answer = await this.ask('/v1/head', { headers: this.auth() }, PROBE_MS);
    await answer.body?.cancel();
    return true;
  }

  /** Where the store stands, and which versions it speaks. */
  async headOf(signal?: AbortSignal): Promise<Head> {
    const parsed = head.safeParse(
      await this.json(await this.ask('/v1/head', { headers: this.auth() }, PROBE_MS, signal)),
    );
    if (!parsed.success) throw this.notHub();
    return parsed.data;
  }

  /** The store's number as soon as it is above `after`; null when there was no news for as long as the store holds a question (25 s). Another part of the store than `scope` is news too. */
  async wait(after: number, scope: string | undefined, signal?: AbortSignal): Promise<number | null> {
    const part = scope === undefined ? '' : `&scope=${encodeURIComponent(scope)}`;
    const answer = await this.ask(`/v1/news?after=${after}${part}`, { headers: this.auth() }, WAIT_MS, signal);
    if (answer.status === 204) return null;
    const parsed = newsAnswer.safeParse(await this.json(answer));
    if (!parsed.success) throw this.notHub();
    return parsed.data.seq;
  }

  /** The frames of one round, each as soon as it is whole; none when there is nothing to say. */
  async *round(body: Uint8Array, signal?: AbortSignal): AsyncGenerator<Frame> {
    yield* this.frames(
      await this.ask(
        '/v1/sync',
        { method: 'POST', body: body as Uint8Array<ArrayBuffer>, headers: { ...this.auth(), 'content-type': FRAMES } },
        ROUND_MS,
        signal,
      ),
    );
  }

  /** The newest image of the store for a laptop of this schema; null when there is none. */
  async image(schema: number, signal?: AbortSignal): Promise<ImageAnswer | null> {
    const answer = await this.ask(`/v1/image?schema=${schema}`, { headers: this.auth() }, ROUND_MS, signal);
    if (answer.status === 204) return null;
    const parsed = imageAnswer.safeParse(await this.json(answer));
    if (!parsed.success) throw this.notHub();
    return parsed.data;
  }

  /** Its bytes from `from` on, as they come. */
  async *imageBytes(
    { schema, seq, sha256 }: ImageAnswer,
    from: number,
    signal?: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const answer = await this.ask(
      `/v1/image/${schema}/${seq}?sha256=${sha256}`,
      { headers: { ...this.auth(), ...(from > 0 ? { range: `bytes=${from}-` } : {}) } },
      DOWNLOAD_MS,
      signal,
    );
    if (answer.status !== (from > 0 ? 206 : 200) || !answer.body) {
      await answer.body?.cancel();
      throw this.notHub();
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
    yield* this.frames(await this.ask(`/v1/pages?${query.toString()}`, { headers: this.auth() }, ROUND_MS, signal));
  }

  /** A colleague's file of a stick, from a centre admin; gives what came of it, and the answer to carry back. */
  async carry(file: Buffer<ArrayBuffer>, signal?: AbortSignal): Promise<{ told: TakenReport; answer: Buffer }> {
    const headers = { ...this.auth(), 'content-type': BYTES };
    const answer = await this.ask('/v1/operator/bundle', { method: 'POST', body: file, headers }, CARRY_MS, signal);
    let told: unknown;
    try {
      told = JSON.parse(decodeURIComponent(answer.headers.get(TAKEN) ?? ''));
    } catch {
      throw this.notHub();
    }
    const parsed = taken.safeParse(told);
    if (!parsed.success) throw this.notHub();
    try {
      return { told: parsed.data, answer: Buffer.from(await answer.arrayBuffer()) };
    } catch (error) {
      throw cutOr(error);
    }
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
    if (total === undefined) throw this.notHub();
    try {
      return { bytes: Buffer.from(await answer.arrayBuffer()), total: Number(total) };
    } catch (error) {
      throw cutOr(error);
    }
  }

  #blob(path: string, init: FetchInit, signal?: AbortSignal): Promise<Response> {
    const headers = { ...this.auth(), ...(init.headers as Record<string, string> | undefined) };
    return this.ask(`/v1/blob/${path}`, { ...init, headers }, BLOB_MS, signal);
  }

  async #blobState(answer: Response): Promise<BlobAnswer> {
    const parsed = blobAnswer.safeParse(await this.json(answer));
    if (!parsed.success) throw this.notHub();
    return parsed.data;
  }
}
