/** Files over the line to the engine, piece by piece in base64, both ways. */
import type { FileEvent } from '../../../shared/features/transfer.ts';
import { client } from '../../rpc.ts';
import { fromBase64, toBase64 } from '../../ui/files.ts';

/** Bytes of one piece going up; the engine takes up to 512 KiB. */
const PIECE = 384 * 1024;

/** Brings a file to the engine; returns the id it waits under. */
export async function upload(file: File, signal: AbortSignal, progress: (done: number) => void): Promise<string> {
  let id: string | undefined;
  for (let at = 0; at === 0 || at < file.size; at += PIECE) {
    const data = toBase64(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()));
    const answer = await client.transfer.upload(
      { ...(id === undefined ? {} : { id }), name: file.name, data },
      { signal },
    );
    id = answer.id;
    progress(Math.min(file.size, at + PIECE));
  }
  return id ?? '';
}

export interface Fetched {
  readonly content: Blob;
  readonly file: Extract<FileEvent, { is: 'file' }>;
}
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Takes a workbook from the engine. */
export async function fetchFile(
  events: AsyncIterable<FileEvent>,
  progress: (done: number, total: number) => void,
): Promise<Fetched> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const event of events) {
    if (event.is === 'bytes') pieces.push(fromBase64(event.data));
    else if (event.is === 'progress') progress(event.done, event.total);
    else return { content: new Blob(pieces, { type: XLSX }), file: event };
  }
  throw new Error('the file broke off');
}
