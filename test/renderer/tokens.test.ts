/** The contrast that tokens.ts promises, by the formula of WCAG 2.2 (relative luminance, 1.4.3). */
import { dark, light, type Tokens } from '../../renderer/tokens.ts';

const channel = (hex: string): number => {
  const value = Number.parseInt(hex, 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};
const luminance = (color: string): number =>
  0.2126 * channel(color.slice(1, 3)) + 0.7152 * channel(color.slice(3, 5)) + 0.0722 * channel(color.slice(5, 7));
const contrast = (a: string, b: string): number => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

const states = ['good', 'work', 'warn', 'bad', 'off', 'await'] as const;
/** Every pair of text and ground that the screens use. */
const pairs: readonly (readonly [keyof Tokens, keyof Tokens])[] = [
  ...(['paper', 'sheet', 'raised', 'hover', 'chosen'] as const).flatMap(
    (ground) =>
      [
        ['ink', ground],
        ['ink2', ground],
      ] as const,
  ),
  ...(['paper', 'sheet', 'raised'] as const).flatMap(
    (ground) =>
      [
        ['ink3', ground],
        ['accent', ground],
        ['bad', ground],
      ] as const,
  ),
  ...states.map((state) => [state, `${state}Tint`] as const),
  ['onAccent', 'accent'],
];

test.each([
  ['light', light],
  ['dark', dark],
])('every text of the %s tokens reaches 4.5:1 on its ground', (_name, tokens) => {
  const faint = pairs
    .filter(([text, ground]) => contrast(tokens[text], tokens[ground]) < 4.5)
    .map(([text, ground]) => `${text} on ${ground}`);
  expect(faint).toEqual([]);
});

test('the formula knows black on white', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});
