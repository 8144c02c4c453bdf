/** Files for tests: real pictures of any size and weight, and files that pretend to be one. */
import { crc32, deflateSync } from 'node:zlib';
import { randomFillSync } from 'node:crypto';
import type { Attachable, Attachment } from '../../shared/features/attachments.ts';
import type { TestEngine } from './engine.ts';

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, tail]);
}
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A PNG that any browser shows: noise, so that it is about three bytes a pixel. `said` writes another size into its head. */
export function png(width = 40, height = 30, said: { width: number; height: number } = { width, height }): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(said.width, 0);
  head.writeUInt32BE(said.height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = randomFillSync(Buffer.alloc(height * (1 + width * 3)));
  for (let y = 0; y < height; y += 1) rows[y * (1 + width * 3)] = 0;
  return Buffer.concat([
    PNG,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
/** Noise of about this many bytes. */
export const pngOf = (bytes: number): Buffer => png(600, Math.max(1, Math.round(bytes / 1801)));

const PIECE = 384 * 1024;
/** Brings a file as a window does. */
export async function attach(
  { call }: Pick<TestEngine, 'call'>,
  table: Attachable,
  id: string,
  name: string,
  bytes: Buffer,
  thumb: Buffer | null = null,
): Promise<{ attachment: Attachment; batch: string }> {
  let upload: string | undefined;
  for (let at = 0; at === 0 || at < bytes.length; at += PIECE) {
    const data = bytes.subarray(at, at + PIECE).toString('base64');
    upload = (await call.attachments.upload({ ...(upload === undefined ? {} : { upload }), data })).upload;
  }
  return call.attachments.add({ table, id, upload: upload ?? '', name, thumb: thumb?.toString('base64') ?? null });
}
/** The bytes as a window gets them. */
export async function bytesOf({ call }: Pick<TestEngine, 'call'>, id: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const { data } of await call.attachments.read({ id })) pieces.push(Buffer.from(data, 'base64'));
  return Buffer.concat(pieces);
}
