/**
 * Frames: how a sync round travels. `length u32 | type u8 | crc32 u32 | payload (zstd)`, big-endian; the last frame is END with
 * the number of frames and the SHA-256 of every byte before it, so that a cut answer can never pass for a whole one.
 * Pure framing: what needs a runtime (compression, checksums) is passed in.
 */
import { z } from 'zod';

export const frameType = { hello: 1, commit: 2, result: 3, page: 4, head: 5, end: 6 } as const;
export type FrameType = keyof typeof frameType;
const names = new Map<number, FrameType>(Object.entries(frameType).map(([name, code]) => [code, name as FrameType]));

export interface Codec {
  crc32(bytes: Uint8Array): number;
  compress(text: string): Uint8Array;
  /** Throws when the bytes are no zstd or would grow above `max` bytes. */
  decompress(bytes: Uint8Array, max: number): string;
  hasher(): { update(bytes: Uint8Array): void; hex(): string };
}

export interface Frame {
  readonly type: FrameType;
  readonly text: string;
}

/** `cut`: it ends too early. `bad`: it is something else than frames, or was altered on the way. */
export class WireError extends Error {
  readonly fault: 'cut' | 'bad';
  constructor(fault: 'cut' | 'bad', message: string) {
    super(message);
    this.name = 'WireError';
    this.fault = fault;
  }
}

const HEADER = 9;
/** A commit is at most 700 kB of text (main/engine/commits.ts), a page 1 MB; anything far above is an attack or an accident. */
export const MAX_FRAME = 4 * 1024 * 1024;
export const MAX_TEXT = 16 * 1024 * 1024;
export const FRAMES = 'application/x-lanbook-frames';

const endText = z.object({ frames: z.int(), sha256: z.string() });

export function encodeFrame(codec: Codec, type: FrameType, text: string): Uint8Array {
  const payload = codec.compress(text);
  const bytes = new Uint8Array(HEADER + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, payload.length);
  view.setUint8(4, frameType[type]);
  view.setUint32(5, codec.crc32(payload));
  bytes.set(payload, HEADER);
  return bytes;
}

const endFrame = (codec: Codec, frames: number, sha256: string): Uint8Array =>
  encodeFrame(codec, 'end', JSON.stringify({ frames, sha256 }));

/** The frames as they come, and their END. */
export async function* streamMessage(
  codec: Codec,
  frames: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, undefined> {
  const hash = codec.hasher();
  let count = 0;
  for await (const frame of frames) {
    hash.update(frame);
    count += 1;
    yield frame;
  }
  yield endFrame(codec, count, hash.hex());
}

/** The type of a message's second frame, with nothing unpacked; null when there is none. */
export function secondType(bytes: Uint8Array): FrameType | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = bytes.length < HEADER ? Infinity : HEADER + view.getUint32(0);
  return at + HEADER > bytes.length ? null : (names.get(view.getUint8(at + 4)) ?? null);
}

/** A whole message: the given frames and their END. */
export function encodeMessage(codec: Codec, frames: readonly Uint8Array[]): Uint8Array {
  const hash = codec.hasher();
  for (const frame of frames) hash.update(frame);
  const end = endFrame(codec, frames.length, hash.hex());
  const whole = new Uint8Array(frames.reduce((sum, frame) => sum + frame.length, end.length));
  let at = 0;
  for (const frame of [...frames, end]) {
    whole.set(frame, at);
    at += frame.length;
  }
  return whole;
}

/** Reads frames from chunks as they arrive. Each is checked alone; `finish` refuses a message without its END. */
export class FrameReader {
  #rest: Uint8Array = new Uint8Array(0);
  #frames = 0;
  #text = 0;
  #ended = false;
  readonly #codec: Codec;
  readonly #hash: ReturnType<Codec['hasher']>;

  constructor(codec: Codec) {
    this.#codec = codec;
    this.#hash = codec.hasher();
  }

  /** The frames that became whole with this chunk; END itself is checked and not given. */
  push(chunk: Uint8Array): Frame[] {
    const bytes = new Uint8Array(this.#rest.length + chunk.length);
    bytes.set(this.#rest);
    bytes.set(chunk, this.#rest.length);
    const frames: Frame[] = [];
    let at = 0;
    while (bytes.length - at >= HEADER) {
      const view = new DataView(bytes.buffer, at);
      const length = view.getUint32(0);
      const type = names.get(view.getUint8(4));
      if (this.#ended || type === undefined || length > MAX_FRAME) throw new WireError('bad', 'not a frame');
      if (bytes.length - at < HEADER + length) break;
      const whole = bytes.subarray(at, at + HEADER + length);
      at += whole.length;
      const text = this.#open(whole, view.getUint32(5));
      if (type === 'end') this.#end(text);
      else {
        this.#hash.update(whole);
        this.#frames += 1;
        frames.push({ type, text });
      }
    }
    this.#rest = bytes.slice(at);
    return frames;
  }

  finish(): void {
    if (!this.#ended || this.#rest.length > 0) throw new WireError('cut', 'no END');
  }

  #open(whole: Uint8Array, crc: number): string {
    const payload = whole.subarray(HEADER);
    if (this.#codec.crc32(payload) !== crc) throw new WireError('bad', 'checksum');
    let text: string;
    try {
      text = this.#codec.decompress(payload, MAX_TEXT - this.#text);
    } catch {
      throw new WireError('bad', 'compression');
    }
    this.#text += text.length;
    return text;
  }

  #end(text: string): void {
    const end = parseJson(endText, text);
    if (end.frames !== this.#frames || end.sha256 !== this.#hash.hex()) throw new WireError('bad', 'END does not fit');
    this.#ended = true;
  }
}

/** JSON of a known shape, or a WireError: never half a value. */
export function parseJson<T>(schema: z.ZodType<T>, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new WireError('bad', 'no JSON');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new WireError('bad', `shape: ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
  return parsed.data;
}
