/**
 * Sync carried by hand (sneakernet): the messages of a round in a file on a USB stick. The same frames as over the network, behind a header that
 * says for people and for programs what the file is, signed by the laptop or by the store that wrote it.
 *
 * `LANBOOK BUNDLE 1`, the header as one line of JSON, its signature, then messages: each a length (u32, big-endian) and that many bytes.
 */
import { z } from 'zod';
import { cursor, hubError } from './frames.ts';
import { rawSignature } from './keys.ts';
import type { Codec } from './wire.ts';

const MAGIC = 'LANBOOK BUNDLE 1';
/** The three lines before the messages. */
const MAX_LINE = 8192;
/** Fifty thousand records are about 6 MB. */
export const MAX_BUNDLE = 256 * 1024 * 1024;

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
/** What everybody says of the messages that follow. */
const common = {
  device: z.uuid(),
  machine: z.string().max(10),
  /** The chain's beginning: which store it is about. */
  origin: hex64,
  /** Of this laptop, from 1; an answer has that of its request. */
  number: z.int().min(1),
  /** The writer's clock, ms. */
  made_at: z.int(),
  bytes: z.int().min(0).max(MAX_BUNDLE),
  sha256: hex64,
  /** Base64url: a laptop's as 32 raw bytes, the store's as SPKI. The name of the key; whether it is known the reader asks itself. */
  key: z.string().max(400),
};
const request = z.object({
  ...common,
  kind: z.literal('request'),
  commits: z.int().min(0),
  /** Of the oldest and the newest change, by the laptop's clock. */
  from_at: z.int().nullable(),
  to_at: z.int().nullable(),
  /** While everything is fetched anew from a restored store: its commits up to here were made over the lost past. */
  old_past: z.object({ incarnation: z.uuid(), last_mut_no: z.int().min(0), seq: z.int().min(0) }).nullable(),
});
/** Of a laptop that has joined no store, and comes to it by stick alone (stick.ts). */
const joining = z.object({
  ...request.shape,
  kind: z.literal('join'),
  machine: z.string().min(1).max(10),
  technician: z.string().min(1).max(60),
  /** Null: it never synced with any store. */
  origin: hex64.nullable(),
  old_past: z.null(),
  /** That it holds the private half of `key`. */
  proof: rawSignature,
  /** The name of its code: the first group, and nothing of the rest. */
  code: z.string().max(4),
  nonce: hex64,
});
const answer = z.object({
  ...common,
  kind: z.literal('answer'),
  /** Of the request's messages. */
  asked: hex64,
  epoch: z.string().max(60),
  /** Where the laptop stood, and where it stands after this. */
  from: cursor,
  to: cursor,
  /** Where the laptop's part of the store has become another: its name, and the pages begin anew. */
  anew: z.string().max(200).nullable(),
  results: z.int().min(0),
  rows: z.int().min(0),
  /** Instead of messages: why the store took nothing. */
  failure: hubError.nullable(),
  /** To a laptop that joined with this file: what it asked with, so that no other answer can be taken for this one. */
  joined: z.object({ nonce: hex64 }).nullable().default(null),
});
export type RequestHeader = z.infer<typeof request>;
export type JoinHeader = z.infer<typeof joining>;
export type AnswerHeader = z.infer<typeof answer>;
type Header = RequestHeader | JoinHeader | AnswerHeader;
/** Without what follows from the messages. */
export type Draft<H extends Header> = Omit<H, 'bytes' | 'sha256'>;

/** `not`: another file. `cut`: it ends too early. `altered`: it is not as it was written. */
export class BundleError extends Error {
  readonly fault: 'not' | 'cut' | 'altered';
  constructor(fault: 'not' | 'cut' | 'altered') {
    super(`bundle: ${fault}`);
    this.name = 'BundleError';
    this.fault = fault;
  }
}

const signText = (header: string): string => `lanbook bundle 1\n${header}`;
/** ASCII, so that its bytes are its characters: whatever else a name may hold is escaped as JSON allows. */
const ascii = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** `sign` makes a base64url signature of a text. */
export function writeBundle<H extends Header>(
  codec: Codec,
  draft: Draft<H>,
  messages: readonly Uint8Array[],
  sign: (text: string) => string,
): Uint8Array {
  const body = join(messages.flatMap((message) => [lengthOf(message), message]));
  const hash = codec.hasher();
  hash.update(body);
  const header = ascii({ ...draft, bytes: body.length, sha256: hash.hex() });
  return join([bytesOf(`${MAGIC}\n${header}\n${sign(signText(header))}\n`), body]);
}

interface Bundle {
  readonly header: Header;
  /** What the signature is over. */
  readonly signed: string;
  readonly signature: string;
  readonly messages: readonly Uint8Array[];
}

/** Throws a BundleError unless every byte is as the header says. Who signed it is for the caller to check, before anything is done. */
export function readBundle(codec: Codec, bytes: Uint8Array): Bundle {
  const begins = bytesOf(`${MAGIC}\n`);
  if (begins.some((byte, index) => index < bytes.length && bytes[index] !== byte)) throw new BundleError('not');
  if (bytes.length < begins.length) throw new BundleError(bytes.length === 0 ? 'not' : 'cut');
  const [text, afterHeader] = lineAt(bytes, begins.length);
  const [signature, start] = lineAt(bytes, afterHeader);
  const header = headerOf(text);
  const body = bytes.subarray(start);
  if (body.length < header.bytes) throw new BundleError('cut');
  const hash = codec.hasher();
  hash.update(body);
  if (body.length !== header.bytes || hash.hex() !== header.sha256) throw new BundleError('altered');
  return { header, signed: signText(text), signature, messages: messagesOf(body) };
}

function lineAt(bytes: Uint8Array, from: number): [text: string, next: number] {
  const end = bytes.subarray(from, from + MAX_LINE).indexOf(10);
  if (end < 0) throw new BundleError(bytes.length - from < MAX_LINE ? 'cut' : 'altered');
  const line = bytes.subarray(from, from + end);
  if (line.some((byte) => byte > 126)) throw new BundleError('altered');
  return [String.fromCharCode(...line), from + end + 1];
}

function headerOf(text: string): Header {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BundleError('altered');
  }
  const parsed = z.discriminatedUnion('kind', [request, joining, answer]).safeParse(value);
  if (!parsed.success) throw new BundleError('altered');
  return parsed.data;
}

function messagesOf(body: Uint8Array): Uint8Array[] {
  const messages: Uint8Array[] = [];
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  for (let at = 0; at < body.length;) {
    const length = at + 4 <= body.length ? view.getUint32(at) : Number.POSITIVE_INFINITY;
    if (at + 4 + length > body.length) throw new BundleError('altered');
    messages.push(body.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return messages;
}

function lengthOf(message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, message.length);
  return bytes;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
