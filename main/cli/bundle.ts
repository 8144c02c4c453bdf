/** Sync by USB stick from the command line. The last line printed is what the file holds, or what came of it. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BUNDLE_PIECE_CHARS, type BundleNote } from '../../shared/features/sync.ts';
import { refuse } from '../../shared/refusal.ts';
import type { EngineClient } from '../engine/serve.ts';
import { print } from './session.ts';

const PIECE_BYTES = (BUNDLE_PIECE_CHARS / 4) * 3;

/** Whole under its name, or not there: a stick that is pulled out too early holds no half file. */
export async function writeBundle(client: EngineClient, folder: string, signal: AbortSignal): Promise<void> {
  const parts: Buffer[] = [];
  let note: BundleNote | undefined;
  for await (const event of await client.sync.exportBundle(undefined, { signal }))
    if (event.is === 'bytes') parts.push(Buffer.from(event.data, 'base64'));
    else note = event.note;
  if (!note) return;
  const file = join(folder, note.name);
  await writeFile(`${file}.part`, Buffer.concat(parts));
  await rename(`${file}.part`, file);
  print({ file, ...note });
}

export async function readAnswer(client: EngineClient, file: string, signal: AbortSignal): Promise<void> {
  const bytes = await readFile(file).catch(() => {
    throw refuse('file_missing', { file });
  });
  let id: string | undefined;
  for (let at = 0; at < bytes.length || id === undefined; at += PIECE_BYTES) {
    const data = bytes.subarray(at, at + PIECE_BYTES).toString('base64');
    ({ id } = await client.sync.bringBundle({ id, data }, { signal }));
  }
  for await (const event of await client.sync.importBundle({ id }, { signal })) if (event.summary) print(event.summary);
}
