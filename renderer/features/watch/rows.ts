/** The rows of the watch screen: the register's devices with what is known of each now, troubles first. */
import type { LiveDevice, watchedDevices, WatchState } from '../../../shared/features/watch.ts';
import { parseIp } from '../../../shared/ip.ts';
import type { RowOf } from '../../../shared/record.ts';
import type { Tone } from '../../ui/state.tsx';

export type Device = RowOf<typeof watchedDevices>;
/** `paused`: the own network is away, so nothing is known of anybody. */
export type Shown = WatchState | 'paused' | 'off';
export const toneOf: Record<Shown, Tone> = { up: 'good', down: 'bad', unknown: 'work', paused: 'off', off: 'off' };
const rank: Record<Shown, number> = { down: 0, unknown: 1, up: 1, paused: 1, off: 2 };

export const shownState = (live: LiveDevice | undefined, ready: boolean): Shown =>
  live === undefined ? 'off' : live.state === 'unknown' && !ready ? 'paused' : live.state;

/** Down first, what is not watched last; within each by address, so that rows stand still while all is well. */
export const byTrouble = (devices: readonly Device[], stateOf: (id: string) => Shown): Device[] =>
  devices.toSorted((a, b) => rank[stateOf(a.id)] - rank[stateOf(b.id)] || (parseIp(a.ip) ?? 0) - (parseIp(b.ip) ?? 0));

export function holds(device: Device, place: string, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  return wanted === '' || [device.name, device.ip, place].some((text) => text.toLowerCase().includes(wanted));
}
