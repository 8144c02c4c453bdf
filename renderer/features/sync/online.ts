/** Whether the store is there, out of the two places that know: the state after every round, and the question every half minute. */
import type { SyncStatus } from '../../../shared/features/sync.ts';

type Heard = Pick<SyncStatus, 'running' | 'online'>;
/** Whatever was heard last counts: a round that just ended knows more than the question of half a minute ago. */
export function onlineOf(state: Heard, at: number, probed: Heard | undefined, probedAt: number): boolean | null {
  if (state.running) return true;
  return (probed && probedAt >= at ? probed.online : state.online) ?? probed?.online ?? null;
}
