import { newId } from '../../../main/engine/ids.ts';

test('ids of one millisecond keep the order they were made in, whatever is made for other moments in between', () => {
  const now = 1_790_000_000_000;
  const made = Array.from({ length: 500 }, (_, n) => {
    newId(now - n * 1000);
    return newId(n % 2 === 0 ? now : now + 0.4);
  });
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
  const later = newId(now + 1);
  expect(made.every((id) => id < later)).toBe(true);
});
