// oxlint-disable-next-line typescript/triple-slash-reference -- the tests' program does not include main/**, only what it imports
/// <reference path="./yauzl.d.ts" />
/**
 * The zip container of an .xlsx: its directory is judged before anything is inflated, and real bytes are counted while
 * inflating because directories lie (security.md X4).
 */
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { LIMITS, SheetProblem } from './types.ts';

export interface Archive {
  has(name: string): boolean;
  names(): string[];
  /** Inflates one part, chunk by chunk. */
  read(name: string): AsyncIterable<Buffer>;
  close(): void;
}

const open = (bytes: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) =>
      error
        ? reject(new SheetProblem(/path|absolute/i.test(error.message) ? 'sheet_unsafe' : 'sheet_broken'))
        : resolve(zip),
    );
  });

/** Throws `sheet_bomb`, `sheet_unsafe`, `sheet_password` or `sheet_broken`; nothing has been inflated by then. */
function directory(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > LIMITS.zipEntries) throw new SheetProblem('sheet_bomb');
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    let total = 0;
    zip.on('entry', (entry) => {
      total += entry.uncompressedSize;
      const problem = judge(entry, total);
      if (problem) {
        reject(problem);
        return;
      }
      entries.set(entry.fileName.toLowerCase(), entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    // yauzl refuses '..', absolute paths and backslashes itself, with these words
    zip.on('error', (error) =>
      reject(
        new SheetProblem(
          /relative path|absolute path|invalid characters/i.test(error.message) ? 'sheet_unsafe' : 'sheet_broken',
        ),
      ),
    );
    zip.readEntry();
  });
}

function judge(entry: Entry, total: number): SheetProblem | null {
  if (entry.isEncrypted()) return new SheetProblem('sheet_password');
  if (entry.uncompressedSize > LIMITS.entryBytes || total > LIMITS.totalBytes) return new SheetProblem('sheet_bomb');
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  return entry.uncompressedSize > LIMITS.ratioFrom && ratio > LIMITS.ratio ? new SheetProblem('sheet_bomb') : null;
}

export async function openArchive(bytes: Buffer): Promise<Archive> {
  const zip = await open(bytes);
  const entries = await directory(zip).catch((error: unknown) => {
    zip.close();
    throw error;
  });
  let inflated = 0;
  async function* read(name: string): AsyncIterable<Buffer> {
    const entry = entries.get(name.toLowerCase());
    if (!entry) throw new SheetProblem('sheet_broken');
    const stream = await new Promise<AsyncIterable<Buffer>>((resolve, reject) => {
      zip.openReadStream(entry, (error, opened) =>
        error ? reject(new SheetProblem('sheet_broken')) : resolve(opened),
      );
    });
    try {
      for await (const chunk of stream) {
        inflated += chunk.length;
        if (inflated > LIMITS.totalBytes) throw new SheetProblem('sheet_bomb');
        yield chunk;
      }
    } catch (error) {
      throw error instanceof SheetProblem ? error : new SheetProblem('sheet_broken');
    }
  }
  return {
    has: (name) => entries.has(name.toLowerCase()),
    names: () => [...entries.keys()],
    read,
    close: () => zip.close(),
  };
}
