/** The running morning check, kept outside the screen: it goes on while the technician looks at something else. */
import { create } from 'zustand';
import type { Check, CheckResult } from '../../../shared/features/watch.ts';
import { client } from '../../rpc.ts';
import { isStopped } from '../../ui/refusal.ts';

interface LiveCheck {
  readonly running: boolean;
  readonly total: number;
  readonly results: readonly CheckResult[];
}
const nothing: LiveCheck = { running: false, total: 0, results: [] };
export const useLiveCheck = create<LiveCheck>(() => nothing);

let halt: AbortController | null = null;

/** Resolves with the finished check, null when it was stopped here or one runs already; throws its refusal. */
export async function runCheck(): Promise<Check | null> {
  if (useLiveCheck.getState().running) return null;
  const own = new AbortController();
  halt = own;
  useLiveCheck.setState({ ...nothing, running: true }, true);
  try {
    for await (const event of await client.watch.check(undefined, { signal: own.signal })) {
      if (event.kind === 'started') useLiveCheck.setState({ total: event.total });
      else if (event.kind === 'result')
        useLiveCheck.setState(({ results }) => ({ results: [...results, event.result] }));
      else return event.check;
    }
    return null;
  } catch (error) {
    if (isStopped(error) || own.signal.aborted) return null;
    throw error;
  } finally {
    useLiveCheck.setState({ running: false });
    if (halt === own) halt = null;
  }
}
export const stopCheck = (): void => halt?.abort();
