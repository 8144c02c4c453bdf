import { numbersPages } from '../../../../renderer/features/papers/page-numbers.ts';

const brands = (
  ...named: [brand: string, version: string][]
): { userAgentData: { brands: { brand: string; version: string }[] } } => ({
  userAgentData: { brands: named.map(([brand, version]) => ({ brand, version })) },
});

test.each([
  ['Chrome and Electron', brands(['Not.A/Brand', '99'], ['Chromium', '140']), true],
  ['Edge', brands(['Microsoft Edge', '131'], ['Chromium', '131']), true],
  ['an old Chromium', brands(['Chromium', '130'], ['Not.A/Brand', '200']), false],
  ['Firefox and Safari', {}, false],
])('%s', (_name, agent, expected) => {
  expect(numbersPages(agent)).toBe(expected);
});
