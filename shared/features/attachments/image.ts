/** What a file says of itself in its first bytes: picture or not, and how large. Nothing is decoded here (security.md K6). */

export const imageTypes = ['jpg', 'png', 'webp'] as const;
export type ImageType = (typeof imageTypes)[number];
export interface ImageFacts {
  readonly type: ImageType;
  readonly width: number;
  readonly height: number;
}

const begins = (bytes: Uint8Array, at: number, ...wanted: number[]): boolean =>
  wanted.every((byte, i) => bytes[at + i] === byte);
const ascii = (text: string): number[] => [...text].map((char) => char.charCodeAt(0));
const PNG = [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a];
/** Frames of a JPEG: C0 to CF without the tables and the reserved ones among them. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function jpegOf(bytes: Uint8Array, view: DataView): ImageFacts | null {
  for (let at = 2; at + 9 <= bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrame(marker)) return { type: 'jpg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    const alone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += alone ? 2 : 2 + view.getUint16(at + 2);
  }
  return null;
}

const twentyFour = (view: DataView, at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);

function webpOf(bytes: Uint8Array, view: DataView): ImageFacts | null {
  if (bytes.length < 30) return null;
  if (begins(bytes, 12, ...ascii('VP8X')))
    return { type: 'webp', width: twentyFour(view, 24) + 1, height: twentyFour(view, 27) + 1 };
  if (begins(bytes, 12, ...ascii('VP8L')) && bytes[20] === 0x2f) {
    const bits = view.getUint32(21, true);
    return { type: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (begins(bytes, 12, ...ascii('VP8 ')) && begins(bytes, 23, 0x9d, 0x01, 0x2a))
    return { type: 'webp', width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  return null;
}

/** Null when it is no picture of a known kind, or does not tell its size. The kind is told by the bytes, never by a name. */
export function imageOf(bytes: Uint8Array): ImageFacts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let facts: ImageFacts | null = null;
  if (begins(bytes, 0, 0xff, 0xd8, 0xff)) facts = jpegOf(bytes, view);
  else if (begins(bytes, 0, ...PNG) && bytes.length >= 24 && begins(bytes, 12, ...ascii('IHDR')))
    facts = { type: 'png', width: view.getUint32(16), height: view.getUint32(20) };
  else if (begins(bytes, 0, ...ascii('RIFF')) && begins(bytes, 8, ...ascii('WEBP'))) facts = webpOf(bytes, view);
  return facts && facts.width > 0 && facts.height > 0 ? facts : null;
}
