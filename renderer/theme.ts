/** Light, dark or as the system: which set of tokens the page wears. */
import { create } from 'zustand';
import { keepText, keptText } from './kept.ts';
import type { Tokens } from './tokens.ts';

export type Mode = 'light' | 'dark' | 'system';
const KEPT = 'theme';
export const useMode = create<{ mode: Mode; systemDark: boolean }>(() => ({
  mode: 'system',
  systemDark: matchMedia('(prefers-color-scheme: dark)').matches,
}));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) =>
  useMode.setState({ systemDark: event.matches }),
);
export function setMode(mode: Mode): void {
  keepText(KEPT, mode);
  useMode.setState({ mode });
}
/** What was chosen before, once the engine has told. */
export function takeMode(): void {
  const kept = keptText(KEPT);
  if (kept === 'light' || kept === 'dark') useMode.setState({ mode: kept });
}
export const isDark = ({ mode, systemDark }: { mode: Mode; systemDark: boolean }): boolean =>
  mode === 'dark' || (mode === 'system' && systemDark);

/** Writes the tokens to the page as `--ink`, `--line`, … for the style sheets. */
export function paint(tokens: Tokens, darkMode: boolean): void {
  const { style } = document.documentElement;
  for (const [name, value] of Object.entries(tokens)) style.setProperty(`--${name}`, value);
  style.colorScheme = darkMode ? 'dark' : 'light';
}
