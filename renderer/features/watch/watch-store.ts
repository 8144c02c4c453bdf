/** What the engine's watch tells this window, kept outside the screen: the bottom line and the notices follow it everywhere. */
import { create } from 'zustand';
import { PROBES_KEPT, type LiveDevice, type WatchEvent, type WatchState } from '../../../shared/features/watch.ts';
import { client } from '../../rpc.ts';

type Situation = Pick<WatchEvent, 'network' | 'here' | 'ping_missing'>;
/** Worth a word to the person: who went away, who came back, and whether the laptop itself lost its network. */
export interface News {
  readonly downs: readonly LiveDevice[];
  readonly ups: readonly LiveDevice[];
  readonly gone: boolean;
}
interface LiveWatch extends Situation {
  /** By id, only what is watched. A device's object changes only when something of it did. */
  readonly devices: ReadonlyMap<string, LiveDevice>;
  readonly news: News | null;
}
const nothing: LiveWatch = { network: 'ready', here: [], ping_missing: false, devices: new Map(), news: null };
export const useWatch = create<LiveWatch>(() => nothing);

export const countOf = (devices: LiveWatch['devices'], state: WatchState): number =>
  [...devices.values()].filter((each) => each.state === state).length;

/** The picture after one event. Pure, so that a test can play a morning. */
export function heard(before: LiveWatch, event: WatchEvent): LiveWatch {
  const { network, here, ping_missing } = event;
  const gone = network === 'gone' && before.network !== 'gone' && before.devices.size > 0;
  if (event.kind === 'all') {
    const devices = new Map(event.devices.map((each) => [each.id, each]));
    return { network, here, ping_missing, devices, news: gone ? { downs: [], ups: [], gone } : null };
  }
  const devices = new Map(before.devices);
  for (const { id, rtts } of event.probes) {
    const known = devices.get(id);
    if (known) devices.set(id, { ...known, probes: [...known.probes, ...rtts].slice(-PROBES_KEPT) });
  }
  const downs: LiveDevice[] = [];
  const ups: LiveDevice[] = [];
  for (const { id, state, since } of event.changes) {
    const known = devices.get(id);
    if (!known) continue;
    const next = { ...known, state, since };
    devices.set(id, next);
    if (state === 'down') downs.push(next);
    else if (state === 'up' && known.state === 'down') ups.push(next);
  }
  const news = gone || downs.length > 0 || ups.length > 0 ? { downs, ups, gone } : null;
  return { network, here, ping_missing, devices, news };
}

/** Follows the engine until the signal fires or the line breaks; a new line begins with the whole picture again. */
export async function followWatch(signal: AbortSignal): Promise<void> {
  try {
    for await (const event of await client.watch.live(undefined, { signal }))
      useWatch.setState(heard(useWatch.getState(), event));
  } catch {
    // The line broke or the window closed: `useLine` tells, and the next 'ready' follows again.
  }
}
