/** Files of a stick in and out of a window, in pieces: a wire carries no file in one. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { BUNDLE_PIECE_CHARS, type bundleEvent } from '../../../shared/features/sync.ts';
import { refuse } from '../../../shared/refusal.ts';
import { MAX_BUNDLE } from '../../../shared/sync/bundle.ts';
import type { Engine } from '../engine.ts';
import type { JoinAsk } from './bundle-join.ts';
import { exportBundle } from './bundle-write.ts';

const PIECE_BYTES = (BUNDLE_PIECE_CHARS / 4) * 3;

/** `join`: of a laptop that asks to be taken in. */
export async function* bundlePieces(
  engine: Engine,
  join: JoinAsk | null = null,
): AsyncGenerator<z.infer<typeof bundleEvent>> {
  const { bytes, note } = await exportBundle(engine, join);
  for (const data of inPieces(bytes)) yield { is: 'bytes', data };
  yield { is: 'file', note };
}

/** As base64, each as large as a wire carries. */
export function* inPieces(bytes: Uint8Array): Generator<string> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    yield Buffer.from(bytes.subarray(at, at + PIECE_BYTES)).toString('base64');
}

interface Brought {
  readonly id: string;
  readonly pieces: Buffer[];
  bytes: number;
}
/** One at a time: a new file takes the place of one that nobody read. */
const brought = new WeakMap<Engine, Brought>();

export function bringPiece(
  engine: Engine,
  { id, data }: { id?: string | undefined; data: string },
): { id: string; bytes: number } {
  let file = brought.get(engine);
  if (id === undefined) {
    file = { id: randomUUID(), pieces: [], bytes: 0 };
    brought.set(engine, file);
  }
  if (!file || (id !== undefined && file.id !== id)) throw refuse('bundle_cut');
  const piece = Buffer.from(data, 'base64');
  if (file.bytes + piece.length > MAX_BUNDLE) {
    brought.delete(engine);
    throw refuse('bundle_not');
  }
  file.pieces.push(piece);
  file.bytes += piece.length;
  return { id: file.id, bytes: file.bytes };
}

/** The whole file, once. */
export function broughtBundle(engine: Engine, id: string): Uint8Array {
  const file = brought.get(engine);
  brought.delete(engine);
  if (file?.id !== id) throw refuse('bundle_cut');
  return Buffer.concat(file.pieces);
}
