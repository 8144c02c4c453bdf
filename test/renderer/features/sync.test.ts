import { choicesOf } from '../../../renderer/features/sync/choices.ts';
import { onlineOf } from '../../../renderer/features/sync/online.ts';

const state = (online: boolean | null, running = false) => ({ online, running });

test('of a round and a question to the store the later one says whether it is there', () => {
  // The round failed after the store had still answered.
  expect(onlineOf(state(false), 20, state(true), 10)).toBe(false);
  // The store is back and the round went through, the question of before went unanswered.
  expect(onlineOf(state(true), 20, state(false), 10)).toBe(true);
  // Nothing was synced since the store was asked.
  expect(onlineOf(state(true), 10, state(false), 20)).toBe(false);
  expect(onlineOf(state(null), 20, state(true), 10)).toBe(true);
  expect(onlineOf(state(null), 20, undefined, 0)).toBeNull();
  expect(onlineOf(state(false, true), 20, state(false), 10)).toBe(true);
});

test('what waits can only be dropped by itself; once left behind it can be sent again', () => {
  const ways = (waits: boolean) => choicesOf({ kind: 'dependent', rule: 'assets', waits }).map(({ how }) => how);
  expect(ways(true)).toEqual(['keep_theirs']);
  expect(ways(false)).toEqual(['keep_theirs', 'take_mine']);
});
