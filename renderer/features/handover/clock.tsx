/** Day three of seven: how far a handover is, and when it is due. */
import type { ReactNode } from 'react';
import { HANDOVER_DAYS, handoverClock, type HandoverClock } from '../../../shared/calendar/deadlines.ts';
import { addDays } from '../../../shared/day.ts';
import { useText, type Text } from '../../i18n.ts';
import { State, type Tone } from '../../ui/state.tsx';

interface ClockProps {
  readonly start: string;
  readonly due: string;
  readonly today: string;
}
const tones: Record<HandoverClock['remind'], Tone> = { none: 'work', first: 'warn', second: 'warn', late: 'bad' };

export function clockWords(t: Text, { start, due, today }: ClockProps): string {
  const { day, late } = handoverClock(start, due, today);
  if (late > 0) return t('handover.overdue', { n: late });
  if (day < 0) return t('handover.day_before', { start, due });
  if (day === 0) return t('handover.day_first', { due });
  if (day > HANDOVER_DAYS) return t('handover.day_past', { of: HANDOVER_DAYS, due });
  const moved = due > addDays(start, HANDOVER_DAYS);
  return t(moved ? 'handover.day_moved' : 'handover.day_of', { n: day, of: HANDOVER_DAYS, due });
}

export function Clock(props: ClockProps): ReactNode {
  const t = useText();
  const { remind } = handoverClock(props.start, props.due, props.today);
  return <State tone={tones[remind]}>{clockWords(t, props)}</State>;
}
