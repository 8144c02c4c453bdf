/** How full a subnet is: a bar, the numbers, and a word where it runs short. */
import type { ReactNode } from 'react';
import type { Usage } from '../../../shared/features/ipam/map.ts';
import { useText } from '../../i18n.ts';
import { State, type Tone } from '../../ui/state.tsx';

const tones: Record<Usage['level'], Tone> = { plenty: 'good', short: 'warn', full: 'bad', dynamic: 'off' };

export function UsageBar({ usage }: { usage: Usage | undefined }): ReactNode {
  const t = useText();
  if (!usage) return null;
  const { percent, level } = usage;
  if (percent === null) return <State tone={tones[level]}>{t(`ipam.level.${level}`)}</State>;
  return (
    <span className="usage">
      <span className="usage-track" aria-hidden="true">
        <span className={`usage-fill usage-${level}`} style={{ width: `${percent}%` }} />
      </span>
      <span className="usage-text">{percent}%</span>
      <span className="usage-count">
        {usage.used}/{usage.hosts}
      </span>
      {level === 'plenty' ? null : <State tone={tones[level]}>{t(`ipam.level.${level}`)}</State>}
    </span>
  );
}
