/** What a window does with files of a stick, without the window. */
import type { BundleNote, SyncSummary } from '../../shared/features/sync.ts';
import { BUNDLE_PIECE_CHARS } from '../../shared/features/sync.ts';
import type { TestEngine } from './engine.ts';

const PIECE_BYTES = (BUNDLE_PIECE_CHARS / 4) * 3;

/** The file a laptop writes; with a code, of one that asks to be taken in. */
export async function written(laptop: TestEngine, code?: string): Promise<{ bytes: Buffer; note: BundleNote }> {
  const { sync } = laptop.call;
  const parts: Buffer[] = [];
  let note: BundleNote | undefined;
  for await (const event of await (code === undefined ? sync.exportBundle() : sync.exportJoin({ code })))
    if (event.is === 'bytes') parts.push(Buffer.from(event.data, 'base64'));
    else note = event.note;
  return { bytes: Buffer.concat(parts), note: note as BundleNote };
}

/** Into the engine, for whichever call reads it. */
export async function brought(laptop: TestEngine, bytes: Uint8Array): Promise<string> {
  let id: string | undefined;
  for (let at = 0; at < bytes.length || id === undefined; at += PIECE_BYTES)
    ({ id } = await laptop.call.sync.bringBundle({
      id,
      data: Buffer.from(bytes.subarray(at, at + PIECE_BYTES)).toString('base64'),
    }));
  return id;
}

export async function readAnswer(laptop: TestEngine, bytes: Uint8Array): Promise<SyncSummary> {
  const id = await brought(laptop, bytes);
  let summary: SyncSummary | undefined;
  for await (const event of await laptop.call.sync.importBundle({ id })) summary = event.summary ?? summary;
  return summary as SyncSummary;
}

/** No network any more: only the stick. */
export const unplug = (laptop: TestEngine): void => {
  Object.assign(laptop.engine.ports, { fetch: () => Promise.reject(new TypeError('no network')) });
};
