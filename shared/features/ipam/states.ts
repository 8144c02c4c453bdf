/** The life of a binding: which moves are legal, and when a released address may be given out again. */
import { addDays, dayOf } from '../../day.ts';

export const bindingStates = ['reserved', 'active', 'suspended', 'released'] as const;
export type BindingState = (typeof bindingStates)[number];

export const bindingMoves = {
  activate: { from: ['reserved'], to: 'active' },
  suspend: { from: ['active'], to: 'suspended' },
  resume: { from: ['suspended'], to: 'active' },
  release: { from: ['reserved', 'active', 'suspended'], to: 'released' },
} as const satisfies Record<string, { from: readonly BindingState[]; to: BindingState }>;
export type BindingMove = keyof typeof bindingMoves;

export const mayMove = (move: BindingMove, state: BindingState): boolean =>
  (bindingMoves[move].from as readonly BindingState[]).includes(state);

/** Days a released address rests where its subnet says nothing else. */
export const COOLDOWN_DAYS = 7;

/** The first local day on which a released address is free again. `cooledOn`: when its cool-down was ended by hand. */
export const freeFrom = (releasedAt: number, cooldownDays: number | null, cooledOn: string | null = null): string => {
  const rested = addDays(dayOf(releasedAt), cooldownDays ?? COOLDOWN_DAYS);
  return cooledOn !== null && cooledOn < rested ? cooledOn : rested;
};
