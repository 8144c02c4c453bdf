import type { Step } from '../../../shared/features/tickets.ts';

/** What every panel of a step gets: whether a call is under way, and how to take the step. */
export interface PanelProps {
  readonly busy: boolean;
  readonly take: (step: Step) => Promise<void>;
}
