/** A commit is never dated after it arrived, whatever the wall clock of another boot said (sync.md 2.6). */
import { estimate } from '../../../shared/sync/estimate.ts';

test('a commit of an earlier boot whose clock was years ahead is dated when it arrived at the latest', () => {
  const made = { wall_ms: 2_000_000_000_000, boot_id: 'before', mono_ms: 5 };
  const sent = { wall_ms: 1_790_000_000_000, boot_id: 'now', mono_ms: 5 };
  expect(estimate(made, sent, 1_790_000_000_500).est_at).toBe(1_790_000_000_500);
  expect(estimate({ ...made, wall_ms: 1_789_999_999_000 }, sent, 1_790_000_000_500).est_at).toBe(1_789_999_999_500);
});
