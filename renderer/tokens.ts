/**
 * One set of tokens for light and dark. Contrast is WCAG AA: every text token reaches 4.5:1 on `paper` and on `sheet`, every
 * state word reaches it on its own tint (test/renderer/tokens.test.ts measures them). Colour carries state only; the accent marks
 * what can be pressed and where the keyboard is.
 */
export interface Tokens {
  /** Behind everything; cards and tables; raised menus; rows under the pointer; chosen rows. */
  readonly paper: string;
  readonly sheet: string;
  readonly raised: string;
  readonly hover: string;
  readonly chosen: string;
  /** Text: first, second, third in importance. */
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly line: string;
  readonly edge: string;
  readonly accent: string;
  readonly onAccent: string;
  readonly good: string;
  readonly goodTint: string;
  readonly work: string;
  readonly workTint: string;
  readonly warn: string;
  readonly warnTint: string;
  readonly bad: string;
  readonly badTint: string;
  readonly off: string;
  readonly offTint: string;
  readonly await: string;
  readonly awaitTint: string;
}

export const light: Tokens = {
  paper: '#f3f4f4',
  sheet: '#ffffff',
  raised: '#ffffff',
  hover: '#eef1f2',
  chosen: '#e0ecee',
  ink: '#1b2226',
  ink2: '#465159',
  ink3: '#5d6870',
  line: '#dfe3e5',
  edge: '#a9b3b9',
  accent: '#0e5a6b',
  onAccent: '#ffffff',
  good: '#1a6b37',
  goodTint: '#e2f1e7',
  work: '#1c55b0',
  workTint: '#e4edfa',
  warn: '#8a4a00',
  warnTint: '#fbeeda',
  bad: '#b0221c',
  badTint: '#fbe6e4',
  off: '#525d65',
  offTint: '#e9ecee',
  await: '#6a3aa8',
  awaitTint: '#f0e8fa',
};

export const dark: Tokens = {
  paper: '#14181a',
  sheet: '#1a1f22',
  raised: '#22292d',
  hover: '#22292d',
  chosen: '#1f3a41',
  ink: '#e4e8ea',
  ink2: '#b3bdc3',
  ink3: '#98a4ab',
  line: '#2c3438',
  edge: '#56636a',
  accent: '#6fc0cf',
  onAccent: '#08262d',
  good: '#74c98f',
  goodTint: '#1b3325',
  work: '#8db7fb',
  workTint: '#1c2f4b',
  warn: '#e8ad62',
  warnTint: '#3a2c17',
  bad: '#ff9289',
  badTint: '#432220',
  off: '#a6b1b8',
  offTint: '#2a3135',
  await: '#c9aaf5',
  awaitTint: '#32274a',
};
