/** The running reading of switches, kept outside the screen: it goes on while the technician looks at something else. */
import { create } from 'zustand';
import type { ReadEvent } from '../../../shared/features/switches.ts';
import { client } from '../../rpc.ts';
import { isStopped } from '../../ui/refusal.ts';

type Started = Extract<ReadEvent, { kind: 'started' }>;
type Done = Extract<ReadEvent, { kind: 'done' }>;
interface LiveReading {
  readonly running: boolean;
  readonly asking: readonly string[];
  readonly done: number;
  readonly total: number;
  /** Of the last reading of this session, until the next begins. */
  readonly skipped: Started['skipped'];
  readonly outcome: Done | null;
}
const nothing: LiveReading = { running: false, asking: [], done: 0, total: 0, skipped: [], outcome: null };

export const useReading = create<LiveReading>(() => nothing);

let halt: AbortController | null = null;

function follow(event: ReadEvent): void {
  useReading.setState(({ asking }) => {
    if (event.kind === 'started') return { total: event.total, skipped: event.skipped };
    if (event.kind === 'asking') return { asking: [...asking, event.ip] };
    if (event.kind === 'device') return { done: event.done, asking: asking.filter((ip) => ip !== event.device.ip) };
    return { outcome: event, asking: [] };
  });
}

/** No address: all that are known. Throws the refusal of what cannot begin. */
export async function startReading(ips: readonly string[]): Promise<void> {
  const own = new AbortController();
  halt = own;
  try {
    const events = await client.switches.read({ ips: [...ips] }, { signal: own.signal });
    useReading.setState({ ...nothing, running: true }, true);
    for await (const event of events) follow(event);
  } catch (error) {
    if (!isStopped(error) && !own.signal.aborted) throw error;
  } finally {
    useReading.setState({ running: false, asking: [] });
    halt = null;
  }
}

/** The engine ends it in order and says how many were read; only if it does not answer is the line cut. */
export async function stopReading(): Promise<void> {
  const own = halt;
  const cut = setTimeout(() => own?.abort(), 1500);
  const { stopped } = await client.switches.stop();
  if (!stopped) own?.abort();
  if (halt !== own) clearTimeout(cut);
}
