/** What the screen of letters is set to, as long as the window is open: it is left and come back to with every printing. */
import { create } from 'zustand';
import type { LetterState } from '../../../shared/features/letters.ts';

export interface Whom {
  readonly holders: boolean;
  /** Undefined: all; null: those without one. */
  readonly department: string | null | undefined;
}
interface LetterView extends Whom {
  readonly state: LetterState | undefined;
}

const useStore = create<LetterView>(() => ({ holders: true, department: undefined, state: undefined }));
export const useLetterView = (): [LetterView, (view: LetterView) => void] => [
  useStore(),
  (view) => useStore.setState(view, true),
];
