/** What a change between two sweeps is called, in the technician's words. */
import type { ChangeKind, StoredSweepSummary } from '../../../shared/features/discovery/history.ts';
import type { Text } from '../../i18n.ts';
import type { Tone } from '../../ui/state.tsx';
import { NONE } from '../../ui/text.tsx';

export const toneOfChange: Record<ChangeKind, Tone> = {
  moved: 'warn',
  changed: 'await',
  appeared: 'work',
  gone: 'off',
};

export function scopeText({ cidrs, label }: StoredSweepSummary, t: Text): string {
  const [first] = cidrs;
  if (first === undefined) return label ?? NONE;
  return cidrs.length === 1 ? first : t('sweeps.scope_more', { first, count: cidrs.length });
}
