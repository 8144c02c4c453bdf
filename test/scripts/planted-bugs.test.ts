/** The bugs that are planted to check the tests (scripts/plant-bugs.ts) still fit the code they are planted in. */
import { readFileSync } from 'node:fs';
import { planted } from '../../scripts/planted-bugs.ts';

test.each(planted.map((bug) => [bug.name, bug] as const))(
  '%s: stands once in its file',
  (_name, { file, find, replace }) => {
    expect([file, readFileSync(file, 'utf8').split(find).length - 1]).toEqual([file, 1]);
    expect(replace).not.toBe(find);
  },
);

test('are at least twenty, each with a name of its own', () => {
  expect(new Set(planted.map(({ name }) => name)).size).toBe(planted.length);
  expect(planted.length).toBeGreaterThanOrEqual(20);
});
