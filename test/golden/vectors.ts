/** What is kept of the wire of protocol 1: the same messages as text, as frames without compression, and as bytes that went over a line once. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { codec } from '../../hub/codec.ts';
import { hashText } from '../../shared/commit.ts';
import * as frames from '../../shared/sync/frames.ts';
import { encodeFrame, encodeMessage, type Codec, type Frame } from '../../shared/sync/wire.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const clock = { wall_ms: 1_790_670_000_000, boot_id: 'boot-1', mono_ms: 60_000 };
const incarnation = '11111111-1111-4111-8111-111111111111';
const cursor = { rv: 7, ord: frames.WHOLE };
const bodies = [
  JSON.stringify({ op: 'insert', table: 'assets', id: 'a-1', values: { name: '台式机', category: 'desktop' } }),
  JSON.stringify({
    op: 'patch',
    table: 'assets',
    id: 'a-1',
    base: null,
    fields: { tag: { before: null, after: 'T1' } },
  }),
  JSON.stringify({ op: 'remove', table: 'assets', id: 'a-2', base: 5 }),
];
const base = { incarnation, mut_no: 1, batch: 'batch-1', actor: '李明@L03', command: 'assets.create', reason: null };
const unsigned = { ...base, schema: 1, clock, prev: '' };
const head = { ...unsigned, sha256: sha256(hashText(unsigned, bodies)), signature: null };
const held = { op: 1, conflict: 'c-1', fields: ['tag'] };
const result = {
  incarnation,
  mut_no: 1,
  seq: 8,
  outcome: 'held',
  code: null,
  held: [held],
  stored: [{ op: 1, field: 'brand', value: '联想' }],
  est_at: clock.wall_ms,
  unc_ms: 2012,
} as const;
const row = {
  table: 'assets',
  id: 'a-1',
  rv: 8,
  deleted_at: null,
  values: { name: '台式机', quantity: 1, price: null },
};

/** One of every frame, as the shapes of today read it. */
export const messages: Readonly<Record<'request' | 'answer', readonly Frame[]>> = {
  request: [
    {
      type: 'hello',
      text: JSON.stringify(
        frames.hello.parse({
          proto: frames.PROTO,
          schema: 1,
          epoch: 'e-1',
          cursor,
          chain: 'c0',
          incarnation,
          last_mut_no: 1,
          clock,
        }),
      ),
    },
    { type: 'commit', text: frames.commitText({ ...head, bodies }) },
  ],
  answer: [
    { type: 'result', text: JSON.stringify(frames.result.parse(result)) },
    {
      type: 'page',
      text: JSON.stringify(
        frames.page.parse({
          from: cursor,
          to: { rv: 8, ord: frames.WHOLE },
          last: true,
          commits: [{ ...head, bodies, seq: 8, est_at: clock.wall_ms, unc_ms: 2012, result }],
          rows: [row, { ...row, id: 'a-2', deleted_at: clock.wall_ms }],
        }),
      ),
    },
    {
      type: 'head',
      text: JSON.stringify(
        frames.head.parse({
          epoch: 'e-1',
          seq: 8,
          chain: 'c8',
          hub_ms: clock.wall_ms,
          min_schema: 1,
          max_schema: 1,
          more: false,
        }),
      ),
    },
  ],
};

/** Every answer that is not frames. */
export const errors: readonly [status: number, code: string, params?: Record<string, string | number>][] = [
  [400, 'CUT'],
  [400, 'BAD_FRAMES'],
  [400, 'BAD_REQUEST'],
  [401, 'DEVICE_REFUSED'],
  [409, 'FORK', { epoch: 'e-1', seq: 8 }],
  [409, 'GAP', { expected: 2 }],
  [409, 'CLIENT_FORK', { incarnation, mut_no: 1 }],
  [409, 'OTHER_VERSION', { hub: 1, laptop: 2 }],
  [409, 'HUB_OLDER', { hub: 1, laptop: 2 }],
  [413, 'TOO_MANY'],
  [429, 'TOO_MANY', { seconds: 30 }],
  [500, 'HUB_FAILED'],
  [503, 'BUSY', { seconds: 10 }],
];
export const errorTexts = (): string[] =>
  errors.map(([status, code, params]) => `${status} ${JSON.stringify(frames.hubError.parse({ code, params }))}`);

/** Frames as they are framed, whatever the version of the compression. */
const plain: Codec = {
  crc32: (bytes) => crc32(bytes),
  compress: (text) => Buffer.from(text, 'utf8'),
  decompress: (bytes) => Buffer.from(bytes).toString('utf8'),
  hasher: codec.hasher,
};
const message = (with_: Codec, list: readonly Frame[]): string =>
  Buffer.from(
    encodeMessage(
      with_,
      list.map(({ type, text }) => encodeFrame(with_, type, text)),
    ),
  ).toString('base64');
export const framed = (list: readonly Frame[]): string => message(plain, list);
export const compressed = (list: readonly Frame[]): string => message(codec, list);

/** One number for every shape that shared/sync/frames.ts declares. */
export function shapesHash(): string {
  const shapes = Object.entries(frames)
    .filter(([, value]) => value instanceof z.ZodType)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [name, z.toJSONSchema(value as unknown as z.ZodType, { io: 'input' })]);
  return sha256(JSON.stringify(shapes));
}
