/** The bytes of attachments in the data folder: `blobs/ab/<sha256>`, each written beside its place, flushed and renamed, and checked when read. */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { flush } from '../backup/snapshot.ts';

const FOLDER = 'blobs';
export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const SHA = /^[0-9a-f]{64}$/;
/** A row may have come from anybody: only a hash is made a path of. */
export function blobPath(dir: string, sha256: string): string {
  if (!SHA.test(sha256)) throw new Error(`not a hash: ${sha256}`);
  return join(dir, FOLDER, sha256.slice(0, 2), sha256);
}
export const isHash = (text: string): boolean => SHA.test(text);

/** Where bytes wait until they are whole: files being brought by their upload, files being fetched by their hash. */
export function partPath(dir: string, kind: 'up' | 'down', name: string): string {
  const folder = join(dir, FOLDER, kind);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, name);
}
export const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Adds bytes. On a full disk nothing of them stays: the next try begins where this one did. */
export function appendPart(file: string, bytes: Uint8Array): number {
  const before = sizeOf(file);
  try {
    appendFileSync(file, bytes, { mode: 0o600 });
  } catch (error) {
    if (existsSync(file)) truncateSync(file, before);
    throw error;
  }
  return before + bytes.length;
}

/** Puts a whole, checked file in its place. The power may go at any moment: there is none of it, or all. */
export function settle(dir: string, part: string, sha256: string): void {
  const path = blobPath(dir, sha256);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  flush(part);
  renameSync(part, path);
  flush(dirname(path));
}

export const hasBlob = (dir: string, sha256: string): boolean => existsSync(blobPath(dir, sha256));
/** Null when it is not here, or is no longer what it was: a damaged file is put aside, so that a good one can be fetched. */
export function readBlob(dir: string, sha256: string): Buffer | null {
  const path = blobPath(dir, sha256);
  if (!existsSync(path)) return null;
  const bytes = readFileSync(path);
  if (hashOf(bytes) === sha256) return bytes;
  renameSync(path, `${path}.damaged`);
  return null;
}
export const dropBlob = (dir: string, sha256: string): void => rmSync(blobPath(dir, sha256), { force: true });

const GIVEN_UP_MS = 7 * 86_400_000;
/** Files that were begun and given up. */
export function sweepParts(dir: string, now: number): void {
  for (const kind of ['up', 'down'] as const) {
    const folder = dirname(partPath(dir, kind, 'x'));
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      if (now - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? now) > GIVEN_UP_MS)
        rmSync(file, { force: true });
    }
  }
}
