/** The running sweep, kept outside the screen: it goes on while the technician looks at something else. */
import { create } from 'zustand';
import type { DiscoveredHost, DiscoveryEvent, SweepSummary } from '../../../shared/features/discovery.ts';
import type { Verdict } from '../../../shared/features/discovery/match.ts';
import { client } from '../../rpc.ts';
import { isStopped } from '../../ui/refusal.ts';

export interface LiveHost {
  readonly hosts: readonly DiscoveredHost[];
  readonly verdict: Verdict;
}
type Progress = Extract<DiscoveryEvent, { kind: 'progress' }>;
export interface LiveSweep {
  readonly running: boolean;
  readonly cidrs: readonly string[];
  readonly progress: Progress | null;
  /** By IP. A new map at every change. */
  readonly hosts: ReadonlyMap<string, LiveHost>;
  readonly done: SweepSummary | null;
}
const nothing: LiveSweep = { running: false, cidrs: [], progress: null, hosts: new Map(), done: null };

export const useSweep = create<LiveSweep>(() => nothing);

let halt: AbortController | null = null;

/** Events come by the hundred in a few milliseconds; the screen follows five times a second. */
const SHOW_EVERY_MS = 200;
function follower(): (event: DiscoveryEvent) => void {
  const hosts = new Map<string, LiveHost>();
  let progress: Progress | null = null;
  let cidrs: readonly string[] = [];
  let due = false;
  const show = (): void => {
    due = false;
    useSweep.setState({ hosts: new Map(hosts), progress, cidrs });
  };
  return (event) => {
    if (event.kind === 'started') ({ cidrs } = event);
    else if (event.kind === 'progress') progress = event;
    else if (event.kind === 'host') {
      const others = (hosts.get(event.host.ip)?.hosts ?? []).filter((host) => host.mac !== event.host.mac);
      hosts.set(event.host.ip, { hosts: [...others, event.host], verdict: event.verdict });
    } else {
      show();
      useSweep.setState({ done: event.sweep });
    }
    if (due) return;
    due = true;
    setTimeout(show, SHOW_EVERY_MS);
  };
}

export interface Order {
  readonly cidrs: string[];
  readonly effort: 'quick' | 'thorough';
  readonly confirmed: boolean;
}

/** Resolves with the summary when the sweep is over, null when it was stopped here; throws the refusal of a scope that may not be swept. */
export async function startSweep(order: Order): Promise<SweepSummary | null> {
  const own = new AbortController();
  halt = own;
  const follow = follower();
  try {
    const events = await client.discovery.sweep(order, { signal: own.signal });
    useSweep.setState({ ...nothing, running: true }, true);
    for await (const event of events) follow(event);
  } catch (error) {
    if (!isStopped(error) && !own.signal.aborted) throw error;
  } finally {
    useSweep.setState({ running: false });
    halt = null;
  }
  return useSweep.getState().done;
}

/** The engine ends the sweep in order and says what was covered; only if it does not answer is the line cut. */
export async function stopSweep(): Promise<void> {
  const own = halt;
  const cut = setTimeout(() => own?.abort(), 1000);
  try {
    const { stopped } = await client.discovery.stop();
    if (!stopped) own?.abort();
  } finally {
    if (halt !== own) clearTimeout(cut);
  }
}
