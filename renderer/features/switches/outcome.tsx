/** The one line over a device: what the last reading came to. */
import type { ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import type { Device } from '../../../shared/features/switches.ts';
import { useText } from '../../i18n.ts';
import { State } from '../../ui/state.tsx';
import { endTone } from './words.ts';

export function Outcome({ device }: { device: Device }): ReactNode {
  const t = useText();
  const { last, good_at } = device;
  if (!last) return <p className="field-hint">{t('switches.never')}</p>;
  return (
    <p className="sw-outcome">
      <State tone={endTone[last.end]}>{t(`switches.end.${last.end}`)}</State> {showMoment(last.read_at)}
      {last.source === 'console' ? ` · ${t('console.source')}` : null}
      {last.credential === null ? null : ` · ${t('switches.credential')} ${last.credential}`}
      {last.end === 'complete' ? null : <span className="sw-why">{t(`switches.why.${last.end}`)}</span>}
      {good_at !== null && good_at !== last.read_at ? (
        <span className="field-hint">{t('switches.kept_from', { time: showMoment(good_at) })}</span>
      ) : null}
    </p>
  );
}
