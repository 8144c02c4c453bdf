/** One import at a time, kept outside the screen so that looking something up in another tab does not lose it. */
import { create } from 'zustand';
import type { ImportOptions, Preview } from '../../../shared/features/transfer.ts';
import type { Target } from '../../../shared/features/transfer/targets.ts';
import type { MessageKey } from '../../../shared/messages.ts';
import { client } from '../../rpc.ts';
import { isStopped, refusalOf } from '../../ui/refusal.ts';
import { saveFile } from '../../ui/files.ts';
import { fetchFile, upload, XLSX } from './pieces.ts';

export interface Working {
  readonly label: MessageKey;
  readonly done: number;
  readonly total: number | null;
}
type Committed = Awaited<ReturnType<typeof client.transfer.commit>>;

interface ImportState {
  readonly target: Target;
  readonly working: Working | null;
  readonly preview: Preview | null;
  readonly options: Partial<ImportOptions>;
  readonly committed: Committed | null;
  readonly undone: { undone: number; kept: number } | null;
  readonly error: unknown;
}
const blank: Omit<ImportState, 'target'> = {
  working: null,
  preview: null,
  options: {},
  committed: null,
  undone: null,
  error: null,
};
export const useImport = create<ImportState>(() => ({ ...blank, target: 'assets' }));
const set = (change: Partial<ImportState>): void => useImport.setState(change);

let stop: AbortController | null = null;
export const stopImport = (): void => stop?.abort();

/** Runs one step; its end, good or bad, is in the store. */
async function step(
  label: MessageKey,
  work: (signal: AbortSignal, tell: (working: Partial<Working>) => void) => Promise<void>,
): Promise<void> {
  stop?.abort();
  const control = new AbortController();
  stop = control;
  let working: Working = { label, done: 0, total: null };
  const tell = (change: Partial<Working>): void => {
    working = { ...working, ...change };
    if (stop === control) set({ working });
  };
  set({ error: null });
  tell({});
  try {
    await work(control.signal, tell);
  } catch (error) {
    if (stop === control && !isStopped(error)) set({ error });
  } finally {
    if (stop === control) {
      stop = null;
      set({ working: null });
    }
  }
}

export const forget = (target?: Target): void => {
  stopImport();
  const { preview, committed } = useImport.getState();
  if (preview && !committed) void client.transfer.cancel({ token: preview.token }).catch(() => undefined);
  set({ ...blank, ...(target ? { target } : {}) });
};

export function chooseFile(file: File): void {
  forget();
  void step('transfer.uploading', async (signal, tell) => {
    const id = await upload(file, signal, (done) => tell({ done, total: file.size }));
    await check({ upload: id }, signal, tell);
  });
}

/** Judges the same file again with other choices. */
export function recheck(change: Partial<ImportOptions>): void {
  const { preview, options } = useImport.getState();
  if (!preview) return;
  set({ options: { ...options, ...change } });
  void step('transfer.checking', (signal, tell) => check({ token: preview.token }, signal, tell));
}

async function check(
  source: { upload: string } | { token: string },
  signal: AbortSignal,
  tell: (working: Partial<Working>) => void,
): Promise<void> {
  const { target, options } = useImport.getState();
  for await (const event of await client.transfer.preview({ ...source, options: { ...options, target } }, { signal })) {
    if (event.is === 'reading') tell({ label: 'transfer.reading', done: event.rows, total: null });
    else if (event.is === 'checking') tell({ label: 'transfer.checking', done: event.done, total: event.total });
    else set({ preview: event.preview, options: { ...options, target, sheet: event.preview.sheet } });
  }
}

export function commit(): void {
  const { preview } = useImport.getState();
  if (!preview) return;
  void step('transfer.writing', async (signal, tell) => {
    try {
      set({ committed: await client.transfer.commit({ token: preview.token }) });
    } catch (error) {
      // The register moved on meanwhile: what it would be now is shown beside the sentence
      if (refusalOf(error)?.code === 'import_changed') await check({ token: preview.token }, signal, tell);
      throw error;
    }
  });
}

export function undo(): void {
  const { committed } = useImport.getState();
  if (!committed) return;
  void step('transfer.writing', async () => {
    set({ undone: await client.transfer.undo({ batch: committed.batch }) });
  });
}

export function saveResult(): void {
  const { preview } = useImport.getState();
  if (!preview) return;
  void step('transfer.making', async (signal, tell) => {
    const { content, file } = await fetchFile(
      await client.transfer.result({ token: preview.token }, { signal }),
      (done, total) => tell({ done, total }),
    );
    saveFile(file.name, content, XLSX);
  });
}

export function saveTemplate(): void {
  void step('transfer.making', async (signal) => {
    const { target } = useImport.getState();
    const { content, file } = await fetchFile(await client.transfer.template({ target }, { signal }), () => undefined);
    saveFile(file.name, content, XLSX);
  });
}
