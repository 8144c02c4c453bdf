/** Where the bytes of an attachment are, as a shape and a word. */
import type { ReactNode } from 'react';
import type { BlobState, ShownAttachment } from '../../../shared/features/attachments.ts';
import { useText } from '../../i18n.ts';
import { State, type Tone } from '../../ui/state.tsx';

const tones: Record<BlobState, Tone> = {
  local: 'off',
  waiting: 'await',
  sending: 'work',
  stored: 'good',
  coming: 'off',
  pending: 'await',
};

export function BlobMark({ row }: { row: ShownAttachment }): ReactNode {
  const t = useText();
  const { state, percent, machine } = row;
  if (state === 'coming' && percent !== null)
    return <State tone="work">{t('attachments.state.fetching', { percent })}</State>;
  return <State tone={tones[state]}>{t(`attachments.state.${state}`, { percent: percent ?? 0, machine })}</State>;
}
