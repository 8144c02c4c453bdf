/** The running sweep, kept outside the screen: it goes on while the technician looks at something else. */
import { create } from 'zustand';
import type { DiscoveryEvent, SweepSummary } from '../../../shared/features/discovery.ts';
import { client } from '../../rpc.ts';
import { isStopped } from '../../ui/refusal.ts';
import { liveEntry, noCounts, type Counts, type Entry } from './entries.ts';

type Progress = Extract<DiscoveryEvent, { kind: 'progress' }>;
type HostEvent = Extract<DiscoveryEvent, { kind: 'host' }>;
export interface LiveSweep {
  readonly running: boolean;
  readonly cidrs: readonly string[];
  /** `performance.now()` of the first event. */
  readonly began: number;
  readonly progress: Progress | null;
  /** By address. A new array at every change; an entry that did not change stays the same object. */
  readonly entries: readonly Entry[];
  readonly counts: Counts;
  readonly done: SweepSummary | null;
}
const nothing: LiveSweep = {
  running: false,
  cidrs: [],
  began: 0,
  progress: null,
  entries: [],
  counts: noCounts(),
  done: null,
};

export const useSweep = create<LiveSweep>(() => nothing);

let halt: AbortController | null = null;

/** Two ascending lists as one. */
function merged(a: readonly number[], b: readonly number[]): number[] {
  const all: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i] ?? Infinity, b[j] ?? Infinity];
    if (left <= right) i++;
    else j++;
    all.push(Math.min(left, right));
  }
  return all;
}

/** Events come by the hundred in a few milliseconds: each is only put aside, and the screen follows five times a second. */
const SHOW_EVERY_MS = 200;
function follower(): (event: DiscoveryEvent) => void {
  const known = new Map<number, Entry>();
  let order: readonly number[] = [];
  let waiting = new Map<string, HostEvent>();
  const counts = noCounts();
  let change: Partial<LiveSweep> = {};
  let due = false;

  const take = (): Partial<LiveSweep> => {
    if (waiting.size === 0) return {};
    const added: number[] = [];
    for (const { host, verdict } of waiting.values()) {
      const entry = liveEntry(host, verdict);
      const before = known.get(entry.at);
      if (before) counts[before.verdict] -= 1;
      else added.push(entry.at);
      counts[verdict] += 1;
      known.set(entry.at, entry);
    }
    waiting = new Map();
    if (added.length > 0)
      order = merged(
        order,
        added.toSorted((a, b) => a - b),
      );
    return { entries: order.flatMap((at) => known.get(at) ?? []), counts: { ...counts } };
  };
  const show = (): void => {
    due = false;
    useSweep.setState({ ...change, ...take() });
    change = {};
  };
  return (event) => {
    if (event.kind === 'host') waiting.set(event.host.ip, event);
    else if (event.kind === 'progress') change = { ...change, progress: event };
    else if (event.kind === 'started') change = { cidrs: event.cidrs, began: performance.now() };
    else {
      change = { ...change, done: event.sweep };
      show();
    }
    if (due) return;
    due = true;
    setTimeout(show, SHOW_EVERY_MS);
  };
}

/** A new sweep, or the rest of one that was broken off. */
export type Order = Parameters<typeof client.discovery.sweep>[0];

/** Resolves with the summary when the sweep is over, null when it was stopped here; throws the refusal of a scope that may not be swept. */
export async function startSweep(order: Order): Promise<SweepSummary | null> {
  const own = new AbortController();
  halt = own;
  const follow = follower();
  try {
    const events = await client.discovery.sweep(order, { signal: own.signal });
    useSweep.setState({ ...nothing, running: true, began: performance.now() }, true);
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
