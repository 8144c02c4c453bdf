/** A workbook on its way out: bytes as they are made, in base64 pieces, with progress between them. */
import type { FileEvent } from '../../../../shared/features/transfer.ts';

export interface Job {
  readonly total: number;
  /** Rows taken so far. */
  readonly done: number;
  /** Rows written in the end. */
  readonly rows: number;
  readonly marks: Extract<FileEvent, { is: 'file' }>['marks'];
  readonly position: number | null;
}
/** Bytes of one piece: large enough that the wire's own cost does not count. */
const PIECE = 384 * 1024;

export async function* fileOf(name: string, chunks: AsyncIterable<Uint8Array>, job: Job): AsyncGenerator<FileEvent> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  let bytes = 0;
  let told = -1;
  const piece = (): FileEvent => {
    const data = Buffer.concat(waiting).toString('base64');
    waiting = [];
    size = 0;
    return { is: 'bytes', data };
  };
  for await (const chunk of chunks) {
    waiting.push(chunk);
    size += chunk.length;
    bytes += chunk.length;
    if (size >= PIECE) yield piece();
    if (job.done - told >= 2000 || told < 0) {
      told = job.done;
      yield { is: 'progress', done: job.done, total: job.total };
    }
  }
  if (size > 0) yield piece();
  yield { is: 'file', name, bytes, rows: job.rows, marks: job.marks, position: job.position };
}
