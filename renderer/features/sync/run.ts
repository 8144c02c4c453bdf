/** The one running sync of this window: started from the bottom bar or the sync screen, followed by both. */
import { create } from 'zustand';
import type { SyncPhase, SyncSummary } from '../../../shared/features/sync.ts';
import { client } from '../../rpc.ts';

interface Running {
  readonly phase: SyncPhase;
  readonly done: number;
  readonly total: number | null;
}
export const useSyncRun = create<{ running: Running | null; stop: (() => void) | null }>(() => ({
  running: null,
  stop: null,
}));

/** Runs to the end and gives what was done; null when it was stopped or ran already. A refusal is thrown. */
export async function runSync(): Promise<SyncSummary | null> {
  if (useSyncRun.getState().stop) return null;
  const stopper = new AbortController();
  useSyncRun.setState({ running: { phase: 'take', done: 0, total: null }, stop: () => stopper.abort() });
  try {
    let summary: SyncSummary | null = null;
    for await (const event of await client.sync.run(undefined, { signal: stopper.signal })) {
      useSyncRun.setState({ running: event });
      summary = event.summary ?? summary;
    }
    return summary;
  } catch (error) {
    if (stopper.signal.aborted) return null;
    throw error;
  } finally {
    useSyncRun.setState({ running: null, stop: null });
  }
}
