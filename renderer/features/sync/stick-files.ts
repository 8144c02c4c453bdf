/** Files of a USB stick between the window and the engine, which takes and gives them in pieces. */
import { BUNDLE_PIECE_CHARS, type BundleNote, type SyncEvent } from '../../../shared/features/sync.ts';
import type { TakenReport } from '../../../shared/sync/stick.ts';
import { client } from '../../rpc.ts';
import { fromBase64, saveFile, toBase64 } from '../../ui/files.ts';

const PIECE_BYTES = (BUNDLE_PIECE_CHARS / 4) * 3;
const save = (name: string, parts: readonly BlobPart[]): void =>
  saveFile(name, new Blob([...parts]), 'application/octet-stream');

/** What this laptop has for its store; with a code, its request to be taken in. */
export async function writeFile(code: string | null): Promise<BundleNote | null> {
  const parts: BlobPart[] = [];
  for await (const event of await (code === null ? client.sync.exportBundle() : client.sync.exportJoin({ code }))) {
    if (event.is === 'bytes') parts.push(fromBase64(event.data));
    else {
      save(event.note.name, parts);
      return event.note;
    }
  }
  return null;
}

async function bring(file: File): Promise<string> {
  let id: string | undefined;
  for (let at = 0; at < file.size || id === undefined; at += PIECE_BYTES) {
    const data = toBase64(new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer()));
    ({ id } = await client.sync.bringBundle({ id, data }));
  }
  return id;
}

/** Gives the last thing that was told. */
export async function readAnswer(file: File, tell: (event: SyncEvent) => void): Promise<SyncEvent | null> {
  let last: SyncEvent | null = null;
  for await (const event of await client.sync.importBundle({ id: await bring(file) })) {
    last = event;
    tell(event);
  }
  return last;
}

/** A colleague's file into the store; the answer for that laptop is saved. */
export async function carryFile(file: File): Promise<TakenReport | null> {
  const parts: BlobPart[] = [];
  for await (const event of await client.operator.carry({ id: await bring(file) })) {
    if (event.is === 'bytes') parts.push(fromBase64(event.data));
    else {
      if (event.taken.name !== null) save(event.taken.name, parts);
      return event.taken;
    }
  }
  return null;
}
