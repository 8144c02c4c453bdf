/**
 * The engine's side of the spreadsheet process: a fresh process per file, so that a bomb, a crash or a hang costs that
 * process and nothing else (security.md F9). The engine only passes batches along.
 */
import { refuse } from '../../../shared/refusal.ts';
import type { Scan } from '../scans/types.ts';
import {
  LIMITS,
  type Answer,
  type Order,
  type RawRow,
  type RawTable,
  type ReadOptions,
  type SheetSpec,
  type WriteRow,
} from './types.ts';

/** The part of a helper process this file uses; `spawnHelper` of the engine's ports gives one (heap 768 MB, HELPER_EXEC_ARGV). */
export interface SheetProcess {
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}
export interface SheetPorts {
  spawnHelper(name: 'sheets'): SheetProcess;
}

/** A process with the answers as a queue; every way it can end becomes one error. */
class Conversation {
  readonly #process: SheetProcess;
  readonly #answers: Answer[] = [];
  #wake: (() => void) | null = null;
  #end: Error | null = null;
  readonly #timer: NodeJS.Timeout;
  readonly #signal: AbortSignal | undefined;
  readonly #abort = (): void =>
    this.#stop(this.#signal?.reason instanceof Error ? this.#signal.reason : new Error('aborted'));

  constructor(ports: SheetPorts, signal: AbortSignal | undefined, deadlineMs: number) {
    signal?.throwIfAborted();
    this.#signal = signal;
    this.#process = ports.spawnHelper('sheets');
    this.#process.onMessage((message) => {
      this.#answers.push(message as Answer);
      this.#wake?.();
    });
    // The process runs with a small heap: when it dies without a word, the file was too much for it
    this.#process.onExit(() => this.#stop(refuse('sheet_too_much')));
    this.#timer = setTimeout(() => this.#stop(refuse('sheet_timeout', { seconds: deadlineMs / 1000 })), deadlineMs);
    signal?.addEventListener('abort', this.#abort, { once: true });
  }

  tell(order: Order): void {
    this.#process.postMessage(order);
  }

  /** The next answer; throws the refusal the process gave, or why it ended. */
  async next(): Promise<Answer> {
    while (this.#answers.length === 0) {
      if (this.#end) throw this.#end;
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = null;
    }
    const answer = this.#answers.shift()!;
    if (answer.is === 'refused') throw refuse(answer.code, answer.params);
    if (answer.is === 'crashed') throw new Error(`spreadsheet process: ${answer.message}`);
    return answer;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#abort);
    this.#end ??= new Error('closed');
    this.#process.kill();
  }

  #stop(error: Error): void {
    this.#end ??= error;
    this.#process.kill();
    this.#wake?.();
  }
}

/**
 * Reads one sheet of a workbook or a text file. `progress` hears the number of rows so far.
 * Refuses with a `sheet_…` code; aborting `signal` ends the process at once.
 */
export async function readSheet(
  ports: SheetPorts,
  bytes: Uint8Array,
  options: ReadOptions = {},
  signal?: AbortSignal,
  progress?: (rows: number) => void,
): Promise<RawTable> {
  if (bytes.byteLength > LIMITS.fileBytes) throw refuse('sheet_too_big', { max: LIMITS.fileBytes / 1024 / 1024 });
  const talk = new Conversation(ports, signal, LIMITS.deadlineMs);
  try {
    talk.tell({ is: 'read', bytes, options });
    const rows: RawRow[] = [];
    for (;;) {
      const answer = await talk.next();
      if (answer.is === 'rows') {
        for (const row of answer.rows) rows.push(row);
        progress?.(rows.length);
      } else if (answer.is === 'table') return { ...answer.table, rows };
    }
  } finally {
    talk.close();
  }
}

/** Reads what another scanner saved, in the same kind of process under the same limits. */
export async function readScan(ports: SheetPorts, bytes: Uint8Array, signal?: AbortSignal): Promise<Scan> {
  const talk = new Conversation(ports, signal, LIMITS.deadlineMs);
  try {
    talk.tell({ is: 'scan', bytes });
    for (;;) {
      const answer = await talk.next();
      if (answer.is === 'scan') return answer.scan;
    }
  } finally {
    talk.close();
  }
}

export interface SheetSource {
  readonly spec: SheetSpec;
  readonly rows: AsyncIterable<readonly WriteRow[]> | Iterable<readonly WriteRow[]>;
}

/** Writes a workbook and yields its bytes as they are made. Batches are pulled only as fast as the process takes them. */
export async function* writeSheets(
  ports: SheetPorts,
  sheets: AsyncIterable<SheetSource> | Iterable<SheetSource>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  const talk = new Conversation(ports, signal, LIMITS.deadlineMs * 5);
  const until = async function* (is: 'more' | 'finished'): AsyncGenerator<Uint8Array, void, void> {
    for (;;) {
      const answer = await talk.next();
      if (answer.is === 'bytes') yield answer.bytes;
      else if (answer.is === is) return;
    }
  };
  try {
    talk.tell({ is: 'book' });
    for await (const sheet of sheets) {
      talk.tell({ is: 'sheet', spec: sheet.spec });
      yield* until('more');
      for await (const rows of sheet.rows) {
        talk.tell({ is: 'rows', rows });
        yield* until('more');
      }
    }
    talk.tell({ is: 'finish' });
    yield* until('finished');
  } finally {
    talk.close();
  }
}

/** The whole workbook in memory: for small results. */
export async function writeSheet(
  ports: SheetPorts,
  sheets: Iterable<SheetSource>,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeSheets(ports, sheets, signal)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
