/** A file of the user's on its way into the notebook: looked at before anything decodes it, made small for the list, and handed over in pieces. */
import { MAX_FILE_BYTES, MAX_PIXELS, MAX_THUMB_BYTES, type Attachable } from '../../../shared/features/attachments.ts';
import { imageOf } from '../../../shared/features/attachments/image.ts';
import { refusalText } from '../../../shared/refusal-text.ts';
import type { Text } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { fromBase64, toBase64 } from '../../ui/files.ts';

/** Bytes of one piece going up; the engine takes as many. */
const PIECE = 384 * 1024;
/** A camera's remarks stand before the size of the picture. */
const HEAD_BYTES = 512 * 1024;
/** Edge in pixels and quality, until the picture is small enough: the first fits an ordinary photo. */
const TRIES = [
  [320, 0.75],
  [320, 0.5],
  [240, 0.5],
  [160, 0.5],
  [96, 0.4],
] as const;

/** What stands in the way of a file, in the user's words. */
export class CannotAdd extends Error {}

/** Null for what is no picture. The browser turns the picture as the camera says. Throws `CannotAdd` for one that is too large or cannot be decoded. */
async function thumbOf(file: File, t: Text): Promise<string | null> {
  const facts = imageOf(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
  if (!facts) return null;
  const found = facts.width * facts.height;
  if (found > MAX_PIXELS)
    throw new CannotAdd(
      refusalText(t, 'attachment_pixels', {
        name: file.name,
        max: MAX_PIXELS / 1_000_000,
        found: Math.ceil(found / 1_000_000),
      }),
    );
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    throw new CannotAdd(refusalText(t, 'attachment_damaged', { name: file.name }));
  }
  try {
    for (const [edge, quality] of TRIES) {
      const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
      const canvas = new OffscreenCanvas(
        Math.max(1, Math.round(bitmap.width * scale)),
        Math.max(1, Math.round(bitmap.height * scale)),
      );
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      const small = await canvas.convertToBlob({ type: 'image/webp', quality });
      if (small.size <= MAX_THUMB_BYTES) return toBase64(new Uint8Array(await small.arrayBuffer()));
    }
    return null;
  } finally {
    bitmap.close();
  }
}

/** Brings one file onto a record. Throws `CannotAdd`, or a refusal of the engine. */
export async function bring(
  file: File,
  target: { readonly table: Attachable; readonly id: string },
  t: Text,
  progress: (percent: number) => void,
): Promise<{ batch: string; name: string }> {
  if (file.size > MAX_FILE_BYTES)
    throw new CannotAdd(refusalText(t, 'attachment_size', { max: MAX_FILE_BYTES / 1024 / 1024 }));
  if (file.size === 0) throw new CannotAdd(refusalText(t, 'attachment_empty', { name: file.name }));
  const thumb = await thumbOf(file, t);
  let upload: string | undefined;
  for (let at = 0; at < file.size; at += PIECE) {
    const data = toBase64(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()));
    upload = (await client.attachments.upload({ ...(upload === undefined ? {} : { upload }), data })).upload;
    progress(Math.round((100 * Math.min(file.size, at + PIECE)) / file.size));
  }
  const { attachment, batch } = await client.attachments.add({
    ...target,
    upload: upload ?? '',
    name: file.name,
    thumb,
  });
  return { batch, name: attachment.name };
}

/** The whole file, as bytes that were checked. */
export async function fetchBytes(id: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const { data } of await client.attachments.read({ id }, { signal })) pieces.push(fromBase64(data));
  return pieces;
}
